"""The one way to send mail: put it into the outbox, in the transaction of what it tells of."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from mittkoping.outbox.letters import Letter
from mittkoping.outbox.models import Mail
from mittkoping.outbox.tasks import wake


def queue(
    to: str, subject: str, body: str, headers: Mapping[str, str] | None = None, html: str | None = None
) -> Mail:
    """Put a mail into the outbox; the task worker sends it after the transaction, and again if that fails.

    The words lie in the database until it is sent, and no longer. Line breaks in subject and headers become
    blanks. Raises ValidationError for an address that is none.
    """
    letter = Letter(to=to, subject=subject, body=body, html=html or "", headers=dict(headers or {}))
    now = timezone.now()
    mail = Mail.objects.create(
        to=letter.to,
        subject=letter.subject,
        body=letter.body,
        html=letter.html,
        headers=letter.headers,
        created_at=now,
        due_at=now,
    )
    wake(now)
    return mail


def queue_composed(mails: Sequence[Mail]) -> None:
    """Put mails into the outbox that are written when they are sent; one whose key waits already is left out.

    One query, and one more after the transaction for each time at which some are due.
    """
    now = timezone.now()
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
    for due_at in {max(mail.due_at, now) for mail in mails}:
        wake(due_at)
