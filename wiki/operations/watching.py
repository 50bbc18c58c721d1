"""Watch and stop watching; what is told by mail."""

from collections.abc import Iterable

from django.utils import timezone

from mittkoping.accounts.models import User
from wiki.models import Notification, NotificationSettings, Page, Watch
from wiki.models.watch import Watchable, as_field
from wiki.notices.unsubscribing import DIGEST, Unsubscription
from wiki.operations.transactions import in_transaction


@in_transaction
def watch(target: Watchable, *, by: User) -> None:
    """Hear of edits of a page, or of pages about a factor, a municipality, a track. May be repeated."""
    Watch.objects.update_or_create(user=by, **as_field(target), defaults={"ended_at": None})


@in_transaction
def unwatch(target: Watchable, *, by: User) -> None:
    """Hear of it no more; writing on the page does not begin it anew. May be repeated."""
    Watch.objects.on(target).filter(user=by, ended_at=None).update(ended_at=timezone.now())


def watch_written(page: Page, *, by: User) -> None:
    """Watch a page that one has written or proposed text for, unless one has chosen not to. Two queries.

    Called in the transaction of the writing.
    """
    if not NotificationSettings.objects.filter(user=by, watches_own=False).exists():
        Watch.objects.bulk_create([Watch(user=by, page=page)], ignore_conflicts=True)


@in_transaction
def set_mail(
    *,
    by: User,
    mail: NotificationSettings.Mail,
    muted: Iterable[Notification.Kind] = (),
    watches_own: bool = True,
) -> None:
    """Choose what is told by mail and when, and whether pages that one writes are watched."""
    values = {"mail": mail, "muted": sorted(kind.value for kind in muted), "watches_own": watches_own}
    NotificationSettings.objects.update_or_create(user=by, defaults=values)


@in_transaction
def unsubscribe(unsubscription: Unsubscription) -> None:
    """Stop the mails that the link in a mail is about. May be repeated."""
    user, what = unsubscription.user, unsubscription.what
    if what in Notification.Kind.values or what == DIGEST:
        settings = lock_settings(user)
        if what == DIGEST:
            settings.mail = NotificationSettings.Mail.NONE
        settings.muted = sorted({*settings.muted, what} - {DIGEST})
        settings.save()
    elif unsubscription.watch:
        Watch.objects.filter(pk=unsubscription.watch.pk, ended_at=None).update(ended_at=timezone.now())


def lock_settings(user: User) -> NotificationSettings:
    """The user's settings, their row locked until the transaction ends."""
    NotificationSettings.objects.get_or_create(user=user)
    return NotificationSettings.objects.select_for_update().get(user=user)
