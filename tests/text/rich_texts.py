"""Rich texts of every kind that our Markdown can say, for hypothesis."""

from dataclasses import replace

from hypothesis import strategies as st

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
    Table,
    merged,
    merged_plain,
    settle_headings,
    tidy,
)

# What means something somewhere in Markdown, alone and together.
SIGNS = [
    *"\\`*_{}[]()#+-.!|<>&:~=\"'^$%@/;0129 aåÖ",
    "  ", "**", "__", "***", "```", "~~~", "---", "===", "- ", "+ ", "* ", "1. ", "1) ", "# ", "## ", "> ",
    ": ", "[[Sida]]", "[[Sida|x]]", "![", "](", "[x](y)", "[x]: y", "[^1]", "[^1]: x", "<b>", "</p>", "<!--",
    "<https://a.se>", "<a@b.se>", "&amp;", "&lt;", "&#42;", "&copy", "&copy;", "https://a.se/_x_*y*",
    "| --- |",
    "\\\\", "\\*", "`` ` ``", "{: #x }", "*[HTML]: x", "$x$", "\u00a0", "\u00ad", "…", "–", "é", "学",
]  # fmt: skip

texts = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=12).map("".join) | st.text(max_size=20).map(
    normalise
)
words = st.from_regex(r"[a-zåäö]{1,4}", fullmatch=True)
addresses = st.sampled_from(
    [
        "https://a.se/",
        "http://a.se/x_(y)_*z*?a=1&copy=2&amp;=3#d",
        "mailto:a@b.se",
        "tel:+46-8-1",
        "https://å.se/ö",
    ]
)
# That an image is for decoration only stands in its source.
pictures = texts.map(lambda text: Piece("image", text, source="/media/a-1x2.png"))


def _set_apart(piece: Piece) -> list[Piece]:
    return [Piece("words", " "), piece, Piece("words", " ")]


@st.composite
def lines(draw: st.DrawFn, *, breaks: bool = True, bold: bool = True, bars: bool = True) -> Pieces:
    """A tidy line that says something."""
    code = texts.map(str.strip).filter(bool).filter(lambda text: bars or "|" not in text)
    kinds = [
        texts.map(lambda text: Piece("words", text)),
        st.builds(
            Piece, st.just("words"), texts, st.just(bold), st.booleans().map(lambda _: False), addresses
        ),
        st.builds(Piece, st.just("words"), words, st.booleans() if bold else st.just(False)),
        st.builds(Piece, st.just("words"), words, st.just(False), st.booleans()),
        code.map(lambda text: Piece("code", " ".join(text.split(" ")))),
        pictures,
    ]
    out: list[Piece] = []
    for piece in draw(st.lists(st.one_of(kinds), min_size=1, max_size=6)):
        out.append(piece)
        if breaks and draw(st.integers(0, 5)) == 0:
            out.append(Piece("break"))
        if bold and draw(st.integers(0, 4)) == 0:
            out += _set_apart(Piece("words", draw(words), True, True))
    made = _edges(tidy(out))
    return made or (Piece("words", "x"),)


def _edges(pieces: Pieces) -> Pieces:
    """Without spaces of any script at the ends of what is shown: HTML does not tell them from the others."""
    shown = [replace(piece, text=piece.text.replace("\u00a0", "x")) for piece in pieces]
    return tidy(
        piece for piece in shown if piece.text.strip() or piece.kind in {"image", "break"} or piece.text
    )


@st.composite
def items(draw: st.DrawFn, depth: int) -> Item:
    """An item of a list."""
    below = draw(st.lists(lists(depth - 1), max_size=2)) if depth else []
    return Item(draw(lines()), tuple(one for one in merged(below) if isinstance(one, List)))


def lists(depth: int) -> st.SearchStrategy[List]:
    """A list."""
    return st.builds(List, st.booleans(), st.lists(items(depth), min_size=1, max_size=3).map(tuple))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table without empty rows."""
    width = draw(st.integers(1, 3))
    rows = []
    for number in range(draw(st.integers(2, 3))):
        cell = lines(breaks=False, bold=number > 0, bars=False)
        others = draw(st.lists(cell | st.just(()), min_size=width - 1, max_size=width - 1))
        rows.append((draw(cell), *others))
    return Table(tuple(rows))


paragraphs = lines().map(Paragraph)
headings = st.builds(
    Heading,
    st.integers(1, 6),
    lines(breaks=False, bold=False).map(
        lambda pieces: tidy(piece for piece in pieces if piece.kind != "image") or (Piece("words", "x"),)
    ),
)
codes = st.lists(texts.map(lambda text: text.expandtabs(4).rstrip()), min_size=1, max_size=4).map(
    lambda rows: Code("\n".join(rows).strip("\n") or "x")
)
quotes = st.lists(paragraphs | lists(1), min_size=1, max_size=3).map(lambda parts: Quote(merged_plain(parts)))


@st.composite
def rich_texts(draw: st.DrawFn) -> RichText:
    """A whole text, with footnotes in the order in which the first paragraph has them."""
    blocks: list[Block] = draw(
        st.lists(st.one_of(paragraphs, headings, lists(2), quotes, codes, tables()), max_size=5)
    )
    notes = draw(st.lists(st.lists(paragraphs | lists(1), min_size=1, max_size=2), max_size=3))
    signs = [
        part
        for number in range(len(notes))
        for part in (Piece("words", "x"), Piece("note", note=str(number + 1)))
    ]
    opening = [Paragraph(tidy(signs))] if signs else []
    made = [Note(str(number), merged_plain(note)) for number, note in enumerate(notes, 1)]
    return RichText(settle_headings(merged([*opening, *blocks])), tuple(made))
