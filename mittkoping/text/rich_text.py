"""A text as a tree: what our Markdown can say, whatever it was read from."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

PieceKind = Literal["words", "code", "image", "break", "note"]

_SPACES = re.compile(r"[ \t\n\r\f]+")
_WORDS_AND_SPACES = re.compile(r"[ \t\n\r\f]+|[^ \t\n\r\f]+")
_SPLITTING = re.compile(r"\u2028|\u2029")
_SMALLEST = 6  # level of a heading


@dataclass(frozen=True)
class Piece:
    """A stretch of a line that is all alike.

    text        the words; of an image, what it shows
    href        where it leads, "" for nowhere
    source      of an image
    note        the label of a footnote
    is_decor    an image that says nothing
    """

    kind: PieceKind = "words"
    text: str = ""
    bold: bool = False
    italic: bool = False
    href: str = ""
    source: str = ""
    note: str = ""
    is_decor: bool = False

    @property
    def is_loose(self) -> bool:
        """Looks the same whatever it is marked as, and so takes after its neighbours."""
        return self.kind in {"break", "note"} or (self.kind == "words" and self.text == " ")


Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    pieces: Pieces


@dataclass(frozen=True)
class Heading:
    """A heading; level 1–6 as it was read, 2–6 once settled."""

    level: int
    pieces: Pieces
    is_title: bool = False


@dataclass(frozen=True)
class Item:
    """An item of a list, with the lists below it.

    number   what it is counted as in an ordered list, where that is known
    """

    pieces: Pieces
    lists: tuple["List", ...] = ()
    number: int | None = None


@dataclass(frozen=True)
class List:
    """A list."""

    is_ordered: bool
    items: tuple[Item, ...]

    @property
    def numbered(self) -> Iterator[tuple[int, Item]]:
        """The items as we count them: on from the first one's number."""
        start = self.items[0].number
        return enumerate(self.items, 1 if start is None else start)


@dataclass(frozen=True)
class Quote:
    """Paragraphs and lists that somebody else has said."""

    blocks: tuple["Paragraph | List", ...]


@dataclass(frozen=True)
class Code:
    """Lines that are shown as they are."""

    text: str


@dataclass(frozen=True)
class Table:
    """Rows of equal length, the first one the header. No cell holds a break."""

    rows: tuple[tuple[Pieces, ...], ...]


@dataclass(frozen=True)
class Rule:
    """A line across."""


Block = Paragraph | Heading | List | Quote | Code | Table | Rule


@dataclass(frozen=True)
class Note:
    """What a footnote says."""

    label: str
    blocks: tuple[Paragraph | List, ...]


@dataclass(frozen=True)
class RichText:
    """A whole text, with its footnotes in the order in which it refers to them."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()


def tidy(pieces: Iterable[Piece]) -> Pieces:
    """Bring a line into its one form: single spaces, none at its ends or at breaks, neighbours joined.

    tidy(tidy(x)) == tidy(x).
    """
    trimmed = _trim([small for piece in pieces for small in _split(piece)])
    return tuple(_join(_settle_loose(trimmed)))


def split_at_breaks(pieces: Iterable[Piece]) -> Iterator[Pieces]:
    """Cut a line where two breaks or more follow each other; give the tidy parts that hold anything."""
    parts: list[list[Piece]] = [[]]
    breaks: list[Piece] = []
    for piece in pieces:
        if piece.kind == "break":
            breaks.append(piece)
        elif breaks and piece.kind == "words" and not _SPACES.sub("", piece.text):
            continue
        else:
            if len(breaks) > 1:
                parts.append([])
            else:
                parts[-1] += breaks
            breaks = []
            parts[-1].append(piece)
    yield from filter(None, map(tidy, parts))


def words_of(pieces: Iterable[Piece]) -> str:
    """What a line says."""
    shown = {"words": None, "code": None, "break": " "}
    return "".join(shown[piece.kind] or piece.text for piece in pieces if piece.kind in shown).strip()


def merged(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Join neighbours that Markdown cannot keep apart: lists of one kind, quotes."""
    return tuple(one for _kind, alike in groupby(blocks, key=_kind) for one in _as_one(list(alike)))


def merged_plain(blocks: Iterable[Paragraph | List]) -> tuple[Paragraph | List, ...]:
    """The same for paragraphs and lists."""
    return tuple(block for block in merged(blocks) if isinstance(block, Paragraph | List))


def _kind(block: Block) -> tuple[type[Block], bool]:
    return type(block), isinstance(block, List) and block.is_ordered


def _as_one(alike: Sequence[Block]) -> Sequence[Block]:
    """Join neighbours of one kind, if it is one whose neighbours are joined."""
    match alike[0]:
        case List(is_ordered=is_ordered):
            lists = (block for block in alike if isinstance(block, List))
            return [List(is_ordered, tuple(item for block in lists for item in block.items))]
        case Quote():
            quotes = (block for block in alike if isinstance(block, Quote))
            return [Quote(merged_plain(part for block in quotes for part in block.blocks))]
        case _:
            return alike


def settle_headings(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Shift the headings so that the highest stand below the page's title, and no level is skipped."""
    above: list[int] = []
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            level = 0 if block.is_title else block.level
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
            block = Heading(min(1 + len(above), _SMALLEST), block.pieces)
        out.append(block)
    return tuple(out)


def take_title(blocks: Sequence[Block]) -> tuple[str, tuple[Block, ...]]:
    """Tell a document's title from the rest.

    It is the first paragraph that is marked as one; else the heading that everything begins with, if no other
    one is as high. "" when there is none.
    """
    found = next((block for block in blocks if isinstance(block, Heading) and block.is_title), None)
    found = found or _opening(blocks)
    if found is None:
        return "", tuple(blocks)
    return words_of(found.pieces), tuple(block for block in blocks if block is not found)


def _opening(blocks: Sequence[Block]) -> Heading | None:
    first = blocks[0] if blocks else None
    if not isinstance(first, Heading):
        return None
    others = [block for block in blocks[1:] if isinstance(block, Heading)]
    return first if all(other.level > first.level for other in others) else None


def _split(piece: Piece) -> Iterator[Piece]:
    """Part words from spaces; what is no word has no use for being bold."""
    if piece.kind == "words":
        for match in _WORDS_AND_SPACES.finditer(_SPLITTING.sub(" ", piece.text)):
            text = match.group()
            yield replace(piece, text=" " if _SPACES.fullmatch(text) else text)
    elif piece.kind == "image":
        yield replace(piece, bold=False, italic=False, text=_SPACES.sub(" ", piece.text).strip())
    elif piece.kind != "code" or piece.text.strip():
        yield replace(piece, text=_SPACES.sub(" ", piece.text).strip())


def _trim(pieces: list[Piece]) -> list[Piece]:
    """Leave one space between words and none beside breaks; one break, and none at the ends."""
    out: list[Piece] = []
    for piece in pieces:
        if piece.kind == "break":
            while out and (out[-1].kind == "break" or _is_space(out[-1])):
                out.pop()
            if out:
                out.append(piece)
        elif not _is_space(piece) or (out and out[-1].kind != "break" and not _is_space(out[-1])):
            out.append(piece)
    while out and (out[-1].kind == "break" or _is_space(out[-1])):
        out.pop()
    return out


def _is_space(piece: Piece) -> bool:
    return piece.kind == "words" and piece.text == " "


def _settle_loose(pieces: list[Piece]) -> list[Piece]:
    """Mark spaces, breaks and footnote signs as what stands on both sides of them is marked."""
    out = list(pieces)
    firm = [number for number, piece in enumerate(pieces) if not piece.is_loose]
    for low, high in zip([-1, *firm], [*firm, len(pieces)], strict=True):
        before = pieces[low] if low >= 0 else Piece()
        after = pieces[high] if high < len(pieces) else Piece()
        between = pieces[low + 1 : high]
        has_note = any(piece.kind == "note" for piece in between)
        for number, piece in enumerate(between, low + 1):
            out[number] = replace(
                piece,
                bold=before.bold and after.bold,
                # Italic stands inside bold, and must not begin or end with a space there.
                italic=before.italic and after.italic and before.bold == after.bold,
                href=before.href if before.href == after.href and not has_note else "",
            )
    return out


def _join(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Make neighbouring words of one kind one piece, and neighbouring code."""
    for _key, alike in groupby(pieces, key=_likeness):
        group = list(alike)
        if group[0].kind in {"words", "code"}:
            yield replace(group[0], text="".join(piece.text for piece in group))
        else:
            yield from group


def _likeness(piece: Piece) -> tuple[str, bool, bool, str]:
    return piece.kind, piece.bold, piece.italic, piece.href
