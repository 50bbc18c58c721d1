"""What a review screen says of a change outside its text: factors' numbers, pages like it, tags in words."""

from dataclasses import replace
from typing import Any

import pytest

from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage, proposed, signed_in, tag
from tests.wiki.review_form import read, seen
from wiki import operations
from wiki.changes import changes
from wiki.comparing import compare_contents
from wiki.content import Content, Passage, Tag
from wiki.models import Page
from wiki.passages import choose
from wiki.screening.alike import pages_like
from wiki.screening.changed import show
from wiki.screening.factor_changes import factor_changes
from wiki.screening.side_by_side import SideBySide

pytestmark = pytest.mark.usefixtures("catalogue")

GOAL, COURAGE = "gemensam-malbild", "mod-att-prova"
KEYS = [f"5c0d1f4e-0000-4000-8000-{number:012}" for number in range(1, 10)]
WORDS = Passage(exact="Alla visste vart vi skulle", version=1, start=3)


def numbers(before: Content, after: Content, page: Page | None, **options: Any) -> dict[str, tuple[int, ...]]:
    """Municipalities that say of each factor that it enables and that it hinders: before, then after."""
    options = {"with_fictional": True} | options
    return {
        each.factor.slug: (
            each.before.enabling,
            each.before.hindering,
            each.after.enabling,
            each.after.hindering,
        )
        for each in factor_changes(before, after, page, **options)
    }


def test_a_new_tag_adds_its_municipality_once(make_page: MakePage, malmo: Municipality, bo: User) -> None:
    make_page("Andra sidan", by=bo, municipalities=("9902",), tags=(tag(KEYS[0], author=bo.pk),))
    page = make_page(body="Text.", municipalities=("1280",))
    old = page.content
    once = replace(old, tags=(tag(KEYS[1]),))
    twice = replace(old, tags=(tag(KEYS[1]), tag(KEYS[2], direction="hindering"), tag(KEYS[3])))
    assert numbers(old, once, page) == {GOAL: (1, 0, 2, 0)}
    assert numbers(old, twice, page) == {GOAL: (1, 0, 2, 1)}
    assert numbers(once, old, page) == {GOAL: (2, 0, 1, 0)}


def test_a_municipality_that_says_so_elsewhere_is_not_counted_again(
    make_page: MakePage, malmo: Municipality
) -> None:
    make_page("Andra sidan", municipalities=("1280",), tags=(tag(KEYS[0]),))
    page = make_page(body="Text.", municipalities=("1280",))
    assert numbers(page.content, replace(page.content, tags=(tag(KEYS[1]),)), page) == {GOAL: (1, 0, 1, 0)}


def test_invented_municipalities_are_counted_only_when_asked_for(
    make_page: MakePage, mittkoping_: Municipality
) -> None:
    page = make_page(body="Text.", municipalities=("9901",))
    new = replace(page.content, tags=(tag(KEYS[1]),))
    assert numbers(page.content, new, page) == {GOAL: (0, 0, 1, 0)}
    assert numbers(page.content, new, page, with_fictional=False) == {GOAL: (0, 0, 0, 0)}


def test_who_is_not_confirmed_counts_for_no_municipality(make_page: MakePage, ada: User, eva: User) -> None:
    page = make_page(body="Text.")
    for author, after in ((ada, (0, 0, 0, 0)), (eva, (0, 0, 1, 0))):
        new = replace(page.content, tags=(tag(KEYS[1], author=author.pk),))
        assert numbers(page.content, new, page) == {GOAL: after}


def test_the_municipalities_of_a_page_change_what_its_tags_count_for(
    make_page: MakePage, malmo: Municipality, bo: User
) -> None:
    page = make_page(body="Text.", municipalities=("1280",), tags=(tag(KEYS[1], author=None),))
    both = replace(page.content, municipalities=("1280", "9902"))
    assert numbers(page.content, both, page) == {GOAL: (1, 0, 1, 0)}


def test_tags_that_stay_as_they_are_are_not_told_of(make_page: MakePage, malmo: Municipality) -> None:
    page = make_page(body="Text.", municipalities=("1280",), tags=(tag(KEYS[1]),))
    new = replace(page.content, body="Annan text.", tags=(*page.content.tags, tag(KEYS[2], factor=COURAGE)))
    assert numbers(page.content, new, page) == {COURAGE: (0, 0, 1, 0)}
    assert numbers(page.content, replace(page.content, body="Ny."), page) == {}


def test_a_merged_factor_is_counted_as_what_it_is_now(
    make_page: MakePage, malmo: Municipality, catalogue: dict[str, Any]
) -> None:
    catalogue[COURAGE].merged_into = catalogue[GOAL]
    catalogue[COURAGE].save()
    make_page("Andra sidan", municipalities=("9901",), tags=(tag(KEYS[0], factor=COURAGE),))
    page = make_page(body="Text.", municipalities=("1280",))
    new = replace(page.content, tags=(tag(KEYS[1]), tag(KEYS[2], factor=COURAGE)))
    assert numbers(page.content, new, page) == {GOAL: (1, 0, 2, 0)}


def test_the_screen_shows_the_numbers_before_and_after(
    make_page: MakePage, malmo: Municipality, ada: User, rut: User
) -> None:
    page = make_page(body="Text.", municipalities=("1280",))
    new = replace(page.content, tags=(tag(KEYS[1], author=ada.pk), tag(KEYS[2], factor=COURAGE)))
    proposal = proposed(operations.edit(page, new, base=1, by=ada))
    assert (
        "Nyckelfaktorernas siffror Antal kommuner, före → efter ändringen. Nyckelfaktor främjar hämmar "
        "Gemensam målbild 0 → blir 1 0 (som förut) Mod att prova och misslyckas 0 → blir 1 0 (som förut)"
    ) in read(signed_in(rut), proposal)


def test_pages_like_this_one_share_factors_and_words(make_page: MakePage, rut: User) -> None:
    two = (tag(KEYS[0]), tag(KEYS[1], factor=COURAGE))
    page = make_page("Digitala lås i hemtjänsten", tracks=("halsa",), tags=two)
    make_page("Nyckelfria lås i hemtjänsten", tracks=("halsa",), tags=two[:1])
    make_page("Helt annat namn", tags=two)
    make_page("Digitala läromedel", tags=())
    make_page("Bara en märkning", tags=two[:1])
    make_page("Utan något")
    found = pages_like(page.content, page, rut)
    assert [(each.page.title, each.factors, each.words, each.tracks) for each in found] == [
        ("Nyckelfria lås i hemtjänsten", 1, 1, True),
        ("Helt annat namn", 2, 0, False),
    ]


def test_at_most_five_pages_are_shown_and_none_that_is_put_away(make_page: MakePage, rut: User) -> None:
    pages = [make_page(f"Trygga digitala lås, del {number}") for number in range(8)]
    operations.archive(pages[0], reason="Dubblett.", by=rut)
    found = pages_like(Content(title="Trygga digitala lås"), None, rut)
    assert [each.page.title for each in found] == [
        f"Trygga digitala lås, del {number}" for number in range(1, 6)
    ]


def test_the_screen_links_to_pages_like_a_new_one(make_page: MakePage, ada: User, rut: User) -> None:
    make_page("Digitala lås i hemtjänsten", tags=(tag(KEYS[0]),))
    new = Content(title="Digitala lås", tags=(tag(KEYS[1], author=ada.pk),))
    proposal = proposed(operations.create(new, by=ada))
    answer = signed_in(rut).get(proposal.get_absolute_url())
    assert (
        "Sidor som liknar den här Digitala lås i hemtjänsten 1 gemensam nyckelfaktor, liknande titel"
        in seen(answer.text)
    )
    assert 'href="/sidor/digitala-las-i-hemtjansten/"' in answer.text


OTHER = replace(WORDS, exact="vart vi skulle", start=15)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({}, {"passage": WORDS}, ["Pekar på vissa ord, inte på hela sidan."]),
        ({"passage": WORDS}, {}, ["Gäller hela sidan, inte vissa ord."]),
        ({"passage": WORDS}, {"passage": OTHER}, ["Pekar på andra ord."]),
        (
            {"passage": WORDS},
            {"passage": replace(WORDS, version=4)},
            ["Samma ord, valda på nytt i version 4."],
        ),
        (
            {"passage": WORDS},
            {"passage": replace(WORDS, start=90)},
            ["Samma ord, på ett annat ställe i texten."],
        ),
        ({}, {"phase": "before"}, ["Annan fas: inte angivet → före."]),
        ({"phase": "before"}, {"phase": "after"}, ["Annan fas: före → efter."]),
        ({}, {"tried": "En kodlåda."}, ["Nytt: vad som provades."]),
        ({"tried": "En kodlåda."}, {"tried": "Två."}, ["Det som provades är ändrat."]),
        ({"tried": "En kodlåda."}, {}, ["Det som provades är borttaget."]),
        ({}, {"note": "Alla sa det."}, ["Ny motivering."]),
        ({"note": "Alla sa det."}, {"note": "Några."}, ["Motiveringen är ändrad."]),
        ({"note": "Alla sa det."}, {}, ["Motiveringen är borttagen."]),
        ({}, {"strength": 2}, ["Annan styrka: allmänt → konkret exempel."]),
        ({}, {"municipality": "1280"}, ["Annan kommun: inte angivet → Malmö."]),
        (
            {},
            {"factor": COURAGE, "direction": "hindering"},
            [
                "Annan nyckelfaktor: Gemensam målbild → Mod att prova och misslyckas.",
                "Annan riktning: främjar → hämmar.",
            ],
        ),
    ],
)
def test_a_changed_tag_is_compared_in_words(
    malmo: Municipality, old: dict[str, Any], new: dict[str, Any], said: list[str]
) -> None:
    before, after = (Content(title="Skolan", tags=(tag(**fields),)) for fields in (old, new))
    [compared] = compare_contents(before, after).tags
    assert list(compared.differences) == said
    [shown] = show(changes(before, before, after)).shown
    assert list(shown.differences) == said


def test_a_tag_that_came_or_went_has_no_differences(db: None) -> None:
    without, having = Content(title="Skolan"), Content(title="Skolan", tags=(tag(passage=WORDS),))
    [came] = compare_contents(without, having).tags
    [went] = compare_contents(having, without).tags
    assert (came.old, came.new and came.new.words, came.differences) == (None, WORDS.exact, ())
    assert (went.new, went.old and went.old.words, went.differences) == (None, WORDS.exact, ())


def chosen(page: Page, words: str) -> Passage:
    """Words of the page's version."""
    start = page.plain.index(words)
    return choose(page, page.number, start, start + len(words))


BODY = "Alla visste vart vi skulle. Ingen frågade varför. Chefen var där varje dag.\n"


def moved(page: Page, words: str) -> Content:
    """The page with its tag on other words."""
    [old] = page.content.tags
    return replace(page.content, tags=(replace(old, passage=chosen(page, words)),))


@pytest.fixture
def tagged(make_page: MakePage, eva: User) -> Page:
    """A page with a tag on some of its words."""
    page = make_page(body=BODY)
    operations.tag_passage(page, _first(page, eva), base=1, by=eva)
    page.refresh_from_db()
    return page


def _first(page: Page, by: User) -> Tag:
    return tag(KEYS[0], author=by.pk, passage=chosen(page, "Alla visste vart vi skulle"))


def test_a_tag_that_two_have_moved_is_a_conflict_that_shows_both_quotes(
    tagged: Page, ada: User, eva: User, rut: User
) -> None:
    proposal = proposed(operations.edit(tagged, moved(tagged, "Ingen frågade"), base=2, by=ada))
    operations.edit(tagged, moved(tagged, "Chefen var där"), base=2, by=eva)
    shown = read(signed_in(rut), proposal)
    assert "Ställe 1: Märkning krock" in shown
    for quote in ("Alla visste vart vi skulle", "Ingen frågade", "Chefen var där"):
        assert f"”{quote}”" in shown
    assert "Pekar på andra ord." in shown


def test_the_writer_sees_both_quotes_of_a_tag_that_two_have_moved(tagged: Page) -> None:
    sides = SideBySide(tagged.content, moved(tagged, "Chefen var där"), moved(tagged, "Ingen frågade"))
    [place] = sides.places
    assert place.who == "both"
    assert [form.chip and form.chip.words for form in (place.shown.ours, place.shown.theirs)] == [
        "Chefen var där",
        "Ingen frågade",
    ]
    assert place.shown.differences == ("Pekar på andra ord.",)


def test_tags_of_different_words_go_together(tagged: Page, ada: User, eva: User, rut: User) -> None:
    for number, (by, words) in enumerate(((ada, "Ingen frågade"), (eva, "Chefen var där")), 1):
        new = tag(KEYS[number], author=by.pk, passage=chosen(tagged, words))
        result = operations.tag_passage(tagged, new, base=2, by=by)
        if by == ada:
            proposal = proposed(result)
    shown = read(signed_in(rut), proposal)
    assert "krock" not in shown
    assert "Ett ställe ändras" in shown
    tagged.refresh_from_db()
    operations.accept(proposal, revision=1, by=rut)
    tagged.refresh_from_db()
    assert [one.passage and one.passage.exact for one in tagged.content.tags] == [
        "Alla visste vart vi skulle",
        "Chefen var där",
        "Ingen frågade",
    ]


def test_the_comparison_of_versions_says_what_differs_in_a_tag(tagged: Page, eva: User) -> None:
    operations.edit(tagged, moved(tagged, "Ingen frågade"), base=2, by=eva)
    shown = seen(signed_in(eva).get("/sidor/skolan/jamfor/2/3/").text)
    assert "Ändrad Pekar på andra ord. Före främjar Gemensam målbild" in shown
    assert "”Alla visste vart vi skulle”" in shown
    assert "”Ingen frågade”" in shown
