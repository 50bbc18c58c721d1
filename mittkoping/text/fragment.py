"""HTML of our allow-list as a tree that is always well-formed, whatever it was read from."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape
from html.parser import HTMLParser

from mittkoping.text.sanitize import TAGS, is_allowed

# Elements further in are kept, and not looked into.
MAX_DEPTH = 20

_VOID = frozenset({"br", "hr", "img"})
# What makes no sense twice on a page, or in something that is gone.
_LIVE = frozenset({"id", "aria-label", "role", "tabindex"})

Attributes = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Node:
    """An element, or some text (without a tag).

    inner   what it holds, as HTML
    gone    the same without ids, links and stops for the keyboard
    key     its HTML without ids: two nodes of the same key read the same
    text    the words in it
    """

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple["Node", ...]
    inner: str
    gone: str
    key: str
    text: str

    @property
    def html(self) -> str:
        """It and what it holds."""
        return _element(self.tag, self.attributes, self.inner)

    @property
    def inert(self) -> str:
        """The same without ids, links and stops for the keyboard."""
        tag = "span" if self.tag == "a" else self.tag
        return _element(tag, self.inert_attributes, self.gone)

    @property
    def inert_attributes(self) -> tuple[tuple[str, str], ...]:
        """Its attributes for where it is gone."""
        return () if self.tag == "a" else tuple(pair for pair in self.attributes if pair[0] not in _LIVE)

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """Its attributes but the id, which depends on the rest of the page."""
        return tuple(pair for pair in self.attributes if pair[0] != "id")

    def around(self, inner: str) -> str:
        """Write the element with something else in it."""
        return _element(self.tag, self.attributes, inner)


def parse(source: str) -> tuple[Node, ...]:
    """Read sanitised HTML: its outermost nodes.

    What the allow-list does not have is left out, so what comes of the tree is as safe as what is sanitised.
    """
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.nodes()


def words(text: str) -> Node:
    """Make a node of some text."""
    shown = escape(text, quote=False).replace("\u00a0", "&nbsp;")
    return Node("", (), (), shown, shown, shown, text)


@dataclass
class _Open:
    """An element whose end has not been read."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: list[Node] = field(default_factory=list)


class _Reader(HTMLParser):
    """Builds nodes from the inside out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open = [_Open("", ())]

    def nodes(self) -> tuple[Node, ...]:
        """Give what was read; what was left open ends here."""
        self._close_down_to(1)
        return tuple(self._open[0].children)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            return
        written = [(name, value or "") for name, value in dict(attrs).items()]
        attributes = tuple((name, value) for name, value in written if is_allowed(tag, name, value))
        if tag in _VOID:
            self._add(_node(_Open(tag, attributes)))
        else:
            self._open.append(_Open(tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, part in enumerate(self._open) if place and part.tag == tag]
        if places:
            self._close_down_to(places[-1])

    def handle_data(self, data: str) -> None:
        self._add(words(data))

    def _close_down_to(self, count: int) -> None:
        while len(self._open) > count:
            part = self._open.pop()
            node = _node(part)
            self._add(node if len(self._open) < MAX_DEPTH else replace(node, children=()))

    def _add(self, node: Node) -> None:
        self._open[-1].children.append(node)


def _node(part: _Open) -> Node:
    """Make a node of an element and what it holds."""
    children = tuple(part.children)
    kept = tuple(pair for pair in part.attributes if pair[0] != "id")
    return Node(
        part.tag,
        part.attributes,
        children,
        inner="".join(child.html for child in children),
        gone="".join(child.inert for child in children),
        key=_element(part.tag, kept, "".join(child.key for child in children)),
        text="".join(child.text for child in children),
    )


def _element(tag: str, attributes: Attributes, inner: str) -> str:
    """Write an element; mere text without a tag."""
    if not tag:
        return inner
    start = f"<{tag}" + "".join(f' {name}="{escape(value)}"' for name, value in attributes) + ">"
    return start if tag in _VOID else f"{start}{inner}</{tag}>"
