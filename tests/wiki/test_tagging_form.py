"""Tagging a passage by form: choose words, say what they say."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import MakePage, signed_in
from tests.wiki.test_passages_on_pages import BODY, KEY, WORDS, rewrite, tagged
from wiki import operations
from wiki.content import MAX_TAGS
from wiki.models import Page, Proposal
from wiki.operations.limits import MINUTE
from wiki.operations.protecting import protect

pytestmark = pytest.mark.usefixtures("catalogue")

ADDRESS = "/sidor/skolan/markera/"


def sent(page: Page, words: str = WORDS, **changes: Any) -> dict[str, Any]:
    """What the browser sends from the form of these words."""
    start = page.plain.index(words)
    place = {"version": page.number, "start": start, "end": start + len(words)}
    says = {"key": KEY, "direction": "hindering", "factor": "mod-att-prova", "strength": "2"}
    return place | says | {"phase": "", "tried": "", "note": "", "municipality": ""} | changes


def test_paragraphs_are_chosen_from_a_list(make_page: MakePage, as_eva: Client) -> None:
    make_page(body=BODY)
    answer = as_eva.get(ADDRESS).text
    assert re.findall('name="stycke" value="([^"]*)"', answer) == ["0-29", "30-80"]
    assert "Batterierna dog när det blev kallt 🥶 ute i skogen." in answer
    led = as_eva.get(ADDRESS, {"stycke": "30-80", "ord": ""})
    assert (led.status_code, led["Location"]) == (302, f"{ADDRESS}?version=1&start=30&end=80")


def test_a_part_of_a_paragraph_is_written(make_page: MakePage, as_eva: Client) -> None:
    page = make_page(body=BODY)
    start = page.plain.index("när det blev kallt")
    asked = {"stycke": "30-80", "ord": "”när det blev kallt”"}
    led = as_eva.get(ADDRESS, asked)
    assert led["Location"] == f"{ADDRESS}?version=1&start={start}&end={start + 18}"
    without = as_eva.get(ADDRESS, {"ord": "när det blev kallt"})
    assert without["Location"] == led["Location"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"stycke": "", "ord": ""}, "Välj ett stycke, eller skriv de ord som du vill märka."),
        ({"stycke": "0-29", "ord": "när det blev kallt"}, "Orden finns inte där."),
        ({"stycke": "30-80", "ord": "et"}, "Orden står på flera ställen."),
        ({"stycke": "30-80", "ord": "x" * 501}, "Gränsen är 500."),
        ({"stycke": "7-9"}, "7-9"),
    ],
)
def test_words_that_are_not_found_are_asked_for_again(
    make_page: MakePage, as_eva: Client, asked: dict[str, str], sentence: str
) -> None:
    make_page(body=f"{BODY} Det gjorde det.")
    answer = as_eva.get(ADDRESS, asked | {"stycke": asked["stycke"].replace("30-80", "30-96")})
    assert answer.status_code == 200
    assert sentence in answer.text
    assert answer.text.count('name="stycke"') == 2


@pytest.mark.parametrize(
    "query",
    [
        {"version": "1", "start": "5", "end": "5"},
        {"version": "1", "start": "0", "end": "99999"},
        {"version": "9", "start": "0", "end": "5"},
        {"version": "x", "start": "a", "end": "½"},
        {"start": "0"},
        {"version": "1", "start": "-1", "end": "99999999999999999999"},
    ],
)
def test_addresses_without_words_show_the_list(
    make_page: MakePage, as_eva: Client, query: dict[str, str]
) -> None:
    make_page(body=BODY)
    answer = as_eva.get(ADDRESS, query)
    assert answer.status_code == 200
    assert "Rätta det här" in answer.text
    assert 'name="stycke"' in answer.text


def test_the_form_shows_the_words_and_what_may_be_said(make_page: MakePage, as_eva: Client) -> None:
    page = make_page(body=BODY)
    start = page.plain.index(WORDS)
    answer = as_eva.get(ADDRESS, {"version": 1, "start": start, "end": start + len(WORDS)}).text
    assert f'<mark class="chosen-words__words">{WORDS}</mark>' in answer
    assert '<option value="mod-att-prova" data-definition="' in answer
    assert re.search('name="key" value="[0-9a-f-]{36}"', answer)
    assert f'name="start" value="{start}"' in answer
    assert "Lämna fältet tomt om det gäller Mittköping." in answer
    assert "Spara märkningen" in answer


def test_an_editors_tag_is_saved_and_shown_at_its_place(make_page: MakePage, as_eva: Client) -> None:
    page = make_page(body=BODY)
    form = sent(page, phase="during", tried="Vi köpte nya.", note="Vintern.", municipality="Mittköping")
    answer = as_eva.post(ADDRESS, form)
    assert (answer.status_code, answer["Location"]) == (302, f"/sidor/skolan/#p-{KEY}")
    assert "Sparat som version 2." in as_eva.get("/sidor/skolan/").text
    row = page.factor_tags.get()
    assert (str(row.key), row.words, row.state, row.direction) == (KEY, WORDS, "here", "hindering")
    assert (row.strength, row.phase, row.tried, row.note) == (2, "during", "Vi köpte nya.", "Vintern.")
    assert (row.counted_for_id, row.passage_version, row.made_number) == ("9901", 1, 2)


def test_a_form_that_is_sent_twice_makes_one_tag(make_page: MakePage, as_eva: Client) -> None:
    page = make_page(body=BODY)
    form = sent(page)
    as_eva.post(ADDRESS, form)
    again = as_eva.post(ADDRESS, form)
    assert again["Location"] == f"/sidor/skolan/#p-{KEY}"
    assert "Märkningen är redan sparad." in as_eva.get("/sidor/skolan/").text
    page.refresh_from_db()
    assert (page.number, page.factor_tags.count()) == (2, 1)


def test_a_form_that_is_sent_again_with_something_else_changes_its_tag(
    make_page: MakePage, as_eva: Client
) -> None:
    page = make_page(body=BODY)
    as_eva.post(ADDRESS, sent(page))
    assert as_eva.post(ADDRESS, sent(page, direction="enabling")).status_code == 302
    page.refresh_from_db()
    assert (page.number, page.factor_tags.get().direction) == (3, "enabling")


def test_nobody_changes_another_persons_tag_by_its_key(make_page: MakePage, bo: User, as_eva: Client) -> None:
    page = tagged(make_page(body=BODY), bo)
    answer = as_eva.post(ADDRESS, sent(page, note="Min egen."))
    assert answer.status_code == 403
    assert "Min egen." in answer.text
    assert page.factor_tags.get().author == bo


def test_a_contributors_tag_is_a_proposal(make_page: MakePage, ada: User) -> None:
    page = make_page(body=BODY)
    browser = signed_in(ada)
    start = page.plain.index(WORDS)
    asked = browser.get(ADDRESS, {"version": 1, "start": start, "end": start + len(WORDS)}).text
    assert "Skicka förslaget" in asked
    answer = browser.post(ADDRESS, sent(page))
    proposal = Proposal.objects.get()
    assert answer["Location"] == proposal.get_absolute_url()
    [tag] = proposal.content.tags
    assert tag.passage
    assert (tag.key, tag.passage.exact) == (KEY, WORDS)
    assert WORDS in browser.get(proposal.get_absolute_url()).text
    assert browser.post(ADDRESS, sent(page))["Location"] == proposal.get_absolute_url()
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"direction": ""}, "Välj om det främjar eller hämmar."),
        ({"factor": ""}, "Välj en nyckelfaktor."),
        ({"factor": "finns-inte"}, "finns inte i katalogen"),
        ({"municipality": "Mitköping"}, "Menade du Mittköping?"),
        ({"tried": "x" * 501}, "Gränsen är 500."),
        ({"note": "Elev 19121212-1212."}, "personnummer"),
        ({"end": "99999"}, "Markera några ord i texten."),
        ({"version": "7"}, "Versionen finns inte."),
        ({"key": "inte-en-nyckel"}, "Rätta det här"),
    ],
)
def test_mistakes_are_told_and_nothing_is_lost(
    make_page: MakePage, as_eva: Client, changes: dict[str, str], sentence: str
) -> None:
    page = make_page(body=BODY)
    typed = {"tried": "Vi provade allt.", "note": "Så här var det."} | changes
    answer = as_eva.post(ADDRESS, sent(page, **typed))
    assert answer.status_code == 200
    assert sentence in answer.text
    assert typed["tried"] in answer.text
    assert typed["note"] in answer.text
    page.refresh_from_db()
    assert page.number == 1


def test_a_page_holds_no_more_than_a_hundred_tags(make_page: MakePage, eva: User, as_eva: Client) -> None:
    page = tagged(make_page(body=BODY), eva)
    tags = tuple(
        replace(page.content.tags[0], key=f"5c0d1f4e-0000-4000-9000-{n:012}") for n in range(MAX_TAGS)
    )
    operations.edit(page, replace(page.content, tags=tags), base=2, by=eva)
    page.refresh_from_db()
    answer = as_eva.post(ADDRESS, sent(page))
    assert answer.status_code == 200
    assert "högst 100 märkningar" in answer.text


def test_words_of_an_older_version_go_along(make_page: MakePage, eva: User, as_eva: Client) -> None:
    page = make_page(body=BODY)
    form = sent(page)
    rewrite(page, eva, f"Nytt.\n\n{BODY}")
    place = {name: form[name] for name in ("version", "start", "end")}
    assert "och orden finns kvar" in as_eva.get(ADDRESS, place).text
    as_eva.post(ADDRESS, form)
    row = page.factor_tags.get()
    assert (row.state, row.words, row.passage_version) == ("here", WORDS, 1)


def test_words_that_are_gone_by_then_are_told_of_before_and_after(
    make_page: MakePage, eva: User, as_eva: Client
) -> None:
    page = make_page(body=BODY)
    form = sent(page)
    rewrite(page, eva, "Allt gick bra.")
    place = {name: form[name] for name in ("version", "start", "end")}
    assert "är de ändrade eller borta" in as_eva.get(ADDRESS, place).text
    answer = as_eva.post(ADDRESS, form, follow=True)
    assert "Texten har ändrats sedan du valde orden." in answer.text
    assert page.factor_tags.get().state == "gone"


def test_who_may_not_write_may_not_tag(make_page: MakePage, eva: User, rut: User, client: Client) -> None:
    page = make_page(body=BODY)
    assert client.get(ADDRESS)["Location"].startswith("/konto/login/")
    ended = client.post(ADDRESS, sent(page, note="Mina ord."))
    assert ended.status_code == 403
    assert "Mina ord." in ended.text
    protect(page, Page.Protection.LOCKED, reason="Strid.", by=rut)
    refused = signed_in(eva).post(ADDRESS, sent(page, note="Mina ord."))
    assert refused.status_code == 403
    assert "Mina ord." in refused.text
    assert signed_in(eva).get(ADDRESS).status_code == 403


def test_who_saves_too_fast_waits_and_loses_nothing(
    make_page: MakePage, as_eva: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_page(body=BODY)
    for name in ("SAVES", "SAVES_WHEN_NEW"):
        monkeypatch.setattr(operations.limits, name, ((MINUTE, 1),))
    answer = as_eva.post(ADDRESS, sent(page, note="Mina ord."))
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Mina ord." in answer.text
