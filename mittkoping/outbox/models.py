"""The outbox: a row for every mail, written in the transaction of what it tells of."""

from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils import timezone

# How long nobody else tries to send what somebody is sending: longer than the slowest of servers takes.
CLAIM = timedelta(minutes=10)


def new_message_id() -> str:
    """A Message-ID: the same at every attempt, so that a mail that comes twice is seen to be one."""
    return make_msgid(domain=urlsplit(settings.SITE_URL).hostname or "localhost")


class MailQuerySet(models.QuerySet["Mail"]):
    """Questions about many mails."""

    def waiting(self) -> Self:
        """Neither sent, nor dropped, nor given up."""
        return self.filter(state=Mail.State.WAITING)

    def due(self, at: datetime) -> Self:
        """To be sent now, by whoever comes first; those that have failed least go first.

        Otherwise a mail on which the server breaks off would keep all others waiting.
        """
        free = models.Q(claimed_until=None) | models.Q(claimed_until__lte=at)
        return self.waiting().filter(free, due_at__lte=at).order_by("attempts", "due_at", "pk")


class Mail(models.Model):
    """A mail to one person. Its words are erased as soon as it has been sent, or will not be.

    composer       of settings.OUTBOX_COMPOSERS; writes the mail when it is sent. Empty: it is written
    about          what the composer needs to know: small plain values
    key            at most one waiting mail has it; None for those that may be many
    due_at         when it is to be tried (again)
    claimed_until  until then, somebody is sending it
    down_at        when the mail server last failed while this was sent
    error          of the last attempt: the kind of the error, never words of the mail
    """

    class State(models.TextChoices):
        """What has become of it."""

        WAITING = "waiting"
        SENT = "sent"
        DROPPED = "dropped"
        GIVEN_UP = "given_up"

    to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    composer = models.CharField(max_length=40, blank=True)
    about = models.JSONField(default=dict, blank=True)
    key = models.CharField(max_length=80, null=True, blank=True)  # noqa: DJ001 - unique, so none must be NULL
    message_id = models.CharField(max_length=255, unique=True, default=new_message_id)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    down_at = models.DateTimeField(null=True, blank=True, db_index=True)
    error = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(state="waiting"), name="one_waiting_mail_per_key"
            ),
        )
        indexes = (
            models.Index(
                fields=["attempts", "due_at"], condition=models.Q(state="waiting"), name="mail_that_waits"
            ),
            models.Index(fields=["finished_at"], name="mail_by_end"),
        )

    def __str__(self) -> str:
        return self.message_id


class Wake(models.Model):
    """That the task worker will look at the outbox at this minute: nobody needs to ask it a second time."""

    at = models.DateTimeField(unique=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
