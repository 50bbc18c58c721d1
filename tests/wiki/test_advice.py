"""Help while writing: what is to be thought of before saving, said gently, and stopping nobody."""

import time
from collections.abc import Sequence

import pytest

from mittkoping.text.bounded import RenderRefused
from wiki import rendering
from wiki.advice import Advice, Written, advise, has_hints
from wiki.advice.reading import read, without_hints

PICTURE = f"/media/bilder/{'a' * 32}-600x400.png"
FACTOR = "Vilken faktor handlar det här om, och vad bygger ni det på?"
pytestmark = pytest.mark.django_db


def advised(
    body: str, *, title: str = "Skolan", lead: str = "Kort.", has_factor: bool = True, is_part: bool = False
) -> list[Advice]:
    """What is said of a form in which all else is as it should be."""
    drawn = rendering.render_cached(body)
    return list(
        advise(Written(title=title, lead=lead, rendering=drawn, has_factor=has_factor, is_part=is_part))
    )


def said(found: Sequence[Advice]) -> list[tuple[str, tuple[str, ...]]]:
    """Of what kind, and where."""
    return [(each.kind, each.where) for each in found]


# Of the text.


def test_a_text_as_it_should_be_gets_no_advice() -> None:
    body = (
        "Inledning.\n\n## Mål\n\nEtt *mål*.\n\n### Delmål\n\nSe [[Skolan]] och [vår rapport](https://a.se).\n\n"
        "## Medel\n\n| | År |\n| --- | --- |\n| Barn | 3 |\n\nEn not.[^1]\n\n[^1]: Källan.\n"
    )
    assert advised(body) == []


@pytest.mark.parametrize(
    ("body", "skipped"),
    [
        ("## A\n\nText.\n\n#### B\n\nText.\n", ("B",)),
        ("#### A\n\nText.\n", ("A",)),
        ("# A\n\nText.\n\n### B\n\nText.\n", ()),
        ("## A\n\nText.\n\n### B\n\nText.\n\n## C\n\nText.\n\n##### D\n\nText.\n", ("D",)),
        ("## A\n\n- #### B\n\nText.\n", ()),
    ],
)
def test_heading_levels_that_are_skipped_are_named(body: str, skipped: tuple[str, ...]) -> None:
    assert said(advised(body)) == ([("levels", skipped)] if skipped else [])


def test_a_part_may_begin_with_its_own_level() -> None:
    assert advised("#### A\n\nText.\n", is_part=True) == []
    assert said(advised("### A\n\nText.\n\n##### B\n\nText.\n", is_part=True)) == [("levels", ("B",))]


@pytest.mark.parametrize(
    ("head", "is_told"),
    [("| A | B |", False), ("| | B |", False), ("| A | |", True), ("| | |", True), ("| |", True)],
)
def test_a_table_without_headings_is_told(head: str, is_told: bool) -> None:
    bars = head.count("|") - 1
    table = f"{head}\n|{' --- |' * bars}\n|{' x |' * bars}\n"
    expected = [("tables", ("Siffror",))] if is_told else []
    assert said(advised(f"## Siffror\n\n{table}")) == expected


@pytest.mark.parametrize("words", ["här", "Klicka här", "läs mer »", "LÄNK", "Läs mer…", "**här**"])
def test_links_that_do_not_say_where_they_lead_are_named(words: str) -> None:
    plain = words.strip("*")
    assert said(advised(f"Se [{words}](https://a.se) nu.")) == [("links", (plain,))]


@pytest.mark.parametrize("link", ["<https://a.se/b>", "[www.a.se](https://a.se)"])
def test_links_that_are_called_as_their_address_are_named(link: str) -> None:
    assert said(advised(f"Se {link} nu.")) == [("addresses", (link.strip("<>").split("]")[0].strip("["),))]


@pytest.mark.parametrize(
    "link", ["[Här bor vi](https://a.se)", "<a@b.se>", "[[Skolan|här borta]]", "Not[^1]\n\n[^1]: N"]
)
def test_other_links_are_left_in_peace(link: str) -> None:
    assert advised(f"Se {link}") == []


def test_only_three_places_are_named_and_the_rest_counted() -> None:
    body = "\n\n".join(f"Se <https://{number}.se>." for number in range(5))
    [found] = advised(body)
    assert (found.where, found.more) == (("https://0.se", "https://1.se", "https://2.se"), 2)


def test_a_picture_of_which_nothing_is_said_comes_first_and_tells_that_it_stops() -> None:
    body = f'## A\n\n![]({PICTURE})\n\n![]({PICTURE[:-7]}0.png "dekorativ")\n\nSe [här](https://a.se).'
    first, second = advised(body)
    assert (first.kind, first.stops, second.kind, second.stops) == ("pictures", True, "links", False)
    assert first.sentence.startswith("En bild saknar beskrivning. Sidan går inte att spara")


def test_the_hints_of_a_template_are_counted_and_placed() -> None:
    table = "| A |\n| --- |\n| Skriv här: x |\n"
    body = f"Skriv här: vad?\n\n## Mål\n\nskriv här: vad?\n\n1. Skriv här: först?\n\n{table}"
    [found] = advised(body)
    assert (found.kind, found.where) == ("hints", ("Mål",))
    assert found.sentence.startswith("4 hjälptexter från mallen är kvar.")


@pytest.mark.parametrize(
    "body",
    [
        "Vi skriv här: ja.",
        "| A |\n| --- |\n| Vi skriv här: ja |",
        "```\nSkriv här: kod\n```\n",
        "Skriv här om målet.",
    ],
)
def test_what_only_looks_like_a_hint_is_left_in_peace(body: str) -> None:
    assert advised(body) == []
    assert not has_hints(body)


@pytest.mark.parametrize(
    "line",
    [
        "Skriv här: vad?",
        "> Skriv här: vad?",
        "- skriv här: vad?",
        "12. Skriv här: vad?",
        "| Skriv här: vad? | Skriv här: vem? |",
        "| Ringa | Skriv här: vem? | |",
    ],
)
def test_a_hint_is_known_in_the_source_too(line: str) -> None:
    assert has_hints(f"## A\n\n{line}\n")
    assert without_hints(f"A\n{line}\nB") == "A\nB"


def test_headings_without_text_are_named() -> None:
    body = "## A\n\n### B\n\nText.\n\n## C\n\n## D\n\n---\n\n### E\n"
    assert said(advised(body)) == [("empty", ("C", "E"))]


@pytest.mark.parametrize(
    ("before", "bait", "after"),
    [
        ("<p>", "<em>abcd</em>e", "</p>"),
        ("<table><thead><tr><th>", "<em>abcd</em>e", "</th></tr></thead></table>"),
        ("<h2>", "<em>abcd</em>e", "</h2>"),
    ],
)
def test_reading_takes_time_in_proportion_to_the_text(before: str, bait: str, after: str) -> None:
    short, long = (seconds(before + bait * count + after) for count in (7_000, 28_000))
    assert long < 8 * short + 0.05
    # What a line has already costs nothing more for each piece that it gets.
    after_much = seconds(before + "x" * 1_000_000 + bait * 7_000 + after)
    assert after_much < 4 * short + 0.05


def seconds(html: str) -> float:
    """The least of three times."""
    times = []
    for _ in range(3):
        started = time.process_time()
        read(html)
        times.append(time.process_time() - started)
    return min(times)


# Of the page.


def test_a_page_without_factor_lead_or_headings_is_asked_for_them() -> None:
    found = advised("Ord. " * 401, lead=" ", has_factor=False)
    assert [(each.kind, each.field) for each in found] == [
        ("factor", "markningar"),
        ("lead", "id_lead"),
        ("headings", "id_body"),
    ]
    assert found[0].sentence == FACTOR
    assert said(advised("Ord. " * 400)) == []


def test_a_part_is_not_asked_about_its_page() -> None:
    assert advised("Ord. " * 500, lead="", has_factor=False, is_part=True) == []


def test_an_empty_form_is_left_in_peace() -> None:
    assert advised(" \n", title="", lead="", has_factor=False) == []


def test_a_text_that_is_too_heavy_to_draw_is_only_asked_about_its_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rendering, "render_bounded", _refuse)
    assert said(advised("#### A\n\nSe [här](https://a.se).", lead="")) == [("lead", ())]


def _refuse(*_arguments: object) -> None:
    raise RenderRefused("time")
