import itertools
import random
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mittkoping.text import merge as merging
from mittkoping.text.align import Budget
from mittkoping.text.merge import MergeConflict, Piece, Stretch, merge, stretches

GIT = shutil.which("git")


def conflicts(base: str, ours: str, theirs: str) -> list[Stretch]:
    """What cannot be merged."""
    return [stretch for stretch in stretches(base, ours, theirs) if stretch.is_conflict]


def test_two_paragraphs_that_two_people_edited_are_both_new() -> None:
    base = "# Skolan\n\nVi började i höstas.\n\nSedan gick det bra.\n"
    ours = "# Skolan\n\nVi började redan i höstas.\n\nSedan gick det bra.\n"
    theirs = "# Skolan\n\nVi började i höstas.\n\nSedan gick det mycket bra.\n"
    assert (
        merge(base, ours, theirs) == "# Skolan\n\nVi började redan i höstas.\n\nSedan gick det mycket bra.\n"
    )


def test_two_words_of_one_paragraph_that_two_people_edited_are_both_new() -> None:
    assert (
        merge("Den gamla bilen stod.", "Den nya bilen stod.", "Den gamla bilen gick.")
        == "Den nya bilen gick."
    )


def test_a_conflict_tells_of_the_words_and_of_all_the_rest() -> None:
    base = "Först.\n\nDen gamla bilen.\n\nSist."
    ours, theirs = "Först.\n\nDen nya bilen.\n\nSist!", "Först!\n\nDen röda bilen.\n\nSist."
    with pytest.raises(MergeConflict, match="1 conflicts") as caught:
        merge(base, ours, theirs)
    assert caught.value.stretches == (
        Stretch("Först.\n\n", "Först.\n\n", "Först!\n\n", "Först!\n\n"),
        Stretch(
            "Den gamla bilen.\n\n",
            "Den nya bilen.\n\n",
            "Den röda bilen.\n\n",
            None,
            (
                Piece("Den ", "Den ", "Den ", is_conflict=False),
                Piece("gamla", "nya", "röda", is_conflict=True),
                Piece(" bilen.", " bilen.", " bilen.", is_conflict=False),
            ),
        ),
        Stretch("Sist.", "Sist!", "Sist.", "Sist!"),
    )


def test_what_nobody_changed_is_one_stretch() -> None:
    assert stretches("a\n\nb\n\nc\n\nd", "a\n\nb\n\nc\n\nd", "a\n\nb\n\nc\n\ne") == (
        Stretch("a\n\nb\n\nc\n\n", "a\n\nb\n\nc\n\n", "a\n\nb\n\nc\n\n", "a\n\nb\n\nc\n\n"),
        Stretch("d", "d", "e", "e"),
    )


def test_what_one_took_away_and_the_other_changed_is_a_conflict() -> None:
    assert [part.base for part in conflicts("Ett.\n\nTvå är bra.", "Ett.", "Ett.\n\nTvå är bäst.")] == [
        "Två är bra."
    ]


def test_two_blocks_at_the_same_place_are_a_conflict_unless_they_are_the_same() -> None:
    assert merge("Ett.", "Ett.\n\nNytt.", "Ett.\n\nNytt.") == "Ett.\n\nNytt."
    assert merge("Ett.", "Ett.\n\nNytt.", "Ett.\n\nNytt.\n\nMer.") == "Ett.\n\nNytt.\n\nMer."
    assert [(part.ours, part.theirs) for part in conflicts("Ett.", "Ett.\n\nHär.", "Ett.\n\nDär.")] == [
        ("Här.", "Där.")
    ]


def test_neighbours_that_two_people_changed_are_merged_though_nothing_stands_between() -> None:
    assert merge("- ett\n- två\n- tre\n", "- ett\n- två!\n- tre\n", "- ett\n- två\n- tre!\n") == (
        "- ett\n- två!\n- tre!\n"
    )
    assert merge("a b c\n\nd e f\n", "d e f\n", "a b c\n\nny rad\n\nd e f\n") == "ny rad\n\nd e f\n"


def test_paragraphs_never_run_together_at_the_end() -> None:
    assert merge("a\n\nb", "a\n\nb\n\nc", "a\n\nb och d") == "a\n\nb och d\n\nc"
    assert merge("a\n\nb", "a", "a\n\nny\n\nb") == "a\n\nny"
    assert merge("a\n\nb\n\nc", "a\n\nb", "a\n\nc") == "a"
    assert merge("- a\n- b\n\nSlut", "- a\n\nSlut", "- a\n- b\n- c\n\nSlut") == "- a\n\n- c\n\nSlut"
    assert merge("a", "a\n", "ny\n\na") == "ny\n\na\n"


def test_white_space_is_never_a_conflict() -> None:
    assert merge("a\nb", "a\n\nb", "a\n\n\nb") == "a\n\n\nb"
    assert merge("# a\n\n- b\n", "# a\n- b\n", "# a!\n\n- b\n") == "# a!\n- b\n"


def test_lines_of_code_and_rows_of_tables_are_merged_one_by_one() -> None:
    base = "```\nx = 1\ny = 2\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n"
    ours = base.replace("x = 1", "x = 7").replace("| 1 | 2 |", "| 1 | 8 |")
    theirs = base.replace("y = 2", "y = 9").replace("| 3 | 4 |\n", "| 3 | 4 |\n| 5 | 6 |\n")
    assert merge(base, ours, theirs) == (
        "```\nx = 7\ny = 9\n```\n\n| a | b |\n|---|---|\n| 1 | 8 |\n| 3 | 4 |\n| 5 | 6 |\n"
    )


WORDS = st.sampled_from(["hej", "du", "vi", "är", "här", "och", "nu", "mål", "skola.", "-", "#", "|--|"])
BLOCKS = st.lists(WORDS, max_size=6).map(" ".join)
TEXTS = st.one_of(
    st.tuples(st.sampled_from(["\n", "\n\n", "\n\n\n"]), st.lists(BLOCKS, max_size=6)).map(
        lambda parts: parts[0].join(parts[1])
    ),
    st.text("ab \n-#|`.", max_size=24),
    st.text(max_size=30),
)


@settings(max_examples=900, deadline=None)
@given(TEXTS, TEXTS)
def test_a_side_that_changed_nothing_changes_nothing(base: str, changed: str) -> None:
    assert merge(base, base, changed) == changed
    assert merge(base, changed, base) == changed
    assert merge(base, changed, changed) == changed


@settings(max_examples=700, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_stretches_hold_all_three_texts_and_the_sides_are_equals(base: str, ours: str, theirs: str) -> None:
    parts = stretches(base, ours, theirs)
    assert "".join(part.base for part in parts) == base
    assert "".join(part.ours for part in parts) == ours
    assert "".join(part.theirs for part in parts) == theirs
    assert all(bool(part.pieces) == part.is_conflict for part in parts)
    assert bool(conflicts(base, ours, theirs)) == bool(conflicts(base, theirs, ours))
    if not any(part.is_conflict for part in parts):
        assert "".join(part.merged or "" for part in parts) == merge(base, ours, theirs)


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_the_sides_are_equals_when_the_budget_ends_too(base: str, ours: str, theirs: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "STEPS", 9)
        assert bool(conflicts(base, ours, theirs)) == bool(conflicts(base, theirs, ours))
        assert merge(base, base, theirs) == merge(base, theirs, base) == theirs


@dataclass(frozen=True)
class Deed:
    """What happens at one block of a text: who puts what before it, and who makes what of it."""

    inserter: str
    inserted: str
    block: str
    editor: str
    edited: str


@st.composite
def deeds(draw: st.DrawFn) -> list[Deed]:
    """Edits that do not overlap: one side at most for each block, and for each place between blocks.

    Every word occurs once. Nobody inserts beside what they delete: that would be one block rewritten.
    """
    sides = st.sampled_from(["", "", "", "ours", "theirs"])
    fresh = (f"ord{number}" for number in itertools.count())
    plan: list[Deed] = []
    deleter = ""
    for _ in range(draw(st.integers(1, 9))):
        words = [next(fresh) for _ in range(draw(st.integers(5, 9)))]
        block = " ".join(words)
        words[draw(st.integers(0, len(words) - 1))] = f"{next(fresh)} {next(fresh)}"
        editor, inserter = draw(sides), draw(sides)
        edited = draw(st.sampled_from(["", " ".join(words)]))
        inserter = inserter if inserter not in (deleter, "" if edited else editor) else ""
        deleter = "" if edited else editor
        plan.append(Deed(inserter, f"{next(fresh)} {next(fresh)}", block, editor, edited))
    return plan


def told(plan: list[Deed], *sides: str, end: str = "") -> str:
    """The text after the edits of these sides."""
    blocks: list[str] = []
    for deed in plan:
        blocks += [deed.inserted] * (deed.inserter in sides)
        blocks += [deed.edited if deed.editor in sides else deed.block]
    return "\n\n".join(filter(None, blocks)) + end if any(blocks) else ""


@settings(max_examples=600, deadline=None)
@given(deeds(), st.sampled_from(["", "\n"]))
def test_no_word_is_lost_doubled_or_moved_when_edits_do_not_overlap(plan: list[Deed], end: str) -> None:
    base, ours, theirs = told(plan, end=end), told(plan, "ours", end=end), told(plan, "theirs", end=end)
    assert merge(base, ours, theirs) == told(plan, "ours", "theirs", end=end)


def merged_by_git(base: str, ours: str, theirs: str) -> tuple[str, int]:
    """What `git merge-file` makes of three texts, and how many conflicts it finds."""
    assert GIT, "git is needed to compare with"
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for path, text in zip(paths, (ours, base, theirs), strict=True):
            path.write_text(text)
        done = subprocess.run([GIT, "merge-file", "-p", *paths], capture_output=True, text=True, check=False)
    assert 0 <= done.returncode < 128, done.stderr
    return done.stdout, done.returncode


@settings(max_examples=250, deadline=None)
@given(deeds(), st.sampled_from(["{}\n\n", "- {}\n", "# {}\n", "[^1]: {}\n"]))
def test_what_git_merges_is_merged_in_the_same_way(plan: list[Deed], form: str) -> None:
    base, ours, theirs = (
        "".join(form.format(line) for line in told(plan, *sides).split("\n\n") if line)
        for sides in ((), ("ours",), ("theirs",))
    )
    by_git, count = merged_by_git(base, ours, theirs)
    if not count:
        assert merge(base, ours, theirs) == by_git


def test_git_is_asked_about_merges_and_about_conflicts() -> None:
    base = "".join(f"- rad {n}\n" for n in range(9))
    ours, theirs = base.replace("rad 2", "rad två"), base.replace("rad 6\n", "rad sex\n- till\n")
    assert merged_by_git(base, ours, theirs) == (merge(base, ours, theirs), 0)
    assert "rad två" in merge(base, ours, theirs)
    assert merged_by_git(base, ours, base.replace("rad 2", "rad II"))[1] == 1


def test_texts_of_200_kilobytes_are_merged_within_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(3)  # noqa: S311  # the same texts in every run

    def some(words: str, count: int, end: str) -> str:
        return "".join(rng.choice(words) + end for _ in range(count))[:200_000]

    texts = [
        ("ord " * 25_000, "ord " * 24_000 + "nytt " + "ord " * 999, "annat " + "ord " * 25_000),
        ("a" * 200_000, "a" * 199_999 + "b", "b" + "a" * 199_999),
        ("a\n\n" * 5_000, "a\n\n" * 4_900 + "b\n\n" + "a\n\n" * 99, "b\n\n" + "a\n\n" * 5_000),
        (some("ab", 9_000, "\n\n"), some("ab", 9_000, "\n\n"), some("ab", 9_000, "\n\n")),
        (some("abcd", 100_000, " "), some("abcd", 100_000, " "), some("abcd", 100_000, " ")),
        (some(".,;!", 200_000, ""), some(".,;!", 200_000, ""), some(".,;!", 200_000, "")),
    ]
    budgets: list[Budget] = []

    def counted(steps: int) -> Budget:
        budgets.append(Budget(steps))
        return budgets[-1]

    monkeypatch.setattr(merging, "Budget", counted)
    for base, ours, theirs in texts:
        parts = stretches(base, ours, theirs)
        assert "".join(part.theirs for part in parts) == theirs
    assert len(budgets) == 4 * len(texts)
    assert all(0 <= budget.left <= merging.STEPS for budget in budgets)
    assert min(budget.left for budget in budgets) < merging.STEPS


def test_repeated_words_and_blocks_are_merged_where_they_stand() -> None:
    base = "ord " * 25_000
    assert merge(base, base + "sist", "först " + base) == "först " + base + "sist"
    same = "Samma stycke.\n\n" * 2_000
    assert merge(same, same + "Sist.\n", "Först.\n\n" + same) == "Först.\n\n" + same + "Sist.\n"
