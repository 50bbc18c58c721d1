"""Links between pages: [[Sida]], [[Sida|text]], [[faktor:slug]] and [[kommun:Malmö]]."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote
from xml.etree.ElementTree import Element

from mittkoping.text.normalise import normalise_line

Kind = Literal["page", "factor", "municipality"]

MAX_CANDIDATES = 2000

# What stands between [[ and ]]: never a bracket, so that a scan meets each character once.
LINK = r"\[\[(?!\^)([^\[\]]{1,400})\]\]"

_LINK = re.compile(LINK)
_ESCAPE = re.compile(r"\\([\\`*_{}()>#+\-.!|])")
_PREFIXES: dict[str, Kind] = {"faktor": "factor", "kommun": "municipality"}
_CLASSES: dict[Kind, str] = {"page": "wl", "factor": "wl faktor", "municipality": "wl kommun"}


@dataclass(frozen=True)
class Target:
    """What a link names; the name is written as the author wrote it, in one normalised line."""

    kind: Kind
    name: str


@dataclass(frozen=True)
class Resolved:
    """Where a target is; href is None when it does not exist. The text is shown when the author gave none."""

    href: str | None
    text: str


def candidates(source: str) -> tuple[Target, ...]:
    """Find every [[…]] that may be a link, each target once, in order, at most 2,000.

    Links that stand in code are found too: only the renderer knows what is code. Linear in the text.
    """
    found: dict[Target, None] = {}
    for match in _LINK.finditer(source):
        written, _, _ = _ESCAPE.sub(r"\1", match.group(1)).partition("|")
        target = target_of(written)
        if target is not None:
            found[target] = None
        if len(found) == MAX_CANDIDATES:
            break
    return tuple(found)


def target_of(written: str) -> Target | None:
    """Read what stands before the bar of a link; None if that names nothing."""
    name = normalise_line(written)
    prefix, colon, rest = name.partition(":")
    kind = _PREFIXES.get(prefix.strip().lower()) if colon else None
    if kind is not None:
        name = rest.strip()
    return Target(kind or "page", name) if name else None


def element(target: Target, own_text: str, links: Mapping[Target, Resolved]) -> Element:
    """Build the element that shows a link: a link, a red link, or words that say that nothing is there.

    own_text    what the author wrote after the bar, or ""; may hold the renderer's placeholders
    links       where the targets are; a target that is missing does not exist
    """
    resolved = links.get(target, Resolved(None, target.name))
    text = html.unescape(own_text) or resolved.text or target.name
    if resolved.href is not None:
        return _element("a", text, {"class": _CLASSES[target.kind], "href": resolved.href})
    if target.kind == "page":
        address = "/sidor/ny/?titel=" + quote(target.name, safe="")
        return _element(
            "a",
            text,
            {"class": "wl saknas", "href": address, "rel": "nofollow", "title": "Sidan finns inte än"},
        )
    return _element("span", text, {"class": "wl saknas", "title": "Finns inte i katalogen"})


def _element(tag: str, text: str, attributes: dict[str, str]) -> Element:
    """Build an element whose text is shown as it is, ampersands too."""
    made = Element(tag, attributes)
    made.text = text.replace("&", "&amp;")
    return made
