import re
import time

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from mittkoping.text.bounded import render_bounded
from mittkoping.text.links import Resolved, Target
from mittkoping.text.merge import merge
from mittkoping.text.normalise import normalise
from mittkoping.text.render import Rendered, escaped, render
from mittkoping.text.sections import Section, replace, sections
from tests.text import corpora, hostile

LINKS = {Target("factor", "mod"): Resolved("/faktorer/mod/", "Mod & mandat")}
# What is no part of any heading's markup, and changes nothing but the words of the heading it is put into.
WORD = "qzx"


def cut(source: str) -> tuple[Section, ...]:
    return sections(source, render(source, LINKS))


def parts(source: str) -> list[tuple[str, str]]:
    return [(part.id, source[part.start : part.stop]) for part in cut(source)]


def named(source: str, name: str) -> Section:
    return next(part for part in cut(source) if part.id == name)


def test_a_part_ends_where_a_heading_of_the_same_or_a_higher_level_begins() -> None:
    source = "Först.\n\n## A\n\na\n\n### B\n\nb\n\n## C\n\nc\n\n# D\n"
    assert parts(source) == [
        ("u-a", "## A\n\na\n\n### B\n\nb\n\n"),
        ("u-b", "### B\n\nb\n\n"),
        ("u-c", "## C\n\nc\n\n"),
        ("u-d", "# D\n"),
    ]
    assert cut(source)[1] == Section(id="u-b", title="B", level=3, start=17, stop=27)


def test_a_single_sign_and_two_are_one_level_as_on_the_page() -> None:
    assert parts("# A\n## B\n### C") == [("u-a", "# A\n"), ("u-b", "## B\n### C"), ("u-c", "### C")]


def test_every_way_to_write_a_heading_makes_a_part() -> None:
    source = "A\n=\nB   \n---\n\n## C ##\nc\n#D\n   E\n====  \n\n  F\n-\n"
    assert [
        part.title for part in cut("A\n=\n\nB   \n---\n\n## C ##\nc\n#D\n\n   E\n====  \n\n  F\n-\n")
    ] == [*"ABCDEF"]
    # Only the first line of a block can be underlined; what follows a heading begins a new one.
    assert parts(source) == [
        ("u-a", "A\n=\n"), ("u-b", "B   \n---\n\n"), ("u-c", "## C ##\nc\n"), ("u-d", "#D\n"),
        ("u-e", "   E\n====  \n\n"), ("u-f", "  F\n-\n"),
    ]  # fmt: skip


def test_headings_in_code_lists_quotations_tables_and_notes_are_no_parts() -> None:
    inside = [
        "```\n# Kod\n\nKod\n===\n```", "~~~ python\n# kod\n~~~", "    # Kod\n\n    Kod\n    ===",
        "- # Punkt\n\n    # Punkt", "1. ett\n\n    Ett\n    ===", "> # Citat\n>\n> Citat\n> ---",
        "a | b\n--|--\n# c | d", "Ord\n:   # Ord", "Text[^1]\n\n[^1]: # Not\n\n    # Not",
        "\\# inte", "text \\\n#\\", "a # b", "`#`", "x\ny\n===",
    ]  # fmt: skip
    for text in inside:
        assert parts(f"# Före\n\n{text}\n\n# Efter\n") == [
            ("u-fore", f"# Före\n\n{text}\n\n"),
            ("u-efter", "# Efter\n"),
        ], text
    assert '<h2 id="u-punkt">' in render(inside[3], {}).html


def test_headings_of_one_name_are_counted_as_on_the_page_those_inside_others_too() -> None:
    source = "# Mål\n\n> # Mål\n\nMål\n---\n\n- # Mål\n\n## Mål\n\n#\n\n##\n"
    assert parts(source) == [
        ("u-mal", "# Mål\n\n> # Mål\n\n"), ("u-mal-3", "Mål\n---\n\n- # Mål\n\n"), ("u-mal-5", "## Mål\n\n"),
        ("u-rubrik", "#\n\n"), ("u-rubrik-2", "##\n"),
    ]  # fmt: skip


def test_a_heading_with_a_link_has_the_id_that_the_link_gives_it() -> None:
    assert [part.id for part in cut("# Om [[faktor:mod]]")] == ["u-om-mod-mandat"]


def test_places_hold_after_code_notes_and_addresses_that_the_page_does_not_show() -> None:
    for hidden in (
        "```{.x} y}\nx\n```\n# kod\n```\n",
        "```\n\n\n\n```\n",
        '~~~py hl_lines="1\n2"\nx\n~~~\n\t\n',
        "x\n[a]: /b\ny\n",
        "[^1]: not\n    mer\n\n    mer\n\n",
        "```\n```\n~~~\n# z\n\n~~~\n\t\n",
    ):
        source = f"{hidden}# A\n\n{hidden}\nB\n==="
        assert parts(source) == [("u-a", f"# A\n\n{hidden}\n"), ("u-b", "B\n===")], hidden


def test_a_text_that_cannot_be_rendered_has_no_parts() -> None:
    assert sections("# A", escaped("# A")) == ()
    assert sections("", Rendered("", (), (), "")) == ()


def test_the_child_tells_the_same_places() -> None:
    source = "text\n# A\n\nB\n---\n"
    assert sections(source, render_bounded(source, LINKS)) == cut(source)
    assert len(cut(source)) == 2


# fmt: off
PIECES = st.sampled_from([
    "# ", "## ", "#", "######", "=", "===\n", "---\n", "-", "- ", "- \n", "1. ", "> ", "    ", "\t", " ",
    ":   ", ": ", "\n", "\n", "\n\n", "\n\n", "ord", "ord\n", "Å", "\\", "`", "```", "```\n", "~~~\n",
    "{.x}\n", "{.x} y}\n", 'hl_lines="', "| a | b |\n|---|---|\n", "|", "|a|\n|-|\n", "* * *\n", "___\n",
    "*", "_", "<b>", "[a]: /b\n", "[a]:\n", "[a]", "[^1]: not\n", "[^1]:", "[^1]", "[^", "]: ", "&amp;",
    "[[faktor:mod]]", "fn 1", "\r", "\x0b", "# ord\n", "ord\n===\n", "\nord\n---\n", "> # ord\n",
    "\n```\n# ord\n```\n",
])
# fmt: on
TEXTS = (st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)).map(normalise)


def check_law(source: str) -> None:
    """The parts of a text are those of its page's headings, in order, and each begins with its heading."""
    rendered = render(source, LINKS)
    found = sections(source, rendered)
    assert [(part.level, part.id, part.title) for part in found] == [
        (heading.level, heading.id, heading.text) for heading in rendered.contents
    ]
    starts = [part.start for part in found]
    assert starts == sorted(set(starts))
    for number, part in enumerate(found):
        text = source[part.start : part.stop]
        assert part.start == 0 or source[part.start - 1] == "\n"
        assert re.match(r"#|[^\n]*\n(=+|-+)[ \t]*(\n|$)", text), text
        ends = [other.start for other in found[number + 1 :] if other.level <= part.level]
        assert part.stop == (ends[0] if ends else len(source))
        assert replace(source, part, text) == source


def check_places(source: str) -> None:
    """A word that is written where a heading is said to begin stands in that heading, and in no other."""
    for number, part in enumerate(cut(source)):
        spot = re.compile(r"#{1,6}|[^\n]*").match(source, part.start)
        assert spot
        changed = render(source[: spot.end()] + WORD + source[spot.end() :], LINKS)
        having = [n for n, heading in enumerate(changed.contents) if WORD in heading.text]
        assert having == [number], part


@settings(deadline=None)
@given(TEXTS)
@example("- \n===\n\n# x")
@example("```{.x}y\n# a\n```\n# b")
@example("x\n[a]:\ny\n===\n# z\n")
@example("  \n===")
def test_the_parts_are_those_of_the_page(source: str) -> None:
    check_law(source)


@settings(deadline=None)
@given(TEXTS)
def test_each_part_begins_where_its_heading_is_written(source: str) -> None:
    assume(WORD not in source)
    check_places(source)


def test_the_parts_of_hostile_texts_are_those_of_the_page() -> None:
    for source in [text for text, is_heavy in hostile.PATHOLOGICAL if not is_heavy] + hostile.XSS:
        check_law(normalise(f"# Först\n\n{source[:5_000]}\n\n# Sist"))


@pytest.mark.slow
def test_the_parts_of_a_large_set_of_hostile_texts_are_those_of_the_page() -> None:
    for source in corpora.xss() + [text[:5_000] for text in corpora.pathological()]:
        check_law(normalise(f"# Först\n\n{source}\n\n# Sist"))


def test_a_part_is_replaced_and_its_blank_lines_stay() -> None:
    source = "# A\n\na\n\n\n# B\n\nb\n"
    assert replace(source, named(source, "u-a"), "# Å\n\nå") == "# Å\n\nå\n\n\n# B\n\nb\n"
    assert replace(source, named(source, "u-b"), "# B\n\nb\n\nmer\n\n\n") == "# A\n\na\n\n\n# B\n\nb\n\nmer\n"
    assert replace(source, named(source, "u-b"), "\n\n# C") == "# A\n\na\n\n\n# C\n"


def test_a_blank_line_is_added_where_one_is_missing() -> None:
    source = "text\n# A\na\n# B"
    assert replace(source, named(source, "u-a"), "# A\nå") == "text\n# A\nå\n\n# B"
    assert replace(source, named(source, "u-a"), "a") == "text\n\na\n\n# B"
    assert replace(source, named(source, "u-b"), "b") == "text\n# A\na\n\nb"


def test_a_blank_text_takes_the_part_away() -> None:
    source = "text\n\n# A\n\na\n\n# B\n\nb\n"
    assert replace(source, named(source, "u-a"), "") == "text\n\n# B\n\nb\n"
    assert replace(source, named(source, "u-b"), " \n") == "text\n\n# A\n\na\n"
    assert replace("text\n# A\nB\n===", named("text\n# A\nB\n===", "u-a"), "") == "text\n\nB\n==="
    assert replace("# A\n", named("# A\n", "u-a"), "") == ""
    assert replace("# A\n# B", named("# A\n# B", "u-a"), "") == "# B"


def test_what_only_has_other_blank_lines_around_it_is_not_changed() -> None:
    source = "# A\n\na\n# B\n"
    assert replace(source, named(source, "u-a"), "\n# A\n\na\n\n\n") == source


HEADINGS = st.lists(
    st.tuples(st.sampled_from(["# {}\n", "## {} ##\n", "### {}\n\n", "{}\n===\n", "\n{}\n---\n\n"]),
              st.sampled_from(["", "ord\n", "ord\n\n", "- a\n- b\n\n", "```\n# kod\n```\n", "> citat\n\n"])),
    min_size=2, max_size=6,
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(
    HEADINGS,
    st.sampled_from(["nytt", "nytt\n", "- a\n- b", "| a | b |\n|---|---|\n| c | d |", "```\n# x\n```", ""]),
)
def test_other_parts_are_left_alone(made: list[tuple[str, str]], text: str) -> None:
    source = "".join(heading.format(f"rubrik {number}") + body for number, (heading, body) in enumerate(made))
    before = cut(source)
    for part in before:
        after = replace(source, part, text)
        rest = [other for other in before if not part.start <= other.start < part.stop]
        assert [other.title for other in cut(after)] == [other.title for other in rest]


PARAGRAPHS = st.lists(
    st.sampled_from(["ett", "två ord", "tre ord här", "- a\n- b", "### Under\n\nett"]), max_size=4
)


@settings(max_examples=50, deadline=None)
@given(st.lists(PARAGRAPHS, min_size=2, max_size=4), PARAGRAPHS, PARAGRAPHS, st.data())
def test_edits_of_different_headings_are_always_merged(
    texts: list[list[str]], ours: list[str], theirs: list[str], data: st.DataObject
) -> None:
    def written(name: str, paragraphs: list[str]) -> str:
        return "\n\n".join([f"## {name}", *paragraphs]) + "\n\n"

    names = "ABCD"[: len(texts)]
    first, second = data.draw(st.permutations(range(len(texts))))[:2]
    source = "".join(map(written, names, texts))
    edited = {
        at: replace(source, named(source, f"u-{names[at].lower()}"), written(names[at], paragraphs))
        for at, paragraphs in ((first, ours), (second, theirs))
    }
    both = [*texts]
    both[first], both[second] = ours, theirs
    assert merge(source, edited[first], edited[second]) == "".join(map(written, names, both))


def test_a_long_text_is_cut_in_time() -> None:
    words = "Ord som står i en rad och säger något om skolan. " * 6
    source = "".join(f"## Rubrik {n}\n\n{words}\n\n- ett\n- två\n\n" for n in range(580))
    assert len(source.encode()) > 195_000
    rendered = render_bounded(source, {})
    started = time.process_time()
    found = sections(source, rendered)
    assert time.process_time() - started < 0.5
    assert len(found) == 580
