"""Send one mail: once, however many workers try."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from typing import cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.module_loading import import_string

from mittkoping.outbox.letters import Letter
from mittkoping.outbox.models import CLAIM, Mail

logger = logging.getLogger(__name__)

Composer = Callable[[Mail], Letter | None]

# After each failed attempt; the last one is repeated.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 360))
PATIENCE = timedelta(days=3)


class Outcome(Enum):
    """What came of an attempt."""

    SENT = "sent"
    DROPPED = "dropped"  # it has nothing to say any more
    FAILED = "failed"  # this mail; others may go well
    DOWN = "down"  # the mail server, and so all others
    TAKEN = "taken"  # somebody else sends it


def attempt(primary_key: int) -> Outcome:
    """Try to send a mail that is due.

    What is written when it is sent may turn out to have nothing to say any more, and is dropped. A failed one
    is tried again after a while that grows from attempt to attempt, until PATIENCE has run out.

    Should the process end between the server's yes and our note of it, the mail goes out a second time, with
    the same Message-ID. Nothing can be done about that.
    """
    mail = _claim(primary_key, timezone.now())
    if mail is None:
        return Outcome.TAKEN
    try:
        letter = _letter(mail)
        if letter is None:
            return _finish(mail, Outcome.DROPPED)
        _send(mail, letter)
    except (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError) as error:
        return _fail(mail, error, Outcome.FAILED)
    except OSError as error:
        return _fail(mail, error, Outcome.DOWN)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one mail must not stop the others
        return _fail(mail, error, Outcome.FAILED)
    return _finish(mail, Outcome.SENT)


def _claim(primary_key: int, now: datetime) -> Mail | None:
    """Take the mail for ourselves; None when it is not due, or somebody else was first.

    One UPDATE, which locks the row and looks at it again: no lock is held while the server makes us wait.
    The next attempt is put down before this one is made, in case nobody lives to tell that it failed.
    """
    mail = Mail.objects.due(now).filter(pk=primary_key).first()
    if mail is None:
        return None
    due = Mail.objects.due(now).order_by().filter(pk=primary_key, attempts=mail.attempts)
    wait = WAITS[min(mail.attempts, len(WAITS) - 1)]
    claim = {"attempts": mail.attempts + 1, "due_at": now + wait, "claimed_until": now + CLAIM}
    if not due.update(**claim):
        return None
    mail.refresh_from_db()
    return mail


def _letter(mail: Mail) -> Letter | None:
    if not mail.composer:
        return Letter(
            to=mail.to, subject=mail.subject, body=mail.body, html=mail.html, headers=dict(mail.headers)
        )
    compose = cast(Composer, import_string(settings.OUTBOX_COMPOSERS[mail.composer]))
    return compose(mail)


def _send(mail: Mail, letter: Letter) -> None:
    headers = {"Message-ID": mail.message_id, **letter.headers}
    message = EmailMultiAlternatives(letter.subject, letter.body, to=[letter.to], headers=headers)
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    message.send()


def _finish(mail: Mail, outcome: Outcome) -> Outcome:
    state = Mail.State.SENT if outcome is Outcome.SENT else Mail.State.DROPPED
    _close(mail, state)
    return outcome


def _fail(mail: Mail, error: Exception, outcome: Outcome) -> Outcome:
    now = timezone.now()
    # The text of the error may quote the mail.
    logger.warning("mail %s, attempt %s: %s", mail.pk, mail.attempts, type(error).__name__)
    if _is_final(error) or mail.created_at + PATIENCE < now:
        _close(mail, Mail.State.GIVEN_UP, error=type(error).__name__)
        return outcome
    down_at = now if outcome is Outcome.DOWN else None
    Mail.objects.filter(pk=mail.pk).update(claimed_until=None, down_at=down_at, error=type(error).__name__)
    return outcome


def _is_final(error: Exception) -> bool:
    """The server knows that the address will never take mail."""
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return all(500 <= code < 600 for code, _message in error.recipients.values())


def _close(mail: Mail, state: Mail.State, *, error: str = "") -> None:
    """Erase the words: a link to a new password must not lie about."""
    Mail.objects.filter(pk=mail.pk).update(
        subject="",
        body="",
        html="",
        headers={},
        state=state,
        error=error,
        finished_at=timezone.now(),
        claimed_until=None,
        down_at=None,
    )
