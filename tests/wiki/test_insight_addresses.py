"""What all screens of the insights share: n, the rule, facets in the address, invented municipalities."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage, signed_in
from tests.wiki.stating import (
    GOAL,
    GRANNEBY,
    MALMO,
    MITTKOPING,
    TRUST,
    WITH,
    shown,
    state,
    tell,
)
from wiki.views.insight_catalogue import BY_NAME, INSIGHTS

NAMES = list(BY_NAME)
# Counting takes 3 to 6; what is chosen and the lists to choose from take 2 for each of three facets.
MOST_QUERIES = {"hinder-och-mojliggorare": 13}


@pytest.fixture(autouse=True)
def places(malmo: Municipality, mittkoping_: Municipality, granneby: Municipality) -> None:
    """One real municipality, and two invented ones of another group."""


@pytest.fixture(autouse=True)
def factors(catalogue: dict[str, Factor]) -> None:
    """The whole catalogue."""


@pytest.fixture
def said(make_page: MakePage) -> None:
    """What `tell` says."""
    tell(make_page)


def chosen(html: str) -> str:
    """What the list says that tells whether invented municipalities are counted."""
    found = re.search(r'<select name="pahittade".*?<option value="\d" selected\s*>([^<]*)<', html, re.DOTALL)
    assert found
    return found[1]


def test_there_are_nine_insights_and_the_hub_leads_to_them_all(client: Client, said: None) -> None:
    html = shown(client, "")
    assert len(INSIGHTS) == 9
    assert all(f'href="/insikter/{name}/"' in html for name in NAMES)
    assert "1 kommun, 3 märkningar på 2 sidor" in html


def test_every_insight_says_n_and_how_it_is_counted(client: Client, said: None) -> None:
    for name in NAMES:
        html = shown(client, name)
        assert "1 kommun, 3 märkningar på 2 sidor" in html, name
        assert "inkl. påhittade" not in html, name
        assert str(BY_NAME[name].rule[0]) in html, name
        assert f"/insikter/{name}.csv" in html
        assert f"/insikter/{name}.json" in html


def test_invented_municipalities_are_counted_where_that_is_asked_and_said(client: Client, said: None) -> None:
    for name in ("", *NAMES):
        html = shown(client, name, WITH)
        assert "3 kommuner, 5 märkningar på 3 sidor (inkl. påhittade)" in html, name
        assert "2 av kommunerna är påhittade." in html, name


def test_the_demo_counts_invented_ones_unless_told_not_to(client: Client, said: None, settings: Any) -> None:
    settings.DEMO = True
    assert "(inkl. påhittade)" in shown(client, "staplar")
    assert chosen(shown(client, "staplar")) == "Räknas med"
    html = shown(client, "staplar", "?pahittade=0")
    assert "(inkl. påhittade)" not in html
    assert chosen(html) == "Räknas inte med"


def test_outside_the_demo_nobody_is_asked_about_invented_ones(client: Client, said: None) -> None:
    assert "Påhittade kommuner" not in shown(client, "matris")
    assert "Påhittade kommuner" in shown(client, "matris", WITH)


def test_the_hub_counts_what_hinders_one_and_enables_another(client: Client, make_page: MakePage) -> None:
    state(make_page, "A", f"+1 {GOAL} {MALMO}", f"-1 {GOAL} {MALMO}", f"+1 {TRUST} {MALMO}")
    sentence = "nyckelfaktorer hämmar någon och främjar någon annan"
    assert re.search(rf'number">0</strong>\s*<span>{sentence}', shown(client, "", WITH))
    state(make_page, "B", f"-1 {TRUST} {MITTKOPING}")
    assert re.search(r'number">1</strong>\s*<span>nyckelfaktor hämmar', shown(client, "", WITH))


def test_facets_narrow_and_can_be_taken_away(client: Client, said: None) -> None:
    html = shown(client, "staplar", f"{WITH}&spar=skola")
    assert "1 kommun, 2 märkningar på 1 sida (inkl. påhittade)" in html
    assert 'href="/insikter/staplar/?pahittade=1"' in html
    assert '<meta name="robots" content="noindex, follow">' in html
    assert "noindex" not in shown(client, "staplar")


def test_who_is_signed_in_has_a_link_for_their_own_municipality(eva: User, said: None) -> None:
    html = shown(signed_in(eva), "liknande-kommuner", WITH)
    assert 'href="?kommun=mittkoping&amp;pahittade=1"' in html
    assert "Visa för Mittköping" in html
    assert "Visa för" not in shown(signed_in(eva), "liknande-kommuner", f"{WITH}&kommun=mittkoping")


def test_before_anything_is_tagged_one_is_told_what_to_do(client: Client) -> None:
    told = dict.fromkeys(("", *NAMES), "Inget är märkt ännu") | {
        "hinder-och-mojliggorare": "Välj er kommun",
        "liknande-kommuner": "Välj er kommun",
        "karta": "0 av 1 kommuner har bidragit",
        "vita-flackar": "36 av 36 rutor är vita",
    }
    for name, sentence in told.items():
        html = shown(client, name)
        assert "0 kommuner, 0 märkningar på 0 sidor" in html, name
        assert sentence in html, name


WRONG = "?spar=fel&grupp=Z9&kommun=ingen&faktor=finns-inte&kolumner=x&ordning=%00&pahittade=ja&sida=-1"


@pytest.mark.parametrize("query", [WRONG, "?sida=99999999999&kommun=%F0%9F&grupp=A1%00&spar=%C3%A5"])
def test_wrong_values_get_a_sentence_and_everything_is_shown(client: Client, said: None, query: str) -> None:
    for name in ("", *NAMES):
        html = shown(client, name, query)
        assert "det du valde finns inte, så allt visas." in html, name
        assert "1 kommun, 3 märkningar på 2 sidor" in html, name


def test_an_insight_that_does_not_exist_is_not_found(client: Client, db: None) -> None:
    shown(client, "rangordning", status=404)
    assert client.get("/insikter/rangordning.csv").status_code == 404
    assert client.get("/insikter/Matris/", follow=False).headers["Location"] == "/insikter/matris/"


def test_readers_get_neither_cookies_nor_tokens(client: Client, said: None) -> None:
    for name in ("", *NAMES):
        answer = client.get(f"/insikter/{name}/" if name else "/insikter/")
        assert answer.status_code == 200
        assert not answer.cookies
        assert "csrf" not in answer.text


def test_queries_are_few(
    client: Client, make_page: MakePage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for at in range(12):
        codes = (MALMO, MITTKOPING, GRANNEBY)
        said = [f"{'+-'[(at + shift) % 2]}2 {GOAL} {code}" for shift, code in enumerate(codes)]
        state(make_page, f"Sida {at}", *said, f"+1 {TRUST} {MALMO}", tracks=("skola",))
    for name in ("", *NAMES):
        with django_assert_max_num_queries(MOST_QUERIES.get(name, 9)):
            shown(client, name, f"?kommun=mittkoping&faktor={GOAL}&spar=skola&pahittade=1")
