"""Proposals: made, changed, taken back, brought up to date; and the page is left alone."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from mittkoping.accounts.models import Membership, Someone, User
from mittkoping.accounts.operations import join
from mittkoping.log.models import LogEntry
from mittkoping.municipalities.models import Municipality
from tests.conftest import proposed
from wiki import operations
from wiki.content import Content
from wiki.merging import ContentConflict
from wiki.models import Page, Proposal, ReviewItem

FIRST, SECOND = "Första stycket.\n\n", "Andra stycket.\n"


def propose(page: Page, by: User, base: int = 0, **changes: Any) -> Proposal:
    """A proposal by somebody whose changes are reviewed."""
    content = replace(page.content, **changes)
    return proposed(operations.edit(page, content, base=base or page.number, by=by))


def test_a_proposal_holds_the_whole_content_and_the_page_stays(page: Page, ada: User) -> None:
    proposal = propose(page, ada, body="Adas.", lead="Ny ingress.")
    page.refresh_from_db()
    assert (page.number, page.body) == (1, FIRST + SECOND)
    assert proposal.content == replace(page.content, body="Adas.", lead="Ny ingress.")
    assert (proposal.base, proposal.status, proposal.author) == (1, Proposal.Status.PENDING, ada)
    item = ReviewItem.objects.get(proposal=proposal)
    assert (item.title, item.authors, item.municipalities) == ("Skolan", f",{ada.pk},", ",9901,")


def test_editors_propose_on_a_reviewed_page_and_nobody_on_a_locked_one(
    page: Page, eva: User, ada: User, rut: User
) -> None:
    Page.objects.filter(pk=page.pk).update(protection=Page.Protection.REVIEWED)
    page.refresh_from_db()
    assert propose(page, eva, body="Evas.").is_pending
    assert propose(page, ada, body="Adas.").is_pending
    Page.objects.filter(pk=page.pk).update(protection=Page.Protection.LOCKED)
    page.refresh_from_db()
    for user in (eva, ada):
        with pytest.raises(PermissionDenied, match="låst"):
            operations.edit(page, replace(page.content, body="Nej."), base=1, by=user)
    operations.edit(page, replace(page.content, body="Ruts."), base=1, by=rut)
    page.refresh_from_db()
    assert page.body == "Ruts."


def test_the_municipality_is_that_of_the_day_it_was_sent(
    page: Page, ada: User, rut: User, granneby: Municipality
) -> None:
    proposal = propose(page, ada, body="Adas.")
    join(ada, granneby, Membership.Role.CONTRIBUTOR)
    edit = operations.accept(proposal, revision=1, by=rut)
    assert edit.municipality is not None
    assert edit.municipality.name == "Mittköping"


def test_the_same_proposal_is_not_made_twice(page: Page, ada: User) -> None:
    first = propose(page, ada, body="Adas.")
    with pytest.raises(operations.AlreadyProposed) as again:
        propose(page, ada, body="Adas.")
    assert again.value.proposal == first
    with pytest.raises(operations.AlreadyProposed):
        operations.create(Content(title="Ny"), by=ada) and operations.create(Content(title="Ny"), by=ada)
    assert Proposal.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "base", "refusal"),
    [
        ({}, 1, operations.NothingChanged),
        ({"body": "Nytt."}, 2, operations.UnknownBase),
        ({"title": "Målet"}, 1, operations.DuplicateTitle),
    ],
)
def test_what_could_never_be_accepted_is_refused(
    page: Page, make_page: object, eva: User, ada: User, changes: dict[str, str], base: int, refusal: type
) -> None:
    operations.create(Content(title="Målet"), by=eva)
    with pytest.raises(refusal):
        propose(page, ada, base=base, **changes)
    assert not Proposal.objects.exists()


def test_an_earlier_text_of_a_proposal_is_kept(page: Page, ada: User) -> None:
    proposal = propose(page, ada, body="Ett.")
    content = replace(page.content, body="Två.")
    revised = operations.revise(proposal, content, revision=1, base=1, summary="Bättre", by=ada)
    assert (revised.revision, revised.body, revised.summary) == (2, "Två.", "Bättre")
    [earlier] = revised.earlier_texts.all()
    assert (earlier.revision, earlier.content.body) == (1, "Ett.")
    with pytest.raises(operations.NothingChanged):
        operations.revise(proposal, content, revision=1, base=1, summary="Bättre", by=ada)
    with pytest.raises(operations.ProposalChanged):
        operations.revise(proposal, replace(content, body="Tre."), revision=1, base=1, by=ada)


def test_a_claimed_proposal_is_frozen(page: Page, ada: User, rut: User) -> None:
    proposal = propose(page, ada, body="Ett.")
    operations.take_claim(ReviewItem.objects.get(proposal=proposal), by=rut)
    with pytest.raises(operations.ProposalClaimed, match="Rut Alm granskar förslaget just nu"):
        operations.revise(proposal, replace(page.content, body="Två."), revision=1, base=1, by=ada)
    operations.release_claim(ReviewItem.objects.get(proposal=proposal), by=rut)
    operations.revise(proposal, replace(page.content, body="Två."), revision=1, base=1, by=ada)


def test_only_the_author_changes_or_withdraws(page: Page, ada: User, eva: User, rut: User) -> None:
    proposal = propose(page, ada, body="Ett.")
    for other in (eva, rut):
        with pytest.raises(PermissionDenied):
            operations.revise(proposal, replace(page.content, body="Två."), revision=1, base=1, by=other)
        with pytest.raises(PermissionDenied):
            operations.withdraw(proposal, by=other)
    operations.withdraw(proposal, by=ada)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.body) == (Proposal.Status.WITHDRAWN, "Ett.")
    assert not ReviewItem.objects.filter(proposal=proposal).exists()
    assert LogEntry.objects.about(proposal).get().act == LogEntry.Act.WITHDRAW
    with pytest.raises(PermissionDenied):
        operations.withdraw(proposal, by=ada)


def test_what_was_sent_back_waits_again_when_it_is_sent_again(page: Page, ada: User, rut: User) -> None:
    proposal = propose(page, ada, body="Ett.")
    operations.ask_for_changes(proposal, revision=1, reason="Lägg till en källa.", by=rut)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.comment) == (Proposal.Status.CHANGES_ASKED, "Lägg till en källa.")
    assert not ReviewItem.objects.filter(proposal=proposal).exists()
    before = proposal.waits_from
    content = replace(page.content, body="Ett, med källa.")
    operations.revise(proposal, content, revision=1, base=1, by=ada)
    proposal.refresh_from_db()
    assert proposal.is_pending
    assert proposal.waits_from > before
    assert ReviewItem.objects.get(proposal=proposal).since == proposal.waits_from


def test_bringing_up_to_date_merges(page: Page, ada: User, eva: User) -> None:
    proposal = propose(page, ada, body=FIRST + "Andra stycket, av Ada.\n")
    operations.edit(page, replace(page.content, body="Första, av Eva.\n\n" + SECOND), base=1, by=eva)
    operations.bring_up_to_date(proposal, revision=1, by=ada)
    proposal.refresh_from_db()
    assert (proposal.base, proposal.revision) == (2, 2)
    assert proposal.body == "Första, av Eva.\n\nAndra stycket, av Ada.\n"
    with pytest.raises(operations.NothingChanged):
        operations.bring_up_to_date(proposal, revision=2, by=ada)


def test_what_cannot_be_brought_up_to_date_is_left_as_it_was(page: Page, ada: User, eva: User) -> None:
    proposal = propose(page, ada, body="Adas första.\n\n" + SECOND)
    operations.edit(page, replace(page.content, body="Evas inledning.\n\n" + SECOND), base=1, by=eva)
    with pytest.raises(ContentConflict):
        operations.bring_up_to_date(proposal, revision=1, by=ada)
    proposal.refresh_from_db()
    assert (proposal.base, proposal.body) == (1, "Adas första.\n\n" + SECOND)


def test_who_may_read_a_proposal(page: Page, ada: User, eva: User, rut: User) -> None:
    proposal = propose(page, ada, body="Ett.")

    def readers() -> list[str]:
        people: dict[str, Someone] = {"anyone": AnonymousUser(), "ada": ada, "eva": eva, "rut": rut}
        return [name for name, who in people.items() if Proposal.objects.visible_to(who).exists()]

    assert readers() == ["ada", "eva", "rut"]
    operations.accept(proposal, revision=1, by=rut)
    assert readers() == ["anyone", "ada", "eva", "rut"]
    operations.hide_proposal(proposal, reason="Personuppgifter", by=rut)
    assert readers() == ["rut"]
    operations.show_proposal(proposal, by=rut)
    page.refresh_from_db()
    operations.archive(page, reason="Gammal", by=rut)
    assert readers() == ["ada", "rut"]
