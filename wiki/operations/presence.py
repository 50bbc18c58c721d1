"""Say that one has a page open for writing, and that one has it no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from mittkoping.accounts.models import User
from wiki.models import Page, Presence
from wiki.operations.publishing import require_writing
from wiki.operations.transactions import in_transaction

PATIENCE = timedelta(seconds=1)
AT_ONCE = 100  # rows that ran out are thrown away by one who comes, so that none waits long


def keep_presence(page: Page, *, tab: str, is_hidden: bool, by: User) -> None:
    """The user has the page open in this window, for now; others see it until it runs out.

    Rows that ran out are thrown away. Raises PermissionDenied, or OperationalError after PATIENCE when
    somebody else holds the database: the window says it again soon.
    """
    require_writing(by, page)
    with _little_patience():
        _keep(page, tab, is_hidden=is_hidden, by=by)


def end_presence(page: Page, *, tab: str, by: User) -> None:
    """The user has closed the window. Raises OperationalError as keep_presence: then it runs out."""
    with _little_patience():
        Presence.objects.filter(user=by, page=page, tab=tab).delete()


@in_transaction
def _keep(page: Page, tab: str, *, is_hidden: bool, by: User) -> None:
    # Rows that somebody else is about to throw away are left to them: nobody waits for that.
    old = Presence.objects.ran_out().select_for_update(skip_locked=True).values("pk")[:AT_ONCE]
    Presence.objects.filter(pk__in=old).delete()
    now = timezone.now()
    row = Presence(user=by, page=page, tab=tab, is_hidden=is_hidden, since=now, seen_at=now)
    Presence.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["user", "page", "tab"],
        update_fields=["seen_at", "is_hidden"],
    )


@contextmanager
def _little_patience() -> Iterator[None]:
    """Wait for SQLite no longer than PATIENCE while somebody else writes.

    A ping is not worth a worker that waits; and there are many of them. On PostgreSQL no two pings meet.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        [before] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE // timedelta(milliseconds=1)}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")
