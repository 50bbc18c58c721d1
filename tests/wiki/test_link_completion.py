"""What is offered to a writer who begins a link."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from mittkoping.text.links import candidates
from tests.conftest import MakePage, signed_in
from wiki import rendering
from wiki.operations.archiving import archive
from wiki.views.link_completion import offers_for

ADDRESS = "/forhandsgranska/lankar/"


def asked(user: User, q: str) -> list[dict[str, Any]]:
    """What is answered."""
    answer = signed_in(user).get(ADDRESS, {"q": q})
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()
    return found


def names(user: User, q: str) -> list[str]:
    """The names in it, in order."""
    return [offer["name"] for offer in asked(user, q)]


def test_a_page_is_found_by_its_title(make_page: MakePage, eva: User) -> None:
    make_page("Skolan i byn", kind="guide")
    make_page("Något annat")
    assert asked(eva, "SKOL") == [
        {"kind": "page", "name": "Skolan i byn", "markdown": "[[Skolan i byn]]", "hint": "Guide"}
    ]


def test_the_best_comes_first_whatever_it_is(make_page: MakePage, malmo: Municipality, eva: User) -> None:
    for title in ("Om Malmö", "Malmö", "Malmöhus", "Sydmalmö"):
        make_page(title)
    assert names(eva, "malmö") == ["Malmö", "Malmö", "Malmöhus", "Om Malmö", "Sydmalmö"]
    assert [offer["kind"] for offer in asked(eva, "malmö")][:2] == ["page", "municipality"]


def test_at_most_ten_are_offered(make_page: MakePage, eva: User) -> None:
    for number in range(12):
        make_page(f"Sida nummer {number:02}")
    assert names(eva, "nummer sida") == [f"Sida nummer {number:02}" for number in range(10)]


def test_a_factor_is_found_by_its_name_and_by_a_synonym(factor: Factor, eva: User) -> None:
    Factor.objects.filter(pk=factor.pk).update(aliases=["Ledstjärna"])
    offer = {"kind": "factor", "name": "Gemensam målbild", "markdown": "[[faktor:gemensam-malbild]]"}
    assert asked(eva, "gemensam må") == [offer | {"hint": "Nyckelfaktor"}]
    assert asked(eva, "ledstj") == [offer | {"hint": "Nyckelfaktor, även kallad Ledstjärna"}]


def test_a_factor_that_may_not_be_chosen_is_not_offered(factor: Factor, eva: User) -> None:
    assert names(eva, "gemensam målbild") == ["Gemensam målbild"]
    Factor.objects.filter(pk=factor.pk).update(status=Factor.Status.RETIRED)
    assert names(eva, "gemensam målbild") == []


def test_letters_without_dots_are_enough(malmo: Municipality, factor: Factor, eva: User) -> None:
    assert names(eva, "malmo") == ["Malmö"]
    assert names(eva, "gemensam malbild") == ["Gemensam målbild"]


def test_a_prefix_narrows_it(make_page: MakePage, malmo: Municipality, factor: Factor, eva: User) -> None:
    make_page("Malmö och en gemensam målbild")
    assert names(eva, "m") == ["Malmö", "Malmö och en gemensam målbild", "Gemensam målbild"] or names(
        eva, "m"
    )
    assert names(eva, "kommun:malm") == ["Malmö"]
    assert names(eva, "Faktor: gemensam m") == ["Gemensam målbild"]


@pytest.mark.parametrize("q", ["", " ", "[[", "%", "faktor:", "finns inte alls", "\0", "x" * 5000])
def test_nothing_is_offered_for_what_says_nothing(make_page: MakePage, eva: User, q: str) -> None:
    make_page("Skolan")
    assert names(eva, "skolan") == ["Skolan"]
    assert asked(eva, q) == []


def test_a_page_in_the_archive_is_offered_to_nobody(make_page: MakePage, eva: User, rut: User) -> None:
    page = make_page("Skolan")
    assert names(rut, "skolan") == ["Skolan"]
    archive(page, by=rut, reason="Gammal")
    assert names(eva, "skolan") == names(rut, "skolan") == []


@pytest.mark.parametrize(
    "title", ["Skolan", "Skolan [utkast]", "kommun: skolan", "Skolan | byn", r"a\*skolan"]
)
def test_the_link_that_is_offered_leads_to_the_page(make_page: MakePage, eva: User, title: str) -> None:
    page = make_page(title)
    markdown = asked(eva, title.split()[-1].strip("[]"))[0]["markdown"]
    assert len(candidates(markdown)) == 1
    assert f'href="{page.get_absolute_url()}"' in rendering.render(markdown).html


def test_it_takes_three_queries(
    make_page: MakePage, factor: Factor, eva: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        make_page(f"Mål {number}")
    with django_assert_num_queries(3):
        assert len(offers_for("mål", eva)) >= 4


def test_who_has_not_signed_in_is_asked_to(client: Client, eva: User) -> None:
    assert client.get(ADDRESS, {"q": "a"})["Location"] == f"/konto/login/?next={ADDRESS}%3Fq%3Da"
    answer = signed_in(eva).get(ADDRESS, {"q": "a"})
    assert answer["Cache-Control"] == "private, no-store"
    assert signed_in(eva).post(ADDRESS).status_code == 405
