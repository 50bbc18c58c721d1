"""Notifications on screen: who is told of what."""

from typing import Any

import pytest

from mittkoping.accounts.models import Membership, User
from tests.conftest import MakePage, make_moderator, signed_in
from tests.wiki.telling import accept, answer, change, propose, reject, say
from wiki import operations
from wiki.models import Edit, Notification, Page, Proposal, ReviewItem
from wiki.notices.sentences import address, detail, sentence
from wiki.operations import members, watching
from wiki.operations.notifying import tell_of_decision
from wiki.views.bell import Bell

Kind = Notification.Kind


def told(user: User) -> list[str]:
    """What somebody has been told, oldest first."""
    shown = Notification.objects.shown_to(user).with_everything().order_by("pk")
    return [sentence(row) for row in shown]


def newest(user: User) -> Notification:
    """What somebody was told last."""
    return Notification.objects.with_everything().filter(user=user).latest("pk")


def test_watchers_are_told_who_changed_what(page: Page, ada: User, bo: User) -> None:
    watching.watch(page, by=ada)
    edit = change(page, by=bo, summary="Rättar siffror")
    assert told(ada) == ["Bo Ek har ändrat ”Skolan”."]
    assert (detail(newest(ada)), address(newest(ada))) == ("Rättar siffror", "/sidor/skolan/jamfor/1/2/")
    operations.rename(edit.page, "Skolorna", base=2, by=bo)
    assert told(ada)[-1] == "Bo Ek har gett en sida namnet ”Skolorna”."
    edit.page.refresh_from_db()
    operations.revert(edit.page, 1, base=3, by=bo)
    assert told(ada)[-1] == "Bo Ek har återställt en äldre version av ”Skolan”."


def test_who_watches_a_track_is_told_of_a_new_page(make_page: MakePage, ada: User, bo: User) -> None:
    watching.watch(Page.Track.SCHOOL, by=ada)
    make_page("Läsplattor", by=bo, tracks=("skola",))
    assert told(ada) == ["Bo Ek har skrivit den nya sidan ”Läsplattor”."]
    assert address(newest(ada)) == "/sidor/lasplattor/"


def test_authors_are_told_that_their_proposal_is_published(page: Page, ada: User, rut: User) -> None:
    accept(propose(page, by=ada, body="Nytt."), by=rut, comment="Tack!")
    assert told(ada) == ["Ditt förslag till ”Skolan” är publicerat."]
    assert detail(newest(ada)) == "Tack!"
    assert newest(ada).actor == rut
    assert told(rut) == []


def test_authors_are_told_of_adjustments_and_parts(page: Page, ada: User) -> None:
    proposal = propose(page, by=ada, body="Nytt.")
    notification = Notification(user=ada, kind=Kind.DECISION, proposal=proposal)
    notification.outcome = Notification.Outcome.ADJUSTED
    assert sentence(notification) == "Ditt förslag till ”Skolan” är publicerat, med ändringar av granskaren."
    proposal.chosen, proposal.change_count = 2, 3
    notification.outcome = Notification.Outcome.PART
    assert sentence(notification) == "2 av 3 ändringar i ditt förslag till ”Skolan” är publicerade."
    proposal.chosen = 1
    assert sentence(notification) == "1 av 3 ändringar i ditt förslag till ”Skolan” är publicerad."


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"chosen": 3, "change_count": 3}, "accepted"),
        ({"chosen": None, "change_count": None}, "accepted"),
        ({"chosen": 2, "change_count": 3}, "part"),
    ],
)
def test_what_was_chosen_says_how_it_went(
    page: Page, ada: User, rut: User, fields: dict[str, Any], outcome: str
) -> None:
    proposal = propose(page, by=ada, body="Nytt.")
    accept(proposal, by=rut)
    Notification.objects.all().delete()
    Proposal.objects.filter(pk=proposal.pk).update(**fields)
    tell_of_decision(Proposal.objects.get(pk=proposal.pk))
    assert newest(ada).outcome == outcome
    Edit.objects.filter(proposal=proposal).update(is_adjusted=True)
    tell_of_decision(Proposal.objects.get(pk=proposal.pk))
    assert newest(ada).outcome == "adjusted"


def test_authors_are_told_why_not(page: Page, ada: User, rut: User) -> None:
    proposal = propose(page, by=ada, body="Nytt.")
    operations.ask_for_changes(proposal, revision=1, reason="Vilken skola?", by=rut)
    assert told(ada) == ["Granskaren ber dig ändra i ditt förslag till ”Skolan”."]
    assert (detail(newest(ada)), address(newest(ada))) == ("Vilken skola?", proposal.get_absolute_url())
    proposal.refresh_from_db()
    operations.revise(proposal, proposal.content, revision=1, base=1, summary="Se nu", by=ada)
    # The question is not the reason of what the proposal is now.
    assert detail(newest(ada)) == ""
    proposal.refresh_from_db()
    reject(proposal, by=rut, reason="Står redan på en annan sida.")
    assert told(ada)[-1] == "Ditt förslag till ”Skolan” är avslaget."
    assert detail(newest(ada)) == "Står redan på en annan sida."


def test_those_who_talk_those_who_watch_and_those_who_are_named_are_told(
    page: Page, ada: User, eva: User, bo: User, rut: User
) -> None:
    watching.unwatch(page, by=eva)
    watching.watch(page, by=rut)
    first = say(page, by=ada, body="Hur gick det?", title="Frågan")
    assert told(rut) == ["Ada Lind har skrivit i ämnet ”Frågan” om ”Skolan”."]
    answer(first, by=bo, body="Fråga @Eva Berg.")
    assert told(ada) == ["Bo Ek har skrivit i ämnet ”Frågan” om ”Skolan”."]
    assert told(eva) == ["Bo Ek har nämnt dig i ämnet ”Frågan” om ”Skolan”."]
    assert told(bo) == []
    answer(first, by=eva, body="Det gick bra, @Bo Ek.")
    assert told(bo) == ["Eva Berg har nämnt dig i ämnet ”Frågan” om ”Skolan”."]
    assert len(told(ada)) == 2


def test_members_are_told_of_their_rights(ada: User, rut: User) -> None:
    membership = Membership.objects.get(user=ada)
    members.confirm(membership, by=rut)
    assert told(ada) == ["Du är nu redaktör för Mittköping. Det du sparar på öppna sidor publiceras direkt."]
    confirmed = Membership.objects.active().get(user=ada)
    members.unconfirm(confirmed, reason="Har slutat", by=rut)
    assert told(ada)[1] == "Du är inte längre redaktör för Mittköping. Det du skriver blir förslag."
    assert detail(newest(ada)) == "Har slutat"


def test_a_moderator_is_told_when_another_takes_over(page: Page, ada: User, rut: User) -> None:
    tom = make_moderator("tom@skl.example", "Tom Ask")
    proposal = propose(page, by=ada, body="Nytt.")
    item = ReviewItem.objects.get(proposal=proposal)
    operations.take_claim(item, by=rut)
    operations.take_over_claim(item, by=tom)
    assert told(rut) == ["Tom Ask har tagit över granskningen av ”Skolan” från dig."]
    assert told(tom) == []


def test_what_one_may_not_read_any_more_is_not_told(page: Page, ada: User, bo: User, rut: User) -> None:
    watching.watch(page, by=ada)
    change(page, by=bo)
    comment = say(page, by=bo, title="Hemligt")
    proposal = propose(page, by=ada, body="Nytt.")
    reject(proposal, by=rut, reason="Nej")
    assert len(told(ada)) == 3
    operations.hide_comment(comment, reason="Elakt", by=rut)
    assert len(told(ada)) == 2
    operations.hide_proposal(proposal, reason="Personuppgifter", by=rut)
    assert told(ada) == ["Bo Ek har ändrat ”Skolan”."]
    page.refresh_from_db()
    operations.archive(page, reason="Dubblett", by=rut)
    assert told(ada) == []
    assert Bell(ada).count == 0


def test_the_words_of_a_hidden_version_are_not_told(page: Page, ada: User, bo: User) -> None:
    watching.watch(page, by=ada)
    edit = change(page, by=bo, summary="KANARIE")
    assert "KANARIE" in signed_in(ada).get("/konto/aviseringar/").text
    Edit.objects.filter(pk=edit.pk).update(hidden_at=edit.created_at)
    answer_ = signed_in(ada).get("/konto/aviseringar/").text
    assert "KANARIE" not in answer_
    assert "Bo Ek har ändrat ”Skolan”." in answer_


def test_a_title_is_text_in_the_list(make_page: MakePage, ada: User, bo: User) -> None:
    page = make_page("<b>Skolan</b>")
    watching.watch(page, by=ada)
    change(page, by=bo)
    assert "&lt;b&gt;Skolan&lt;/b&gt;" in signed_in(ada).get("/konto/aviseringar/").text
