"""The screens of the insights: what their tables say with the pictures hidden, and the ways on."""

import re
from typing import Any

import pytest
from django.test import Client

from factors.models import Factor
from mittkoping.municipalities import loading
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage
from tests.wiki.stating import (
    GOAL,
    MALMO,
    MITTKOPING,
    MONEY,
    TRUST,
    WITH,
    links_of,
    row,
    rows_of,
    shown,
    state,
    stated,
    tell,
)


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


def test_the_matrix_has_symbol_word_and_n_and_blank_is_missing(client: Client, said: None) -> None:
    html = shown(client, "matris", WITH)
    assert rows_of(html)[0] == [
        "Nyckelfaktor",
        "A1 Storstäder 1 kommun",
        "B3 Pendlings\u00adkommun nära större stad 2 kommuner",
        "Alla 3 kommuner",
    ]
    assert row(html, "Gemensam målbild") == [
        "▲▲ främjar tydligt 1 kommun",
        "▼ hämmar 1 kommun",
        "◆ blandat 2 kommuner",
    ]
    assert row(html, "Tillit") == ["▼ hämmar 1 kommun", "saknas", "▼ hämmar 1 kommun"]
    assert row(html, "Uthållighet") == ["saknas", "saknas", "saknas"]


def test_every_cell_leads_to_the_passages_behind_it(client: Client, said: None) -> None:
    links = links_of(shown(client, "matris", WITH))
    assert f"/faktorer/{GOAL}/?pahittade=1&grupp=A1" in links
    links = links_of(shown(client, "matris", f"{WITH}&kolumner=spar"))
    assert f"/faktorer/{GOAL}/?pahittade=1&spar=skola" in links
    links = links_of(shown(client, "matris", f"{WITH}&kolumner=kommun"))
    assert "/kommuner/malmo/#profil" in links
    links = links_of(shown(client, "matris", f"{WITH}&spar=halsa"))
    assert f"/faktorer/{GOAL}/?spar=halsa&pahittade=1&grupp=A1" in links
    links = links_of(shown(client, "staplar", f"{WITH}&spar=halsa"))
    assert f"/faktorer/{GOAL}/?riktning=hammar&spar=halsa&pahittade=1" in links


@pytest.mark.parametrize(
    "name", ["matris", "staplar", "omnamnda", "samvariation", "over-tid", "vita-flackar"]
)
def test_whether_invented_ones_count_goes_along_to_the_factor(
    client: Client, make_page: MakePage, settings: Any, name: str
) -> None:
    settings.DEMO = True
    for title in ("A", "B", "C"):
        state(make_page, title, f"+1 {GOAL} {MALMO}", f"-1 {TRUST} {MALMO}")
    before, after = (
        stated(f"{sign}1 {TRUST} {MALMO}", phase=phase) for sign, phase in (("-", "before"), ("+", "after"))
    )
    make_page("D", tags=(before, after))
    html = shown(client, name, "?pahittade=0")
    main = html[html.index("<main") : html.index("</main>")]
    links = re.findall(r'href="(/faktorer/[^/"]+/[^"]*)"', main)
    assert links
    assert [link for link in links if "pahittade=0" not in link] == []


def test_the_columns_of_the_matrix_are_chosen_by_the_address(client: Client, said: None) -> None:
    tracks = shown(client, "matris", f"{WITH}&kolumner=spar")
    heads = ["Skola och lärande 1 kommun", "Hälsa och omsorg 2 kommuner", "Utan inriktning 1 kommun"]
    assert rows_of(tracks)[0] == ["Nyckelfaktor", *heads, "Alla 3 kommuner"]
    places = shown(client, "matris", f"{WITH}&kolumner=kommun")
    assert rows_of(places)[0] == ["Nyckelfaktor", "Granneby", "Malmö", "Mittköping", "Alla 3 kommuner"]


def test_many_municipalities_are_shown_some_at_a_time(client: Client, make_page: MakePage) -> None:
    Municipality.objects.filter(is_fictional=False).delete()
    loading.load()
    codes = list(Municipality.objects.real().in_order().values_list("code", flat=True)[:45])
    state(make_page, "Alla", *(f"+1 {GOAL} {code}" for code in codes))
    first = shown(client, "matris", "?kolumner=kommun")
    second = shown(client, "matris", "?kolumner=kommun&sida=2")
    assert [len(rows_of(html)[0]) for html in (first, second)] == [1 + 40 + 1, 1 + 5 + 1]
    assert 'href="?kolumner=kommun&amp;sida=2"' in first
    assert row(second, "Gemensam målbild")[-1] == "▲ främjar 45 kommuner"
    assert (
        len(client.get("/insikter/matris.csv?kolumner=kommun").getvalue().split(b"\r\n")[0].split(b";")) > 45
    )


def test_bars_count_municipalities_on_both_sides(client: Client, said: None) -> None:
    html = shown(client, "staplar", WITH)
    assert row(html, "Gemensam målbild") == ["1 hämmar", "1 främjar", "saknas", "2"]
    assert row(html, "Tillit") == ["1 hämmar", "saknas", "saknas", "1"]
    assert [cells[0] for cells in rows_of(html)] == [
        "Nyckelfaktor",
        "Gemensam målbild",
        "Tillit",
        "Finansiering",
    ]
    assert "33 nyckelfaktorer som ingen har skrivit om" in html


def test_bars_are_sorted_as_the_viewer_asks(client: Client, make_page: MakePage) -> None:
    state(make_page, "A", f"+1 {GOAL} {MALMO}", f"-1 {MONEY} {MALMO}", f"-1 {MONEY} {MITTKOPING}")
    html = shown(client, "staplar", f"{WITH}&ordning=hammar")
    assert [cells[0] for cells in rows_of(html)][1:] == ["Finansiering", "Gemensam målbild"]


def test_salience_prints_n_and_of_how_many(client: Client, said: None) -> None:
    html = shown(client, "omnamnda", WITH)
    assert row(html, "Gemensam målbild") == ["67 %", "2 av 3"]
    assert row(html, "Tillit") == ["33 %", "1 av 3"]


def test_pairs_have_overlap_and_n_and_rare_ones_are_counted_as_hidden(
    client: Client, make_page: MakePage
) -> None:
    for title in ("A", "B", "C"):
        state(make_page, title, f"+1 {GOAL} {MALMO}", f"-1 {TRUST} {MALMO}")
    state(make_page, "D", f"+1 {GOAL} {MALMO}", f"-1 {MONEY} {MALMO}")
    html = shown(client, "samvariation")
    assert row(html, "Gemensam målbild och Tillit") == ["75 %", "3", "4", "1"]
    assert "1 par visas inte, för att det finns på färre än tre sidor." in html
    assert "0 par" not in shown(client, "samvariation", f"?faktor={TRUST}")


def test_what_hinders_us_leads_to_what_enables_others(client: Client, said: None) -> None:
    html = shown(client, "hinder-och-mojliggorare", "?kommun=mittkoping&pahittade=1")
    assert "Det här hämmar Mittköping" in html
    assert "2 avsnitt där andra säger att det främjar" in html
    assert 'främjar i <a href="/kommuner/malmo/">Malmö</a>' in html
    assert '<a href="/sidor/tva/">Två</a>' in html
    asked = shown(client, "hinder-och-mojliggorare", f"?kommun=malmo&faktor={MONEY}&pahittade=1")
    assert 'främjar i <a href="/kommuner/granneby/">Granneby</a>' in asked


def test_without_a_municipality_or_a_factor_one_is_asked_to_choose(client: Client, said: None) -> None:
    assert "Välj er kommun" in shown(client, "hinder-och-mojliggorare")
    assert "Välj er kommun" in shown(client, "liknande-kommuner")


def test_a_municipality_that_has_said_no_hindrance_is_told_what_to_do(client: Client, said: None) -> None:
    html = shown(client, "hinder-och-mojliggorare", "?kommun=granneby&pahittade=1")
    assert "Granneby har inte skrivit vad som hämmar." in html


def test_neighbours_are_shown_with_their_reasons(client: Client, said: None) -> None:
    html = shown(client, "liknande-kommuner", f"{WITH}&kommun=mittkoping")
    [found] = [cells for cells in rows_of(html) if cells[0].startswith("Granneby")]
    assert found == [
        "Granneby (påhittad)",
        "ja: B3 Pendlingskommun nära större stad",
        "saknas",
        "inget",
        "1",
    ]


def test_a_story_over_time_has_dates_versions_and_what_was_tried(client: Client, make_page: MakePage) -> None:
    hindered = stated(f"-2 {GOAL} {MALMO}", phase="before", tried="Vi ritade målet på en vägg.")
    make_page("Väggen", tags=(hindered, stated(f"+2 {GOAL} {MALMO}", phase="after")))
    html = shown(client, "over-tid")
    assert "Först hämmade det" in html
    assert "Nu främjar det" in html
    assert "Vi ritade målet på en vägg." in html
    assert 'href="/sidor/vaggen/version/1/"' in html
    assert rows_of(html)[1][0] == "Gemensam målbild, Malmö"


def test_the_map_says_who_and_never_how_good(client: Client, said: None) -> None:
    Municipality.objects.filter(pk=MALMO).update(map_path="M1 1h9v9z")
    html = shown(client, "karta", WITH)
    assert "1 av 1 kommuner har bidragit" in html
    assert '<path d="M1 1h9v9z"/>' in html
    assert row(html, "A1 Storstäder") == ["1 av 1", "Malmö", "ingen"]
    assert re.search(r"Mittköping</a> <span[^>]*>\(har bidragit\)", html)
    other = shown(client, "karta", f"?faktor={MONEY}")
    assert "0 av 1 kommuner har skrivit om Finansiering" in other
    assert row(other, "A1 Storstäder") == ["0 av 1", "ingen ännu", "1 kommun Malmö"]


def test_the_whole_country_fits_in_a_page(client: Client, db: None) -> None:
    Municipality.objects.all().delete()
    loading.load()
    html = shown(client, "karta")
    assert "0 av 290 kommuner har bidragit" in html
    assert html.count("<path d=") >= 290
    assert len(html.encode()) < 400_000


def test_white_spots_are_what_nobody_has_written_about(client: Client, said: None) -> None:
    html = shown(client, "vita-flackar")
    assert "34 av 36 rutor är vita" in html
    assert "34 nyckelfaktorer som ingen har skrivit om" in html
    assert row(html, "Tillit") == ["ingen saknas", "Hälsa och omsorg"]


def test_those_who_answer_are_drawn_where_they_are(client: Client, said: None) -> None:
    Municipality.objects.filter(pk=MALMO).update(map_path="M1 1h9v9z", map_x=5.5, map_y=6.5)
    html = shown(client, "hinder-och-mojliggorare", f"{WITH}&kommun=mittkoping")
    assert '<circle class="insight-where__other" cx="5.5" cy="6.5" r="12"/>' in html
    html = shown(client, "hinder-och-mojliggorare", f"{WITH}&kommun=malmo&faktor={MONEY}")
    assert '<circle class="insight-where__us" cx="5.5" cy="6.5" r="22"/>' in html
    assert "Stor ring: Malmö." in html
