"""Tell people what has happened. Called in the transaction of the act; never tells the one who did it.

Costs the same few queries however many are told. Mail is written when it is sent: see mailing.
"""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from factors.models import FactorProposal
from mittkoping.accounts.models import Membership, User
from mittkoping.log.models import LogEntry
from mittkoping.outbox.daily import digest_for
from mittkoping.outbox.models import Mail
from mittkoping.outbox.operations import queue_composed
from wiki.models import Comment, Edit, Notification, NotificationSettings, Page, Proposal, Topic, Watch

MEMBERSHIP_ACTS = (LogEntry.Act.CONFIRM, LogEntry.Act.UNCONFIRM, LogEntry.Act.DECLINE)

Kind = Notification.Kind
Outcome = Notification.Outcome
NEVER = NotificationSettings.Mail.NONE
DAILY = NotificationSettings.Mail.DAILY


def tell_of_edit(edit: Edit) -> None:
    """Tell those who watch the page, or a factor, municipality or track that it is about."""
    doers = {edit.author_id, edit.reviewer_id} - {None}
    watchers = Watch.objects.active().matching(edit.page).exclude(user__in=doers)
    _tell(
        Notification(
            user_id=user, kind=Kind.EDIT, about=about(edit.page), page=edit.page, edit=edit, actor=edit.author
        )
        for user in sorted(set(watchers.values_list("user", flat=True)))
    )


def tell_of_decision(proposal: Proposal) -> None:
    """Tell the author how the proposal was decided; called when status, reviewer and edit are saved."""
    outcome = _outcome(proposal)
    if outcome and proposal.reviewer_id != proposal.author_id:
        _tell(
            [
                Notification(
                    user=proposal.author,
                    kind=Kind.DECISION,
                    about=about(proposal),
                    proposal=proposal,
                    actor=proposal.reviewer,
                    outcome=outcome,
                )
            ]
        )


def tell_of_factor_decision(proposal: FactorProposal, outcome: Notification.Outcome) -> None:
    """Tell the author how a proposal for the catalogue was decided; called when that is saved."""
    _tell(
        [
            Notification(
                user=proposal.author,
                kind=Kind.FACTOR,
                about=about(proposal),
                factor_proposal=proposal,
                actor=proposal.reviewer,
                outcome=outcome,
            )
        ]
    )


def tell_of_comment(comment: Comment) -> None:
    """Tell those whom it mentions, those who take part in the topic, and those who watch the page."""
    topic = comment.topic
    mentioned = set(comment.mentions.values_list("pk", flat=True))
    talking = topic.comments.order_by().values_list("author", flat=True)
    watching = Watch.objects.active().on(topic.page).order_by().values_list("user", flat=True)
    listeners = {topic.author_id, *talking.union(watching)} - mentioned
    kinds = dict.fromkeys(listeners, Kind.REPLY) | dict.fromkeys(mentioned, Kind.MENTION)
    kinds.pop(comment.author_id, None)
    _tell(
        Notification(
            user_id=user,
            kind=kind,
            about=about(topic),
            page=topic.page,
            comment=comment,
            actor=comment.author,
        )
        for user, kind in sorted(kinds.items())
    )


def tell_of_membership(membership: Membership, *, by: User) -> None:
    """Tell a member that they were confirmed, declined or unconfirmed: what the log says last of them.

    Called after the act is logged.
    """
    if membership.user_id == by.pk:
        return
    entries = LogEntry.objects.filter(user=membership.user_id, act__in=MEMBERSHIP_ACTS)
    if entry := entries.newest_first().first():
        _tell(
            [
                Notification(
                    user_id=membership.user_id,
                    kind=Kind.MEMBERSHIP,
                    about="account",
                    membership=membership,
                    entry=entry,
                    outcome=entry.act,
                    actor=by,
                )
            ]
        )


def tell_of_take_over(
    user: User,
    *,
    proposal: Proposal | None,
    page: Page | None,
    factor_proposal: FactorProposal | None = None,
    by: User,
) -> None:
    """Tell a moderator that another looks now at what they looked at: a proposal, or a page's edits."""
    if user.pk == by.pk:
        return
    told = proposal or factor_proposal
    _tell(
        [
            Notification(
                user=user,
                kind=Kind.CLAIM,
                about=about(told) if told else "review",
                proposal=proposal,
                factor_proposal=factor_proposal,
                page=None if proposal else page,
                actor=by,
            )
        ]
    )


def tell_of_waiting(*, by: User | None) -> None:
    """See to it that moderators read in the next daily digest that something waits for them."""
    moderators = User.objects.filter(Q(is_moderator=True) | Q(is_superuser=True), is_active=True)
    moderators = moderators.exclude(notification_settings__mail=NEVER)
    waiting = moderators.exclude(pk=by.pk) if by else moderators
    if digests := [digest_for(user) for user in waiting.values_list("pk", flat=True)]:
        queue_composed(digests)


def about(target: Page | Proposal | Topic | FactorProposal) -> str:
    """What has to be visited for a notification of it to be seen, as a short word: page-12."""
    return f"{target._meta.model_name}-{target.pk}"


def _tell(notifications: Iterable[Notification]) -> None:
    """Write the notifications, and put the mails into the outbox that their people want."""
    rows = list(notifications)
    if not rows:
        return
    users = {row.user_id for row in rows}
    settings = {row.user_id: row for row in NotificationSettings.objects.filter(user__in=users)}
    for row in rows:
        row.is_for_digest = _wish(row, settings) == DAILY
    Notification.objects.bulk_create(rows)
    mails = [_mail(row) for row in rows if _wish(row, settings) != NEVER]
    if mails:
        queue_composed(mails)


def _wish(row: Notification, settings: dict[int, NotificationSettings]) -> str:
    found = settings.get(row.user_id)
    if found is None:
        return NotificationSettings.Mail.NOW
    return NEVER if row.kind in found.muted else found.mail


def _mail(row: Notification) -> Mail:
    if row.is_for_digest:
        return digest_for(row.user_id)
    now = timezone.now()
    return Mail(composer="notice", about={"notification": row.pk}, created_at=now, due_at=now)


def _outcome(proposal: Proposal) -> str:
    status = Proposal.Status(proposal.status)
    if status in {Proposal.Status.REJECTED, Proposal.Status.CHANGES_ASKED}:
        return Outcome(status.value)
    if status is not Proposal.Status.ACCEPTED or proposal.edit is None:
        return ""
    if proposal.edit.is_adjusted:
        return Outcome.ADJUSTED
    is_part = proposal.chosen is not None and proposal.chosen != proposal.change_count
    return Outcome.PART if is_part else Outcome.ACCEPTED
