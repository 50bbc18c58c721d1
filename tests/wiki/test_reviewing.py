"""Decisions: on proposals and on what editors have published. Each is taken once, by the right person."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from tests.conftest import MakePage, make_moderator, proposed, published, tag
from wiki import operations, rendering
from wiki.changes import Decision, changes
from wiki.content import Content
from wiki.merging import ContentConflict
from wiki.models import Claim, Edit, Page, PageLink, Proposal, ReviewItem
from wiki.operations.reviewing import contents_of
from wiki.operations.reviewing_edits import NeverReviewed
from wiki.rendering import Rendering

BODY = "Ett.\n\nTvå.\n\nTre.\n"


@pytest.fixture
def proposal(make_page: MakePage, ada: User) -> Proposal:
    """By ada: three passages that each get another word."""
    page = make_page("Skolan", body=BODY)
    content = replace(page.content, body="Ett A.\n\nTvå A.\n\nTre A.\n")
    return proposed(operations.edit(page, content, base=1, summary="Adas ord", by=ada))


@pytest.fixture
def siv(db: None) -> User:
    """Another moderator."""
    return make_moderator("siv@skl.example", "Siv Hall")


def page_of(proposal: Proposal) -> Page:
    """The page, as it is now."""
    assert proposal.page is not None
    return Page.objects.get(pk=proposal.page.pk)


def item_of(proposal: Proposal) -> ReviewItem:
    """Its row in the queue."""
    return ReviewItem.objects.get(proposal=proposal)


def test_accepting_publishes_in_the_authors_name(proposal: Proposal, ada: User, rut: User) -> None:
    edit = operations.accept(proposal, revision=1, comment="Tack!", by=rut)
    page = page_of(proposal)
    assert (page.number, page.body) == (2, "Ett A.\n\nTvå A.\n\nTre A.\n")
    assert (edit.author, edit.reviewer, edit.summary, edit.is_reviewed) == (ada, rut, "Adas ord", True)
    assert not edit.is_adjusted
    proposal.refresh_from_db()
    assert (proposal.status, proposal.edit, proposal.comment) == (Proposal.Status.ACCEPTED, edit, "Tack!")
    assert (proposal.chosen, proposal.change_count) == (3, 3)
    entry = LogEntry.objects.about(proposal).get()
    assert (entry.act, entry.actor, entry.user, entry.reason) == (LogEntry.Act.ACCEPT, rut, ada, "Tack!")
    assert not ReviewItem.objects.filter(proposal=proposal).exists()


def test_a_new_page_gets_its_address_when_it_is_accepted(ada: User, eva: User, rut: User) -> None:
    operations.create(Content(title="Navet", body="Se [[Nya skolan]]."), by=eva)
    proposal = proposed(operations.create(Content(title="Nya skolan", body="Hej."), by=ada))
    assert not Page.objects.filter(title="Nya skolan").exists()
    edit = operations.accept(proposal, revision=1, by=rut)
    assert (edit.page.slug, edit.number, edit.act, edit.author) == ("nya-skolan", 1, Edit.Act.CREATE, ada)
    assert PageLink.objects.get(name="Nya skolan").target == edit.page
    proposal.refresh_from_db()
    assert proposal.page == edit.page


def test_two_proposals_are_both_accepted_and_a_third_that_conflicts_waits(
    proposal: Proposal, ada: User, eva: User, rut: User
) -> None:
    page = page_of(proposal)
    Page.objects.filter(pk=page.pk).update(protection=Page.Protection.REVIEWED)
    page.refresh_from_db()
    first = proposed(operations.edit(page, replace(page.content, body=BODY + "\nFyra.\n"), base=1, by=eva))
    third = proposed(operations.edit(page, replace(page.content, body="Ettan.\n"), base=1, by=eva))
    operations.accept(first, revision=1, by=rut)
    operations.accept(proposal, revision=1, by=rut)
    page.refresh_from_db()
    assert page.body == "Ett A.\n\nTvå A.\n\nTre A.\n\nFyra.\n"
    assert list(page.edits.order_by("number").values_list("author", flat=True)) == [eva.pk, eva.pk, ada.pk]
    with pytest.raises(ContentConflict):
        operations.accept(third, revision=1, by=rut)
    third.refresh_from_db()
    assert third.is_pending
    assert item_of(third)
    page.refresh_from_db()
    assert page.number == 3


def test_some_changes_are_published_and_others_are_not(proposal: Proposal, rut: User) -> None:
    first, second, third = changes(*contents_of(proposal))
    decisions = {
        first.key: Decision(),
        second.key: Decision(text="Två, av Rut."),
        third.key: Decision(publishes=False),
    }
    edit = operations.accept(proposal, revision=1, seen=1, decisions=decisions, by=rut)
    assert page_of(proposal).body == "Ett A.\n\nTvå, av Rut.\n\nTre.\n"
    assert edit.is_adjusted
    proposal.refresh_from_db()
    assert (proposal.chosen, proposal.change_count) == (2, 3)


def test_nothing_is_decided_twice(proposal: Proposal, rut: User, siv: User) -> None:
    operations.accept(proposal, revision=1, by=rut)
    with pytest.raises(operations.AlreadyDecided, match="godkänt"):
        operations.accept(proposal, revision=1, by=siv)
    with pytest.raises(operations.AlreadyDecided):
        operations.reject(proposal, revision=1, reason="Nej", by=siv)
    assert page_of(proposal).number == 2


def test_nobody_decides_on_their_own_proposal(proposal: Proposal, ada: User) -> None:
    mine = make_moderator("ny@skl.example", "Ny Moderator")
    Proposal.objects.filter(pk=proposal.pk).update(author=mine)
    with pytest.raises(PermissionDenied, match="eget förslag"):
        operations.accept(proposal, revision=1, by=mine)
    with pytest.raises(PermissionDenied, match="eget förslag"):
        operations.reject(proposal, revision=1, reason="Nej", by=mine)
    with pytest.raises(PermissionDenied, match="moderatorer"):
        operations.accept(proposal, revision=1, by=ada)


def test_a_moderator_without_a_second_factor_decides_nothing(proposal: Proposal, db: None) -> None:
    user = User.objects.create_user("utan@skl.example", name="Utan", is_moderator=True)
    assert user.edits
    with pytest.raises(PermissionDenied, match="moderatorer"):
        operations.accept(proposal, revision=1, by=user)


def test_a_decision_is_about_what_was_looked_at(proposal: Proposal, ada: User, eva: User, rut: User) -> None:
    page = page_of(proposal)
    operations.revise(proposal, replace(page.content, body="Annat."), revision=1, base=1, by=ada)
    with pytest.raises(operations.ProposalChanged):
        operations.accept(proposal, revision=1, by=rut)
    operations.edit(page, replace(page.content, lead="Evas ingress."), base=1, by=eva)
    with pytest.raises(operations.PageChanged):
        operations.accept(proposal, revision=2, seen=1, by=rut)
    operations.accept(proposal, revision=2, seen=2, by=rut)
    assert (page_of(proposal).lead, page_of(proposal).body) == ("Evas ingress.", "Annat.")


def test_no_change_chosen_is_no_decision(proposal: Proposal, rut: User) -> None:
    skipped = {change.key: Decision(publishes=False) for change in changes(*contents_of(proposal))}
    for decisions in ({}, skipped):
        with pytest.raises(operations.NothingChosen):
            operations.accept(proposal, revision=1, seen=1, decisions=decisions, by=rut)
    proposal.refresh_from_db()
    assert proposal.is_pending


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_reason_is_more_than_blanks(proposal: Proposal, rut: User, reason: str) -> None:
    with pytest.raises(operations.ReasonMissing):
        operations.reject(proposal, revision=1, reason=reason, by=rut)
    with pytest.raises(operations.ReasonMissing):
        operations.ask_for_changes(proposal, revision=1, reason=reason, by=rut)


def test_a_rejected_proposal_keeps_its_text_and_the_reason(proposal: Proposal, rut: User) -> None:
    operations.reject(proposal, revision=1, reason="Finns redan.", by=rut)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.comment) == (Proposal.Status.REJECTED, "Finns redan.")
    assert proposal.body == "Ett A.\n\nTvå A.\n\nTre A.\n"
    assert page_of(proposal).number == 1


def test_a_proposal_for_an_archived_page_cannot_be_decided_on(proposal: Proposal, rut: User) -> None:
    operations.archive(page_of(proposal), reason="Gammal", by=rut)
    assert not Proposal.objects.waiting().exists()
    with pytest.raises(PermissionDenied):
        operations.accept(proposal, revision=1, by=rut)


def test_what_somebody_else_claims_is_theirs(proposal: Proposal, rut: User, siv: User) -> None:
    operations.take_claim(item_of(proposal), by=rut)
    with pytest.raises(operations.ClaimLost, match="Rut Alm"):
        operations.take_claim(item_of(proposal), by=siv)
    with pytest.raises(operations.ClaimLost, match="Rut Alm"):
        operations.accept(proposal, revision=1, by=siv)
    operations.take_over_claim(item_of(proposal), by=siv)
    entry = LogEntry.objects.about(proposal).get()
    assert (entry.act, entry.actor, entry.user) == (LogEntry.Act.TAKE_OVER, siv, rut)
    with pytest.raises(operations.ClaimLost, match="Siv Hall"):
        operations.accept(proposal, revision=1, by=rut)
    operations.accept(proposal, revision=1, by=siv)


def test_a_claim_runs_out_after_a_quarter_of_an_hour(proposal: Proposal, rut: User, siv: User) -> None:
    operations.take_claim(item_of(proposal), by=rut)
    Claim.objects.update(kept_at=timezone.now() - timedelta(minutes=14))
    operations.keep_claim(item_of(proposal), by=rut)
    assert Claim.objects.held().exists()
    Claim.objects.update(kept_at=timezone.now() - timedelta(minutes=15))
    with pytest.raises(operations.ClaimLost, match="hann gå ut"):
        operations.accept(proposal, revision=1, by=rut)
    with pytest.raises(operations.ClaimLost):
        operations.keep_claim(item_of(proposal), by=rut)
    operations.take_claim(item_of(proposal), by=siv)
    operations.accept(proposal, revision=1, by=siv)


def test_edits_of_one_page_are_one_row_until_they_are_reviewed(
    page: Page, catalogue: dict[str, Factor], eva: User, bo: User, rut: User
) -> None:
    operations.edit(page, replace(page.content, body="Bo.", tags=(tag(),)), base=1, by=bo)
    item = ReviewItem.objects.get(page=page)
    assert (item.kind, item.edit_count, item.since) == ("edits", 2, page.edits.get(number=1).created_at)
    assert set(item.authors.strip(",").split(",")) == {str(eva.pk), str(bo.pk)}
    assert item.factors == ",gemensam-malbild,"
    assert operations.mark_reviewed(page, up_to=1, by=rut) == 1
    item.refresh_from_db()
    assert (item.edit_count, item.authors) == (1, f",{bo.pk},")
    assert operations.mark_reviewed(page, up_to=2, by=rut) == 1
    assert not ReviewItem.objects.exists()
    assert set(page.edits.values_list("review_state", "reviewer")) == {("reviewed", rut.pk)}
    with pytest.raises(operations.NothingToReview):
        operations.mark_reviewed(page, up_to=2, by=rut)


def test_what_a_moderator_saves_on_top_does_not_mark_the_rest_reviewed(
    page: Page, rut: User, bo: User
) -> None:
    operations.edit(page, replace(page.content, body="Ruts."), base=1, by=rut)
    states = dict(page.edits.values_list("number", "review_state"))
    assert states == {1: Edit.ReviewState.UNREVIEWED, 2: Edit.ReviewState.REVIEWED}
    assert ReviewItem.objects.get(page=page).edit_count == 1


def test_going_back_to_the_reviewed_version(page: Page, eva: User, bo: User, rut: User) -> None:
    operations.mark_reviewed(page, up_to=1, by=rut)
    operations.edit(page, replace(page.content, body="Klotter."), base=1, by=bo)
    with pytest.raises(operations.PageChanged):
        operations.restore_reviewed(page, seen=1, reason="Klotter", by=rut)
    edit = operations.restore_reviewed(page, seen=2, reason="Klotter", by=rut)
    page.refresh_from_db()
    assert (page.number, page.body) == (3, "Första stycket.\n\nAndra stycket.\n")
    assert (edit.act, edit.source_number, edit.author, edit.is_reviewed) == ("revert", 1, rut, True)
    assert not ReviewItem.objects.exists()
    assert LogEntry.objects.about(page).newest_first()[0].act == LogEntry.Act.RESTORE_REVIEWED


def test_going_back_while_another_moderator_reviews_some_of_it_is_told(
    page: Page, eva: User, bo: User, rut: User, siv: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    operations.mark_reviewed(page, up_to=1, by=rut)
    operations.edit(page, replace(page.content, body="Bra."), base=1, by=bo)
    operations.edit(page, replace(page.content, body="Klotter."), base=2, by=bo)

    def review_first(body: str) -> Rendering:
        operations.mark_reviewed(page, up_to=2, by=siv)
        return render(body)

    render = rendering.render
    monkeypatch.setattr(rendering, "render", review_first)
    with pytest.raises(operations.PageChanged):
        operations.restore_reviewed(page, seen=3, reason="Klotter", by=rut)
    monkeypatch.undo()
    operations.restore_reviewed(page, seen=3, reason="Klotter", by=rut)
    page.refresh_from_db()
    assert page.body == "Bra."
    assert "Bra." in page.html


def test_a_page_that_was_never_reviewed_has_nothing_to_go_back_to(page: Page, rut: User) -> None:
    with pytest.raises(NeverReviewed):
        operations.restore_reviewed(page, seen=1, reason="Klotter", by=rut)


def test_nobody_reviews_their_own_edits(make_page: MakePage) -> None:
    user = User.objects.create_user("ny@skl.example", name="Ny", is_superuser=True)
    page = make_page("Målet", by=user)
    moderator = make_moderator("siv@skl.example", "Siv Hall")
    assert published(page.edits.get()).review_state == Edit.ReviewState.UNREVIEWED
    Edit.objects.filter(page=page).update(author=moderator)
    with pytest.raises(PermissionDenied, match="dina egna"):
        operations.mark_reviewed(page, up_to=1, by=moderator)


def test_what_would_be_too_long_is_not_published(proposal: Proposal, rut: User, eva: User) -> None:
    page = page_of(proposal)
    operations.edit(page, replace(page.content, body=BODY + "\n" + "å" * 99_990), base=1, by=eva)
    with pytest.raises(operations.Unfit, match="Gränsen är"):
        operations.accept(proposal, revision=1, by=rut)
    proposal.refresh_from_db()
    assert proposal.is_pending


def test_nobody_claims_their_own_proposal(proposal: Proposal, rut: User) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(author=rut)
    with pytest.raises(PermissionDenied, match="eget förslag"):
        operations.take_claim(item_of(proposal), by=rut)
