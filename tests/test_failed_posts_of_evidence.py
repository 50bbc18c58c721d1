"""Tagging, answering and the catalogue: when sending a form fails, each word is in the answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client

from factors.models import Factor
from mittkoping.accounts.models import User
from tests.conftest import MakePage, signed_in, tag
from tests.faults.forms import form_with
from wiki import operations
from wiki.models import FactorTag
from wiki.operations import blocking, catalogue, factor_proposals, limits
from wiki.passages import choose

HERE = {"Sec-Fetch-Site": "same-origin"}
KEY = "00000000-0000-4000-8000-000000000001"
NEW_KEY = "00000000-0000-4000-8000-000000000002"
TAG = f"/sidor/skolan/markning/{KEY}/"
CHOSEN = {"version": "2", "start": "0", "end": "6", "key": NEW_KEY}
SAYS = {"direction": "hindering", "factor": "tillit", "strength": "2", "phase": "before"}


@dataclass(frozen=True)
class Sent:
    """A form.

    by         who sends it
    module     has the operation that it calls
    words      what was typed
    chosen     what else is sent
    """

    address: str
    by: str
    module: Any
    operation: str
    words: dict[str, str]
    chosen: dict[str, str] = field(default_factory=dict)


FACTOR = {"definition": "Min definition.", "enables": "Mitt främjar.", "hinders": "Mitt hämmar."}
FORMS = {
    "tag": Sent(
        "/sidor/skolan/markera/",
        "eva",
        operations,
        "tag_passage",
        {"note": "Min motivering", "tried": "Det vi provade"},
        CHOSEN | SAYS,
    ),
    "answer": Sent(
        f"{TAG}svar/", "bo", operations, "answer_passage", {"line": "Min rad"}, {"applies": "nej"}
    ),
    "hide": Sent(f"{TAG}svar/{{}}/dolj/", "rut", operations, "hide_answer", {"reason": "Mitt skäl"}),
    "factor": Sent(
        "/faktorer/tillit/redigera/",
        "rut",
        catalogue,
        "edit_factor",
        FACTOR | {"summary": "Min sammanfattning", "questions": "Min fråga?", "leda_area": "Mitt område"},
        {"base": "1"},
    ),
    "factor proposal": Sent(
        "/faktorer/tillit/redigera/",
        "eva",
        factor_proposals,
        "propose_factor",
        FACTOR | {"summary": "Min sammanfattning", "aliases": "Mitt ord"},
        {"base": "1"},
    ),
    "new factor": Sent(
        "/faktorer/ny/",
        "eva",
        factor_proposals,
        "propose_factor",
        FACTOR | {"name": "Väntetid", "related": "Tillit"},
        {"theme": "resurser-och-nytta", "sure": "1"},
    ),
    "merge": Sent(
        "/faktorer/tillit/sla-ihop/",
        "rut",
        catalogue,
        "merge_factors",
        {"reason": "Mitt skäl"},
        {"till": "gemensam-malbild", "do": "merge"},
    ),
}


@dataclass
class Case:
    """A form that is sent in a moment."""

    sent: Sent
    client: Client
    user: User
    rut: User
    monkeypatch: pytest.MonkeyPatch

    def fail(self, error: Exception) -> None:
        """Let the operation fail."""

        def operation(*_arguments: object, **_more: object) -> None:
            raise error

        self.monkeypatch.setattr(self.sent.module, self.sent.operation, operation)


def without_a_token(case: Case) -> None:
    """The form has lain open since before the last sign-in."""
    case.client.handler.enforce_csrf_checks = True


def after_the_session(case: Case) -> None:
    """The session has ended."""
    case.client.logout()


def without_a_database(case: Case) -> None:
    """The database is gone in the middle of it."""
    case.fail(OperationalError("server closed the connection unexpectedly"))


def on_a_full_disk(case: Case) -> None:
    """There is no room."""
    case.fail(OperationalError("database or disk is full"))


def while_it_is_busy(case: Case) -> None:
    """Somebody else holds what is to be changed."""
    case.fail(OperationalError("database is locked"))


def by_our_mistake(case: Case) -> None:
    """Our code has a fault."""
    case.fail(RuntimeError("a mistake"))


def too_fast(case: Case) -> None:
    """The account has saved too much."""
    case.fail(limits.TooMany("Vänta en stund.", retry_after=42))


def blocked(case: Case) -> None:
    """A moderator has blocked the account meanwhile."""
    blocking.block(case.user, reason="Reklam", by=case.rut)


FAILURES: list[tuple[Callable[[Case], None], int]] = [
    (without_a_token, 403),
    (after_the_session, 403),
    (without_a_database, 503),
    (on_a_full_disk, 507),
    (while_it_is_busy, 503),
    (by_our_mistake, 500),
    (too_fast, 429),
    (blocked, 403),
]
# What moderators do is not counted, and they are not blocked.
NEVER = {too_fast, blocked}
CASES = [
    pytest.param(name, happens, status, id=f"{name}, {happens.__name__}")
    for name, sent in FORMS.items()
    for happens, status in FAILURES
    if not (sent.by == "rut" and happens in NEVER)
]


@pytest.fixture
def people(
    make_page: MakePage, eva: User, bo: User, rut: User, catalogue: dict[str, Factor]
) -> dict[str, User]:
    """Who does what; eva has tagged words."""
    cache.clear()
    page = make_page("Skolan", body="Första stycket.")
    made = tag(KEY, author=eva.pk, passage=choose(page, 1, 0, 6))
    operations.tag_passage(page, made, base=1, by=eva)
    return {"eva": eva, "bo": bo, "rut": rut}


def address_of(sent: Sent, people: dict[str, User]) -> str:
    """The address; bo has answered, if the form is about that."""
    if "{}" not in sent.address:
        return sent.address
    found = FactorTag.objects.select_related("page").get(key=KEY)
    return sent.address.format(operations.answer_passage(found, applies=True, line="", by=people["bo"]).pk)


@pytest.mark.parametrize(("name", "happens", "status"), CASES)
def test_every_word_that_was_typed_is_in_the_answer(
    people: dict[str, User],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    happens: Callable[[Case], None],
    status: int,
) -> None:
    sent = FORMS[name]
    address = address_of(sent, people)
    client = signed_in(people[sent.by])
    client.raise_request_exception = False
    happens(Case(sent, client, people[sent.by], people["rut"], monkeypatch))
    answer = client.post(address, sent.chosen | sent.words, headers=HERE)
    assert answer.status_code == status
    shown = {words: words in answer.text for words in sent.words.values()}
    assert shown == dict.fromkeys(sent.words.values(), True)


@pytest.mark.parametrize("name", FORMS)
def test_what_was_handed_back_can_be_sent_again(
    people: dict[str, User], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    sent = FORMS[name]
    address = address_of(sent, people)
    client = signed_in(people[sent.by])
    client.raise_request_exception = False
    with monkeypatch.context() as patched:
        on_a_full_disk(Case(sent, client, people[sent.by], people["rut"], patched))
        answer = client.post(address, sent.chosen | sent.words, headers=HERE)
    form = form_with(answer.text, "Skicka igen")
    kept = dict(form.fields)
    assert {name: kept.get(name) for name in sent.chosen | sent.words} == sent.chosen | sent.words
    assert (form.action, client.post(form.action, kept, headers=HERE).status_code) == (address, 302)
