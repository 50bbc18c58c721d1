"""Propose, revise and take back: what authors do with text that waits for review."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record
from mittkoping.text.names import title_key
from wiki import rules
from wiki.content import Content
from wiki.merging import merge_content
from wiki.models import Claim, Page, Proposal, ProposalText, SentForm
from wiki.operations.alt_texts import check_alt_texts_of
from wiki.operations.errors import (
    AlreadyProposed,
    DuplicateTitle,
    NothingChanged,
    ProposalChanged,
    ProposalClaimed,
    Unfit,
    UnknownBase,
)
from wiki.operations.limits import check_links, check_saves
from wiki.operations.notifying import tell_of_waiting
from wiki.operations.publishing import require, require_writing
from wiki.operations.queueing import queue_proposal
from wiki.operations.sending import Sending, digest, find_sent, remember_sent, take_turn
from wiki.operations.transactions import in_transaction
from wiki.operations.watching import watch_written
from wiki.validation import problems


def propose(
    page: Page | None,
    content: Content,
    *,
    base: int,
    summary: str = "",
    minor: bool = False,
    by: User,
    sent: Sending | None = None,
) -> Proposal:
    """Put content of a page, or of a new one (None), before the moderators. Its base may be an old version.

    sent   the form that it is sent from, if it is one; the same form with other content changes the proposal
           that it became

    Raises PermissionDenied, TooMany, NothingChanged, AlreadyProposed (the same, once more), DuplicateTitle,
    UnknownBase, or MissingAlt.
    """
    # Who may not write is told that, and what is sent already stays sent.
    if rules.may_write(by, page) and (page is None or content.body != page.body):
        check_alt_texts_of(content.body)
    return put_forward(page, content, base=base, summary=summary, minor=minor, by=by, sent=sent)


@in_transaction
def put_forward(
    page: Page | None,
    content: Content,
    *,
    base: int,
    summary: str = "",
    minor: bool = False,
    by: User,
    sent: Sending | None = None,
) -> Proposal:
    """As propose, for what is not the proposer's own text: an old version is what it was."""
    # The same form twice in one moment: the second waits here, and then sees what the first has made.
    take_turn(by)
    # Asked before the rights: what is sent already stays sent, whatever has become of them since.
    row = find_sent(sent, content, by=by) if sent else None
    require_writing(by, page)
    if row and row.proposal and _is_gone_on_with(row.proposal, page, base, by):
        return _revise(
            row.proposal,
            content,
            revision=row.proposal.revision,
            base=base,
            summary=summary,
            minor=minor,
            by=by,
            sent=sent,
        )
    check_saves(by)
    check_links(by, page.body if page else "", content.body)
    _check(page, content, base)
    again = Proposal.objects.filter(author=by, page=page, status=Proposal.Status.PENDING, base=base)
    for earlier in again.select_related("page"):
        if earlier.content == content:
            raise AlreadyProposed(earlier)
    proposal = Proposal.objects.create(
        page=page,
        author=by,
        municipality=by.municipality,
        is_minor=minor,
        base=base,
        summary=summary,
        **content.to_fields(),
    )
    queue_proposal(proposal)
    remember_sent(sent, content, proposal, by=by)
    if page:
        watch_written(page, by=by)
    tell_of_waiting(by=by)
    return proposal


def revise(
    proposal: Proposal,
    content: Content,
    *,
    revision: int,
    base: int,
    summary: str = "",
    minor: bool = False,
    by: User,
    sent: Sending | None = None,
) -> Proposal:
    """Replace the text of one's own proposal; the earlier text is kept. What was sent back waits again.

    revision   the one that the author started from
    sent       the form that it is sent from, if it is one

    Raises PermissionDenied, TooMany, AlreadyProposed (the same form once more), ProposalClaimed while a
    moderator looks at it, ProposalChanged when it has another revision by now, NothingChanged,
    DuplicateTitle, UnknownBase, or MissingAlt.
    """
    if rules.may_revise(by, proposal) and content.body != proposal.content.body:
        check_alt_texts_of(content.body)
    return _revise(
        proposal,
        content,
        revision=revision,
        base=base,
        summary=summary,
        minor=minor,
        by=by,
        sent=sent,
    )


@in_transaction
def _revise(
    proposal: Proposal,
    content: Content,
    *,
    revision: int,
    base: int,
    summary: str,
    minor: bool,
    by: User,
    sent: Sending | None,
) -> Proposal:
    take_turn(by)
    proposal = lock_proposal(proposal)
    require(rules.may_revise(by, proposal), _("Förslaget kan inte ändras längre. Skriv ett nytt."))
    require_writing(by, proposal.page)
    if sent:
        revision = _continued(find_sent(sent, content, by=by), proposal, revision)
    check_saves(by)
    check_links(by, proposal.body, content.body)
    _check_free(proposal)
    is_same = (content, summary, base) == (proposal.content, proposal.summary, proposal.base)
    # Asked first: a button that was pressed twice is no conflict with oneself.
    if is_same and proposal.is_pending:
        raise NothingChanged
    if revision != proposal.revision:
        raise ProposalChanged(proposal)
    _check(proposal.page, content, base)
    remember_sent(sent, content, proposal, by=by)
    return _replace(proposal, content, {"base": base, "summary": summary, "is_minor": minor})


@in_transaction
def bring_up_to_date(proposal: Proposal, *, revision: int, by: User) -> Proposal:
    """Merge one's own proposal with what has been published since it was written.

    Raises PermissionDenied, ProposalClaimed, ProposalChanged, NothingChanged (it is up to date),
    Unfit, HiddenVersion, or ContentConflict (both have changed the same words).
    """
    proposal = lock_proposal(proposal)
    require(rules.may_revise(by, proposal), _("Förslaget kan inte ändras längre. Skriv ett nytt."))
    require_writing(by, proposal.page)
    _check_free(proposal)
    if revision != proposal.revision:
        raise ProposalChanged(proposal)
    base = proposal.base_content
    if proposal.page is None or base is None or proposal.base == proposal.page.number:
        raise NothingChanged
    merged = merge_content(base, proposal.page.content, proposal.content)
    if found := problems(merged):
        raise Unfit(sentence for _field, sentence in found)
    return _replace(proposal, merged, {"base": proposal.page.number})


@in_transaction
def withdraw(proposal: Proposal, *, by: User) -> None:
    """Take one's own proposal back; its text is kept. Raises PermissionDenied, also if it is decided."""
    proposal = lock_proposal(proposal)
    require(rules.may_withdraw(by, proposal), _("Förslaget är redan avgjort, så det kan inte dras tillbaka."))
    proposal.status = Proposal.Status.WITHDRAWN
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["status", "decided_at"])
    queue_proposal(proposal)
    record(LogEntry.Act.WITHDRAW, by=by, target=proposal)


def lock_proposal(proposal: Proposal) -> Proposal:
    """The proposal as it is now, its row locked until the transaction ends; with page and author at hand."""
    locked = Proposal.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("page", "author", "municipality").get(pk=proposal.pk)


def _continued(row: SentForm | None, proposal: Proposal, revision: int) -> int:
    """The revision that a text goes on from: after going back in the browser, the one that it became before.

    Unless the proposal says something else by now.
    """
    if row is None or row.proposal != proposal or row.digest != digest(proposal.content):
        return revision
    return proposal.revision


def _is_gone_on_with(proposal: Proposal, page: Page | None, base: int, by: User) -> bool:
    """Whether the writer has gone back in the browser, and on with what is proposed already."""
    is_same = proposal.page_id == (page.pk if page else None) and proposal.base == base
    return is_same and rules.may_revise(by, proposal)


def _check_free(proposal: Proposal) -> None:
    """Raise ProposalClaimed while a moderator looks at it."""
    claim = Claim.objects.held().filter(item__proposal=proposal).select_related("by").first()
    if claim:
        raise ProposalClaimed(claim)


def _check(page: Page | None, content: Content, base: int) -> None:
    """Refuse what could never be accepted."""
    if page and not 0 < base <= page.number:
        raise UnknownBase
    if page and content == page.content:
        raise NothingChanged
    others = Page.objects.filter(title_key=title_key(content.title))
    if other := (others.exclude(pk=page.pk) if page else others).only("archived_at").first():
        raise DuplicateTitle(content.title, is_archived=other.is_archived)


def _replace(proposal: Proposal, content: Content, facts: Mapping[str, Any]) -> Proposal:
    ProposalText.objects.create(
        proposal=proposal,
        base=proposal.base,
        summary=proposal.summary,
        revision=proposal.revision,
        **proposal.content.to_fields(),
    )
    if not proposal.is_pending:
        proposal.waits_from = timezone.now()
        tell_of_waiting(by=proposal.author)
    proposal.status = Proposal.Status.PENDING
    proposal.revision += 1
    for field, value in {**content.to_fields(), **facts}.items():
        setattr(proposal, field, value)
    proposal.save()
    queue_proposal(proposal)
    return proposal
