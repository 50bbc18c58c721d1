"""The task worker and the outbox."""

from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from mittkoping.outbox.models import Mail, Wake
from tests.outbox.servers import BROKEN, LOCMEM, send

pytestmark = pytest.mark.django_db


def work() -> None:
    """Run the task worker until nothing is to be done now."""
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    ).run()


@pytest.mark.django_db(transaction=True)
def test_the_task_worker_sends_after_the_transaction() -> None:
    with transaction.atomic():
        send()
        assert DBTaskResult.objects.count() == 0
    work()
    assert len(mail.outbox) == 1
    assert list(DBTaskResult.objects.values_list("status", "return_value")) == [("SUCCESSFUL", 1)]


@pytest.mark.django_db(transaction=True)
def test_the_task_worker_comes_back_once_for_all_that_failed(settings: Any) -> None:
    settings.EMAIL_BACKEND = BROKEN
    for _number in range(6):
        send()
    work()
    later = DBTaskResult.objects.filter(status="READY")
    assert not DBTaskResult.objects.filter(status="FAILED").exists()
    # The minute after the failure, and perhaps the next one when a minute ended meanwhile.
    assert 1 <= later.count() == Wake.objects.count() <= 3
    settings.EMAIL_BACKEND = LOCMEM
    Mail.objects.update(due_at=Mail.objects.earliest("created_at").created_at, down_at=None)
    later.update(run_after=Mail.objects.earliest("created_at").created_at)
    work()
    assert len(mail.outbox) == 6


@pytest.mark.django_db(transaction=True)
def test_other_tasks_come_before_mail() -> None:
    send()
    assert DBTaskResult.objects.get().priority < 0
