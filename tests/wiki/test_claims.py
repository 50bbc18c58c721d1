"""Claims: who is looking at a row of the queue, told to others, and never by two at once."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from tests.conftest import make_moderator, signed_in
from tests.wiki.test_at_once import together
from wiki import operations
from wiki.content import Content
from wiki.models import Claim, Page, Proposal, ReviewItem
from wiki.models.review import CLAIM_TTL

Tell = Callable[..., Any]
SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture
def proposal(ada: User) -> Proposal:
    """A new page that ada proposes."""
    return operations.propose(None, Content(title="Ny sida", body="Text."), base=0, by=ada)


@pytest.fixture
def item(proposal: Proposal) -> ReviewItem:
    """Its row in the queue."""
    return proposal.review_item


@pytest.fixture
def anna(db: None) -> User:
    """Another moderator."""
    return make_moderator("anna@skl.example", "Anna Ek")


def tell(user: User, item: ReviewItem, deed: str, **headers: str) -> Any:
    """Post a deed to the item's address."""
    return signed_in(user).post(f"/granskning/ansprak/{item.pk}/", {"do": deed}, headers=headers or None)


def pass_by(item: ReviewItem, span: timedelta) -> None:
    """Let so much time pass since the claim was last kept."""
    claim = Claim.objects.get(item=item)
    Claim.objects.filter(item=item).update(kept_at=claim.kept_at - span, taken_at=claim.taken_at - span)


def holder(item: ReviewItem) -> User | None:
    """Who holds the item now."""
    claim = Claim.objects.held().filter(item=item).first()
    return claim.by if claim else None


def test_a_button_takes_the_claim_and_leads_back(item: ReviewItem, proposal: Proposal, rut: User) -> None:
    answer = tell(rut, item, "take")
    assert (answer.status_code, answer["Location"]) == (303, f"/granskning/forslag/{proposal.pk}/")
    assert holder(item) == rut


def test_the_edits_of_a_page_have_a_screen_of_their_own(page: Page, rut: User) -> None:
    answer = tell(rut, ReviewItem.objects.get(page=page), "take")
    assert (answer.status_code, answer["Location"]) == (303, "/granskning/sidor/skolan/")


@pytest.mark.parametrize("headers", [SCRIPT, {"HX-Request": "true"}, {"Sec-Fetch-Dest": "empty"}])
def test_a_script_is_answered_without_a_page(item: ReviewItem, rut: User, headers: dict[str, str]) -> None:
    for deed in ("take", "keep", "take_over", "release"):
        answer = tell(rut, item, deed, **headers)
        assert (answer.status_code, answer.content) == (204, b"")
    assert holder(item) is None


def test_letting_go_leads_to_the_queue(item: ReviewItem, rut: User) -> None:
    tell(rut, item, "take")
    answer = tell(rut, item, "release")
    assert (answer.status_code, answer["Location"]) == (303, "/granskning/")
    assert not Claim.objects.exists()


def test_nobody_lets_go_of_what_somebody_else_holds(item: ReviewItem, rut: User, anna: User) -> None:
    tell(anna, item, "take")
    tell(rut, item, "release")
    assert holder(item) == anna


def test_a_claim_runs_out_a_quarter_of_an_hour_after_it_was_last_kept(
    item: ReviewItem, rut: User, anna: User
) -> None:
    tell(rut, item, "take")
    pass_by(item, CLAIM_TTL - timedelta(seconds=30))
    assert tell(anna, item, "take", **SCRIPT).status_code == 409
    tell(rut, item, "keep")
    pass_by(item, CLAIM_TTL - timedelta(seconds=30))
    assert tell(anna, item, "take", **SCRIPT).status_code == 409
    pass_by(item, timedelta(seconds=31))
    assert tell(anna, item, "take", **SCRIPT).status_code == 204
    assert holder(item) == anna


def test_keeping_does_not_change_since_when(item: ReviewItem, rut: User) -> None:
    tell(rut, item, "take")
    pass_by(item, timedelta(minutes=10))
    tell(rut, item, "keep")
    claim = Claim.objects.get()
    assert claim.taken_at < timezone.now() - timedelta(minutes=9)
    assert claim.kept_at > timezone.now() - timedelta(minutes=1)


def test_what_somebody_else_holds_is_not_taken_by_mistake(item: ReviewItem, rut: User, anna: User) -> None:
    tell(anna, item, "take")
    answer = tell(rut, item, "take")
    assert answer.status_code == 303
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["Anna Ek granskar redan."]
    assert holder(item) == anna
    answer = tell(rut, item, "take", **SCRIPT)
    assert (answer.status_code, answer.text) == (409, "Anna Ek granskar redan.")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_a_claim_can_be_taken_over_and_that_is_logged(item: ReviewItem, rut: User, anna: User) -> None:
    tell(anna, item, "take")
    assert tell(rut, item, "take_over", **SCRIPT).status_code == 204
    assert holder(item) == rut
    entry = LogEntry.objects.get(act=LogEntry.Act.TAKE_OVER)
    assert (entry.actor, entry.user, entry.target) == (rut, anna, item.proposal)
    answer = tell(anna, item, "keep", **SCRIPT)
    assert (answer.status_code, answer.text) == (409, "Rut Alm har tagit över granskningen.")


def test_taking_over_what_is_free_is_not_logged(item: ReviewItem, rut: User) -> None:
    tell(rut, item, "take_over")
    assert holder(item) == rut
    assert not LogEntry.objects.filter(act=LogEntry.Act.TAKE_OVER).exists()


def test_a_claim_that_ran_out_is_one_s_own_again_when_nobody_took_it(item: ReviewItem, rut: User) -> None:
    tell(rut, item, "take")
    pass_by(item, CLAIM_TTL)
    assert holder(item) is None
    answer = tell(rut, item, "keep", **SCRIPT)
    assert (answer.status_code, answer.text) == (200, "Din granskning hade gått ut. Du har den igen.")
    assert holder(item) == rut


def test_what_waits_no_longer_is_said(item: ReviewItem, proposal: Proposal, rut: User, anna: User) -> None:
    operations.reject(proposal, revision=1, reason="Nej.", by=anna)
    for deed in ("take", "keep", "take_over", "release"):
        answer = tell(rut, item, deed, **SCRIPT)
        assert (answer.status_code, answer.text) == (409, "Det väntar inte längre på granskning.")
    answer = tell(rut, item, "take")
    assert (answer.status_code, answer["Location"]) == (303, "/granskning/")


@pytest.mark.parametrize("deed", ["", "x", "TAKE"])
def test_an_unknown_deed_is_a_bad_request(item: ReviewItem, rut: User, deed: str) -> None:
    assert tell(rut, item, deed).status_code == 400


def test_only_moderators_claim(item: ReviewItem, ada: User, eva: User, client: Client) -> None:
    for user in (ada, eva):
        for deed in ("take", "keep", "take_over", "release"):
            answer = tell(user, item, deed)
            assert answer.status_code == 403
            assert "Bara moderatorer granskar." in answer.text
    assert client.post(f"/granskning/ansprak/{item.pk}/", {"do": "take"}).status_code == 403
    assert not Claim.objects.exists()


def test_a_right_that_is_taken_away_while_the_screen_is_open(item: ReviewItem, rut: User) -> None:
    browser = signed_in(rut)
    address = f"/granskning/ansprak/{item.pk}/"
    assert browser.post(address, {"do": "take"}).status_code == 303
    User.objects.filter(pk=rut.pk).update(is_moderator=False)
    assert browser.post(address, {"do": "keep"}).status_code == 403


def test_get_takes_nothing(item: ReviewItem, rut: User) -> None:
    assert signed_in(rut).get(f"/granskning/ansprak/{item.pk}/?do=take").status_code == 405
    assert not Claim.objects.exists()


def test_the_author_cannot_change_what_is_being_looked_at(
    item: ReviewItem, proposal: Proposal, ada: User, rut: User
) -> None:
    tell(rut, item, "take")
    changed = Content(title="Ny sida", body="Annan text.")
    with pytest.raises(operations.ProposalClaimed, match="Rut Alm granskar förslaget just nu"):
        operations.revise(proposal, changed, revision=1, base=0, by=ada)
    tell(rut, item, "release")
    assert operations.revise(proposal, changed, revision=1, base=0, by=ada).revision == 2


def state(item: ReviewItem, user: User) -> str:
    """What the component of the review screen shows."""
    context = {
        "item": item,
        "claim": Claim.objects.filter(item=item).first(),
        "user": user,
        "csrf_token": "t",
    }
    return render_to_string("wiki/_claim_state.html", context)


def shown(html: str) -> list[str]:
    """The deeds whose buttons are to be seen."""
    buttons = html.split("<button")[1:]
    return [
        button.split('value="')[1].split('"')[0]
        for button in buttons
        if " hidden" not in button.split(">")[0]
    ]


def test_the_screen_says_who_looks_and_offers_what_can_be_done(
    item: ReviewItem, rut: User, anna: User
) -> None:
    assert "Ingen granskar just nu." in state(item, rut)
    assert shown(state(item, rut)) == ["take"]
    tell(anna, item, "take")
    pass_by(item, timedelta(minutes=3))
    assert "Anna Ek granskar sedan 3 minuter." in state(item, rut)
    assert shown(state(item, rut)) == ["take_over"]
    assert "Du granskar sedan 3 minuter." in state(item, anna)
    assert shown(state(item, anna)) == ["release"]
    pass_by(item, CLAIM_TTL)
    assert shown(state(item, rut)) == ["take"]
    assert f'action="/granskning/ansprak/{item.pk}/"' in state(item, rut)
    assert 'name="csrfmiddlewaretoken" value="t"' in state(item, rut)


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_who_take_one_row_at_once_one_gets_it(
    proposal: Proposal, rut: User, anna: User
) -> None:
    item = proposal.review_item
    for _round in range(12):
        answers = together(*(partial(operations.take_claim, item, by=user) for user in (rut, anna)))
        (claim,) = (answer for answer in answers if isinstance(answer, Claim))
        assert answers.count(operations.ClaimLost) == 1
        assert holder(item) == claim.by
        operations.release_claim(item, by=claim.by)


@pytest.mark.django_db(transaction=True)
def test_taking_over_at_once_leaves_one_holder(proposal: Proposal, rut: User, anna: User) -> None:
    item = proposal.review_item
    for _round in range(6):
        together(*(partial(operations.take_over_claim, item, by=user) for user in (rut, anna)))
        assert Claim.objects.count() == 1
        assert holder(item) in {rut, anna}
