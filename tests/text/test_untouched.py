"""What an editor left alone arrives as it was."""

import re
import time
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mittkoping.text.normalise import normalise
from mittkoping.text.untouched import Mangled, restore

BASE = "# Rubrik\n\nEtt stycke\nmed två rader\n \t\n* a\n* b\n\n\nSlut\n"


def chunks_of(text: str) -> list[str]:
    """Written once more, in another way."""
    ink = r"(?:[^\s\ufeff]|[\x1c-\x1f\x85])"
    return re.findall(rf"(?:^[^\n]*{ink}[^\n]*$\n?)+", text, re.MULTILINE)


def part(text: str) -> str:
    return text.removesuffix("\n")


def claim(base: str, sent: str, pairs: list[tuple[int, int]]) -> str:
    """As the editor makes it."""
    chunks = [part(chunk) for chunk in chunks_of(base)]
    told = [f"{old}:{new}:{crc32(chunks[old].encode()):08x}" for old, new in pairs]
    return ";".join([str(len(chunks_of(sent))), *told])


def test_what_was_left_alone_and_changed_all_the_same_is_put_back() -> None:
    sent = "# Rubrik\n\nEtt stycke\nmed två rader \n \t\n- a\n- b\n\n\nSlutet\n"
    told = claim(BASE, sent, [(0, 0), (1, 1), (2, 2)])
    assert restore(BASE, sent, told) == (BASE.replace("Slut", "Slutet"), 2)


def test_what_the_writer_changed_stays_changed_and_what_moved_stays_moved() -> None:
    sent = "Slut\n\nNytt stycke\n\nett stycke\nmed två rader\n\n+ a\n+ b\n\n# Annan"
    told = claim(BASE, sent, [(3, 0), (2, 3)])
    assert restore(BASE, sent, told) == (sent.replace("+ a\n+ b", "* a\n* b"), 1)


def test_a_chunk_may_get_its_lines_back() -> None:
    assert restore("a\nb\nc\n\nd", "x\n\nd", claim("a\nb\nc\n\nd", "x\n\nd", [(0, 0), (1, 1)])) == (
        "a\nb\nc\n\nd",
        1,
    )
    assert restore("a\n\nd", "x\ny\nz\n\n\nd\n", claim("a\n\nd", "x\n\nd", [(0, 0)])) == ("a\n\n\nd\n", 1)


@pytest.mark.parametrize("told", ["", " ", "nej", ";", "-1", "x;0:0:00000000", "1e3", "٣", "99999999", "4 "])
def test_a_claim_that_says_nothing_checks_nothing(told: str) -> None:
    assert restore(BASE, BASE, told) == (BASE, 0)


@pytest.mark.parametrize("told", ["0", "3", "5", "3;0:0:00000000", "9999999"])
def test_a_text_with_other_chunks_than_were_sent_is_mangled(told: str) -> None:
    with pytest.raises(Mangled):
        restore(BASE, BASE, told)


@pytest.mark.parametrize(
    "told",
    [
        "0:0:deadbeef",
        "0:0",
        "0:0:",
        "9:0:{crc}",
        "0:9:{crc}",
        "-0:0:{crc}",
        "0:0:{CRC}",
        "0:0:{crc}0",
        "a:b:c",
        "::",
    ],
)
def test_what_does_not_fit_the_base_counts_for_nothing(told: str) -> None:
    crc = f"{crc32(b'# Rubrik'):08x}"
    told = told.replace("{crc}", crc).replace("{CRC}", crc.upper() if crc.upper() != crc else "x")
    sent = BASE.replace("# Rubrik", "# Ny")
    assert restore(BASE, sent, f"4;{told}") == (sent, 0)
    assert restore(BASE, sent, f"4;{told};0:0:{crc}") == (BASE, 1)


def test_the_first_that_is_told_of_a_chunk_counts() -> None:
    told = claim("a\n\nb", "x\n\ny", [(1, 0), (0, 0)])
    assert restore("a\n\nb", "x\n\ny", told) == ("b\n\ny", 1)


def test_lines_of_white_space_only_are_blank_as_browsers_see_them() -> None:
    for blank in (" ", "\t", "\u00a0", "\u2028", "\u3000", "\ufeff"):
        assert restore("a", f"a\n{blank}\nb", "2;0:0:e8b7be43") == (f"a\n{blank}\nb", 0)
    for ink in ("\u200b", "\u180e", "."):
        with pytest.raises(Mangled):
            restore("a", f"a\n{ink}\nb", "2;0:0:e8b7be43")


@pytest.mark.parametrize("ink", ["\x07", "\x85", "\x1c", "\x00\x1f", "\ufdd0", " \x7f "])
def test_chunks_are_counted_as_the_editor_did_before_anything_was_removed(ink: str) -> None:
    typed = f"- a\n\n{ink}\n\n{ink}\n\nb\n{ink}\nc\n\nd"
    told = claim("* a\n\nd", typed, [])
    assert told == "5"
    told = f"5;0:0:{crc32(b'* a'):08x};1:4:{crc32(b'd'):08x}"
    sent = normalise(typed)
    with pytest.raises(Mangled):
        restore("* a\n\nd", sent, told)
    kept = sent.replace("- a", "* a")
    assert restore("* a\n\nd", sent, told, typed=typed) == (kept, 1)
    for ends in ("\r\n", "\r"):
        assert restore("* a\n\nd", sent, told, typed=typed.replace("\n", ends)) == (kept, 1)
    with pytest.raises(Mangled):
        restore("* a\n\nd", normalise(typed[:-3]), told, typed=typed[:-3])


def test_what_was_typed_with_other_lines_counts_for_nothing() -> None:
    assert restore(BASE, BASE, "4", typed="a\n\nb") == (BASE, 0)


LINES = st.lists(
    st.sampled_from(["", " ", "\t", "a", "b", "* c", "    d", "---", "å\u2028", "\ufeff", "```"]), max_size=12
).map("\n".join)
CHUNKS = st.integers(0, 12)


@given(LINES, LINES, st.lists(st.tuples(CHUNKS, CHUNKS), max_size=8))
def test_every_chunk_that_was_left_alone_is_as_it_was_and_no_other_is_touched(
    base: str, sent: str, pairs: list[tuple[int, int]]
) -> None:
    old, new = [[part(chunk) for chunk in chunks_of(text)] for text in (base, sent)]
    pairs = [pair for pair in pairs if pair[0] < len(old)]
    text, count = restore(base, sent, claim(base, sent, pairs))
    expected = list(new)
    for was, is_now in reversed(pairs):
        if is_now < len(new):
            expected[is_now] = old[was]
    assert [part(chunk) for chunk in chunks_of(text)] == expected
    assert count == sum(a != b for a, b in zip(expected, new, strict=True))
    # Between the chunks nothing is touched at all.
    assert re.sub("ö+", "ö", _without(text)) == re.sub("ö+", "ö", _without(sent))
    assert restore(base, text, claim(base, sent, pairs)) == (text, 0)


def _without(text: str) -> str:
    """The text with one letter for each chunk."""
    return re.sub(
        r"(?:^[^\n]*[^\s\ufeff][^\n]*(?:\n(?=[^\n]*[^\s\ufeff])|$))+", "ö", text, flags=re.MULTILINE
    )


@given(
    st.text(max_size=200), st.text(max_size=200), st.text("0123456789;:abcdef \n", max_size=100) | st.text()
)
def test_no_claim_breaks_anything(base: str, sent: str, told: str) -> None:
    try:
        text, count = restore(base, sent, told)
    except Mangled:
        return
    assert count or text == sent


def test_a_long_text_is_read_in_no_time() -> None:
    base = "a\n\n" * 60_000
    told = claim(base, base, [(number, number) for number in range(60_000)])
    hostile = ["60000;" + ":" * 300_000, "60000" + ";0:0:e8b7be43" * 60_000, "1" * 300_000]
    started = time.perf_counter()
    assert restore(base, base.replace("a", "b", 1), told) == (base, 1)
    for claimed in hostile:
        restore(base, base, claimed)
    assert time.perf_counter() - started < 5
