"""Hiding versions: what was in them is in no answer any more; that they are hidden, and why, is."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from tests.conftest import form_of, signed_in
from tests.wiki.purge_setup import CANARY, clean, hide, make_proposal, send, tell
from wiki import operations
from wiki.models import HiddenVersion, Page, ReviewItem
from wiki.operations.purging import NothingInItsPlace, NothingToHide, WrongPlace
from wiki.transfer.exporting import export

ANSWERS = (
    "/sidor/skolan/",
    "/sidor/skolan.md",
    "/sidor/skolan/historik/",
    "/sidor/skolan/version/1/",
    "/sidor/skolan/version/2/",
    "/sidor/skolan/version/2.md",
    "/sidor/skolan/version/3/",
    "/sidor/skolan/version/4/",
    "/sidor/skolan/jamfor/1/2/",
    "/sidor/skolan/jamfor/2/3/",
    "/sidor/skolan/jamfor/3/4/",
    "/sidor/skolan/jamfor/1/4/",
    "/sidor/skolan/lankar-hit/",
    "/sidor/",
    "/",
    "/sok/?q=kvist",
    "/andringar/",
    "/logg/",
)


@pytest.fixture
def told(page: Page, eva: User) -> Page:
    """Versions 2 and 3 tell of somebody; version 3 is the newest."""
    return tell(page, eva)


@pytest.fixture
def cleaned(page: Page, eva: User) -> Page:
    """Version 4, the newest, tells of nobody."""
    return clean(tell(page, eva), eva)


def test_what_is_hidden_is_in_no_answer(cleaned: Page, rut: User, eva: User, client: Client) -> None:
    seen = [address for address in ANSWERS if CANARY in client.get(address).text]
    assert {"/sidor/skolan/historik/", "/sidor/skolan/version/2/", "/andringar/"} <= set(seen)
    assert send(rut).status_code == 302
    for reader in (client, signed_in(eva), signed_in(rut)):
        assert [address for address in ANSWERS if "Zebulon" in reader.get(address).text] == []


def test_hidden_versions_answer_with_the_reason(cleaned: Page, rut: User, client: Client) -> None:
    send(rut)
    for address in (
        "/sidor/skolan/version/2/",
        "/sidor/skolan/version/2.md",
        "/sidor/skolan/jamfor/1/2/",
        "/sidor/skolan/jamfor/2/4/",
    ):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "Version 2 är dold för alla. Skälet är: ”Personuppgifter”" in answer.text
    assert client.get("/sidor/skolan/jamfor/1/4/").status_code == 200
    assert client.get("/sidor/skolan/version/99/").status_code == 404


def test_history_tells_who_and_why_but_not_what(cleaned: Page, rut: User, client: Client) -> None:
    send(rut)
    html = client.get("/sidor/skolan/historik/").text
    assert html.count("Dold för alla: ”Personuppgifter”") == 2
    assert 'href="/sidor/skolan/version/4/"' in html
    for address in ("version/2/", "version/3/", "jamfor/3/4/", "jamfor/2/3/", "jamfor/1/2/"):
        assert f'href="/sidor/skolan/{address}' not in html
    assert 'value="4"' in html
    assert 'name="fran" value="2"' not in html


def test_a_hidden_version_cannot_be_brought_back(cleaned: Page, rut: User, eva: User) -> None:
    browser = signed_in(eva)
    assert "Återställ version 2" in browser.get("/sidor/skolan/version/2/").text
    send(rut)
    answer = browser.post("/sidor/skolan/aterstall/2/", {"base": "4", "reason": "Mitt skäl"})
    assert answer.status_code == 404
    assert "Version 2 är dold" in answer.text
    assert "Mitt skäl" in answer.text
    with pytest.raises(HiddenVersion):
        operations.revert(cleaned, 2, base=4, by=eva)
    cleaned.refresh_from_db()
    assert cleaned.number == 4


def test_the_rows_stay_and_the_log_tells(cleaned: Page, rut: User) -> None:
    send(rut)
    edits = list(cleaned.edits.filter(hidden_at__isnull=False).order_by("number"))
    assert [(edit.number, edit.hidden_by, edit.hidden_reason) for edit in edits] == [
        (2, rut, "Personuppgifter"),
        (3, rut, "Personuppgifter"),
    ]
    assert edits[0].summary == f"Berättar om {CANARY}"
    assert edits[0].shown_summary == ""
    entry = LogEntry.objects.get()
    assert (entry.act, entry.actor, entry.target, entry.number) == ("purge", rut, cleaned, 2)
    assert (entry.reason, entry.facts) == ("Personuppgifter", {"numbers": [2, 3]})


def test_hiding_twice_is_told_and_done_once(cleaned: Page, rut: User) -> None:
    send(rut)
    first = list(cleaned.edits.values_list("number", "hidden_at"))
    answer = send(rut)
    assert (answer.status_code, answer["Location"]) == (302, "/sidor/skolan/historik/")
    assert list(cleaned.edits.values_list("number", "hidden_at")) == first
    assert LogEntry.objects.count() == 1
    with pytest.raises(NothingToHide):
        hide(cleaned, [2, 3], by=rut)


def test_the_newest_gives_way_to_an_earlier_one(told: Page, rut: User, client: Client) -> None:
    assert [hit.title for hit, _excerpt in client.get("/sok/?q=zebulon").context["results"]] == ["Skolan"]
    answer = send(rut, base="3", instead="1")
    assert answer.status_code == 302
    told.refresh_from_db()
    edit = told.edits.get(number=4)
    assert (told.number, told.body, edit.act, edit.source_number) == (
        4,
        "Första stycket.\n\nAndra stycket.\n",
        "revert",
        1,
    )
    assert (edit.author, edit.is_reviewed) == (rut, True)
    for address in ANSWERS[:3]:
        assert CANARY not in client.get(address).text
    assert client.get("/sok/?q=zebulon").context["results"] == []
    assert "zebulon" not in (told.search_text + told.plain + told.html).lower()


def test_the_only_text_cannot_be_hidden_yet(page: Page, rut: User) -> None:
    answer = signed_in(rut).get("/sidor/skolan/version/1/dolj/")
    assert "Den version som gäller nu kan inte döljas än." in answer.text
    form = {"versions": "1", "base": "1", "reason": "Personuppgifter"}
    refused = signed_in(rut).post("/sidor/skolan/version/1/dolj/", form)
    assert refused.status_code == 200
    assert "det finns ingen tidigare version som kan gälla i stället" in refused.text
    assert not page.edits.get().is_hidden
    with pytest.raises(NothingInItsPlace):
        hide(page, [1], by=rut)


@pytest.mark.parametrize("instead", [2, 3, 4, 99])
def test_what_takes_its_place_must_be_readable(told: Page, rut: User, instead: int) -> None:
    with pytest.raises(WrongPlace):
        hide(told, [2, 3], instead=instead, by=rut)
    assert not told.edits.exclude(hidden_at=None).exists()
    told.refresh_from_db()
    assert told.number == 3


def test_an_export_has_none_of_it(told: Page, rut: User, tmp_path: Path) -> None:
    assert CANARY in next(export(tmp_path / "before")).read_text()
    hide(told, [2, 3], instead=1, by=rut)
    assert CANARY not in next(export(tmp_path / "after")).read_text()


def test_the_queue_follows(told: Page, rut: User) -> None:
    assert ReviewItem.objects.get(page=told).size == told.content.size
    hide(told, [2, 3], instead=1, by=rut)
    told.refresh_from_db()
    assert ReviewItem.objects.get(page=told).size == told.content.size


def test_all_or_nothing(cleaned: Page, ada: User, rut: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    proposal = make_proposal(cleaned, ada, body=CANARY)
    monkeypatch.setattr("wiki.operations.purging.hide_proposal", fail)
    with pytest.raises(RuntimeError):
        hide(cleaned, [2, 3], proposals=[proposal], by=rut)
    assert not cleaned.edits.exclude(hidden_at=None).exists()
    assert not LogEntry.objects.exists()


def test_an_open_form_that_started_from_a_hidden_version_comes_back(
    cleaned: Page, rut: User, eva: User
) -> None:
    form = form_of(cleaned, base="3", body="Evas långa text.")
    hide(cleaned, [2, 3], by=rut)
    answer = signed_in(eva).post("/sidor/skolan/redigera/", form)
    assert answer.status_code == 409
    assert "Evas långa text." in answer.text
    assert CANARY not in answer.text
    cleaned.refresh_from_db()
    assert cleaned.number == 4
