"""A factor's page: what all that is said of it comes to."""

import pytest
from django.test import Client

from factors.models import Factor
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage
from tests.wiki.saying import real_municipality, say, text_of
from wiki.content import AFTER, ENABLING, HINDERING
from wiki.models import Page

pytestmark = pytest.mark.django_db

ADDRESS = "/faktorer/gemensam-malbild/"


def test_what_helped_where_it_hindered(
    make_page: MakePage, factor: Factor, malmo: Municipality, client: Client
) -> None:
    lund, ystad = real_municipality("1281", "Lund"), real_municipality("1286", "Ystad")
    ett, två = make_page("Ett"), make_page("Två")
    say(ett, factor, HINDERING, lund, words="Ingen visste.", tried="Vi frågade.", days=20)
    say(ett, factor, HINDERING, malmo, words="Det tog stopp.", tried="Vi ritade.", days=1)
    say(två, factor, ENABLING, malmo, words="Nu går det.", phase=AFTER, days=9)
    say(två, factor, ENABLING, malmo, words="Det gick förr.", days=0)
    say(två, factor, HINDERING, ystad, words="Sade inte vad de provade.")
    section = text_of(client.get(ADDRESS).text, 'id="hjalpte"')
    first, second = section.index("Malmö Hämmade"), section.index("Lund Hämmade")
    assert first < second
    assert "Det tog stopp. Provade: Vi ritade. Ett , version 1 , 2 mars 2024 Sedan Nu går det." in section
    assert "De har inte skrivit ännu att den främjar." in section[second:]
    assert "Det gick förr." not in section
    assert "Ystad" not in section


def test_a_hindrance_that_became_a_help_is_told_over_time(
    make_page: MakePage, factor: Factor, malmo: Municipality, client: Client
) -> None:
    say(make_page("Ett"), factor, HINDERING, malmo, words="Det tog stopp.")
    say(make_page("Två"), factor, ENABLING, malmo, words="Nu går det.", days=400)
    section = text_of(client.get(ADDRESS).text, 'id="over-tid"')
    assert "1 kommun har gått från att den hämmar till att den främjar." in section
    assert "Malmö hämmar Ett mars 2024 främjar Två april 2025" in section
    assert section.endswith("År hämmar främjar märkningar 2025 ingen 1 1 2024 1 ingen 1")


def test_factors_on_the_same_pages_are_named_with_numbers(
    make_page: MakePage, catalogue: dict[str, Factor], factor: Factor, malmo: Municipality, client: Client
) -> None:
    for at in range(4):
        page = make_page(f"Sida {at}")
        say(page, factor, ENABLING, malmo)
        if at:
            say(page, catalogue["oppenhet"], HINDERING, malmo)
    say(page, catalogue["tillit"], HINDERING, malmo)
    section = text_of(client.get(ADDRESS).text, 'id="bredvid"')
    assert "4 sidor handlar om den." in section
    assert "Öppenhet 3 0,75" in section
    assert "1 nyckelfaktor till delar färre än 3 sidor med den och visas inte." in section
    assert "Tillit" not in section


def test_those_who_have_contributed_stand_by_group(
    page: Page, factor: Factor, malmo: Municipality, client: Client
) -> None:
    real_municipality("1281", "Lund")
    for whose in (malmo, real_municipality("1286", "Ystad", group="C8")):
        say(page, factor, ENABLING, whose)
    section = text_of(client.get(ADDRESS).text, 'id="vilka"')
    assert section.startswith(
        'id="vilka">Vilka har bidragit? 2 kommuner, 2 märkningar på 1 sida. '
        "A1 Storstäder Malmö C8 Grupp C8 Ystad Vem"
    )


def test_a_factor_that_nobody_mentions_says_what_to_do(factor: Factor, client: Client) -> None:
    html = client.get(ADDRESS).text
    assert "Ingen sida nämner den ännu." in html
    for part in ("hjalpte", "over-tid", "bredvid", "vilka"):
        assert f'id="{part}"' not in html
