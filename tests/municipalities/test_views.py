"""The list of municipalities."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from mittkoping.municipalities import loading
from mittkoping.municipalities.models import County, Municipality
from mittkoping.municipalities.views import by_county


@pytest.fixture
def loaded(db: None) -> None:
    """All municipalities, the fictional ones too."""
    loading.load()
    loading.load_fictional()


def test_real_municipalities_stand_by_county_in_swedish_order(
    loaded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        counties = by_county()
    assert [county.name for county, _ in counties] == [
        "Blekinge län",
        "Dalarnas län",
        "Gotlands län",
        "Gävleborgs län",
        "Hallands län",
        "Jämtlands län",
        "Jönköpings län",
        "Kalmar län",
        "Kronobergs län",
        "Norrbottens län",
        "Skåne län",
        "Stockholms län",
        "Södermanlands län",
        "Uppsala län",
        "Värmlands län",
        "Västerbottens län",
        "Västernorrlands län",
        "Västmanlands län",
        "Västra Götalands län",
        "Örebro län",
        "Östergötlands län",
    ]
    uppsala = next(found for county, found in counties if county.code == "03")
    assert [one.name for one in uppsala] == [
        "Enköping",
        "Heby",
        "Håbo",
        "Knivsta",
        "Tierp",
        "Uppsala",
        "Älvkarleby",
        "Östhammar",
    ]
    assert sum(len(found) for _, found in counties) == 290


def test_a_county_without_municipalities_is_left_out(loaded: None) -> None:
    County.objects.create(code="99", name="Tomma län")
    assert len(by_county()) == 21


def test_a_fictional_municipality_is_never_among_the_real(loaded: None) -> None:
    Municipality.objects.filter(code="9901").update(county="03")
    uppsala = next(found for county, found in by_county() if county.code == "03")
    assert len(uppsala) == 8
    assert "Mittköping" not in [one.name for one in uppsala]


def test_anybody_may_read_the_list_with_three_queries_and_no_cookie(
    loaded: None, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        response = client.get("/kommuner/")
    assert response.status_code == 200
    assert not response.cookies
    assert len(response.context["counties"]) == 21
    names = ["Granneby", "Lillsjö", "Mittköping", "Norrås", "Storhamn", "Söderby"]
    assert [one.name for one in response.context["fictional"]] == names


def test_the_list_is_only_for_reading(db: None, client: Client) -> None:
    assert client.post("/kommuner/").status_code == 405
