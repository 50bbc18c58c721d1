"""Decisions when something has changed meanwhile. Nothing that was typed is ever lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from tests.conftest import MakePage, make_moderator, signed_in
from tests.wiki.review_form import BODY, FIRST, SECOND, THIRD, WORDS, change, field, rewrite, send, ticked
from wiki import operations
from wiki.changes import changes
from wiki.models import Claim, Page, Proposal, ReviewItem
from wiki.models.review import CLAIM_TTL
from wiki.operations.reviewing import contents_of

NEW = "Vi började i mycket liten skala.\n\nSedan växte det snabbt.\n\nTill sist var alla med på tåget.\n"


@pytest.fixture
def page(make_page: MakePage) -> Page:
    """A page with three passages."""
    return make_page("Skolan", lead="Om skolan.", body=BODY)


@pytest.fixture
def proposal(page: Page, ada: User) -> Proposal:
    """Ada wants to change all three."""
    return operations.propose(page, replace(page.content, body=NEW), base=1, by=ada)


@pytest.fixture
def as_rut(rut: User) -> Client:
    """A browser in which rut has signed in."""
    return signed_in(rut)


def test_what_was_published_meanwhile_is_shown_and_the_choices_stay(
    proposal: Proposal, page: Page, eva: User, as_rut: Client
) -> None:
    change(page, eva, "alla med.", "alla med. Äntligen.")
    texts = {f"text-{FIRST}": "Vi började smått.", f"text-{THIRD}": "Till sist var alla med på tåget."}
    answer = send(as_rut, proposal, FIRST, THIRD, reason=WORDS, **texts)
    assert answer.status_code == 409
    assert "Sidan har fått en nyare version sedan du öppnade den." in answer.text
    assert "Nytt på sidan" in answer.text
    assert "<ins> Äntligen" in answer.text
    assert field(answer, "reason") == WORDS
    assert field(answer, f"text-{FIRST}") == "Vi började smått."
    # Nobody wrote in this one: it begins anew with what the merge makes of it.
    assert field(answer, f"text-{THIRD}") == "Till sist var alla med på tåget. Äntligen."
    assert 'name="number" value="2"' in answer.text
    assert FIRST in ticked(answer)
    assert SECOND not in ticked(answer)
    again = send(as_rut, proposal, FIRST, THIRD, number="2", **{f"text-{FIRST}": "Vi började smått."})
    assert again.status_code == 302
    page.refresh_from_db()
    assert page.body == (
        "Vi började smått.\n\nSedan växte det.\n\nTill sist var alla med på tåget. Äntligen.\n"
    )


def test_what_the_author_has_changed_is_shown_and_the_comment_stays(
    proposal: Proposal, ada: User, as_rut: Client
) -> None:
    rewrite(proposal, ada, "på tåget", "på båten")
    answer = send(as_rut, proposal, FIRST, reason=WORDS, **{f"text-{FIRST}": "Vi började smått."})
    assert answer.status_code == 409
    assert "Förslaget har ändrats sedan du öppnade det." in answer.text
    assert "Nytt i förslaget" in answer.text
    assert field(answer, "reason") == WORDS
    assert field(answer, f"text-{FIRST}") == "Vi började smått."
    assert ticked(answer) == {FIRST, THIRD}  # what is new is ticked, as in a form that is opened
    assert 'name="revision" value="2"' in answer.text
    for deed in ("reject", "ask"):
        assert send(as_rut, proposal, do=deed, reason=WORDS).status_code == 409


def test_own_words_without_a_place_are_handed_back(proposal: Proposal, ada: User, as_rut: Client) -> None:
    rewrite(proposal, ada, "i mycket liten skala", "i liten skala")
    answer = send(as_rut, proposal, FIRST, reason=WORDS, **{f"text-{FIRST}": "Vi började smått."})
    assert answer.status_code == 409
    kept = answer.text.partition("Dina egna ord")[2]
    assert "Vi började smått." in kept
    assert f'name="text-{FIRST}"' not in answer.text


@pytest.mark.parametrize(
    "sent",
    [
        {"revision": ""},
        {"revision": "x"},
        {"revision": "99999999999999999999"},
        {"revision": "-1"},
        {"number": ""},
        {"number": "0"},
        {"number": "77"},
        {"number": "١"},
        {"andring-body-999": "on"},
        {"val-tag-ffffffff-0000-4000-8000-000000000001": "theirs"},
        {"text-body-1": "Något."},
    ],
)
def test_a_form_that_does_not_fit_the_proposal_is_shown_anew(
    proposal: Proposal, page: Page, as_rut: Client, sent: dict[str, str]
) -> None:
    answer = send(as_rut, proposal, FIRST, reason=WORDS, **sent)
    assert answer.status_code == 409
    assert field(answer, "reason") == WORDS
    page.refresh_from_db()
    assert page.number == 1


def test_a_change_of_another_proposal_is_not_taken(
    proposal: Proposal, make_page: MakePage, ada: User, as_rut: Client
) -> None:
    other = make_page("Hemmet", body="Ett.\n\nTvå.\n")
    strange = operations.propose(other, replace(other.content, body="Ett.\n\nTre.\n"), base=1, by=ada)
    (key,) = (change.key for change in changes(*contents_of(strange)))
    assert send(as_rut, proposal, key).status_code == 409
    assert send(as_rut, strange, key).status_code == 302


def test_ones_own_proposal_is_decided_by_others(page: Page, rut: User) -> None:
    proposal = operations.propose(page, replace(page.content, lead="Nytt."), base=1, by=rut)
    for deed in ("accept", "reject", "ask", "preview", "take_over"):
        answer = send(signed_in(rut), proposal, "lead", do=deed, reason=WORDS)
        assert answer.status_code == 403
        assert "Du kan inte avgöra ditt eget förslag." in answer.text
        assert WORDS in answer.text


@pytest.mark.parametrize("deed", ["accept", "reject", "ask", "preview", "take_over"])
def test_who_is_no_moderator_any_more_gets_the_words_back(
    proposal: Proposal, rut: User, as_rut: Client, deed: str
) -> None:
    User.objects.filter(pk=rut.pk).update(is_moderator=False)
    answer = send(as_rut, proposal, FIRST, do=deed, reason=WORDS)
    assert answer.status_code == 403
    assert "Bara moderatorer avgör förslag." in answer.text
    assert WORDS in answer.text
    proposal.refresh_from_db()
    assert proposal.is_pending


def test_who_has_been_signed_out_gets_the_words_back(proposal: Proposal, client: Client) -> None:
    answer = send(client, proposal, FIRST, reason=WORDS)
    assert answer.status_code == 403
    assert WORDS in answer.text


@pytest.mark.parametrize("deed", ["accept", "reject", "ask", "preview"])
def test_the_later_of_two_moderators_is_told_who_was_first(
    proposal: Proposal, as_rut: Client, deed: str
) -> None:
    moa = make_moderator("moa@skl.example", "Moa Vik")
    operations.reject(proposal, revision=1, reason="Nej tack.", by=moa)
    answer = send(as_rut, proposal, FIRST, do=deed, reason=WORDS, **{f"text-{FIRST}": "Vi började smått."})
    assert answer.status_code == 409
    assert "Moa Vik hann före dig. Förslaget är redan avgjort: avslaget." in answer.text
    assert field(answer, "reason") == WORDS
    assert "Vi började smått." in answer.text.partition("Dina egna ord")[2]
    assert LogEntry.objects.filter(act=LogEntry.Act.REJECT).count() == 1


def test_what_the_author_has_taken_back_is_told(proposal: Proposal, ada: User, as_rut: Client) -> None:
    operations.withdraw(proposal, by=ada)
    answer = send(as_rut, proposal, FIRST, reason=WORDS)
    assert answer.status_code == 409
    assert "Förslaget är redan avgjort: tillbakadraget." in answer.text
    assert field(answer, "reason") == WORDS


def test_a_claim_that_ran_out_while_typing_is_taken_again(
    proposal: Proposal, rut: User, as_rut: Client
) -> None:
    operations.take_claim(proposal.review_item, by=rut)
    Claim.objects.update(kept_at=timezone.now() - CLAIM_TTL - timedelta(minutes=1))
    answer = send(as_rut, proposal, FIRST, reason=WORDS, **{f"text-{FIRST}": "Vi började smått."})
    assert answer.status_code == 409
    assert "Din granskning hann gå ut. Du har den igen nu" in answer.text
    assert (field(answer, "reason"), ticked(answer)) == (WORDS, {FIRST})
    assert field(answer, f"text-{FIRST}") == "Vi började smått."
    assert send(as_rut, proposal, FIRST, reason=WORDS).status_code == 302


def test_a_claim_that_somebody_took_over_can_be_taken_back(
    proposal: Proposal, rut: User, as_rut: Client
) -> None:
    moa = make_moderator("moa@skl.example", "Moa Vik")
    operations.take_claim(proposal.review_item, by=rut)
    operations.take_over_claim(proposal.review_item, by=moa)
    answer = send(as_rut, proposal, FIRST, reason=WORDS)
    assert answer.status_code == 409
    assert "Moa Vik har tagit över granskningen." in answer.text
    assert "Ta över från Moa Vik och fortsätt" in answer.text
    assert (field(answer, "reason"), ticked(answer)) == (WORDS, {FIRST})
    taken = send(as_rut, proposal, FIRST, do="take_over", reason=WORDS)
    assert taken.status_code == 200
    assert (field(taken, "reason"), ticked(taken)) == (WORDS, {FIRST})
    assert Claim.objects.get().by == rut
    assert send(as_rut, proposal, FIRST, reason=WORDS).status_code == 302


def test_who_takes_over_what_was_decided_in_the_same_moment_is_told(
    proposal: Proposal, as_rut: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    moa = make_moderator("moa@skl.example", "Moa Vik")

    def decide_first(item: ReviewItem, *, by: User) -> None:
        operations.reject(proposal, revision=1, reason="Nej tack.", by=moa)
        take_over(item, by=by)

    take_over = operations.take_over_claim
    monkeypatch.setattr(operations, "take_over_claim", decide_first)
    answer = send(as_rut, proposal, FIRST, do="take_over", reason=WORDS)
    assert (answer.status_code, field(answer, "reason")) == (409, WORDS)
    assert "Moa Vik hann före dig. Förslaget är redan avgjort: avslaget." in answer.text


@pytest.mark.parametrize("deed", ["accept", "reject", "ask"])
def test_a_proposal_for_a_page_that_was_archived_meanwhile_waits(
    proposal: Proposal, page: Page, as_rut: Client, deed: str
) -> None:
    operations.archive(page, reason="Dubblett.", by=make_moderator("moa@skl.example", "Moa Vik"))
    answer = send(as_rut, proposal, FIRST, do=deed, reason=WORDS)
    assert answer.status_code == 403
    assert "Förslaget kan inte avgöras nu: det är dolt, eller sidan är arkiverad." in answer.text
    assert WORDS in answer.text


def test_a_busy_database_loses_nothing(
    proposal: Proposal, as_rut: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def be_busy(*_arguments: object, **_named: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(operations, "accept", be_busy)
    answer = send(as_rut, proposal, FIRST, reason=WORDS)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert (field(answer, "reason"), ticked(answer)) == (WORDS, {FIRST})
