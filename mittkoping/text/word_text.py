"""A Word document as a text of ours: its title, its Markdown, and what did not come along."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mittkoping.text.docx_frames import Converted
from mittkoping.text.docx_package import BadDocument
from mittkoping.text.html_reading import read_html
from mittkoping.text.html_tree import TooDeep
from mittkoping.text.normalise import normalise_line
from mittkoping.text.rich_text import (
    Block,
    Heading,
    Item,
    List,
    Paragraph,
    Piece,
    Quote,
    RichText,
    Table,
    settle_headings,
    take_title,
)
from mittkoping.text.to_markdown import to_markdown

# As long as the address of a picture gets.
LONGEST = f"/media/bilder/{'0' * 32}-10000x10000.webp"


@dataclass(frozen=True)
class WordText:
    """A text that was a Word document.

    left       what was left out or changed on the way, by kind: how often
    pictures   how many stand in it
    silent     how many of them nobody has described
    """

    title: str
    body: str
    left: Mapping[str, int]
    pictures: int
    silent: int


def word_text(
    converted: Converted, addresses: Sequence[str | None], *, takes_title: bool, prefix: str = ""
) -> WordText:
    """Write a converted document as Markdown.

    addresses     of its pictures, in order; None for one that is left out
    takes_title   the title is told apart from the body; otherwise the body begins with it
    prefix        begins the labels of footnotes

    Raises BadDocument.
    """
    pictures = {f"bild:{number}": address for number, address in enumerate(addresses) if address}
    try:
        reading = read_html(converted.html, pictures, prefix=prefix)
    except TooDeep as error:
        raise BadDocument("tangled") from error
    title, blocks = take_title(reading.text.blocks) if takes_title else ("", reading.text.blocks)
    text = RichText(settle_headings(blocks), reading.text.notes)
    shown = [piece for piece in pieces_of(text) if piece.kind == "image"]
    return WordText(
        title=normalise_line(title),
        body=to_markdown(text),
        left=Counter(converted.left) + Counter(reading.left),
        pictures=len(shown),
        silent=sum(not (piece.text or piece.is_decor) for piece in shown),
    )


def pieces_of(text: RichText) -> Iterator[Piece]:
    """Every piece of a text, in order."""
    for block in text.blocks:
        yield from _pieces(block)
    for note in text.notes:
        for block in note.blocks:
            yield from _pieces(block)


def _pieces(block: Block) -> Iterator[Piece]:
    match block:
        case Paragraph() | Heading():
            yield from block.pieces
        case List():
            yield from (piece for item in block.items for piece in _of_item(item))
        case Quote():
            yield from (piece for part in block.blocks for piece in _pieces(part))
        case Table():
            yield from (piece for row in block.rows for cell in row for piece in cell)


def _of_item(item: Item) -> Iterator[Piece]:
    yield from item.pieces
    for below in item.lists:
        yield from _pieces(below)
