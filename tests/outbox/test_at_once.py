"""Two workers and one mail: on PostgreSQL their transactions really run side by side."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from django.db import connection

from mittkoping.outbox.delivery import Outcome, attempt
from mittkoping.outbox.operations import queue
from tests.outbox.servers import SLOW, Slow

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


def test_two_workers_send_a_mail_once(settings: Any) -> None:
    settings.EMAIL_BACKEND = SLOW
    Slow.sent = 0
    Slow.go_on.set()
    for number in range(1, ROUNDS + 1):
        mail = queue("ada@mittkoping.example", "Hej", "Hej!")
        barrier = Barrier(2)

        def run(primary_key: int, barrier: Barrier = barrier) -> Outcome:
            barrier.wait(10)
            try:
                return attempt(primary_key)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as threads:
            outcomes = list(threads.map(run, [mail.pk, mail.pk]))
        assert sorted(outcome.value for outcome in outcomes) == ["sent", "taken"]
        assert Slow.sent == number


def test_nobody_waits_in_the_database_while_the_server_takes_its_time(settings: Any) -> None:
    settings.EMAIL_BACKEND = SLOW
    Slow.go_on.clear()
    slow = queue("ada@mittkoping.example", "Hej", "Hej!")

    def run() -> Outcome:
        try:
            return attempt(slow.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        sending = threads.submit(run)
        while type(slow).objects.get(pk=slow.pk).claimed_until is None:
            sleep(0.01)
        assert attempt(slow.pk) is Outcome.TAKEN
        queue("bo@granneby.example", "Hej", "Hej!")  # would wait for a lock on SQLite
        Slow.go_on.set()
        assert sending.result(10) is Outcome.SENT
