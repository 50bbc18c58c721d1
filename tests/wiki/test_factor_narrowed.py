"""A factor's page that is narrowed down: the numbers are those of the lists."""

from typing import Any

import pytest
from django.test import Client

from factors.models import Factor
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage
from tests.wiki.saying import listed, real_municipality, say, text_of
from wiki.content import ENABLING, HINDERING
from wiki.models import Page

pytestmark = pytest.mark.django_db

ADDRESS = "/faktorer/gemensam-malbild/"


def test_invented_municipalities_are_left_out_when_the_address_says_so(
    page: Page,
    factor: Factor,
    malmo: Municipality,
    granneby: Municipality,
    client: Client,
    settings: Any,
) -> None:
    settings.DEMO = True
    say(page, factor, ENABLING, granneby, words="Påhittat.", days=2)
    say(page, factor, ENABLING, None, words="Uppgivet.", claimed_for=granneby, days=1)
    say(page, factor, ENABLING, malmo, words="Det gick.")
    say(page, factor, ENABLING, None, words="Ingens.", days=-1)
    assert listed(client)["enabling"] == ["Påhittat.", "Uppgivet.", "Det gick.", "Ingens."]
    assert client.get(ADDRESS).context["bar"].enabling == 2
    answer = client.get(f"{ADDRESS}?pahittade=0")
    assert listed(client, "?pahittade=0")["enabling"] == ["Det gick.", "Ingens."]
    assert answer.context["bar"].enabling == 1
    assert "1 kommun, 1 märkning på 1 sida." in text_of(answer.text, 'id="sager"')
    assert answer.context["facets"].form["pahittade"].value() == "0"
    assert "Räknas inte med" in answer.text
    assert "Granneby" not in answer.text
    settings.DEMO = False
    assert client.get(f"{ADDRESS}?pahittade=1").context["bar"].enabling == 2
    assert 'name="pahittade"' not in client.get(ADDRESS).text


def test_the_bar_is_of_what_the_list_below_it_is_narrowed_to(
    make_page: MakePage, factor: Factor, malmo: Municipality, client: Client
) -> None:
    ystad = real_municipality("1286", "Ystad", group="C8")
    school, health = make_page("Ett", tracks=("skola",)), make_page("Två", tracks=("halsa",))
    say(school, factor, ENABLING, malmo, words="skola malmö")
    say(school, factor, ENABLING, ystad, words="skola ystad")
    say(health, factor, HINDERING, ystad, words="hälsa ystad")
    for query, bar, counted in (
        ("", (2, 1), "2 kommuner, 3 märkningar på 2 sidor."),
        ("?spar=skola", (2, 0), "2 kommuner, 2 märkningar på 1 sida."),
        ("?grupp=C8", (1, 1), "1 kommun, 2 märkningar på 2 sidor."),
        ("?spar=halsa&grupp=C8", (0, 1), "1 kommun, 1 märkning på 1 sida."),
    ):
        answer = client.get(f"{ADDRESS}{query}")
        found = answer.context["bar"]
        assert ((found.enabling, found.hindering), query) == (bar, query)
        assert counted in text_of(answer.text, 'id="sager"')
    assert client.get(f"{ADDRESS}?spar=halsa&grupp=A1").context["bar"] is None
