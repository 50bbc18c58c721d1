"""The outbox: mail is sent after the transaction, once, as it was written."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction

from mittkoping.outbox.delivery import Outcome, attempt
from mittkoping.outbox.models import Mail
from mittkoping.outbox.operations import queue_composed
from mittkoping.outbox.tasks import BATCH, send_batch
from tests.clock import Clock
from tests.outbox.servers import COMPOSERS, send

pytestmark = pytest.mark.django_db


def test_a_mail_waits_until_the_worker_sends_it(clock: Clock) -> None:
    row = send(headers={"Reply-To": "rut@skl.example"}, html="<p>Hej!</p>")
    assert mail.outbox == []
    assert send_batch() == [Outcome.SENT]
    [message] = mail.outbox
    assert (message.to, message.subject, message.body) == (["ada@mittkoping.example"], "Hej", "Hej!")
    assert message.extra_headers == {"Message-ID": row.message_id, "Reply-To": "rut@skl.example"}
    assert "<p>Hej!</p>" in message.message().as_string()


def test_the_words_of_a_mail_are_erased_when_it_is_sent(clock: Clock) -> None:
    row = send(body="Din länk: hemlig", subject="Nytt lösenord", headers={"X-A": "b"}, html="<b>hemlig</b>")
    assert Mail.objects.get().body == "Din länk: hemlig"
    send_batch()
    row.refresh_from_db()
    assert (row.state, row.subject, row.body, row.html, row.headers) == ("sent", "", "", "", {})
    assert row.finished_at == clock.now


def test_the_row_of_a_sent_mail_is_gone_after_a_month(clock: Clock) -> None:
    send()
    send_batch()
    clock.forward(days=29)
    send_batch()
    assert Mail.objects.count() == 1
    clock.forward(days=2)
    send_batch()
    assert Mail.objects.count() == 0


def test_a_mail_of_a_transaction_that_fails_does_not_exist() -> None:
    with transaction.atomic():
        send()
        assert Mail.objects.count() == 1
        transaction.set_rollback(True)
    assert Mail.objects.count() == 0


def test_a_sent_mail_is_not_sent_again(clock: Clock) -> None:
    row = send()
    assert attempt(row.pk) is Outcome.SENT
    assert attempt(row.pk) is Outcome.TAKEN
    clock.forward(days=1)
    assert send_batch() == []
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "subject", ["Hej\r\nBcc: x@y.example", "Hej\nBcc: x@y.example", "Hej\u2028\x85\x0bBcc: x@y.example"]
)
def test_no_line_break_gets_into_a_header(clock: Clock, subject: str) -> None:
    send(subject=subject, headers={"X-Om": "a\r\nBcc: x@y.example"})
    send_batch()
    sent = mail.outbox[0].message()
    assert (sent["Subject"], sent["X-Om"]) == ("Hej Bcc: x@y.example", "a Bcc: x@y.example")
    assert sent["Bcc"] is None
    assert len(sent.get_all("Subject", [])) == 1


@pytest.mark.parametrize(
    "to", ["a@b.example\nBcc: x@y.example", "a@b.example, c@d.example", "Ada <a@b.example>", "", "ada"]
)
def test_a_mail_goes_to_one_address_and_nothing_else(to: str) -> None:
    with pytest.raises(ValidationError):
        send(to=to)
    assert Mail.objects.count() == 0


@pytest.mark.parametrize("name", ["X-A: b\nBcc", "X A", "", "Ämne"])
def test_the_name_of_a_header_is_a_name(name: str) -> None:
    with pytest.raises(ValidationError):
        send(headers={name: "x"})


def test_a_mail_may_be_written_when_it_is_sent(clock: Clock, settings: Any) -> None:
    settings.OUTBOX_COMPOSERS = COMPOSERS
    queue_composed([Mail(composer="greeting", about={"name": "Ada"}), Mail(composer="nothing")])
    assert send_batch() == [Outcome.SENT, Outcome.DROPPED]
    assert [message.body for message in mail.outbox] == ["Hej Ada!"]
    assert list(Mail.objects.order_by("pk").values_list("state", flat=True)) == ["sent", "dropped"]


def test_of_mails_with_one_key_one_waits(clock: Clock, settings: Any) -> None:
    settings.OUTBOX_COMPOSERS = COMPOSERS
    for name in ("Ada", "Eva"):
        queue_composed([Mail(composer="greeting", about={"name": name}, key="one")])
    assert send_batch() == [Outcome.SENT]
    queue_composed([Mail(composer="greeting", about={"name": "Bo"}, key="one")])
    assert send_batch() == [Outcome.SENT]
    assert [message.body for message in mail.outbox] == ["Hej Ada!", "Hej Bo!"]


def test_the_command_sends_without_a_worker(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(BATCH + 3):
        send(subject=str(number))
    call_command("send_outbox")
    assert len(mail.outbox) == BATCH + 3
    assert capsys.readouterr().out == f"{BATCH + 3} mejl skickades.\n"
    call_command("send_outbox")
    assert capsys.readouterr().out == "0 mejl skickades.\n"
