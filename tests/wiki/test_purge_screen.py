"""The screen on which versions are chosen to be hidden, with what else says the same."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from mittkoping.accounts.models import User
from mittkoping.log.models import HiddenReason, LogEntry
from tests.conftest import MakePage, published, signed_in, tag
from tests.wiki.purge_setup import ADDRESS, CANARY, clean, hide, make_proposal, send, tell
from wiki import operations
from wiki.content import Content
from wiki.models import Edit, Page, Proposal
from wiki.operations.finding_words import names_with, versions_of
from wiki.operations.protecting import protect
from wiki.operations.purging import instead_of


@pytest.fixture
def told(page: Page, eva: User) -> Page:
    """Versions 2 and 3 tell of somebody; version 3 is the newest."""
    return tell(page, eva)


@pytest.fixture
def cleaned(page: Page, eva: User) -> Page:
    """Version 4, the newest, tells of nobody."""
    return clean(tell(page, eva), eva)


def test_the_last_clean_version_is_suggested(told: Page, rut: User) -> None:
    assert instead_of(told, [3]) == 2
    assert instead_of(told, [2, 3]) == 1
    assert instead_of(told, [1, 2, 3]) == 0
    answer = signed_in(rut).get(f"{ADDRESS}?ord={CANARY}")
    assert answer.context["form"]["instead"].value() == 1


def test_the_words_find_every_version(cleaned: Page, rut: User) -> None:
    answer = signed_in(rut).get(f"{ADDRESS}?ord=zebulon++KVIST, ingen alls")
    found = {one.edit.number: one.places for one in answer.context["found"]}
    assert found == {3: ("ingressen", "texten"), 2: ("ingressen", "texten", "sammanfattningen")}
    assert answer.context["checked"]["versions"] == [3, 2]
    assert "orden står i ingressen, texten, sammanfattningen" in answer.text


def test_words_are_found_in_titles_tags_and_across_lines(
    page: Page, eva: User, catalogue: dict[str, Any]
) -> None:
    operations.edit(page, replace(page.content, title=f"Skolan och {CANARY}"), base=1, by=eva)
    operations.edit(page, replace(page.content, tags=(tag(note=f"Sa {CANARY}"),)), base=2, by=eva)
    operations.edit(page, replace(page.content, body="Rektor Zebulon\nKvist."), base=3, by=eva)
    found = {one.edit.number: one.places for one in versions_of(page, CANARY)}
    assert found == {2: ("titeln",), 3: ("en märkning",), 4: ("texten",)}


def test_versions_are_chosen_by_number_too(cleaned: Page, rut: User) -> None:
    def shown(query: str) -> list[int]:
        answer = signed_in(rut).get(ADDRESS + query)
        assert answer.status_code == 200
        return [one.edit.number for one in answer.context["found"]]

    assert shown("") == [2]
    assert shown("?fran=1&till=3") == [3, 2, 1]
    assert shown("?fran=3&till=1") == [3, 2, 1]
    assert shown("?fran=3") == [3]
    assert shown("?fran=x&till=-1") == [2]
    assert shown(f"?ord={CANARY}&fran=1") == [3, 2, 1]


def test_words_that_are_left_are_told(cleaned: Page, rut: User) -> None:
    answer = signed_in(rut).post(
        f"{ADDRESS}?ord={CANARY}", {"versions": "2", "base": "4", "reason": "Personuppgifter"}, follow=True
    )
    assert "Dolt för alla: version 2." in answer.text
    assert "Orden finns kvar i version 3." in answer.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": "  "}, "Skriv varför versionerna döljs."),
        ({"reason": f"Tog bort {CANARY.lower()}"}, "Skälet upprepar det som ska döljas."),
        ({"versions": []}, "Välj minst en version att dölja."),
        ({"versions": ["x", "-1"]}, "Välj minst en version att dölja."),
        ({"base": "x"}, "heltal"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_chosen_stays(
    cleaned: Page, rut: User, changes: dict[str, Any], sentence: str
) -> None:
    answer = send(rut, f"?ord={CANARY}", **changes)
    assert (answer.status_code, sentence in answer.text) == (200, True)
    assert answer.context["form"]["reason"].value() == changes.get("reason", "Personuppgifter")
    assert not cleaned.edits.exclude(hidden_at=None).exists()


def test_numbers_of_no_version_hide_nothing(cleaned: Page, make_page: MakePage, rut: User) -> None:
    other = make_page("Omsorgen", body="Annat.")
    answer = send(rut, versions=["98", "99"])
    assert answer.status_code == 302
    assert not Edit.objects.exclude(hidden_at=None).exists()
    send(rut, versions=["2", "99"])
    assert [edit.number for edit in Edit.objects.exclude(hidden_at=None)] == [2]
    assert not other.edits.get().is_hidden
    assert signed_in(rut).get("/sidor/omsorgen/version/7/dolj/").status_code == 404


def test_a_save_meanwhile_stops_it_with_all_that_was_typed(cleaned: Page, eva: User, rut: User) -> None:
    operations.edit(cleaned, replace(cleaned.content, body=f"Åter {CANARY}."), base=4, by=eva)
    answer = send(rut, f"?ord={CANARY}")
    assert answer.status_code == 409
    assert answer.context["form"]["base"].value() == "5"
    assert answer.context["form"]["reason"].value() == "Personuppgifter"
    assert [one.edit.number for one in answer.context["found"]] == [5, 3, 2]
    assert answer.context["checked"]["versions"] == [2, 3]
    assert not cleaned.edits.exclude(hidden_at=None).exists()


@pytest.mark.parametrize("who", ["ada", "eva"])
def test_nobody_else_hides(cleaned: Page, who: str, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(who)
    assert signed_in(user).get(ADDRESS).status_code == 403
    answer = send(user)
    assert (answer.status_code, "Personuppgifter" in answer.text) == (403, True)
    with pytest.raises(PermissionDenied):
        hide(cleaned, [2], by=user)
    assert "Dölj versionen" not in signed_in(user).get("/sidor/skolan/version/2/").text
    assert not cleaned.edits.exclude(hidden_at=None).exists()


def test_a_moderator_finds_the_way_there(cleaned: Page, rut: User) -> None:
    assert f'href="{ADDRESS}"' in signed_in(rut).get("/sidor/skolan/version/2/").text


def test_proposals_that_say_it_are_hidden_too(cleaned: Page, ada: User, rut: User, client: Client) -> None:
    says = make_proposal(cleaned, ada, body=f"{CANARY} igen.", base=4)
    commented = make_proposal(cleaned, ada, body="Annat.", comment=f"Inget om {CANARY}")
    based = make_proposal(cleaned, ada, body="Ett tredje.", base=2)
    harmless = make_proposal(cleaned, ada, body="Ett fjärde.", base=4)
    answer = signed_in(rut).get(f"{ADDRESS}?ord={CANARY}")
    found = {one.proposal.pk: one.places for one in answer.context["proposals"]}
    assert found == {
        says.pk: ("texten",),
        commented.pk: ("granskarens kommentar",),
        based.pk: ("utgår från en version som döljs",),
    }
    send(rut, f"?ord={CANARY}", proposals=[str(key) for key in found])
    hidden = set(Proposal.objects.exclude(hidden_at=None).values_list("pk", flat=True))
    assert hidden == {says.pk, commented.pk, based.pk}
    assert not harmless.is_hidden
    assert LogEntry.objects.filter(act="hide_proposal").count() == 3


def test_an_earlier_text_and_an_accepted_proposal_are_found(cleaned: Page, ada: User, rut: User) -> None:
    revised = make_proposal(cleaned, ada, body="Nu rent.")
    revised.earlier_texts.create(title="Skolan", body=f"{CANARY}.", base=4)
    became = make_proposal(
        cleaned, ada, body="Rent.", status="accepted", edit=cleaned.edits.get(number=3), base=1
    )
    answer = signed_in(rut).get(f"{ADDRESS}?ord={CANARY}")
    found = {one.proposal.pk: one.places for one in answer.context["proposals"]}
    assert found == {revised.pk: ("en tidigare text",), became.pk: ("blev en version som döljs",)}


def test_proposals_of_another_page_are_left_alone(
    cleaned: Page, make_page: MakePage, ada: User, rut: User
) -> None:
    other = make_proposal(make_page("Omsorgen"), ada, body="Annat.")
    send(rut, proposals=[str(other.pk)])
    other.refresh_from_db()
    assert not other.is_hidden


def test_reasons_that_say_it_are_hidden_too(cleaned: Page, rut: User, client: Client) -> None:
    protect(cleaned, Page.Protection.REVIEWED, reason=f"Om {CANARY}", by=rut)
    protect(cleaned, Page.Protection.LOCKED, reason=f"Åter om {CANARY}", by=rut)
    assert CANARY in client.get("/logg/").text
    entries = list(LogEntry.objects.filter(act="protect"))
    answer = signed_in(rut).get(f"{ADDRESS}?ord={CANARY}")
    assert {entry.pk for entry in answer.context["reasons"]} == {entry.pk for entry in entries}
    send(rut, f"?ord={CANARY}", entries=[str(entry.pk) for entry in entries])
    assert HiddenReason.objects.count() == 2
    assert "Zebulon" not in client.get("/logg/").text
    assert client.get("/logg/").text.count("Skälet är dolt") == 2
    cleaned.refresh_from_db()
    assert (cleaned.level, cleaned.protection_reason) == (Page.Protection.LOCKED, "")


def test_names_that_say_it_are_listed(page: Page, eva: User, rut: User) -> None:
    operations.rename(page, CANARY, base=1, by=eva)
    page.refresh_from_db()
    operations.rename(page, "Grundskolan", base=2, by=eva)
    assert names_with(page, CANARY) == ["zebulon kvist", "zebulon-kvist"]
    answer = signed_in(rut).get(f"/sidor/grundskolan/version/2/dolj/?ord={CANARY}")
    assert "Orden står i sidans namn" in answer.text
    assert "<li>zebulon-kvist</li>" in answer.text


def test_a_title_that_is_taken_meanwhile_is_said(
    page: Page, make_page: MakePage, eva: User, rut: User
) -> None:
    operations.edit(page, replace(page.content, title=CANARY), base=1, by=eva)
    make_page("Skolan ")
    form = {"versions": "2", "base": "2", "instead": "1", "reason": "Personuppgifter"}
    answer = signed_in(rut).post("/sidor/skolan/version/2/dolj/", form)
    assert "Det finns redan en sida som heter ”Skolan”." in answer.text
    assert not page.edits.exclude(hidden_at=None).exists()


def test_the_screen_for_a_new_page_works(rut: User) -> None:
    made = published(operations.create(Content(title="Rut skriver"), by=rut)).page
    assert signed_in(rut).get(f"{made.get_absolute_url()}version/1/dolj/").status_code == 200
