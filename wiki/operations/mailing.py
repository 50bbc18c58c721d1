"""Write the mails of notifications at the moment when they are sent, so that all is true and allowed then."""

from datetime import datetime, time

from django.utils import timezone

from mittkoping.accounts.models import Membership, User
from mittkoping.outbox.daily import digest_for
from mittkoping.outbox.letters import Letter
from mittkoping.outbox.models import Mail
from mittkoping.outbox.operations import queue_composed
from wiki import rules
from wiki.models import Notification, NotificationSettings, ReviewItem, Watch
from wiki.models.notification import NotificationQuerySet
from wiki.notices import letters
from wiki.operations.transactions import in_transaction
from wiki.operations.watching import lock_settings

AT_ONCE_A_DAY = 4
MAX_IN_DIGEST = 100

Kind = Notification.Kind


@in_transaction
def compose_notice(mail: Mail) -> Letter | None:
    """The mail that tells of one notification; None if it is to be told in the digest, or not at all.

    Of a page only one mail tells until it has been visited; edits made since are told together in it. The
    user's settings are locked, so that two workers do not send a fifth mail of the day.
    """
    found = Notification.objects.filter(pk=mail.about["notification"]).select_related("user").first()
    if found is None:
        return None
    settings = lock_settings(found.user)
    untold = _free(found.user, mail)
    notification = untold.with_everything().filter(pk=found.pk).first()
    if notification is None or not _may_tell(notification, settings) or _is_held(notification, mail):
        return None
    if settings.mail == NotificationSettings.Mail.DAILY or _sent_today(found.user) >= AT_ONCE_A_DAY:
        Notification.objects.filter(pk=found.pk).update(is_for_digest=True)
        queue_composed([digest_for(found.user_id)])
        return None
    together = untold.filter(pk=found.pk)
    if notification.kind == Kind.EDIT:
        together = untold.filter(kind=Kind.EDIT, page=notification.page)
    count = _reserve(together, mail)
    return letters.notice(notification, count=count)


@in_transaction
def compose_digest(mail: Mail) -> Letter | None:
    """The daily mail with the rest; None if there is nothing to tell.

    Gives up its key, so that what happens from now on is told in the next one.
    """
    user = User.objects.filter(pk=mail.about["user"]).first()
    if user is None:
        return None
    settings = lock_settings(user)
    Mail.objects.filter(pk=mail.pk).update(key=None)
    rows = _free(user, mail).filter(is_for_digest=True).with_everything().order_by("pk")
    told = [row for row in rows if _may_tell(row, settings) and not _is_held(row, mail)]
    waiting = _waiting_for(user) if settings.mail != NotificationSettings.Mail.NONE else {}
    if not told and not any(waiting.values()):
        return None
    _reserve(Notification.objects.filter(pk__in=[row.pk for row in told]), mail)
    return letters.digest(user, told[:MAX_IN_DIGEST], more=len(told[MAX_IN_DIGEST:]), waiting=waiting)


def _free(user: User, mail: Mail) -> NotificationQuerySet:
    """The user's unseen notifications of which no mail tells; an earlier attempt of this one starts anew."""
    reserved = Notification.objects.filter(mail=mail)
    reserved.update(mail=None, mailed_at=None, holds_mail=False)
    return Notification.objects.shown_to(user).unseen().filter(mail=None)


def _reserve(notifications: NotificationQuerySet, mail: Mail) -> int:
    """Note that this mail tells of them."""
    primary_keys = list(notifications.values_list("pk", flat=True))
    rows = Notification.objects.filter(pk__in=primary_keys)
    rows.update(mail=mail, mailed_at=timezone.now())
    rows.exclude(page=None).exclude(kind=Kind.CLAIM).update(holds_mail=True)
    return len(primary_keys)


def _may_tell(notification: Notification, settings: NotificationSettings) -> bool:
    """Whether the user may still know of it, and wants to by mail; `shown_to` has been asked already."""
    user = notification.user
    if not user.is_active or user.is_blocked:
        return False
    if settings.mail == NotificationSettings.Mail.NONE or notification.kind in settings.muted:
        return False
    if notification.page and notification.page.is_archived:
        return False
    if notification.kind == Kind.CLAIM:
        return rules.may_moderate(user)
    return _still_concerns(notification)


def _still_concerns(notification: Notification) -> bool:
    """The user still watches, or takes part; and what was published is not hidden."""
    watches = Watch.objects.active().filter(user=notification.user_id)
    if notification.kind == Kind.EDIT and notification.edit and notification.page:
        return not notification.edit.is_hidden and watches.matching(notification.page).exists()
    if notification.kind == Kind.REPLY and notification.comment and notification.page:
        topic = notification.comment.topic
        takes_part = topic.comments.filter(author=notification.user_id).exists()
        return takes_part or topic.author_id == notification.user_id or watches.on(notification.page).exists()
    return True


def _is_held(notification: Notification, mail: Mail) -> bool:
    """A mail has told of the page, and it has not been visited since."""
    if notification.page_id is None or notification.kind == Kind.CLAIM:
        return False
    holding = Notification.objects.filter(
        user=notification.user_id, page=notification.page_id, holds_mail=True
    )
    return holding.exclude(mail=mail).exclude(mail__state=Mail.State.GIVEN_UP).exists()


def _sent_today(user: User) -> int:
    """How many mails have told of something at once since midnight, by the wiki's own zone."""
    midnight = datetime.combine(timezone.localdate(), time(), tzinfo=timezone.get_current_timezone())
    today = Notification.objects.filter(user=user, mailed_at__gte=midnight, mail__composer="notice")
    return today.exclude(mail__state=Mail.State.GIVEN_UP).values("mail").distinct().count()


def _waiting_for(user: User) -> dict[str, int]:
    """What waits for a moderator: proposals, unreviewed edits, members to confirm."""
    if not rules.may_moderate(user):
        return {}
    items = ReviewItem.objects
    return {
        "proposals": items.filter(kind__in=(ReviewItem.Kind.PROPOSAL, ReviewItem.Kind.FACTOR)).count(),
        "pages": items.filter(kind=ReviewItem.Kind.EDITS).count(),
        "members": Membership.objects.waiting().count(),
    }
