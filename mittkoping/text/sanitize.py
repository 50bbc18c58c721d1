"""The wall: the one list of HTML that user text may become, and the two libraries that hold it."""

import html as entities
import re
from collections.abc import Callable, Mapping
from importlib.metadata import version

import bleach.sanitizer
import nh3

from mittkoping.text import addresses, pictures

SANITIZER = f"{version('bleach')}/{version('nh3')}"

# fmt: off
TAGS = frozenset({
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "div",
    "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td",
    "a", "em", "strong", "code", "sup", "span", "img",
})
# fmt: on
CLASSES: Mapping[str, frozenset[str]] = {
    "a": frozenset({"wl", "saknas", "faktor", "kommun", "fotnot", "fotnot-tillbaka", "video-lank"}),
    "div": frozenset({"tabell", "fotnoter"}),
    "p": frozenset({"video"}),
    "pre": frozenset({"kalla"}),
    "span": frozenset({"wl", "saknas"}),
    "td": frozenset({"ta-left", "ta-right", "ta-center"}),
    "th": frozenset({"ta-left", "ta-right", "ta-center"}),
}

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

Rule = Callable[[str], bool]


def _matches(pattern: str) -> Rule:
    """Make a rule that a whole value must match."""
    compiled = re.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


def _classes(allowed: frozenset[str]) -> Rule:
    """Make a rule that lets through only these classes."""
    return lambda value: bool(value.split()) and allowed.issuperset(value.split())


def _anything(_value: str) -> bool:
    """Let any text through: it is shown, never acted on."""
    return True


_HEADING_ID: Mapping[str, Rule] = {"id": _matches("u-[a-z0-9-]{1,100}")}
_CELL: Mapping[str, Rule] = {"class": _classes(CLASSES["td"])}
_PIXELS = _matches("[1-9][0-9]{0,4}")

ATTRIBUTES: Mapping[str, Mapping[str, Rule]] = {
    "a": {
        "href": addresses.is_allowed,
        "title": _anything,
        "class": _classes(CLASSES["a"]),
        "rel": _matches("nofollow|noopener nofollow ugc"),
        "aria-label": _matches("(Fotnot|Tillbaka till texten)( [0-9]{1,6})?(, [0-9]{1,6})?"),
    },
    "code": {"class": _matches(r"language-[A-Za-z0-9_+.#-]{1,30}")},
    "div": {
        "class": _classes(CLASSES["div"]),
        "role": _matches("region"),
        "tabindex": _matches("0"),
        "aria-label": _matches("Tabell"),
    },
    "h2": _HEADING_ID,
    "h3": _HEADING_ID,
    "h4": _HEADING_ID,
    "h5": _HEADING_ID,
    "h6": _HEADING_ID,
    "img": {
        "src": addresses.is_own_image,
        "alt": _anything,
        "title": _anything,
        "loading": _matches("lazy"),
        "width": _PIXELS,
        "height": _PIXELS,
        "srcset": pictures.is_srcset,
        "sizes": pictures.SIZES.__eq__,
    },
    "li": {"id": _matches("u-fn-[0-9]{1,6}")},
    "ol": {"start": _matches("[0-9]{1,9}")},
    "p": {"class": _classes(CLASSES["p"])},
    "pre": {"class": _classes(CLASSES["pre"])},
    "span": {"class": _classes(CLASSES["span"]), "title": _matches("Finns inte i katalogen")},
    "sup": {"id": _matches("u-fnref-[0-9]{1,6}(-[0-9]{1,6})?")},
    "td": _CELL,
    "th": {**_CELL, "scope": _matches("col")},
}


def is_allowed(tag: str, name: str, value: str) -> bool:
    """Tell whether an element may carry an attribute with this decoded value."""
    rule = ATTRIBUTES.get(tag, {}).get(name)
    return rule is not None and rule(value)


def sanitize(html: str) -> str:
    """Keep of an HTML text only what the renderer may produce.

    bleach first, nh3 last: what leaves here was written by a library that is looked after. Tags outside the
    list are shown as text; attributes outside it are dropped. sanitize(sanitize(x)) == sanitize(x).
    """
    cleaner = bleach.sanitizer.Cleaner(
        tags=TAGS,
        attributes=_is_allowed_undecoded,
        protocols=addresses.SCHEMES,
        strip=False,
        strip_comments=True,
    )
    # What came as a character reference: parsed once more, a carriage return would read as a line feed, and
    # bleach shows some other control characters as question marks.
    return _CONTROLS.sub("?", _NH3.clean(cleaner.clean(html)).replace("\r", "\n"))


def inert(html: str) -> str:
    """Keep of sanitised HTML what leads nowhere and fetches nothing: links become their words, images go.

    inert(inert(x)) == inert(x).
    """
    return _INERT.clean(html)


def _is_allowed_undecoded(tag: str, name: str, value: str) -> bool:
    """Judge a value as bleach hands it over: with its character references still in it."""
    return is_allowed(tag, name, entities.unescape(value))


def _keep(tag: str, name: str, value: str) -> str | None:
    """Judge a value as nh3 hands it over, decoded: the value itself, or None to drop the attribute."""
    return value if is_allowed(tag, name, value) else None


_NH3 = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=frozenset({"script", "style"}),
    attributes={tag: frozenset(rules) for tag, rules in ATTRIBUTES.items()},
    attribute_filter=_keep,
    strip_comments=True,
    link_rel=None,
    url_schemes=addresses.SCHEMES,
)
_LEADING_SOMEWHERE = frozenset({"a", "img"})
_INERT = nh3.Cleaner(
    tags=TAGS - _LEADING_SOMEWHERE,
    clean_content_tags=frozenset({"script", "style"}),
    attributes={tag: frozenset(rules) for tag, rules in ATTRIBUTES.items() if tag not in _LEADING_SOMEWHERE},
    attribute_filter=_keep,
    strip_comments=True,
    link_rel=None,
)
