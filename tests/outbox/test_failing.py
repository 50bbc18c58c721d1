"""When mail cannot be sent: it waits, it is tried again, and nothing else is held up."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from mittkoping.outbox.delivery import Outcome, attempt
from mittkoping.outbox.models import Mail
from mittkoping.outbox.operations import queue_composed
from mittkoping.outbox.tasks import send_batch
from tests.clock import Clock
from tests.outbox.servers import BROKEN, COMPOSERS, LOCMEM, PICKY, send

pytestmark = pytest.mark.django_db


def test_a_server_that_is_down_delays_mail_with_growing_waits(clock: Clock, settings: Any) -> None:
    row = send()
    settings.EMAIL_BACKEND = BROKEN
    waits = []
    for _attempt in range(8):
        assert send_batch() == [Outcome.DOWN]
        row.refresh_from_db()
        waits.append(int((row.due_at - clock.now).total_seconds() // 60))
        clock.now = row.due_at
    assert waits == [1, 5, 15, 60, 120, 360, 360, 360]
    assert (row.state, row.body, row.error) == ("waiting", "Hej!", "ConnectionRefusedError")
    settings.EMAIL_BACKEND = LOCMEM
    assert send_batch() == [Outcome.SENT]
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [row.message_id]


def test_a_mail_is_given_up_after_three_days_and_its_words_are_erased(clock: Clock, settings: Any) -> None:
    settings.EMAIL_BACKEND = BROKEN
    row = send()
    clock.forward(days=2, hours=23)
    send_batch()
    row.refresh_from_db()
    assert row.state == "waiting"
    clock.forward(hours=2)
    send_batch()
    row.refresh_from_db()
    assert (row.state, row.body, row.error) == ("given_up", "", "ConnectionRefusedError")


def test_after_one_failure_nobody_else_waits_for_the_server(clock: Clock, settings: Any) -> None:
    settings.EMAIL_BACKEND = BROKEN
    for number in range(5):
        send(subject=str(number))
    assert send_batch() == [Outcome.DOWN]
    assert send_batch() == []
    clock.forward(seconds=61)
    assert send_batch() == [Outcome.DOWN]
    # Another one was tried: one on which the server breaks off does not keep the others waiting.
    assert list(Mail.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 1, 0, 0, 0]
    settings.EMAIL_BACKEND = LOCMEM
    clock.forward(minutes=10)
    assert send_batch() == [Outcome.SENT] * 5
    assert sorted(message.subject for message in mail.outbox) == ["0", "1", "2", "3", "4"]


def test_an_address_that_is_refused_stops_no_other_mail(clock: Clock, settings: Any) -> None:
    settings.EMAIL_BACKEND = PICKY
    rows = [send(to=f"{name}@mittkoping.example") for name in ("unknown", "busy", "ada")]
    assert send_batch() == [Outcome.FAILED, Outcome.FAILED, Outcome.SENT]
    states = [Mail.objects.get(pk=row.pk).state for row in rows]
    assert states == ["given_up", "waiting", "sent"]
    assert [message.to for message in mail.outbox] == [["ada@mittkoping.example"]]


def test_a_mistake_in_one_mail_stops_no_other_and_is_not_quoted(
    clock: Clock, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.OUTBOX_COMPOSERS = COMPOSERS
    queue_composed(
        [
            Mail(composer="mistaken"),
            Mail(composer="unknown"),
            Mail(composer="greeting", about={"name": "Ada"}),
        ]
    )
    assert send_batch() == [Outcome.FAILED, Outcome.FAILED, Outcome.SENT]
    assert "RuntimeError" in caplog.text
    assert "hemliga" not in caplog.text
    assert list(Mail.objects.order_by("pk").values_list("error", flat=True)) == [
        "RuntimeError",
        "KeyError",
        "",
    ]


def test_a_worker_that_dies_while_sending_loses_no_mail(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    row = send()
    monkeypatch.setattr("mittkoping.outbox.delivery._send", die)
    with pytest.raises(KeyboardInterrupt):
        attempt(row.pk)
    monkeypatch.undo()
    again = Clock(monkeypatch)
    again.forward(minutes=9)
    assert send_batch() == []
    again.forward(minutes=2)
    assert send_batch() == [Outcome.SENT]


def test_the_command_says_how_many_wait(
    clock: Clock, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMAIL_BACKEND = BROKEN
    send()
    send()
    call_command("send_outbox")
    assert capsys.readouterr().out == "0 mejl skickades. 2 väntar.\n"


@pytest.fixture
def silent_server() -> Iterator[int]:
    """A mail server that takes the connection and never says a word; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_silent_server_is_waited_for_no_longer_than_the_limit(
    clock: Clock, settings: Any, silent_server: int
) -> None:
    assert settings.EMAIL_TIMEOUT == 10
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", silent_server, 0.2
    row = send()
    assert send_batch() == [Outcome.DOWN]
    row.refresh_from_db()
    assert (row.state, row.error) == ("waiting", "SMTPServerDisconnected")
