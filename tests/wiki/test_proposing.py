"""Proposals over HTTP, from the author's side."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from tests.conftest import form_of, proposed, signed_in
from wiki import operations
from wiki.models import Page, Proposal, ReviewItem

TYPED = "Det här har Ada skrivit.\n"


@pytest.fixture
def as_ada(ada: User) -> Client:
    """A browser in which ada has signed in."""
    return signed_in(ada)


@pytest.fixture
def proposal(page: Page, ada: User) -> Proposal:
    """By ada, on the page."""
    return proposed(operations.edit(page, replace(page.content, body=TYPED), base=1, summary="Kort", by=ada))


def form(proposal: Proposal, **changes: Any) -> dict[str, Any]:
    """What the browser would send from the proposal's form, with changes."""
    fields = {"title": proposal.title, "body": proposal.body, "base": str(proposal.base)}
    return fields | {"revision": str(proposal.revision), "summary": proposal.summary} | changes


def address(proposal: Proposal, deed: str = "") -> str:
    """Of the proposal, or of what can be done with it."""
    return f"/granskning/forslag/{proposal.pk}/{deed}"


def test_sending_leads_to_the_proposal(page: Page, as_ada: Client) -> None:
    answer = as_ada.post("/sidor/skolan/redigera/", form_of(page, body=TYPED, summary="Kort"), follow=True)
    proposal = Proposal.objects.get()
    assert answer.redirect_chain == [(address(proposal), 302)]
    assert "Förslaget är skickat. En moderator granskar det innan det publiceras." in answer.text
    assert TYPED.strip() in answer.text
    assert (proposal.body, proposal.summary, proposal.base) == (TYPED, "Kort", 1)
    page.refresh_from_db()
    assert page.number == 1


def test_sending_the_same_form_twice_makes_one_proposal(page: Page, as_ada: Client) -> None:
    sent = form_of(page, body=TYPED)
    first, second = (as_ada.post("/sidor/skolan/redigera/", sent)["Location"] for _time in range(2))
    assert first == second == Proposal.objects.get().get_absolute_url()
    new = {"title": "Ny sida", "body": TYPED}
    first, second = (as_ada.post("/sidor/ny/", new)["Location"] for _time in range(2))
    assert first == second == Proposal.objects.get(page=None).get_absolute_url()


def test_a_page_that_has_moved_on_does_not_stop_a_proposal(page: Page, as_ada: Client, eva: User) -> None:
    operations.edit(page, replace(page.content, lead="Evas ingress."), base=1, by=eva)
    as_ada.post("/sidor/skolan/redigera/", form_of(page, body=TYPED, base="1"))
    assert Proposal.objects.get().base == 1


def test_the_form_of_a_proposal_holds_its_text(proposal: Proposal, as_ada: Client) -> None:
    answer = as_ada.get(address(proposal, "redigera/"))
    assert answer.context["form"]["body"].value() == TYPED
    assert 'name="revision" value="1"' in answer.text
    sent = form(proposal, body="Bättre.\n")
    assert as_ada.post(address(proposal, "redigera/"), sent)["Location"] == address(proposal)
    proposal.refresh_from_db()
    assert (proposal.body, proposal.revision) == ("Bättre.\n", 2)


def test_the_form_of_the_page_leads_to_what_one_has_proposed(proposal: Proposal, as_ada: Client) -> None:
    assert address(proposal, "redigera/") in as_ada.get("/sidor/skolan/redigera/").text


def test_two_tabs_on_one_proposal_lose_nothing(proposal: Proposal, as_ada: Client) -> None:
    as_ada.post(address(proposal, "redigera/"), form(proposal, body="Första fliken."))
    answer = as_ada.post(address(proposal, "redigera/"), form(proposal, body="Andra fliken."))
    assert answer.status_code == 409
    assert answer.context["form"]["body"].value() == "Andra fliken."
    assert "Förslaget har ändrats" in answer.text
    again = form(proposal, body="Andra fliken.", revision=answer.context["form"]["revision"].value())
    assert as_ada.post(address(proposal, "redigera/"), again).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.body, proposal.revision) == ("Andra fliken.", 3)
    assert [text.body for text in proposal.earlier_texts.order_by("revision")] == [TYPED, "Första fliken."]


def test_a_proposal_that_is_being_looked_at_waits_and_the_text_stays(
    proposal: Proposal, as_ada: Client, rut: User
) -> None:
    operations.take_claim(ReviewItem.objects.get(proposal=proposal), by=rut)
    answer = as_ada.post(address(proposal, "redigera/"), form(proposal, body="Nytt."))
    assert answer.status_code == 409
    assert "Rut Alm granskar förslaget just nu." in answer.text
    assert answer.context["form"]["body"].value() == "Nytt."


def test_a_decided_proposal_is_not_changed_and_the_text_stays(
    proposal: Proposal, as_ada: Client, rut: User
) -> None:
    operations.reject(proposal, revision=1, reason="Finns redan.", by=rut)
    assert "Förslaget kan inte ändras längre." in as_ada.get(address(proposal, "redigera/")).text
    answer = as_ada.post(address(proposal, "redigera/"), form(proposal, body="Nytt."))
    assert answer.status_code == 403
    assert answer.context["form"]["body"].value() == "Nytt."
    assert as_ada.post(address(proposal, "dra-tillbaka/")).status_code == 403


def test_withdrawing_by_form(proposal: Proposal, as_ada: Client) -> None:
    for _ in range(2):
        answer = as_ada.post(address(proposal, "dra-tillbaka/"), follow=True)
        assert "Förslaget är tillbakadraget. Texten finns kvar här." in answer.text
    assert LogEntry.objects.about(proposal).count() == 1
    proposal.refresh_from_db()
    assert proposal.status == Proposal.Status.WITHDRAWN


def test_bringing_up_to_date_by_form(proposal: Proposal, as_ada: Client, page: Page, eva: User) -> None:
    operations.edit(page, replace(page.content, lead="Evas ingress."), base=1, by=eva)
    answer = as_ada.post(address(proposal, "uppdatera/"), {"revision": "1"}, follow=True)
    assert "Förslaget utgår nu från den senaste versionen av sidan." in answer.text
    proposal.refresh_from_db()
    assert (proposal.base, proposal.lead, proposal.body) == (2, "Evas ingress.", TYPED)
    answer = as_ada.post(address(proposal, "uppdatera/"), {"revision": "x"}, follow=True)
    assert "Förslaget har ändrats sedan du öppnade det." in answer.text


def test_what_cannot_be_brought_up_to_date_is_said(
    proposal: Proposal, as_ada: Client, page: Page, eva: User
) -> None:
    operations.edit(page, replace(page.content, body="Evas.\n"), base=1, by=eva)
    answer = as_ada.post(address(proposal, "uppdatera/"), {"revision": "1"}, follow=True)
    assert "Sidan och förslaget har ändrat samma ord." in answer.text


@pytest.mark.parametrize("deed", ["redigera/", "dra-tillbaka/", "uppdatera/"])
def test_what_is_somebody_elses_is_not_there(
    proposal: Proposal, eva: User, rut: User, client: Client, deed: str
) -> None:
    for user in (eva, rut):
        assert signed_in(user).post(address(proposal, deed), form(proposal)).status_code == 404
    assert client.post(address(proposal, deed)).status_code == 403
    assert signed_in(eva).post(f"/granskning/forslag/999999/{deed}").status_code == 404


def test_my_proposals_say_what_has_become_of_them(
    proposal: Proposal, page: Page, as_ada: Client, rut: User, eva: User
) -> None:
    shown = as_ada.get("/konto/forslag/").text
    assert "väntar på granskning" in shown
    assert "plats 2 i kön" in shown  # after the page itself, which nobody has reviewed
    operations.ask_for_changes(proposal, revision=1, reason="Lägg till <källa>.", by=rut)
    shown = as_ada.get("/konto/forslag/").text
    assert "ändringar önskas" in shown
    assert "Lägg till &lt;källa&gt;." in shown
    assert "Skolan" not in signed_in(eva).get("/konto/forslag/").text


def test_everyone_sees_how_many_proposals_wait(proposal: Proposal, client: Client, rut: User) -> None:
    assert "Ett förslag på ändring väntar på granskning" in client.get("/sidor/skolan/").text
    operations.hide_proposal(proposal, reason="Personuppgifter", by=rut)
    assert "väntar på granskning" not in client.get("/sidor/skolan/").text


def test_a_blocked_writer_gets_the_text_back(page: Page, ada: User, as_ada: Client) -> None:
    as_ada.get("/sidor/skolan/redigera/")
    User.objects.filter(pk=ada.pk).update(blocked_until="2999-01-01T00:00Z", block_reason="Klotter")
    answer = as_ada.post("/sidor/skolan/redigera/", form_of(page, body=TYPED))
    assert answer.status_code == 403
    assert answer.context["form"]["body"].value() == TYPED
    assert "Ditt konto är avstängt" in answer.text
    assert not Proposal.objects.exists()


def test_an_editor_on_a_reviewed_page_is_told_why(page: Page, eva: User, as_eva: Client) -> None:
    Page.objects.update(protection=Page.Protection.REVIEWED)
    assert "Just den här sidan granskas alltid först." in as_eva.get("/sidor/skolan/redigera/").text
    as_eva.post("/sidor/skolan/redigera/", form_of(page, body=TYPED))
    assert Proposal.objects.get().author == eva


def test_a_locked_page_says_so_and_gives_the_text_back(page: Page, as_eva: Client) -> None:
    Page.objects.update(protection=Page.Protection.LOCKED)
    answer = as_eva.post("/sidor/skolan/redigera/", form_of(page, body=TYPED))
    assert answer.status_code == 403
    assert answer.context["form"]["body"].value() == TYPED
    assert "Sidan är låst." in answer.text
