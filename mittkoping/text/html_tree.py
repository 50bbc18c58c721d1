"""HTML as a tree of elements, judged by nobody yet."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

MAX_DEPTH = 120  # elements inside each other

_VOID = frozenset({"br", "hr", "img", "input", "col", "wbr"})
_SILENT = frozenset({"script", "style", "template", "title", "head"})


class TooDeep(ValueError):
    """More elements stand inside each other than any real text has."""


@dataclass
class Node:
    """An element."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def elements(self) -> list["Node"]:
        """The elements right below it."""
        return [child for child in self.children if isinstance(child, Node)]

    @property
    def text(self) -> str:
        """The words in it; breaks are line ends."""
        return "".join(
            child if isinstance(child, str) else "\n" if child.tag == "br" else child.text
            for child in self.children
        )

    def all(self, tag: str) -> list["Node"]:
        """The elements with a name, at any depth, in order."""
        found: list[Node] = []
        for child in self.elements:
            found += [child] if child.tag == tag else []
            found += child.all(tag)
        return found


def parse(html: str) -> Node:
    """Read HTML; an end that nothing has begun is skipped. Raises TooDeep."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.open[0]


class _Builder(HTMLParser):
    """Keeps the elements that are open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        if tag not in _SILENT:
            self.open[-1].children.append(node)
        if tag in _VOID:
            return
        if len(self.open) > MAX_DEPTH:
            raise TooDeep
        self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)
