"""What sanitised HTML says when it is read: its plain text and its headings."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_SPACES = re.compile(r"\s+")
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_NESTING = frozenset({"blockquote", "dd", "li", "td", "th"})
_BLOCKS = _HEADINGS | _NESTING | {"br", "div", "dl", "dt", "hr", "ol", "p", "pre", "table", "tr", "ul"}
_CELLS = frozenset({"td", "th"})
_SILENT_CLASSES = frozenset({"fotnot", "fotnot-tillbaka"})


@dataclass(frozen=True)
class Heading:
    """A heading of a rendered text: level 2–6, id with its prefix, text in one line."""

    level: int
    id: str
    text: str


def read(html: str) -> tuple[str, tuple[Heading, ...]]:
    """Read sanitised HTML: its plain text, and its headings outside lists, quotations and tables.

    Block elements are lines, cells of a row are parted by a space, other white space is one space, code keeps
    its lines. The signs of footnotes (number and way back) are left out; the text that stands for
    an image is in.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text(), tuple(reader.headings)


class _Reader(HTMLParser):
    """Gathers lines and headings on one walk through the elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[Heading] = []
        self._lines: list[str] = []
        self._line: list[str] = []
        self._heading_id = ""
        self._heading: list[str] | None = None
        self._nesting = 0
        self._code = 0
        self._silent = False

    def text(self) -> str:
        """Give the lines read so far."""
        self._end_line()
        return "\n".join(self._lines)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in _CELLS:
            self._say(" ")
        elif tag in _BLOCKS:
            self._end_line()
        self._nesting += tag in _NESTING
        self._code += tag == "pre"
        if tag == "a":
            self._silent = not _SILENT_CLASSES.isdisjoint((attributes.get("class") or "").split())
        if tag == "img":
            self._say(attributes.get("alt") or "")
        if tag in _HEADINGS and not self._nesting:
            self._heading, self._heading_id = [], attributes.get("id") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._silent = False
        if tag in _HEADINGS and self._heading is not None:
            text = _SPACES.sub(" ", "".join(self._heading)).strip()
            self.headings.append(Heading(int(tag[1]), self._heading_id, text))
            self._heading = None
        if tag in _BLOCKS and tag not in _CELLS:
            self._end_line()
        self._nesting -= tag in _NESTING
        self._code -= tag == "pre"

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if not self._code:
            self._say(data)
            return
        for line in data.split("\n"):
            self._say(line)
            self._end_line()

    def _say(self, text: str) -> None:
        """Add text to the line, and to the heading that is open."""
        self._line.append(text)
        if self._heading is not None:
            self._heading.append(text)

    def _end_line(self) -> None:
        """Close the line, unless there is nothing on it."""
        line = _SPACES.sub(" ", "".join(self._line)).strip()
        if line:
            self._lines.append(line)
        self._line = []
