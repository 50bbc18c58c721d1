"""The insights that ask the database: what they find, in which order, and in how few queries."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage
from tests.wiki.insights.rows import AT, page, say
from wiki.insights import (
    Columns,
    Rating,
    Scope,
    contributors,
    gaps,
    load,
    matrix,
    neighbours,
    profile,
    timeline,
)

DAY = timedelta(days=1)


def test_neighbours_say_why_and_have_no_number(
    tid: Factor, lund: Municipality, umea: Municipality, arjeplog: Municipality
) -> None:
    say("-2", tid, lund, page())
    say("-2", tid, arjeplog, page("Norrut"))

    found = neighbours(load(), "1281")

    umea_, arjeplog_ = found.found
    assert (umea_.place.name, umea_.statements, umea_.reasons.population_within) == ("Umeå", 0, 10)
    assert umea_.reasons.group
    assert umea_.reasons.shared == ()
    assert (arjeplog_.place.name, arjeplog_.statements) == ("Arjeplog", 1)
    assert [(one.factor.slug, one.direction) for one in arjeplog_.reasons.shared] == [("tid", "hindering")]
    assert [one.place.name for one in neighbours(load(), "1281", limit=1).found] == ["Umeå"]
    with pytest.raises(KeyError):
        neighbours(load(), "9905")


def test_a_story_has_its_rows(
    tid: Factor, mandat: Factor, lund: Municipality, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = say("-2", tid, lund, page("Börjar"), tried="Vi delade på mötet.", made_number=3)
    now = say("+2", tid, lund, page("Slutar"), made_at=AT + DAY)
    later = say("-1", mandat, lund, page("Mandat"), made_at=AT + 2 * DAY)
    latest = say("+1", mandat, lund, page("Mandat igen"), made_at=AT + 3 * DAY)

    with django_assert_num_queries(4):
        found = timeline(Scope())

    assert [(story.first, story.now) for story in found.stories] == [(later, latest), (first, now)]
    story = found.stories[1]
    assert (story.factor.slug, story.municipality.name, story.hinders_again) == ("tid", "Lund", False)
    assert story.tried == (first,)
    assert (story.first.tried, story.first.made_number, story.first.page.title) == (
        "Vi delade på mötet.",
        3,
        "Börjar",
    )
    assert found.total == 2
    assert [one.now for one in timeline(Scope(), limit=1, offset=1).stories] == [now]
    assert [one.now for one in timeline(Scope(factor="tid")).stories] == [now]


def test_another_municipality_makes_no_story(tid: Factor, lund: Municipality, umea: Municipality) -> None:
    say("-2", tid, lund, page("Börjar"))
    say("+2", tid, umea, page("Slutar"), made_at=AT + DAY)

    assert timeline(Scope()).stories == ()


def test_those_who_write_and_those_who_are_tagged_contribute(
    make_page: MakePage,
    eva: User,
    tid: Factor,
    lund: Municipality,
    umea: Municipality,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_page()
    say("+1", tid, umea, page("Umeå", "skola"))

    with django_assert_num_queries(4):
        everybody = contributors(Scope(with_fictional=True))
    real = contributors(Scope())

    assert [(one.place.name, one.contributes) for one in everybody.contributions] == [
        ("Lund", False),
        ("Mittköping", True),
        ("Umeå", True),
    ]
    assert (everybody.n, everybody.of) == (2, 3)
    assert [(one.place.name, one.contributes) for one in real.contributions] == [
        ("Lund", False),
        ("Umeå", True),
    ]
    assert (real.n, real.of) == (1, 2)
    about_tid = contributors(Scope(with_fictional=True, factor="tid"))
    assert [one.place.name for one in about_tid.contributions if one.contributes] == ["Umeå"]
    assert contributors(Scope(with_fictional=True, track="halsa")).n == 0


def test_a_municipality_has_its_profile(
    tid: Factor,
    mandat: Factor,
    lund: Municipality,
    umea: Municipality,
    norras: Municipality,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    old = say("-2", tid, lund, page())
    new = say("-2", tid, lund, page("Nyare"), made_at=AT + DAY)
    enabler = say("+1", mandat, lund, page())
    for other, where in ((umea, "Umeå"), (umea, "Umeå igen"), (norras, "Norrås")):
        say("+1", tid, other, page(where))

    with django_assert_num_queries(5):
        found = profile(Scope(), "1281")

    assert found.place.name == "Lund"
    assert [
        (row.factor.slug, row.rating, row.enabling, row.hindering, row.enabling_count, row.hindering_count)
        for row in found.rows
    ] == [
        ("mandat", Rating.ENABLING, (enabler,), (), 1, 0),
        ("tid", Rating.CLEARLY_HINDERING, (), (new, old), 0, 2),
    ]
    assert [(one.factor.slug, one.elsewhere) for one in found.open_questions] == [("tid", 1)]
    assert profile(Scope(with_fictional=True), "1281").open_questions[0].elsewhere == 2
    assert found.counted.label == "1 kommun, 3 märkningar på 2 sidor"


def test_a_hindrance_that_enables_elsewhere_in_the_same_municipality_is_no_open_question(
    tid: Factor, lund: Municipality
) -> None:
    say("-2", tid, lund, page())
    assert [one.factor.slug for one in profile(Scope(), "1281").open_questions] == ["tid"]

    say("+1", tid, lund, page("Bättre"))

    found = profile(Scope(), "1281")
    assert found.open_questions == ()
    assert [row.rating for row in found.rows] == [Rating.MIXED]


def test_an_invented_municipality_has_its_profile_too(tid: Factor, norras: Municipality) -> None:
    tag = say("+2", tid, norras, page())

    found = profile(Scope(), "9905")

    assert [row.enabling for row in found.rows] == [(tag,)]
    assert found.open_questions == ()
    assert found.counted.label == "1 kommun, 1 märkning på 1 sida (inkl. påhittade)"
    with pytest.raises(KeyError):
        profile(Scope(), "0000")


def test_a_long_profile_shows_the_latest(tid: Factor, lund: Municipality) -> None:
    tags = [say("+2", tid, lund, page(f"Sida {day}"), made_at=AT + day * DAY) for day in range(7)]

    (row,) = profile(Scope(), "1281").rows

    assert row.enabling == tuple(tags[:1:-1])
    assert row.enabling_count == 7


def test_a_municipality_that_has_written_nothing_has_an_empty_profile(
    lund: Municipality, tid: Factor
) -> None:
    found = profile(Scope(), "1281")

    assert (found.rows, found.open_questions, found.counted.municipalities) == ((), (), 0)


def test_a_scope_of_one_group_has_no_blank_columns_of_others(
    tid: Factor, lund: Municipality, arjeplog: Municipality
) -> None:
    say("+1", tid, lund, page("Båda", "skola,halsa"))

    assert [column.key for column in matrix(load()).columns] == ["B3", "C8"]
    assert [column.key for column in matrix(load(Scope(group="B3"))).columns] == ["B3"]
    assert [column.key for column in matrix(load(Scope(municipality="1281"))).columns] == ["B3"]
    in_school = load(Scope(track="skola"))
    assert [column.key for column in matrix(in_school, Columns.TRACK).columns] == ["skola"]
    assert [group.code for group in gaps(load()).groups] == ["C8"]
    assert gaps(load(Scope(group="B3"))).groups == ()


def test_nothing_at_all_is_everywhere_blank(tid: Factor, lund: Municipality) -> None:
    material = load()

    found = matrix(material)

    assert [row.cells for theme in found.themes for row in theme.rows] == [(None,)]
    assert found.counted.label == "0 kommuner, 0 märkningar på 0 sidor"
    everything = gaps(material)
    assert [factor.slug for factor in everything.factors] == ["tid"]
    assert [track.key for track in everything.tracks] == ["skola", "halsa"]
    assert (everything.blank_cells, everything.all_cells, everything.cells) == (1, 1, ())
    assert timeline(Scope()).total == 0
    assert neighbours(material, "1281").found == ()
