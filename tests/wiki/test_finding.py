"""Which page comes first, and which factors can be chosen."""

import re

import pytest
from django.test import Client

from factors.models import Factor
from mittkoping.accounts.models import User
from tests.conftest import MakePage, tag
from wiki import search
from wiki.models import Page


def offered(client: Client, address: str) -> tuple[list[str], str]:
    """The factors in the select of the list of pages, and the selected one."""
    select = re.search(r'(?s)<select[^>]*name="faktor".*?</select>', client.get(address).text)
    assert select
    values = re.findall(r'<option value="([^"]*)"', select[0])
    chosen = re.findall(r'<option value="([^"]*)" selected', select[0])
    return [value for value in values if value], "".join(chosen)


def titles(answer_text: str) -> list[str]:
    """The titles of a list of pages that begin with "Sida"."""
    return re.findall(r">(Sida \w+)</a>", answer_text)


@pytest.mark.parametrize("query", ["öppenhet", "ÖPPENHET", "Öppenhet"])
def test_a_word_in_the_lead_comes_before_one_in_the_text(make_page: MakePage, query: str) -> None:
    make_page("A i texten", body="Mycket om ÖPPENHET.")
    make_page("B i ingressen", lead="ÖPPENHET i praktiken.")
    make_page("C med öppenhet i titeln")
    make_page("Öppenhet")
    found = search.ranked(Page.objects.all(), query)
    assert [page.title for page in found] == [
        "Öppenhet",
        "C med öppenhet i titeln",
        "B i ingressen",
        "A i texten",
    ]


def test_words_may_stand_some_in_the_title_and_some_in_the_lead(make_page: MakePage) -> None:
    make_page("A natt", body="Om kameror på äldreboenden.")
    make_page("B natt", lead="Kameror på äldreboenden.")
    found = search.ranked(Page.objects.all(), "natt ÄLDREBOENDEN")
    assert [page.title for page in found] == ["B natt", "A natt"]


@pytest.fixture
def lives(make_page: MakePage, catalogue: dict[str, Factor], eva: User) -> None:
    """A factor that is part of another, one that is retired and one that is proposed; a page with each."""
    for title, slug in (
        ("Sida ett", "stegvis-utveckling"),
        ("Sida tre", "oppenhet"),
        ("Sida fem", "kommunikation"),
    ):
        make_page(title, tags=(tag(factor=slug),))
    status = Factor.Status
    Factor.objects.filter(slug="stegvis-utveckling").update(
        status=status.MERGED, merged_into=catalogue["oppenhet"]
    )
    Factor.objects.filter(slug="kommunikation").update(status=status.RETIRED)
    Factor.objects.filter(slug="gemensam-malbild").update(status=status.PROPOSED)


def test_only_active_factors_are_offered(lives: None, client: Client, catalogue: dict[str, Factor]) -> None:
    values, chosen = offered(client, "/sidor/")
    assert set(values) == set(catalogue) - {"stegvis-utveckling", "kommunikation", "gemensam-malbild"}
    assert chosen == ""


def test_an_address_with_a_merged_factor_means_what_it_is_part_of(lives: None, client: Client) -> None:
    assert offered(client, "/sidor/?faktor=stegvis-utveckling")[1] == "oppenhet"
    text = client.get("/sidor/?faktor=stegvis-utveckling").text
    assert sorted(titles(text)) == ["Sida ett", "Sida tre"]
    assert "?faktor=stegvis-utveckling" not in text


def test_an_address_with_a_retired_factor_goes_on_working(lives: None, client: Client) -> None:
    values, chosen = offered(client, "/sidor/?faktor=kommunikation")
    assert chosen == "kommunikation"
    assert "gemensam-malbild" not in values
    assert titles(client.get("/sidor/?faktor=kommunikation").text) == ["Sida fem"]
