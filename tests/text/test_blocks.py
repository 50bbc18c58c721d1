import time

from hypothesis import given
from hypothesis import strategies as st

from mittkoping.text.blocks import Block, split


def raws(source: str) -> list[str]:
    return [block.raw for block in split(source)]


def test_paragraphs_headings_and_list_items_are_blocks() -> None:
    assert split("\n\n# Hej\ntext\nmer\n \n- a\n  b\n- c\n1. d\n") == (
        Block("", "\n\n"),
        Block("# Hej", "\n"),
        Block("text\nmer", "\n \n"),
        Block("- a\n  b", "\n"),
        Block("- c", "\n"),
        Block("1. d", "\n"),
    )


def test_table_rows_and_footnotes_are_blocks() -> None:
    assert raws("a | b\n--|--\n1 | 2\n3 | 4\n\na | b\nc\n\n[^1]: x\n[^2]: y") == [
        "a | b", "--|--", "1 | 2", "3 | 4", "a | b\nc", "[^1]: x", "[^2]: y",
    ]  # fmt: skip


def test_every_line_of_fenced_code_is_a_block() -> None:
    assert raws("före\n```py\n# x\n\n~~~\ny\n```\nefter\nmer") == [
        "före", "```py", "# x", "", "~~~", "y", "```", "efter\nmer",
    ]  # fmt: skip


def test_nothing_has_no_blocks() -> None:
    assert split("") == ()
    assert split("\n") == (Block("", "\n"),)


PIECES = st.sampled_from(
    ["a", "# ", "- ", "1. ", "|", "|--|--|", "```", "~~~", "[^1]: ", " ", "\n", "\n\n", "\t", "\r"]
)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=100))
def test_the_blocks_of_a_text_make_the_text(source: str) -> None:
    assert "".join(block.raw + block.separator for block in split(source)) == source


def test_splitting_takes_time_in_proportion_to_the_text() -> None:
    for bait in ("\n", " ", "`", "~", "- ", "|-", "#", "1", "[^", "\t\n", "```\n", "|\n", "-|\n"):
        started = time.process_time()
        split(bait * (100_000 // len(bait)))
        assert time.process_time() - started < 1, bait
