"""Loading: what counts, for whom, and in how few queries."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from factors.models import Factor
from mittkoping.municipalities.models import Municipality
from tests.wiki.insights.rows import AT, at, page, say
from wiki.insights import FactorFacts, GroupFacts, Place, Scope, Statement, load, statements
from wiki.models import Page


def test_a_tag_is_loaded_whole(tid: Factor, lund: Municipality) -> None:
    skolan = page("Skolan", "skola,halsa")
    tag = say("-2", tid, lund, skolan, phase="before", tried="Vi bytte.", **at([[3, 9], [12, 20]]))

    (found,) = statements(Scope())

    assert found == Statement(
        key=str(tag.key),
        page=skolan.pk,
        factor="tid",
        direction="hindering",
        strength=2,
        municipality="1281",
        passage=found.passage,
        phase="before",
        tracks=("skola", "halsa"),
        at=AT,
        has_tried=True,
    )
    assert found.passage


def test_a_tag_of_the_whole_page_has_no_passage_track_phase_or_deed(tid: Factor, lund: Municipality) -> None:
    say("+1", tid, lund, page())

    (found,) = statements(Scope())

    assert (found.passage, found.tracks, found.phase, found.has_tried) == ("", (), "", False)


def test_the_same_words_tagged_twice_are_one_passage(tid: Factor, lund: Municipality) -> None:
    for pieces in ([[3, 9]], [[3, 9]], [[30, 39]]):
        say("+2", tid, lund, page(), **at(pieces))

    first, again, other = statements(Scope())

    assert first.passage == again.passage != other.passage


def test_words_that_are_gone_are_each_a_passage_of_their_own(tid: Factor, lund: Municipality) -> None:
    tags = [say("+2", tid, lund, page(), **at([], state="gone")) for _ in range(2)]

    first, other = statements(Scope())
    assert "" != first.passage != other.passage != ""
    assert [first.key, other.key] == [str(tag.key) for tag in tags]


def test_what_counts_for_nobody_is_left_out(tid: Factor, lund: Municipality) -> None:
    counted = say("+1", tid, lund, page())
    say("+1", tid, None, page())

    assert [said.key for said in statements(Scope())] == [str(counted.key)]


def test_what_is_put_away_is_left_out(tid: Factor, lund: Municipality) -> None:
    kept = say("+1", tid, lund, page("Kvar"))
    say("+1", tid, lund, page("Borta", archived_at=datetime(2026, 1, 1, tzinfo=UTC)))

    assert [said.key for said in statements(Scope())] == [str(kept.key)]


def test_anybody_may_read_what_is_not_put_away_and_nothing_else() -> None:
    """What the insights ask for as a join: when this no longer holds, `readable_tags` has to change."""
    readable = Page.objects.visible_to(AnonymousUser())

    assert str(readable.query) == str(Page.objects.filter(archived_at=None).query)


def test_invented_municipalities_count_only_when_they_are_asked_for(
    tid: Factor, lund: Municipality, norras: Municipality
) -> None:
    say("+1", tid, lund, page())
    say("+1", tid, norras, page())

    assert [said.municipality for said in statements(Scope())] == ["1281"]
    with_fictional = load(Scope(with_fictional=True))
    assert [said.municipality for said in with_fictional.statements] == ["1281", "9905"]
    assert with_fictional.counted.label == "2 kommuner, 2 märkningar på 1 sida (inkl. påhittade)"
    assert load().counted.label == "1 kommun, 1 märkning på 1 sida"
    assert list(load().places) == ["1281"]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(track="skola"), ["1281"]),
        (Scope(track="halsa"), ["1281", "2506"]),
        (Scope(group="C8"), ["2506"]),
        (Scope(municipality="1281"), ["1281"]),
        (Scope(factor="tid"), ["1281"]),
        (Scope(factor="mandat"), ["2506"]),
        (Scope(factor="finns-inte"), []),
        (Scope(track="skola", group="C8"), []),
    ],
)
def test_the_scope_narrows(
    tid: Factor,
    mandat: Factor,
    lund: Municipality,
    arjeplog: Municipality,
    scope: Scope,
    expected: list[str],
) -> None:
    say("+1", tid, lund, page("Båda", "skola,halsa"))
    say("+1", mandat, arjeplog, page("Omsorgen", "halsa"))

    assert [said.municipality for said in statements(scope)] == expected


def test_merged_factors_are_the_one_at_the_end_of_the_chain(
    tid: Factor, mandat: Factor, lund: Municipality
) -> None:
    older = Factor.objects.create(
        slug="stunder", name="Stunder", sort_key="0", theme=tid.theme, status="merged", merged_into=tid
    )
    oldest = Factor.objects.create(
        slug="pauser", name="Pauser", sort_key="0", theme=tid.theme, status="merged", merged_into=older
    )
    for factor in (tid, older, oldest, mandat):
        say("+1", factor, lund, page())

    found = load()

    assert [said.factor for said in found.statements] == ["tid", "tid", "tid", "mandat"]
    assert [factor.slug for factor in found.factors] == ["mandat", "tid"]
    for slug in ("tid", "stunder", "pauser"):
        assert found.factor(slug) == FactorFacts("tid", "Tid", "resurser", "Resurser")
        assert len(statements(Scope(factor=slug))) == 3


def test_a_circle_of_merges_ends(tid: Factor, mandat: Factor, lund: Municipality) -> None:
    Factor.objects.filter(pk=tid.pk).update(merged_into=mandat)
    Factor.objects.filter(pk=mandat.pk).update(merged_into=tid)
    say("+1", tid, lund, page())

    assert len(statements(Scope())) == 1


def test_a_retired_factor_is_shown_where_it_was_written_about(
    tid: Factor, mandat: Factor, lund: Municipality
) -> None:
    Factor.objects.update(status="retired")
    say("+1", tid, lund, page())

    found = load()

    assert [factor.slug for factor in found.factors] == ["mandat", "tid"]
    assert [(factor.slug, factor.is_active) for factor in found.shown_factors] == [("tid", False)]


def test_names_come_along(tid: Factor, lund: Municipality, arjeplog: Municipality) -> None:
    found = load()

    assert list(found.places.values()) == [
        Place("2506", "Arjeplog", "arjeplog", "C8", 2_600),
        Place("1281", "Lund", "lund", "B3", 130_000),
    ]
    assert list(found.groups.values()) == [GroupFacts("B3", "Grupp B3"), GroupFacts("C8", "Grupp C8")]
    assert found.groups["B3"].label == "B3 Grupp B3"
    assert found.places["1281"].href == "/kommuner/lund/"
    assert found.factors[0].href == "/faktorer/tid/"


def test_loading_takes_three_queries(
    tid: Factor, lund: Municipality, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        say("+1", tid, lund, page())

    with django_assert_num_queries(3):
        assert len(load(Scope(track="", factor="tid")).statements) == 20
    with django_assert_num_queries(2):
        assert len(statements(Scope())) == 20
