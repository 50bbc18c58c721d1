"""A rich text as Markdown of ours: docs/decisions/0020-word.md."""

from collections.abc import Iterable, Sequence

from mittkoping.text.escaping import escape_start, longest_run
from mittkoping.text.inline_markdown import write_line
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
    Pieces,
    Quote,
    RichText,
    Rule,
    Table,
)

_INDENT = " " * 4
_BAR = "|"


def to_markdown(text: RichText) -> str:
    """Write a tree as Markdown that renders as the same tree, and whose words are read as words.

    Only italic that begins or ends inside a word that is bold too is lost; its words stay.
    """
    blocks = [*map(_block, text.blocks), *map(_note, text.notes)]
    return normalise("\n\n".join(blocks))


def _block(block: Block) -> str:
    match block:
        case Heading():
            line = write_line(block.pieces, also="#", pause=" ")
            return f"{'#' * block.level} {line}"
        case Paragraph():
            return _paragraph(block.pieces)
        case List():
            return "\n".join(_list(block))
        case Quote():
            return _quote(block)
        case Code():
            return _code(block.text)
        case Table():
            return _table(block.rows)
        case Rule():
            return "---"


def _paragraph(pieces: Pieces) -> str:
    # A second line of bars and hyphens would make it a table.
    has_lines = any(piece.kind == "break" for piece in pieces)
    return "\n".join(map(escape_start, write_line(pieces, also=_BAR if has_lines else "").split("\n")))


def _list(block: List) -> list[str]:
    lines: list[str] = []
    for number, item in block.numbered:
        written = _item(item, f"{number}." if block.is_ordered else "-")
        lines += [*written, ""] if "" in written else written
    return lines[:-1] if lines[-1] == "" else lines


def _item(item: Item, sign: str) -> list[str]:
    """Write an item; when there is an empty line in it, the next item needs one before it too."""
    first, *rest = _paragraph(item.pieces).split("\n")
    lines = [f"{sign} {first}", *(_INDENT + line for line in rest)]
    for place, below in enumerate(item.lists):
        # Without a line between, the second list would be words of the first.
        lines += [""] if place else []
        lines += [_INDENT + line if line else line for line in _list(below)]
    return lines


def _quote(quote: Quote) -> str:
    lines = "\n\n".join(map(_block, quote.blocks)).split("\n")
    return "\n".join(f"> {line}" if line else ">" for line in lines)


def _code(text: str) -> str:
    fence = "`" * max(3, longest_run(text, "`") + 1)
    return f"{fence}\n{text}\n{fence}"


def _table(rows: Sequence[Sequence[Pieces]]) -> str:
    header, *body = map(_row, rows)
    return "\n".join([header, "| " + " | ".join("---" for _cell in rows[0]) + " |", *body])


def _row(cells: Iterable[Pieces]) -> str:
    written = (write_line(map_bars(cell), also=_BAR, pause=" ") for cell in cells)
    return f"| {' | '.join(written)} |"


def map_bars(cell: Pieces) -> Pieces:
    """Make words of code that holds a bar: in a table it would end the cell, or show its backslash."""
    return tuple(
        Piece("words", piece.text, piece.bold, piece.italic, piece.href)
        if piece.kind == "code" and _BAR in piece.text
        else piece
        for piece in cell
    )


def _note(note: Note) -> str:
    first, *rest = "\n\n".join(map(_block, note.blocks)).split("\n")
    return "\n".join([f"[^{note.label}]: {first}", *(_INDENT + line if line else line for line in rest)])
