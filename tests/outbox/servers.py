"""Mail servers for tests, good and bad, and what is sent through them."""

import smtplib
import threading
from collections.abc import Sequence
from typing import Any

from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from mittkoping.outbox.letters import Letter
from mittkoping.outbox.models import Mail
from mittkoping.outbox.operations import queue

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
BROKEN = "tests.outbox.servers.Broken"
PICKY = "tests.outbox.servers.Picky"
SLOW = "tests.outbox.servers.Slow"
COMPOSERS = {
    "greeting": "tests.outbox.servers.greet",
    "nothing": "tests.outbox.servers.say_nothing",
    "mistaken": "tests.outbox.servers.fail",
}


class Broken(BaseEmailBackend):
    """A mail server that refuses the connection."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Fail."""
        raise ConnectionRefusedError


class Picky(BaseEmailBackend):
    """A mail server that does not know some of the addresses, and is too busy for others."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Refuse what begins with `unknown` for ever, what begins with `busy` for now."""
        for message in email_messages:
            for address in message.to:
                if address.startswith("unknown"):
                    raise smtplib.SMTPRecipientsRefused({address: (550, b"no such user")})
                if address.startswith("busy"):
                    raise smtplib.SMTPRecipientsRefused({address: (450, b"later")})
        mail.outbox += email_messages
        return len(email_messages)


class Slow(BaseEmailBackend):
    """A mail server that takes its time, until a test lets it go on."""

    go_on = threading.Event()
    sent = 0

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Wait, and count."""
        self.go_on.wait(10)
        type(self).sent += len(email_messages)
        return len(email_messages)


def greet(row: Mail) -> Letter:
    """Write a mail when it is sent."""
    return Letter(to="ada@mittkoping.example", subject="Hej", body=f"Hej {row.about['name']}!")


def say_nothing(row: Mail) -> None:
    """Find that there is nothing to tell any more."""


def fail(row: Mail) -> Letter:
    """Be mistaken."""
    raise RuntimeError("hemliga ord")


def send(to: str = "ada@mittkoping.example", subject: str = "Hej", body: str = "Hej!", **more: Any) -> Mail:
    """Put a mail into the outbox."""
    return queue(to, subject, body, **more)
