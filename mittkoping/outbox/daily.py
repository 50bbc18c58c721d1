"""The daily mail: one a day and person, with all that could wait until the morning."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from mittkoping.outbox.models import Mail

DIGEST_TIME = time(7)  # of the wiki's own zone


def digest_for(user: int) -> Mail:
    """The next daily digest of the user with this primary key, for `queue_composed`: one waits at a time."""
    now = timezone.now()
    return Mail(
        composer="digest",
        about={"user": user},
        key=f"digest-{user}",
        created_at=now,
        due_at=next_digest(now),
    )


def next_digest(now: datetime) -> datetime:
    """When the next digests are sent."""
    today = timezone.localtime(now)
    at = datetime.combine(today.date(), DIGEST_TIME, tzinfo=today.tzinfo)
    return at if at > now else at + timedelta(days=1)  # by the clock on the wall, in spring and autumn too
