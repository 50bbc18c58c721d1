"""The list of factors."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from factors.models import Factor, Theme
from factors.views import by_theme


@pytest.mark.usefixtures("catalogue")
def test_active_factors_stand_by_theme_in_swedish_order(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(2):
        themes = by_theme()
    assert [(theme.name, len(found)) for theme, found in themes] == [
        ("Ledning och styrning", 5),
        ("Kultur och lärande", 6),
        ("Kompetens och stöd", 5),
        ("Människor och behov", 5),
        ("Samarbete", 3),
        ("Resurser och nytta", 5),
        ("Regler, teknik och data", 7),
    ]
    assert [factor.name for factor in themes[1][1]] == [
        "Arbete i små steg",
        "Mod att prova och misslyckas",
        "Reflektion och lärande",
        "Tillit",
        "Upplevt behov av förändring",
        "Öppenhet",
    ]


def test_factors_that_may_not_be_chosen_are_left_out(catalogue: dict[str, Factor]) -> None:
    Theme.objects.create(slug="tomt", name="Tomt", order=99)
    Factor.objects.filter(slug="oppenhet").update(status=Factor.Status.MERGED)
    listed = {factor.slug for _, found in by_theme() for factor in found}
    assert listed == catalogue.keys() - {"oppenhet"}
    assert len(by_theme()) == 7


@pytest.mark.usefixtures("catalogue")
def test_anybody_may_read_the_list_with_three_queries_and_no_cookie(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        response = client.get("/faktorer/")
    assert response.status_code == 200
    assert not response.cookies
    assert sum(len(found) for _, found in response.context["themes"]) == 36


def test_the_list_is_only_for_reading(client: Client) -> None:
    assert client.post("/faktorer/").status_code == 405
