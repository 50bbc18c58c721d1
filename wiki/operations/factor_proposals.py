"""Propose, revise, take back and decide on what the catalogue should say."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from factors import operations as factor_operations
from factors import rules
from factors.content import FactorContent, settle
from factors.models import Factor, FactorEdit, FactorProposal
from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record
from wiki.models import Claim, Notification, ReviewItem
from wiki.operations.catalogue import mark_pages_of, mark_pages_without
from wiki.operations.claims import check_claim
from wiki.operations.errors import ReasonMissing, Refusal
from wiki.operations.limits import check_links, check_saves
from wiki.operations.links import draw_again
from wiki.operations.notifying import tell_of_factor_decision, tell_of_waiting
from wiki.operations.publishing import require
from wiki.operations.queueing import queue_factor_proposal
from wiki.operations.transactions import in_transaction

Status = FactorProposal.Status
Outcome = Notification.Outcome


class FactorAlreadyProposed(Refusal):
    """The same author has proposed the same, and it waits."""

    def __init__(self, proposal: FactorProposal) -> None:
        super().__init__(_("Förslaget är redan skickat."))
        self.proposal = proposal


class FactorProposalChanged(Refusal):
    """The proposal, or its factor, has changed since it was looked at."""

    def __init__(self) -> None:
        super().__init__(_("Förslaget har ändrats sedan du öppnade det. Se efter vad som är nytt."))


class FactorMoved(Refusal):
    """The factor has got a newer version since the moderator looked at it."""

    def __init__(self) -> None:
        super().__init__(
            _("Nyckelfaktorn har fått en nyare version sedan du öppnade förslaget. Se efter vad som är nytt.")
        )


class FactorAlreadyDecided(Refusal):
    """Somebody has decided, or taken it back, meanwhile."""

    def __init__(self, proposal: FactorProposal) -> None:
        status = proposal.get_status_display()
        super().__init__(_("Förslaget är redan avgjort: %(status)s.") % {"status": status})


class FactorProposalClaimed(Refusal):
    """A moderator is looking at what the author wants to change."""

    def __init__(self, claim: Claim) -> None:
        sentence = _("%(name)s granskar förslaget just nu. Vänta en stund och försök igen.")
        super().__init__(sentence % {"name": claim.by.name})


@dataclass(frozen=True)
class Wanted:
    """What accepting a proposal as it is would publish.

    number      the version of the factor that it was put together with; 0 for a new one
    conflicts   fields that both the factor and the proposal have changed
    """

    content: FactorContent
    number: int
    conflicts: tuple[str, ...]


def wanted(proposal: FactorProposal) -> Wanted:
    """The proposal put together with what its factor says by now; the proposal wins where they disagree."""
    base, factor = proposal.base_content, proposal.factor
    if factor is None or base is None:
        return Wanted(proposal.content, factor.number if factor else 0, ())
    settled = settle(base, factor.content, proposal.content)
    return Wanted(settled.content, factor.number, settled.conflicts)


@in_transaction
def propose_factor(
    factor: Factor | None, content: FactorContent, *, base: int, by: User, summary: str = ""
) -> FactorProposal:
    """Put a text of a factor, or of a new one (None), before the moderators. Its base may be an old version.

    Raises PermissionDenied, TooMany, FactorAlreadyProposed, or a FactorRefusal: FactorUnchanged,
    UnknownFactorBase, DuplicateName.
    """
    require(rules.may_propose_factor(by, factor), factor_operations.why_not(by, factor))
    check_saves(by)
    before = _check(factor, content, base)
    check_links(by, _text(before), _text(content))
    fields = content.to_fields()
    for earlier in FactorProposal.objects.waiting().filter(author=by, factor=factor):
        if earlier.fields == fields:
            raise FactorAlreadyProposed(earlier)
    proposal = FactorProposal.objects.create(
        factor=factor, fields=fields, base=base, summary=summary, author=by, municipality=by.municipality
    )
    queue_factor_proposal(proposal)
    tell_of_waiting(by=by)
    return proposal


@in_transaction
def revise_factor_proposal(
    proposal: FactorProposal,
    content: FactorContent,
    *,
    revision: int,
    base: int,
    by: User,
    summary: str = "",
) -> FactorProposal:
    """Replace the text of one's own proposal.

    revision   the one that the author started from

    Raises PermissionDenied, TooMany, FactorProposalClaimed while a moderator looks at it,
    FactorProposalChanged, or a FactorRefusal as propose_factor.
    """
    proposal = lock_factor_proposal(proposal)
    allowed = rules.may_revise_factor_proposal(by, proposal)
    require(allowed, _("Förslaget kan inte ändras längre. Skriv ett nytt."))
    require(rules.may_propose_factor(by, proposal.factor), factor_operations.why_not(by, proposal.factor))
    check_saves(by)
    if (proposal.fields, proposal.summary) == (content.to_fields(), summary):
        raise factor_operations.FactorUnchanged
    if claim := Claim.objects.held().filter(item__factor_proposal=proposal).select_related("by").first():
        raise FactorProposalClaimed(claim)
    if revision != proposal.revision:
        raise FactorProposalChanged
    _check(proposal.factor, content, base)
    check_links(by, _text(proposal.content), _text(content))
    proposal.fields, proposal.base, proposal.summary = content.to_fields(), base, summary
    proposal.revision += 1
    proposal.save()
    queue_factor_proposal(proposal)
    return proposal


@in_transaction
def withdraw_factor_proposal(proposal: FactorProposal, *, by: User) -> None:
    """Take one's own proposal back; its text is kept. Raises PermissionDenied, also if it is decided."""
    proposal = lock_factor_proposal(proposal)
    allowed = rules.may_withdraw_factor_proposal(by, proposal)
    require(allowed, _("Förslaget är redan avgjort, så det kan inte dras tillbaka."))
    proposal.status, proposal.decided_at = Status.WITHDRAWN, timezone.now()
    proposal.save()
    queue_factor_proposal(proposal)
    record(LogEntry.Act.WITHDRAW, by=by, target=proposal)


def accept_factor_proposal(
    proposal: FactorProposal,
    *,
    revision: int,
    by: User,
    content: FactorContent | None = None,
    seen: int | None = None,
    comment: str = "",
) -> FactorEdit:
    """Publish a proposal in its author's name.

    revision   of the proposal, as it was looked at
    content    what the moderator made of it; None takes it as it is, put together with the factor
    seen       the version of the factor that was looked at; None takes any

    Raises PermissionDenied, FactorAlreadyDecided, FactorProposalChanged, FactorMoved, ClaimLost, or a
    FactorRefusal; FactorConflict when both have changed the same field and no content is given.
    """
    edit, stale = _accept(proposal, revision, by, content, seen, comment)
    draw_again(stale)
    return edit


@in_transaction
def reject_factor_proposal(proposal: FactorProposal, *, revision: int, reason: str, by: User) -> None:
    """Decide against a proposal; everybody can read why, and the text is kept.

    Raises PermissionDenied, FactorAlreadyDecided, FactorProposalChanged, ClaimLost or ReasonMissing.
    """
    proposal = _lock_to_decide(proposal, revision, by)
    if not reason.strip():
        raise ReasonMissing
    _decide(proposal, Status.REJECTED, reason, by, Outcome.REJECTED)


def lock_factor_proposal(proposal: FactorProposal) -> FactorProposal:
    """The proposal as it is now, its row locked until the transaction ends; with everything at hand."""
    locked = FactorProposal.objects.select_for_update(no_key=True, of=("self",))
    related = ("factor__theme", "factor__merged_into", "author", "municipality", "reviewer")
    return locked.select_related(*related).get(pk=proposal.pk)


@in_transaction
def _accept(
    proposal: FactorProposal,
    revision: int,
    by: User,
    content: FactorContent | None,
    seen: int | None,
    comment: str,
) -> tuple[FactorEdit, list[int]]:
    proposal = _lock_to_decide(proposal, revision, by)
    as_it_is = wanted(proposal)
    if seen is not None and seen != as_it_is.number:
        raise FactorMoved
    edit, stale = _publish(proposal, content, as_it_is, by)
    proposal.factor, proposal.number = edit.factor, edit.number
    is_adjusted = content is not None and content != as_it_is.content
    _decide(proposal, Status.ACCEPTED, comment, by, Outcome.ADJUSTED if is_adjusted else Outcome.ACCEPTED)
    return edit, stale


def _publish(
    proposal: FactorProposal, content: FactorContent | None, as_it_is: Wanted, by: User
) -> tuple[FactorEdit, list[int]]:
    factor, summary, author = proposal.factor, proposal.summary, proposal.author
    if factor is None:
        made = content or as_it_is.content
        edit = factor_operations.create(made, by=by, summary=summary, author=author)
        return edit, mark_pages_without(edit.factor)
    # What a moderator has looked over replaces what the factor says by now; else that is put together again.
    base = proposal.base if content is None else factor.number
    edit = factor_operations.edit(
        factor, content or proposal.content, base=base, by=by, summary=summary, author=author
    )
    return edit, mark_pages_of(edit.factor) if edit.factor.name != factor.name else []


def _lock_to_decide(proposal: FactorProposal, revision: int, by: User) -> FactorProposal:
    """The proposal as it is now, which the moderator may decide on and has seen the newest text of."""
    proposal = lock_factor_proposal(proposal)
    require(rules.may_edit_factor(by, None), _("Bara moderatorer avgör förslag."))
    require(proposal.author_id != by.pk, _("Du kan inte avgöra ditt eget förslag. Be en annan moderator."))
    if not proposal.is_pending:
        raise FactorAlreadyDecided(proposal)
    if revision != proposal.revision:
        raise FactorProposalChanged
    check_claim(ReviewItem.objects.filter(factor_proposal=proposal).first(), by)
    return proposal


ACTS = {Status.ACCEPTED: LogEntry.Act.ACCEPT, Status.REJECTED: LogEntry.Act.REJECT}


def _decide(
    proposal: FactorProposal,
    status: FactorProposal.Status,
    comment: str,
    by: User,
    outcome: Notification.Outcome,
) -> None:
    proposal.status, proposal.reviewer, proposal.comment = status, by, comment
    proposal.decided_at = timezone.now()
    proposal.save()
    queue_factor_proposal(proposal)
    tell_of_factor_decision(proposal, outcome)
    record(ACTS[status], by=by, user=proposal.author, target=proposal, number=proposal.number, reason=comment)


def _check(factor: Factor | None, content: FactorContent, base: int) -> FactorContent:
    """Refuse what could never be accepted; what it started from."""
    factor_operations.check_name(content.name, besides=factor)
    if factor is None:
        return FactorContent(name="", theme="")
    before = factor_operations.content_at(factor, base)
    if content in (before, factor.content):
        raise factor_operations.FactorUnchanged
    return before


def _text(content: FactorContent) -> str:
    values = content.to_fields().values()
    return "\n".join(value if isinstance(value, str) else "\n".join(value) for value in values)
