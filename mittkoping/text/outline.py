"""What sanitised HTML says when it is read: its plain text and its headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

_SPACES = re.compile(r"\s+")
_WORDS_AND_SPACES = re.compile(r"\s+|\S+")
# What html.unescape takes for a character reference.
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
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


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a plain text, and where in the HTML each of its characters starts and ends."""

    start: int
    end: int
    starts: Sequence[int]
    ends: Sequence[int]

    def part(self, start: int, end: int) -> tuple[int, int]:
        """Give where in the HTML that part of it stands that is between two points of the plain text."""
        return self.starts[max(0, start - self.start)], self.ends[min(end, self.end) - self.start - 1]


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


def read_places(html: str) -> tuple[str, tuple[Place, ...]]:
    """Read sanitised HTML: its plain text as in read, and where its words stand in the HTML, in order.

    What is in no text of the HTML has no place: line breaks, what stands for an image, white space
    between elements.
    """
    reader = _PlacedReader(html)
    reader.feed(html)
    reader.close()
    return reader.text(), tuple(reader.places)


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
        at = 0
        for number, line in enumerate(data.split("\n")):
            if number:
                self._end_line()
            self._say(line, at)
            at += len(line) + 1

    def _say(self, text: str, at: int = 0) -> None:
        """Add text to the line, and to the heading that is open.

        at   where the text begins in what was read at once
        """
        self._line.append(text)
        if self._heading is not None:
            self._heading.append(text)

    def _end_line(self) -> None:
        """Close the line, unless there is nothing on it."""
        line = _SPACES.sub(" ", "".join(self._line)).strip()
        if line:
            self._lines.append(line)
        self._line = []


_Sources = tuple[Sequence[int], Sequence[int]]


class _PlacedReader(_Reader):
    """Notes beside each line where its words stand in the HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.places: list[Place] = []
        self._html = html
        self._rows = [0, *(m.end() for m in re.finditer("\n", html))]
        self._sources: list[tuple[str, _Sources | None]] = []
        self._said: _Sources | None = None
        self._length = 0

    def handle_data(self, data: str) -> None:
        """Know where the text stands while it is said."""
        row, column = self.getpos()
        self._said = _sources(self._html, self._rows[row - 1] + column, data)
        super().handle_data(data)
        self._said = None

    def _say(self, text: str, at: int = 0) -> None:
        super()._say(text)
        after = at + len(text)
        said = self._said
        self._sources.append((text, said and (said[0][at:after], said[1][at:after])))

    def _end_line(self) -> None:
        """Walk through what was said as it is made one line: white space becomes one space or none."""
        at = self._length + bool(self._lines)
        space: Place | None = None
        is_begun = is_spaced = False
        for text, sources in self._sources:
            for match in _WORDS_AND_SPACES.finditer(text):
                low, high = match.span()
                if match.group().isspace():
                    if is_begun and not is_spaced and sources and not text.isspace():
                        space = Place(at, at + 1, sources[0][low : low + 1], sources[1][high - 1 : high])
                    is_spaced = is_begun
                    continue
                if space:
                    self.places.append(space)
                at += is_spaced
                if sources:
                    self.places.append(Place(at, at + high - low, sources[0][low:high], sources[1][low:high]))
                at += high - low
                space, is_begun, is_spaced = None, True, False
        if is_begun:
            self._length = at
        self._sources = []
        super()._end_line()


def _sources(html: str, at: int, data: str) -> _Sources:
    """Tell where each character of some text starts and ends in the HTML that it was read from."""
    if "&" not in data and html.startswith(data, at):
        return range(at, at + len(data)), range(at + 1, at + len(data) + 1)
    starts: list[int] = []
    ends: list[int] = []
    while len(starts) < len(data):
        match = _REFERENCE.match(html, at)
        end = match.end() if match else at + 1
        count = len(unescape(html[at:end]))
        starts += [at] * count
        ends += [end] * count
        at = end
    return starts, ends
