"""A database that is busy, or cannot be written, costs a ping and nothing else."""

import sqlite3
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import InternalError, OperationalError, ProgrammingError, connection
from django.test import Client

from tests.wiki.presence_setup import PING
from wiki import operations
from wiki.models import Page

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has one writer at a time")


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("database is locked"),
        InternalError("cannot execute INSERT in a read-only transaction"),
    ],
)
def test_a_database_that_cannot_be_written_costs_a_ping_and_nothing_else(
    page: Page, as_eva: Client, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr(operations, "keep_presence", fail)
    monkeypatch.setattr(operations, "end_presence", fail)
    for fields in ({}, {"leave": "1"}):
        answer = as_eva.post(PING, {"tab": "tva", **fields})
        assert (answer.status_code, answer.content) == (503, b"")


def test_a_mistake_of_ours_is_not_called_busy(
    page: Page, as_eva: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise ProgrammingError("no such column")

    monkeypatch.setattr(operations, "keep_presence", fail)
    with pytest.raises(ProgrammingError):
        as_eva.post(PING, {"tab": "tva"})


@pytest.fixture
def held() -> Iterator[Callable[[], None]]:
    """Another process writes from when this is called until the test ends."""
    connections: list[sqlite3.Connection] = []

    def hold() -> None:
        name = str(connection.settings_dict["NAME"])
        connections.append(sqlite3.connect(name, uri=name.startswith("file:"), isolation_level=None))
        connections[-1].execute("BEGIN IMMEDIATE")

    yield hold
    for each in connections:
        each.close()


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_ping_does_not_wait_long_for_somebody_who_writes(
    page: Page, as_eva: Client, held: Callable[[], None]
) -> None:
    timeout = connection.cursor().execute("PRAGMA busy_timeout").fetchone()
    assert as_eva.post(PING, {"tab": "tva"}).status_code == 200
    held()
    for fields in ({}, {"leave": "1"}):
        began = time.monotonic()
        assert as_eva.post(PING, {"tab": "tva", **fields}).status_code == 503
        assert 0.5 < time.monotonic() - began < 5
    assert connection.cursor().execute("PRAGMA busy_timeout").fetchone() == timeout == (20_000,)


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_an_unwritable_database_is_no_fault_of_the_writer(page: Page, as_eva: Client) -> None:
    connection.cursor().execute("PRAGMA query_only = 1")
    try:
        assert as_eva.post(PING, {"tab": "tva"}).status_code == 503
    finally:
        connection.cursor().execute("PRAGMA query_only = 0")
    assert as_eva.post(PING, {"tab": "tva"}).status_code == 200
