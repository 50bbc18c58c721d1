import itertools
import random
import time

from hypothesis import given
from hypothesis import strategies as st

from mittkoping.text.align import Budget, align
from mittkoping.text.diff import BlockChange, Words, compare


def assert_laws(old: str, new: str) -> tuple[BlockChange, ...]:
    changes = compare(old, new)
    assert "".join(change.old for change in changes) == old
    assert "".join(change.new for change in changes) == new
    for change in changes:
        if change.op == "replace":
            assert "".join(word.text for word in change.words if word.op != "insert") == change.old
            assert "".join(word.text for word in change.words if word.op != "delete") == change.new
            assert all(word.text for word in change.words)
        else:
            assert change.words == ()
    return changes


def test_an_edited_paragraph_is_compared_word_by_word() -> None:
    old = "# Hej\n\nDen gamla fina huset står där.\n\nBort\n\n- ett\n- två\n"
    new = "# Hej\n\nDet nya stora huset står där, än.\n\n- ett\n- två till\n- tre\n"
    assert compare(old, new) == (
        BlockChange("same", "# Hej\n\n", "# Hej\n\n", ()),
        BlockChange(
            "replace",
            "Den gamla fina huset står där.\n\n",
            "Det nya stora huset står där, än.\n\n",
            (
                Words("delete", "Den gamla fina"),
                Words("insert", "Det nya stora"),
                Words("same", " huset står där"),
                Words("insert", ", än"),
                Words("same", ".\n\n"),
            ),
        ),
        BlockChange("delete", "Bort\n\n", "", ()),
        BlockChange("same", "- ett\n", "- ett\n", ()),
        BlockChange(
            "replace",
            "- två\n",
            "- två till\n",
            (Words("same", "- två"), Words("insert", " till"), Words("same", "\n")),
        ),
        BlockChange("insert", "", "- tre\n", ()),
    )


def test_an_edited_paragraph_finds_itself_among_new_ones() -> None:
    ops = [
        change.op
        for change in compare("a b c d e\n\nx y z u v", "nytt här\n\na b c d f\n\nx y z u w\n\nslut nu")
    ]
    assert ops == ["insert", "replace", "replace", "insert"]


def test_one_row_of_a_table_and_one_line_of_code_change_alone() -> None:
    old = "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n```\nx = 1\ny = 2\n```\n"
    ops = [
        change.op for change in compare(old, old.replace("| 3 | 4 |", "| 3 | 5 |").replace("y = 2", "y = 3"))
    ]
    assert ops == ["same", "same", "same", "replace", "same", "same", "replace", "same"]


def test_more_blank_lines_are_no_change() -> None:
    assert compare("a\n\nb", "a\n\n\nb\n") == (
        BlockChange("same", "a\n\n", "a\n\n\n", ()),
        BlockChange("same", "b", "b\n", ()),
    )


def test_equal_texts_are_the_same_and_empty_ones_have_nothing() -> None:
    assert [change.op for change in compare("a\n\nb", "a\n\nb")] == ["same", "same"]
    assert compare("", "") == ()
    assert compare("", "a") == (BlockChange("insert", "", "a", ()),)
    assert compare("a", "") == (BlockChange("delete", "a", "", ()),)


PIECES = st.sampled_from(
    ["a", "b", "c ", "ord ", "- ", "# ", "| x | y |\n", "|---|---|\n", "```\n", "\n", "\n\n", ".", "å"]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)


@given(TEXTS, TEXTS)
def test_a_comparison_holds_both_texts(old: str, new: str) -> None:
    assert_laws(old, new)


@given(st.lists(st.sampled_from("abcd"), max_size=25), st.lists(st.sampled_from("abcd"), max_size=25))
def test_pairs_are_equal_and_rise_on_both_sides(a: list[str], b: list[str]) -> None:
    pairs = align(a, b, Budget(10_000))
    assert all(a[i] == b[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in itertools.pairwise(pairs))


def test_the_shortest_script_is_found_where_nothing_is_unique() -> None:
    # Myers' own example: the longest common subsequence of ABCABBA and CBABAC has four letters.
    assert len(align("ABCABBA", "CBABAC", Budget(10_000))) == 4


def test_an_empty_budget_still_pairs_beginnings_and_ends() -> None:
    assert align("abcxyz", "abQyz", Budget(0)) == [(0, 0), (1, 1), (4, 3), (5, 4)]


def test_any_two_texts_of_200_kilobytes_are_compared_in_bounded_time() -> None:
    rng = random.Random(3)  # noqa: S311  # the same texts in every run

    def some(words: str, count: int, end: str) -> str:
        return "".join(rng.choice(words) + end for _ in range(count))[:200_000]

    numbered = [f"rad {n} av många" for n in range(12_000)]
    pairs = [
        ("a\n\n" * 20_000, "a\n\n" * 20_000),
        ("\n\n".join(numbered), "\n\n".join(f"line {n} x" for n in range(12_000))),
        ("\n\n".join(numbered), "\n\n".join(rng.sample(numbered, len(numbered)))),
        ("- a\n- b\n" * 10_000, "- b\n- a\n" * 10_000),
        (some("ab", 60_000, "\n\n"), some("ab", 60_000, "\n\n")),
        (some("abcd", 100_000, " "), some("abcd", 100_000, " ")),
        (some(".,;!", 200_000, ""), some(".,;!", 200_000, "")),
        ("```\n" + "\n" * 40_000 + "x", "```\n" + "y\n" * 40_000),
        ("- a b c d e f g\n" * 12_000, "- a b c d e f h\n" * 12_000),
    ]
    for old, new in pairs:
        started = time.process_time()
        changes = compare(old, new)
        assert time.process_time() - started < 2, (old[:20], new[:20])
        assert "".join(change.old for change in changes) == old
        assert "".join(change.new for change in changes) == new
