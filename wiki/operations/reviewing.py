"""Decide on proposals. Each decision names what the moderator looked at, and is taken once."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record
from mittkoping.text.slugs import unique_slug
from wiki import rules
from wiki.changes import Decision, apply, changes
from wiki.content import Content
from wiki.merging import merge_content
from wiki.models import Edit, HiddenVersion, Page, Proposal, ReviewItem
from wiki.operations.alt_texts import check_alt_texts
from wiki.operations.claims import check_claim
from wiki.operations.drawing import Drawn, draw
from wiki.operations.errors import (
    AlreadyDecided,
    BaseHidden,
    NothingChanged,
    NothingChosen,
    PageChanged,
    ProposalChanged,
    ReasonMissing,
    Unfit,
)
from wiki.operations.links import draw_again, mark_links_to, mark_title
from wiki.operations.notifying import tell_of_decision
from wiki.operations.pages import slug_is_taken
from wiki.operations.proposals import lock_proposal
from wiki.operations.publishing import Facts, lock, publish, require
from wiki.operations.queueing import queue_proposal
from wiki.operations.transactions import in_transaction
from wiki.validation import problems

NOTHING = Content(title="")
Decisions = Mapping[str, Decision]


@dataclass(frozen=True)
class Settled:
    """What accepting publishes.

    number   the version of the page that it was merged with; 0 for a new page
    chosen   how many of the changes it holds, of `count`
    """

    content: Content
    number: int
    chosen: int
    count: int
    is_adjusted: bool


def contents_of(proposal: Proposal) -> tuple[Content, Content, Content]:
    """What it started from, what the page says now, what is proposed. Raises BaseHidden."""
    if proposal.page is None:
        return NOTHING, NOTHING, proposal.content
    try:
        base = proposal.base_content
    except HiddenVersion as error:
        raise BaseHidden from error
    return base or NOTHING, proposal.page.content, proposal.content


def accept(
    proposal: Proposal,
    *,
    revision: int,
    by: User,
    seen: int | None = None,
    decisions: Decisions | None = None,
    comment: str = "",
) -> Edit:
    """Publish a proposal, merged with what happened to the page meanwhile, in the author's name.

    revision    of the proposal, as it was looked at
    seen        the version of the page that the decisions were made against; None takes any
    decisions   change by change, see wiki.changes; None takes everything

    Raises PermissionDenied, AlreadyDecided, ProposalChanged, PageChanged, ClaimLost, NothingChosen,
    NothingChanged, Unfit, DuplicateTitle, BaseHidden, MissingAlt for a text of the moderator's own, or
    ContentConflict when both changed the same words.
    """
    current = Proposal.objects.select_related("page").get(pk=proposal.pk)
    settled = _settle(current, decisions)
    drawn = draw(current.page, settled.content)
    edit, stale = _accept(proposal, settled, drawn, by, revision, seen, decisions, comment)
    draw_again(stale)
    return edit


@in_transaction
def reject(proposal: Proposal, *, revision: int, reason: str, by: User) -> None:
    """Decide against a proposal; everybody can read why, and the text is kept.

    Raises PermissionDenied, AlreadyDecided, ProposalChanged, ClaimLost, or ReasonMissing.
    """
    _decide_without(proposal, Proposal.Status.REJECTED, revision, reason, by)


@in_transaction
def ask_for_changes(proposal: Proposal, *, revision: int, reason: str, by: User) -> None:
    """Send a proposal back to its author, with what is to be different. Raises as reject."""
    _decide_without(proposal, Proposal.Status.CHANGES_ASKED, revision, reason, by)


@in_transaction
def hide_proposal(proposal: Proposal, *, reason: str, by: User) -> bool:
    """Show a proposal to moderators only, whatever its status.

    False when it is hidden already: then the earlier reason stands. Raises PermissionDenied or ReasonMissing.
    """
    proposal = lock_proposal(proposal)
    require(rules.may_moderate(by), _("Bara moderatorer döljer förslag."))
    if not reason.strip():
        raise ReasonMissing
    if not rules.may_hide_proposal(by, proposal):
        return False
    proposal.hidden_at, proposal.hidden_by, proposal.hidden_reason = timezone.now(), by, reason
    proposal.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    queue_proposal(proposal)
    record(LogEntry.Act.HIDE_PROPOSAL, by=by, target=proposal, reason=reason)
    return True


@in_transaction
def show_proposal(proposal: Proposal, *, by: User) -> bool:
    """Show a hidden proposal again. False when it is not hidden. Raises PermissionDenied."""
    proposal = lock_proposal(proposal)
    require(rules.may_moderate(by), _("Bara moderatorer visar dolda förslag."))
    if not rules.may_show_proposal(by, proposal):
        return False
    proposal.hidden_at, proposal.hidden_by, proposal.hidden_reason = None, None, ""
    proposal.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    queue_proposal(proposal)
    record(LogEntry.Act.SHOW_PROPOSAL, by=by, target=proposal)
    return True


def _settle(proposal: Proposal, decisions: Decisions | None) -> Settled:
    base, ours, theirs = contents_of(proposal)
    count = len(changes(base, ours, theirs))
    number = proposal.page.number if proposal.page else 0
    if decisions is None:
        return Settled(merge_content(base, ours, theirs), number, count, count, is_adjusted=False)
    chosen = sum(decision.publishes for decision in decisions.values())
    content = apply(base, ours, theirs, decisions)
    is_own = any(decision.text is not None for decision in decisions.values())
    return Settled(content, number, chosen, count, is_adjusted=is_own)


@in_transaction
def _accept(
    proposal: Proposal,
    settled: Settled,
    drawn: Drawn,
    by: User,
    revision: int,
    seen: int | None,
    decisions: Decisions | None,
    comment: str,
) -> tuple[Edit, list[int]]:
    page = lock(proposal.page) if proposal.page else None
    proposal = _lock_to_decide(proposal, revision, by)
    number = page.number if page else 0
    if seen is not None and seen != number:
        raise PageChanged
    if settled.number != number:
        settled = _settle(proposal, decisions)
        drawn = draw(page, settled.content)
    _check(settled, page)
    if settled.is_adjusted:
        check_alt_texts(drawn.rendering)
    facts = Facts(
        act=Edit.Act.EDIT if page else Edit.Act.CREATE,
        author=proposal.author,
        summary=proposal.summary,
        is_minor=proposal.is_minor,
        reviewer=by,
        is_adjusted=settled.is_adjusted,
        proposal=proposal,
        base=proposal.base or None,
    )
    edit, stale = _publish(page, settled.content, drawn, facts)
    proposal.edit, proposal.page = edit, edit.page
    proposal.chosen, proposal.change_count = settled.chosen, settled.count
    _decide(proposal, Proposal.Status.ACCEPTED, comment, by)
    return edit, stale


def _publish(page: Page | None, content: Content, drawn: Drawn, facts: Facts) -> tuple[Edit, list[int]]:
    if page is None:
        page = Page(slug=unique_slug(content.title, slug_is_taken))
        edit = publish(page, content, drawn=drawn, facts=facts)
        return edit, mark_links_to(page)
    before = page.title_key
    edit = publish(page, content, drawn=drawn, facts=facts)
    return edit, mark_title(page, before)


def _check(settled: Settled, page: Page | None) -> None:
    if not settled.chosen and settled.count:
        raise NothingChosen
    if page and settled.content == page.content:
        raise NothingChanged
    before = problems(page.content) if page else []
    # What is wrong already is no reason to refuse what changes something else.
    if found := [problem for problem in problems(settled.content) if problem not in before]:
        raise Unfit(sentence for _field, sentence in found)


def _lock_to_decide(proposal: Proposal, revision: int, by: User) -> Proposal:
    """The proposal as it is now, which the moderator may decide on and has seen the newest text of."""
    proposal = lock_proposal(proposal)
    require(rules.may_moderate(by), _("Bara moderatorer avgör förslag."))
    require(proposal.author_id != by.pk, _("Du kan inte avgöra ditt eget förslag. Be en annan moderator."))
    if not proposal.is_pending:
        raise AlreadyDecided(proposal)
    require(rules.may_review(by, proposal), _("Förslaget kan inte avgöras: det, eller sidan, är dolt."))
    if revision != proposal.revision:
        raise ProposalChanged(proposal)
    check_claim(ReviewItem.objects.filter(proposal=proposal).first(), by)
    return proposal


def _decide_without(
    proposal: Proposal, status: Proposal.Status, revision: int, reason: str, by: User
) -> None:
    proposal = _lock_to_decide(proposal, revision, by)
    if not reason.strip():
        raise ReasonMissing
    _decide(proposal, status, reason, by)


ACTS = {
    Proposal.Status.ACCEPTED: LogEntry.Act.ACCEPT,
    Proposal.Status.REJECTED: LogEntry.Act.REJECT,
    Proposal.Status.CHANGES_ASKED: LogEntry.Act.ASK_CHANGES,
}


def _decide(proposal: Proposal, status: Proposal.Status, comment: str, by: User) -> None:
    proposal.status, proposal.reviewer, proposal.comment = status, by, comment
    proposal.decided_at = timezone.now()
    proposal.save()
    queue_proposal(proposal)
    number = proposal.edit.number if proposal.edit else None
    facts = {"chosen": proposal.chosen, "count": proposal.change_count} if number else {}
    tell_of_decision(proposal)
    record(ACTS[status], by=by, user=proposal.author, target=proposal, number=number, reason=comment, **facts)
