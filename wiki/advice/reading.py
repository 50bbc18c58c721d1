"""What in a rendered text its readers would stumble over, and where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

# What a line of a page template begins with as long as its writer has not answered it.
HINT = "Skriv här:"

# In the source of a table it may stand in any cell of a row.
_HINT = re.compile(
    rf"(?:[ \t>*+-]*\|(?:[^|]*\|)*)?[ \t>*+-]*(?:[0-9]{{1,9}}[.)][ \t]+)?{HINT}", re.IGNORECASE
)
_FENCE = re.compile(r" {0,3}(```|~~~)")
_SPACES = re.compile(r"\s+")
_EDGES = " \t.,:;!?…»›>→–-()[]\"'”"
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# Link texts that say nothing of where they lead, out of the sentence.
_EMPTY_WORDS = frozenset({
    "här", "klicka", "klicka här", "tryck här", "se här", "läs här", "läs mer", "läs mer här", "läs vidare",
    "mer", "mer info", "mer information", "länk", "länken", "länk här", "denna länk", "den här länken",
    "den här sidan", "denna sida", "here", "click here", "read more", "link",
})  # fmt: skip
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_LINES = frozenset({"p", "li", "td", "dd", "dt", "pre", "br", "div", "blockquote"})
_NESTING = frozenset({"blockquote", "dd", "li", "td", "th"})
# Links that the renderer has named: to footnotes and back.
_SILENT = frozenset({"fotnot", "fotnot-tillbaka"})


@dataclass
class Found:
    """Places of a text, by what is to be said of them; a place is a heading, or words.

    headings   (level, text), of those outside lists, quotations and tables
    tables     under which heading one without headings of its own stands; "" before the first
    vague      texts of links that say nothing
    bare       texts of links that are addresses
    hints      under which heading a hint of a template is left
    empty      headings with nothing below
    """

    headings: list[tuple[int, str]] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    vague: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)


def read(html: str) -> Found:
    """Read sanitised HTML, on one walk through its elements."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.finish()
    return reader.found


def has_hints(source: str) -> bool:
    """Tell whether a Markdown source still has a hint of a template, outside fenced code."""
    return any(_HINT.match(line) for line in _outside_fences(source))


def without_hints(plain: str) -> str:
    """Give the lines of a plain text that somebody has written."""
    return "\n".join(line for line in plain.split("\n") if not _HINT.match(line))


def _outside_fences(source: str) -> Iterator[str]:
    fence = ""
    for line in source.split("\n"):
        mark = _FENCE.match(line)
        if mark and fence in {"", mark[1]}:
            fence = "" if fence else mark[1]
        elif not fence:
            yield line


class _Reader(HTMLParser):
    """Gathers what is found."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Found()
        self._under = ""  # the heading that the walk has come below
        self._open: tuple[int, str] | None = None  # the same, as long as nothing stands below it
        self._nesting = 0
        self._code = 0
        self._line: list[str] = []
        self._heading: list[str] | None = None
        self._link: list[str] | None = None
        self._cells: list[list[str]] | None = None  # of the table's head

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what the element begins."""
        if tag in _LINES:
            self._end_line()
        self._nesting += tag in _NESTING
        self._code += tag == "pre"
        if tag in {"img", "hr"}:
            self._fill(tag == "img")
        elif tag in _HEADINGS and not self._nesting:
            self._end_line()
            self._heading = []
        elif tag == "a":
            classes = (dict(attrs).get("class") or "").split()
            self._link = [] if _SILENT.isdisjoint(classes) else None
        elif tag == "thead":
            self._cells = []
        elif tag == "th" and self._cells is not None:
            self._cells.append([])

    def handle_endtag(self, tag: str) -> None:
        """End what the element ends."""
        if tag in _HEADINGS and self._heading is not None:
            self._end_heading(int(tag[1]), _one_line(self._heading))
        elif tag == "a" and self._link is not None:
            self._end_link(_one_line(self._link))
        elif tag == "thead" and self._cells is not None:
            self._end_head(["".join(cell) for cell in self._cells])
        if tag in _LINES:
            self._end_line()
        self._nesting -= tag in _NESTING
        self._code -= tag == "pre"

    def handle_data(self, data: str) -> None:
        """Say a text, in all that is open."""
        if self._heading is not None:
            self._heading.append(data)
        else:
            self._line.append(data)
            self._fill(bool(data.strip()))
        if self._link is not None:
            self._link.append(data)
        if self._cells:
            self._cells[-1].append(data)

    def finish(self) -> None:
        """Close what the end of the text closes."""
        self._end_line()
        if self._open:
            self.found.empty.append(self._open[1])

    def _fill(self, is_something: bool) -> None:
        if is_something:
            self._open = None

    def _end_line(self) -> None:
        if not self._code and _HINT.match("".join(self._line).lstrip()):
            self.found.hints.append(self._under)
        self._line.clear()

    def _end_heading(self, level: int, text: str) -> None:
        if self._open and level <= self._open[0]:
            self.found.empty.append(self._open[1])
        self.found.headings.append((level, text))
        self._under, self._open, self._heading = text, (level, text), None

    def _end_link(self, text: str) -> None:
        if text.strip(_EDGES).casefold() in _EMPTY_WORDS:
            self.found.vague.append(text)
        elif _ADDRESS.fullmatch(text):
            self.found.bare.append(text)
        self._link = None

    def _end_head(self, cells: list[str]) -> None:
        # The corner above a column of names may well be empty.
        if any(not cell.strip() for cell in cells[1:] or cells):
            self.found.tables.append(self._under)
        self._cells = None


def _one_line(parts: list[str]) -> str:
    return _SPACES.sub(" ", "".join(parts)).strip()
