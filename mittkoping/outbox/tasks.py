"""When the task worker looks at the outbox."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from mittkoping.outbox.delivery import Outcome, attempt
from mittkoping.outbox.models import Mail, Wake

BATCH = 20  # mails at a time, so that other tasks come between
BEHIND_OTHERS = -10  # a mail server that keeps us waiting must not keep pages waiting
PAUSE = timedelta(minutes=1)  # after the mail server failed
KEPT = timedelta(days=30)  # rows of mails without their words, for the operator


def wake(at: datetime) -> None:
    """Have the task worker look at the outbox at this time, once the transaction has ended."""
    transaction.on_commit(lambda: _enqueue(at))


@task(priority=BEHIND_OTHERS)
def send_due() -> int:
    """Send mails that are due, in the task worker; returns how many were sent."""
    return send_batch().count(Outcome.SENT)


def send_batch() -> list[Outcome]:
    """Try a batch of the mails that are due, until the server turns out to be down; says what came of each.

    Sees to it that somebody comes back for the rest, and for those that failed.
    """
    now = timezone.now()
    _tidy(now)
    if is_down(now):
        wake(now + PAUSE)
        return []
    outcomes = []
    for primary_key in Mail.objects.due(now).values_list("pk", flat=True)[:BATCH]:
        outcomes.append(attempt(primary_key))
        if outcomes[-1] in {Outcome.FAILED, Outcome.DOWN}:
            _wake_for(primary_key)
        if outcomes[-1] is Outcome.DOWN:
            break
    if Mail.objects.due(now).exists():
        wake(now + PAUSE if Outcome.DOWN in outcomes else now)
    return outcomes


def is_down(now: datetime) -> bool:
    """The mail server failed a moment ago: nobody needs to wait for it again so soon."""
    return Mail.objects.waiting().filter(down_at__gt=now - PAUSE).exists()


def _wake_for(primary_key: int) -> None:
    due = Mail.objects.waiting().filter(pk=primary_key).values_list("due_at", flat=True)
    for due_at in due:
        wake(due_at)


def _enqueue(at: datetime) -> None:
    if at <= timezone.now():
        send_due.enqueue()
        return
    minute = (at + timedelta(seconds=59, microseconds=999_999)).replace(second=0, microsecond=0)
    with transaction.atomic():
        _wake, is_new = Wake.objects.get_or_create(at=minute)
        if is_new:
            send_due.using(run_after=minute).enqueue()


def _tidy(now: datetime) -> None:
    Wake.objects.filter(at__lt=now - KEPT).delete()
    Mail.objects.filter(finished_at__lt=now - KEPT).delete()
