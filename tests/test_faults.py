"""What the site answers when its database, or its own code, fails: the text, and what to do."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
    connection,
)
from django.db.transaction import TransactionManagementError
from django.http import HttpRequest, HttpResponse
from django.test import Client

from mittkoping.accounts.models import User
from mittkoping.faults import AWAY, BUSY, FULL, READ_ONLY, Fault, fault_of, is_busy
from tests.conftest import form_of, signed_in
from tests.faults.forms import form_with
from wiki import operations
from wiki.models import Page
from wiki.views import editing

EDIT = "/sidor/skolan/redigera/"
MINE = "Min text, som ingen får tappa bort."
GONE = "server closed the connection unexpectedly"
HERE = {"Sec-Fetch-Site": "same-origin"}
KEY = "11111111-1111-4111-8111-111111111111"


class FromPostgres(Exception):
    """What psycopg raises."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


class FromSqlite(Exception):
    """What the module sqlite3 raises."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.sqlite_errorcode = code


def caused(error: Exception, cause: Exception) -> Exception:
    """The error, raised for the cause."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (OperationalError("database is locked"), BUSY),
        (caused(OperationalError("x"), FromSqlite(5)), BUSY),
        (caused(OperationalError("x"), FromSqlite(5 | 2 << 8)), BUSY),  # SQLITE_BUSY_SNAPSHOT
        (caused(OperationalError("x"), FromPostgres("55P03")), BUSY),
        (caused(OperationalError("x"), FromPostgres("57014")), BUSY),
        (OperationalError("FATAL:  sorry, too many clients already"), BUSY),
        (OperationalError("database or disk is full"), FULL),
        (caused(OperationalError("x"), FromPostgres("53100")), FULL),
        (OperationalError("could not extend file: No space left on device"), FULL),
        (OperationalError("attempt to write a readonly database"), READ_ONLY),
        (caused(InternalError("x"), FromPostgres("25006")), READ_ONLY),
        (OperationalError(GONE), AWAY),
        (OperationalError("unable to open database file"), AWAY),
        (InterfaceError("the connection is closed"), AWAY),
        (caused(OperationalError("out of memory"), FromPostgres("53200")), AWAY),
        (caused(TransactionManagementError("broken transaction"), OperationalError(GONE)), AWAY),
        (DatabaseError("something else"), None),
        (caused(OperationalError("no such table: wiki_page"), FromSqlite(1)), None),
        (IntegrityError("Key (title)=(the disk is full and locked) already exists"), None),
        (DataError("readonly"), None),
        (ProgrammingError("readonly"), None),
        (ValueError("database is locked"), None),
        (None, None),
    ],
)
def test_what_is_wrong_with_the_database_is_told_apart(error: Exception | None, fault: Fault | None) -> None:
    assert fault_of(error) is fault
    assert error is None or is_busy(error) == (fault is BUSY)


@contextmanager
def no_database() -> Iterator[list[str]]:
    """Every question to the database fails; the list holds those that were asked."""
    asked: list[str] = []

    def fail(_execute: object, sql: str, *_rest: object) -> None:
        asked.append(sql)
        raise OperationalError(GONE)

    with connection.execute_wrapper(fail):
        yield asked


def calm(user: User | None = None, **options: Any) -> Client:
    """A browser that is shown what people are shown when something fails."""
    client = signed_in(user) if user else Client()
    client.raise_request_exception = False
    client.handler.enforce_csrf_checks = options.get("strict", False)
    return client


def test_a_reader_is_told_calmly_and_the_database_is_asked_once(page: Page) -> None:
    with no_database() as asked:
        answer = calm().get("/sidor/skolan/?a=1&b=2")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "10", "no-store")
    assert "<h1>Databasen svarar inte just nu</h1>" in answer.text
    assert '<a class="ds-button" href="/sidor/skolan/?a=1&amp;b=2">Försök igen</a>' in answer.text
    assert len(asked) == 1
    assert not answer.cookies


def test_what_was_typed_is_handed_back_without_the_database(
    page: Page, eva: User, caplog: pytest.LogCaptureFixture
) -> None:
    client = calm(eva, strict=True)
    token = form_with(client.get(EDIT).text, "Spara ändringen").filled()
    sent = dict(token) | form_of(page, body=MINE, summary="Bättre så", do="save")
    caplog.clear()
    with no_database() as asked, caplog.at_level(logging.INFO):
        answer = client.post(EDIT, sent, headers=HERE)
    assert (answer.status_code, len(asked)) == (503, 1)
    assert f">\n{MINE}</textarea>" in answer.text
    assert len(caplog.records) == 1
    assert MINE not in caplog.text

    form = form_with(answer.text, "Skicka igen")
    assert (form.action, dict(form.fields)["base"]) == (EDIT, "1")
    assert client.post(form.action, dict(form.fields), headers=HERE).status_code == 302
    page.refresh_from_db()
    assert (page.number, page.body.strip()) == (2, MINE)


def test_another_site_gets_no_form_that_can_be_sent(page: Page, eva: User) -> None:
    client = calm(eva)
    with no_database():
        answer = client.post(EDIT, form_of(page, body=MINE), headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, MINE in answer.text) == (503, True)
    assert "Kopiera det innan du lämnar sidan." in answer.text
    assert "csrfmiddlewaretoken" not in answer.text
    assert "<form" not in answer.text


def test_no_password_is_handed_back(eva: User) -> None:
    with no_database():
        form = {"login": eva.email, "password": "mycket hemligt"}
        answer = calm().post("/konto/login/", form, headers=HERE)
    assert (answer.status_code, eva.email in answer.text) == (503, True)
    assert "mycket hemligt" not in answer.text


@pytest.mark.parametrize("header", [{"Accept": "application/json"}, {"Sec-Fetch-Dest": "empty"}])
def test_a_script_gets_a_sentence(page: Page, eva: User, header: dict[str, str]) -> None:
    client = calm(eva)
    with no_database():
        answer = client.post(EDIT, form_of(page, body=MINE), headers=HERE | header)
    sentence = (
        "Databasen svarar inte just nu. Det brukar gå över på några minuter. Vänta en stund och försök igen."
    )
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer.json() == {"error": sentence}


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/"),
        ("get", "/sok/?q=x"),
        ("get", "/sidor/finns-inte/"),
        ("get", "/konto/"),
        ("post", "/konto/logout/"),
    ],
)
def test_every_kind_of_address_answers_without_the_database(
    page: Page, eva: User, method: str, address: str
) -> None:
    client = calm(eva)
    send: Callable[..., Any] = getattr(client, method)
    with no_database():
        answer = send(address)
    assert answer.status_code == 503


def test_a_fault_of_ours_hands_the_text_back_as_well(
    page: Page, eva: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(operations, "edit", fail)
    sent = form_of(page, body=MINE, do="save")
    answer = calm(eva).post(EDIT, sent, headers=HERE)
    assert (answer.status_code, "<h1>Något gick fel hos oss</h1>" in answer.text) == (500, True)
    assert dict(form_with(answer.text, "Skicka igen").fields)["body"] == MINE
    elsewhere = calm(eva).post(EDIT, sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert (MINE in elsewhere.text, "csrfmiddlewaretoken" in elsewhere.text) == (True, False)


def test_a_save_whose_notice_cannot_be_stored_can_be_sent_again_and_is_saved_once(
    page: Page, eva: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = calm(eva)
    sent = form_of(page, body=MINE, do="save", once=KEY)

    def fail(*_arguments: object, **_more: object) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as full:
        full.setattr(Session, "save", fail)
        answer = client.post(EDIT, sent, headers=HERE)
    assert (answer.status_code, MINE in answer.text) == (507, True)
    page.refresh_from_db()
    assert page.number == 2
    again = client.post(EDIT, dict(form_with(answer.text, "Skicka igen").fields), headers=HERE)
    assert again.status_code == 302
    page.refresh_from_db()
    assert page.number == 2


def test_nothing_is_stored_on_the_way_out(page: Page, eva: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = calm(eva)
    stored: list[str] = []

    def fail_late(request: HttpRequest, *_arguments: object, **_more: object) -> None:
        messages.success(request, "Sparat.")
        request.session["seen"] = "yes"
        raise OperationalError(GONE)

    monkeypatch.setattr(editing, "saved_with_advice", fail_late)
    monkeypatch.setattr(Session, "save", lambda *_arguments, **_more: stored.append("session"))
    answer = client.post(EDIT, form_of(page, body=MINE, do="save"), headers=HERE)
    assert (answer.status_code, stored) == (503, [])
    client.get("/konto/")
    with monkeypatch.context() as calmer:
        calmer.setattr(editing, "saved_with_advice", lambda request, *_more, **_named: store(request))
        client.post(EDIT, form_of(page, body="Annan text.", base="2", do="save"), headers=HERE)
    assert stored == ["session"]


def store(request: HttpRequest) -> HttpResponse:
    """Succeed, and have something to store."""
    request.session["seen"] = "yes"
    return HttpResponse()
