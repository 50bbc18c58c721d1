"""Hindrance here, enabler there: whose passages come first, and in how few queries."""

from datetime import timedelta

from pytest_django import DjangoAssertNumQueries

from factors.models import Factor
from mittkoping.municipalities.models import Municipality
from tests.wiki.insights.rows import AT, at, page, say
from wiki.insights import (
    Scope,
    elsewhere,
)

DAY = timedelta(days=1)


def test_those_most_like_us_answer_first(
    tid: Factor,
    lund: Municipality,
    umea: Municipality,
    arjeplog: Municipality,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    say("-2", tid, lund, page())
    say("+2", tid, arjeplog, page("Norrut"), **at([[0, 9]], "Vi la ner mötet."))
    say("+1", tid, umea, page("Umeå"))
    say("+2", tid, lund, page("Vårt eget"))

    with django_assert_num_queries(5):
        found = elsewhere(Scope(), us="1281")

    assert found.us
    assert found.us.name == "Lund"
    assert [factor.slug for factor in found.factors] == ["tid"]
    assert [one.municipality.name for one in found.passages] == ["Umeå", "Arjeplog"]
    near, far = (one.reasons for one in found.passages)
    assert near
    assert near.group
    assert (near.group.code, near.population_within) == ("B3", 10)
    assert [(one.factor.slug, one.direction) for one in near.shared] == [("tid", "enabling")]
    assert far
    assert (far.group, far.population_within) == (None, None)
    assert (found.total, found.municipalities, found.counted.municipalities) == (2, 2, 3)
    assert (found.passages[1].tag.words, found.passages[1].tag.page.title) == ("Vi la ner mötet.", "Norrut")


def test_without_a_municipality_examples_come_first_then_the_latest(
    tid: Factor, lund: Municipality, umea: Municipality, arjeplog: Municipality
) -> None:
    say("+1", tid, lund, page("Allmänt"), made_at=AT + 2 * DAY)
    say("+2", tid, umea, page("Äldre"))
    say("+2", tid, arjeplog, page("Nyare"), made_at=AT + DAY)
    say("-2", tid, umea, page("Hinder"))

    found = elsewhere(Scope(), factor="tid")

    assert [one.tag.page.title for one in found.passages] == ["Nyare", "Äldre", "Allmänt"]
    assert [one.reasons for one in found.passages] == [None, None, None]
    assert found.us is None


def test_one_who_writes_much_does_not_fill_the_list(
    tid: Factor, lund: Municipality, umea: Municipality, arjeplog: Municipality
) -> None:
    for number in range(5):
        say("+2", tid, umea, page(f"Umeå {number}"))
    say("+2", tid, arjeplog, page("Norrut"))

    found = elsewhere(Scope(), us="1281", factor="tid")

    assert [one.municipality.name for one in found.passages] == [
        *["Umeå"] * 3,
        "Arjeplog",
        *["Umeå"] * 2,
    ]
    rest = elsewhere(Scope(), us="1281", factor="tid", limit=2, offset=3)
    assert [one.tag for one in rest.passages] == [one.tag for one in found.passages[3:5]]
    assert rest.total == 6


def test_an_invented_municipality_may_ask_real_ones(
    tid: Factor,
    norras: Municipality,
    arjeplog: Municipality,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    say("-1", tid, norras, page())
    say("+1", tid, norras, page())
    say("+1", tid, arjeplog, page("Norrut"))

    with django_assert_num_queries(6):
        found = elsewhere(Scope(), us="9905")

    assert found.us
    assert found.us.is_fictional
    assert [one.municipality.name for one in found.passages] == ["Arjeplog"]
    assert found.passages[0].reasons
    assert found.passages[0].reasons.group


def test_nobody_hindered_and_nobody_known_find_nothing(tid: Factor, lund: Municipality) -> None:
    say("+1", tid, lund, page())

    assert elsewhere(Scope(), us="1281").factors == ()
    assert elsewhere(Scope(), us="0000").passages == ()
    assert elsewhere(Scope()).passages == ()
    assert elsewhere(Scope(), factor="finns-inte").total == 0
