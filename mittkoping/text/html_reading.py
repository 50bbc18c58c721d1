"""HTML of unknown origin read into a rich text: what our Markdown cannot say is left out, and counted."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeGuard

from mittkoping.text.docx_numbering import MARK
from mittkoping.text.html_lines import Lines, says_nothing
from mittkoping.text.html_tables import unfolded
from mittkoping.text.html_tree import Node, parse
from mittkoping.text.normalise import normalise
from mittkoping.text.rich_text import (
    Block,
    Code,
    Heading,
    Item,
    List,
    Note,
    Paragraph,
    Piece,
    Quote,
    RichText,
    Rule,
    Table,
    merged,
    merged_plain,
    split_at_breaks,
    tidy,
)

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol"})
# fmt: off
_BLOCKS = frozenset({
    *_HEADINGS, *_LISTS, "p", "div", "section", "article", "li", "dl", "dt", "dd", "blockquote", "pre", "hr",
    "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption",
})
# fmt: on
_NOTES = "fotnoter"
_NUMBER = re.compile(f"{MARK}([0-9]+)")  # first in an item


@dataclass(frozen=True)
class Reading:
    """A text that was read.

    left   what was left out or changed on the way, by kind: how often
    """

    text: RichText
    left: Mapping[str, int]


def read_html(html: str, pictures: Mapping[str, str], *, prefix: str = "") -> Reading:
    """Read HTML into a tree of what our Markdown has.

    pictures   source of an image → its address; those of our own storage need none, others are left out
    prefix     begins the labels of footnotes

    Raises TooDeep.
    """
    reader = _Reader(parse(normalise(html)), pictures, prefix)
    return Reading(reader.read(), +reader.lines.left)


class _Reader:
    """Walks through one tree."""

    def __init__(self, root: Node, pictures: Mapping[str, str], prefix: str) -> None:
        self.root = root
        self.notes = _notes(root)
        self.lines = Lines(_BLOCKS, pictures, self.notes, prefix)

    def read(self) -> RichText:
        """Read the text, then the footnotes that it has."""
        blocks = merged(self.blocks(self.root))
        self.lines.is_in_note = True
        notes = [self._note(name, label) for name, label in self.lines.labels.items()]
        in_notes = (block for note in notes for block in note.blocks)
        self.lines.left["numbers"] += sum(map(_renumbered, (*blocks, *in_notes)))
        return RichText(blocks, tuple(notes))

    def blocks(self, node: Node) -> Iterator[Block]:
        """Read what stands in an element; words that stand in no paragraph are one."""
        line: list[Node | str] = []
        for child in node.children:
            if isinstance(child, str) or child.tag not in _BLOCKS:
                line.append(child)
                continue
            yield from self._paragraphs(line)
            line = []
            yield from self._block(child)
        yield from self._paragraphs(line)

    def _paragraphs(self, line: Iterable[Node | str]) -> Iterator[Block]:
        yield from map(Paragraph, split_at_breaks(self.lines.of(line)))

    def _block(self, node: Node) -> Iterator[Block]:
        if node.tag in _HEADINGS:
            yield from self._heading(node)
        elif node.tag in _LISTS:
            yield from self._lists(node)
        elif node.tag == "table":
            yield from self._table(node)
        elif node.tag == "blockquote":
            yield from _filled(Quote(_plain(self.blocks(node))))
        elif node.tag == "pre":
            yield from _code(node)
        elif node.tag == "hr":
            yield Rule()
        elif node.attributes.get("class") != _NOTES:
            yield from self.blocks(node)

    def _heading(self, node: Node) -> Iterator[Block]:
        pieces = self.lines.heading(node)
        words = tidy(piece for piece in pieces if piece.kind != "image")
        images = tuple(piece for piece in pieces if piece.kind == "image")
        if not says_nothing(words):
            yield Heading(_HEADINGS[node.tag], words, is_title=node.attributes.get("class") == "title")
        if images:
            yield Paragraph(tidy(images))

    def _lists(self, node: Node) -> Iterator[List]:
        """Read a list; what its first item holds below nothing comes before it."""
        items: list[Item] = []
        for child in node.elements:
            if child.attributes.get("id") in self.notes:
                continue
            parts = [child] if child.tag in _LISTS else child.children
            pieces = tidy(self.lines.of(part for part in parts if not _is_list(part)))
            lists = [one for part in parts if _is_list(part) for one in self._lists(part)]
            if pieces:
                items.append(Item(pieces, _lists(lists), _number(child) if node.tag == "ol" else None))
            elif items:
                items[-1] = replace(items[-1], lists=_lists([*items[-1].lists, *lists]))
            else:
                yield from lists
        if items:
            yield List(node.tag == "ol", tuple(items))

    def _table(self, node: Node) -> Iterator[Block]:
        grid = unfolded(node)
        self.lines.left["merged_cells"] += grid.merged
        for above in grid.above:
            yield from self.blocks(above)
        if len(grid.rows) == 1:
            self.lines.left["one_row"] += 1
            for cell in filter(None, grid.rows[0]):
                yield from self.blocks(cell)
            return
        rows = [
            tuple(self.lines.cell(cell, is_header=not number) if cell else () for cell in row)
            for number, row in enumerate(grid.rows)
        ]
        if rows:
            yield Table(tuple(rows))

    def _note(self, name: str, label: str) -> Note:
        blocks = _plain(self.blocks(self.notes[name]))
        return Note(label, blocks or (Paragraph((Piece("words", "–"),)),))


def _plain(blocks: Iterable[Block]) -> tuple[Paragraph | List, ...]:
    """Make paragraphs of everything but lists."""
    out: list[Paragraph | List] = []
    for block in merged(blocks):
        match block:
            case Paragraph() | List():
                out.append(block)
            case Heading():
                out.append(Paragraph(block.pieces))
            case Quote():
                out += block.blocks
            case Code():
                out.append(Paragraph(tuple(_lines_of_code(block.text))))
            case Table():
                out += [Paragraph(tidy(_beside(row))) for row in block.rows]
            case Rule():
                pass
    return merged_plain(out)


def _beside(row: Iterable[Iterable[Piece]]) -> Iterator[Piece]:
    for number, cell in enumerate(row):
        if number:
            yield Piece("words", " · ")
        yield from cell


def _lines_of_code(text: str) -> Iterator[Piece]:
    for number, line in enumerate(filter(str.strip, text.split("\n"))):
        if number:
            yield Piece("break")
        yield Piece("code", line.strip())


def _notes(root: Node) -> dict[str, Node]:
    """The footnotes that something raised leads to, by id."""
    wanted = {link.attributes.get("href", "")[1:] for sup in root.all("sup") for link in sup.all("a")} - {""}
    found: dict[str, Node] = {}
    for item in root.all("li"):
        name = item.attributes.get("id", "")
        if name in wanted:
            found.setdefault(name, item)
    return found


def _is_list(part: Node | str) -> TypeGuard[Node]:
    return isinstance(part, Node) and part.tag in _LISTS


def _number(item: Node) -> int | None:
    """What an item is counted as, if it says so."""
    mark = next(iter(item.elements), None)
    found = _NUMBER.fullmatch(mark.attributes.get("id", "")) if mark and mark.tag == "a" else None
    return int(found[1]) if found else None


def _lists(lists: Iterable[List]) -> tuple[List, ...]:
    return tuple(one for one in merged(lists) if isinstance(one, List))


def _renumbered(block: Block) -> int:
    """How many items will be counted as something else: we count on from the first one."""
    match block:
        case List():
            wrong = sum(item.number not in {None, number} for number, item in block.numbered)
            return wrong + sum(_renumbered(one) for item in block.items for one in item.lists)
        case Quote():
            return sum(map(_renumbered, block.blocks))
        case _:
            return 0


def _filled(quote: Quote) -> Iterator[Block]:
    if quote.blocks:
        yield quote


def _code(node: Node) -> Iterator[Block]:
    lines = [line.rstrip() for line in node.text.expandtabs(4).split("\n")]
    text = "\n".join(lines).strip("\n")
    if text:
        yield Code(text)
