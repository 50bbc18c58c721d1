"""What the pages of factors and municipalities count with few rows loaded is what the insights count."""

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from factors.models import Factor
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage
from tests.wiki.saying import real_municipality, row, say
from wiki import insights
from wiki.content import ENABLING, HINDERING
from wiki.insights import Scope
from wiki.insights.beside import beside
from wiki.insights.likeness import alike
from wiki.insights.stories import stories
from wiki.insights.tallies import Tally, tallies
from wiki.insights.years import Year, years
from wiki.models import FactorTag

pytestmark = pytest.mark.django_db

SCOPES = [Scope(), Scope(with_fictional=True)]
MERGED = "mod-att-prova"


@pytest.fixture
def said(
    make_page: MakePage, catalogue: dict[str, Factor], malmo: Municipality, granneby: Municipality
) -> list[Municipality]:
    """Five municipalities, one of them invented, that say different things on nine pages."""
    places = [malmo, granneby, *(real_municipality(f"128{at}", f"Ort {at}", "C8") for at in range(1, 4))]
    pages = [make_page(f"Sida {at}") for at in range(9)]
    Factor.objects.filter(slug=MERGED).update(
        status=Factor.Status.MERGED, merged_into=catalogue["gemensam-malbild"]
    )
    factors = [catalogue[slug] for slug in ("gemensam-malbild", "oppenhet", "tillit", MERGED)]
    FactorTag.objects.bulk_create(
        row(
            pages[at * 7 % 9],
            factors[at * at % 4],
            (ENABLING, HINDERING)[at * 5 % 3 == 0],
            places[at % 5],
            words=f"{at}",
            days=at * 40 % 900,
        )
        for at in range(60)
    )
    say(pages[0], catalogue["oppenhet"], ENABLING, None, words="Räknas inte.")
    return places


@pytest.mark.parametrize("scope", SCOPES)
def test_companions_are_those_of_co_occurrence(
    said: list[Municipality], scope: Scope, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    material = insights.load(scope)
    for slug in ("gemensam-malbild", "oppenhet"):
        with django_assert_num_queries(2):
            found = beside(material, slug)
        expected = insights.cooccurrence(material, slug)
        assert found.companions
        assert {(one.factor.slug, one.pages, one.either) for one in found.companions} == {
            (other.slug, pair.pages, pair.either) for other, pair in expected.of(slug)
        }
        assert found.hidden == expected.hidden
        assert found.pages == len({one.page for one in material.by_factor[slug]})


@pytest.mark.parametrize("scope", SCOPES)
def test_those_alike_are_the_neighbours_and_those_who_have_written_come_first(
    said: list[Municipality], scope: Scope, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    real_municipality("1290", "Tyst ort", "A1", population=1000)
    Municipality.objects.filter(pk="1280").update(population=1000)
    with django_assert_num_queries(4):
        found = alike(scope, "1280")
    expected = insights.neighbours(insights.load(scope), "1280", limit=99).found
    silent = [one for one in expected if not one.statements]
    in_order = [*(one for one in expected if one.statements), *silent]
    assert [(one.place, one.reasons) for one in found] == [(one.place, one.reasons) for one in in_order]
    assert [one.place.name for one in silent] == ["Tyst ort"]
    assert expected[0] == silent[0]
    assert any(one.reasons.shared for one in found)


@pytest.mark.parametrize("scope", SCOPES)
def test_stories_are_those_of_the_timeline(
    said: list[Municipality], scope: Scope, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    material, expected = insights.load(scope), insights.timeline(scope, limit=3)
    with django_assert_num_queries(1):
        found = stories(material, limit=3)
    assert found.found == expected.stories
    assert found.total == expected.total > 0


@pytest.mark.parametrize("scope", SCOPES)
def test_tallies_are_the_bars(
    said: list[Municipality], scope: Scope, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = tallies(with_fictional=scope.with_fictional)
    bars = insights.bars(insights.load(scope)).bars
    assert len(bars) > 1
    assert found == {bar.factor.slug: Tally(bar.enabling, bar.hindering) for bar in bars}


def test_years_count_municipalities_and_leave_out_silence(
    make_page: MakePage, catalogue: dict[str, Factor], malmo: Municipality
) -> None:
    page = make_page("Sida")
    for days, direction in ((0, ENABLING), (1, ENABLING), (2, HINDERING), (800, HINDERING)):
        say(page, catalogue["oppenhet"], direction, malmo, days=days)
    assert years(insights.statements(Scope())) == (Year(2026, 0, 1, 1), Year(2024, 1, 1, 3))
