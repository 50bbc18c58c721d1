"""The one way into the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils import timezone

from mittkoping.log.models import MAX_REASON, HiddenReason, LogEntry

_said: ContextVar[datetime | None] = ContextVar("said", default=None)


@contextmanager
def said_to_be(at: datetime) -> Iterator[None]:
    """Date the entries written inside: for the demo, whose acts are said to be of long ago.

    The operations that write them know of no other time than now, and what is written is never changed.
    """
    before = _said.set(at)
    try:
        yield
    finally:
        _said.reset(before)


def record(
    act: LogEntry.Act,
    *,
    by: AbstractBaseUser | None,
    target: models.Model | None = None,
    user: AbstractBaseUser | None = None,
    number: int | None = None,
    reason: str = "",
    **facts: Any,
) -> LogEntry:
    """Write an entry, inside the transaction of what it tells of; see LogEntry for what the parts are."""
    return LogEntry.objects.create(
        at=_said.get() or timezone.now(),
        act=act,
        actor_id=by.pk if by else None,
        user_id=user.pk if user else None,
        target=target,
        number=number,
        reason=reason[:MAX_REASON],
        facts=facts,
    )


def hide_reason(entry: LogEntry, *, by: AbstractBaseUser) -> None:
    """Stop showing the reason of an entry, which itself stays; that, too, is logged. May be repeated."""
    _row, is_new = HiddenReason.objects.get_or_create(entry=entry)
    if is_new:
        record(LogEntry.Act.HIDE_REASON, by=by, number=entry.pk)
