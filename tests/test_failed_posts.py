"""Every way in which a save can fail: each word is in the answer, or the answer says where it lies."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client

from factors.models import Factor
from mittkoping.accounts.models import User
from tests.conftest import MakePage, form_of, signed_in, tag
from tests.faults.forms import form_with
from wiki import operations
from wiki.content import Content
from wiki.models import Page
from wiki.operations import limits, protecting

EDIT = "/sidor/skolan/redigera/"
HERE = {"Sec-Fetch-Site": "same-origin"}
# In fields that every form for editing shows.
SHOWN = {
    "title": "Min titel",
    "lead": "Min ingress.",
    "body": "Min text.\r\n\r\nI två stycken.",
    "summary": "Min sammanfattning",
    "tags-0-note": "Min motivering",
    "tags-0-tried": "Det vi provade",
}
# In fields that only some forms have.
OTHER = {"text-body-0": "Mina egna ord.", "val-body-0": "own"}
# One heading's part of the page's text.
PART = {"rubrik": "u-mal", "body": "## Mål\r\n\r\nMina mål."}
PUBLISHED = ("Min titel", "Min ingress.", "Min motivering")
TAGS = {
    "tags-TOTAL_FORMS": "1",
    "tags-INITIAL_FORMS": "0",
    "tags-0-key": "00000000-0000-4000-8000-000000000001",
    "tags-0-factor": "gemensam-malbild",
    "tags-0-direction": "enabling",
    "tags-0-strength": "1",
    "tags-0-phase": "before",
}
# A form that is made anew may give a tag another key.
KEPT_TAGS = {name: value for name, value in TAGS.items() if name.startswith("tags-0-") and "key" not in name}


@dataclass
class Case:
    """A save that is going to fail.

    client   the browser
    sent     the form
    """

    page: Page
    people: dict[str, User]
    monkeypatch: pytest.MonkeyPatch
    client: Client
    sent: dict[str, Any] = field(default_factory=dict)


def without_a_token(case: Case) -> None:
    """The form has lain open since before the last sign-in."""
    case.client.handler.enforce_csrf_checks = True


def after_the_session(case: Case) -> None:
    """The session has ended."""
    case.client = Client()


def without_a_database(case: Case) -> None:
    """The database is gone in the middle of the save."""
    fail(case, OperationalError("server closed the connection unexpectedly"))


def on_a_full_disk(case: Case) -> None:
    """There is no room."""
    fail(case, OperationalError("database or disk is full"))


def while_it_is_busy(case: Case) -> None:
    """Somebody else holds what is to be changed."""
    fail(case, OperationalError("database is locked"))


def by_our_mistake(case: Case) -> None:
    """Our code has a fault."""
    fail(case, RuntimeError("a mistake"))


def fail(case: Case, error: Exception) -> None:
    """Let the save fail."""

    def edit(*_arguments: object, **_more: object) -> None:
        raise error

    case.monkeypatch.setattr(operations, "edit", edit)


def too_fast(case: Case) -> None:
    """The account has saved too much."""
    fail(case, limits.TooMany("Vänta en stund.", retry_after=42))


def with_a_mistake(case: Case) -> None:
    """A field is too long."""
    case.sent["municipalities"] = "Finnsinteköping"


def changed(case: Case) -> None:
    """Somebody else has changed the same words."""
    content = Content(title="Skolan", lead="Annan ingress.", body="Annan text.")
    operations.edit(case.page, content, base=1, by=case.people["bo"])


def renamed(case: Case) -> None:
    """The page has another name and another address, and somebody has changed the same words."""
    operations.rename(case.page, "Grundskolan", base=1, by=case.people["bo"])


# The answer's status, and the words on its button.
FAILURES: list[tuple[Callable[[Case], None], int, str]] = [
    (without_a_token, 403, "Skicka igen"),
    (after_the_session, 403, "Logga in och gå vidare"),
    (without_a_database, 503, "Skicka igen"),
    (on_a_full_disk, 507, "Skicka igen"),
    (by_our_mistake, 500, "Skicka igen"),
    (while_it_is_busy, 503, "Spara ändringen"),
    (too_fast, 429, "Spara ändringen"),
    (with_a_mistake, 200, "Spara ändringen"),
    (changed, 409, "Spara"),
    (renamed, 409, "Spara"),
]
# Their answer is the form of the page itself, which has the fields that the page's form has.
OWN_FORM = {while_it_is_busy, too_fast, with_a_mistake, changed, renamed}


@pytest.fixture
def case(
    make_page: MakePage,
    people: dict[str, User],
    catalogue: dict[str, Factor],
    monkeypatch: pytest.MonkeyPatch,
) -> Case:
    """Eva has filled in every field of the form of a page with one version."""
    cache.clear()
    page = make_page(
        "Skolan", lead="Om skolan.", body="Första stycket.\n\n## Mål\n\nAtt alla är med.", tags=(tag(),)
    )
    client = signed_in(people["eva"])
    client.raise_request_exception = False
    sent = form_of(page, do="save") | TAGS | SHOWN | OTHER
    return Case(page, people, monkeypatch, client, sent)


@pytest.fixture
def people(eva: User, bo: User, rut: User) -> dict[str, User]:
    """Who does what."""
    return {"eva": eva, "bo": bo, "rut": rut}


def values(answer: Any, button: str) -> dict[str, str]:
    """What the form of the answer would send, by the names of the page's form."""
    fields = form_with(answer.text, button).fields
    return {name.removeprefix("kept-"): value for name, value in fields}


@pytest.mark.parametrize(("happens", "status", "button"), FAILURES)
def test_every_word_that_was_typed_is_in_the_answer(
    case: Case, happens: Callable[[Case], None], status: int, button: str
) -> None:
    happens(case)
    answer = case.client.post(EDIT, case.sent, headers=HERE)
    assert answer.status_code == status
    expected = SHOWN | KEPT_TAGS if happens in OWN_FORM else SHOWN | KEPT_TAGS | OTHER
    kept = values(answer, button)
    assert {name: kept.get(name) for name in expected} == expected


@pytest.mark.parametrize(("happens", "status", "button"), FAILURES[:-2])
def test_a_part_that_was_typed_is_in_the_answer_and_still_a_part(
    case: Case, happens: Callable[[Case], None], status: int, button: str
) -> None:
    case.sent |= PART
    happens(case)
    answer = case.client.post(EDIT, case.sent, headers=HERE)
    kept = values(answer, button)
    assert (answer.status_code, {name: kept.get(name) for name in PART}) == (status, PART)


def test_on_a_page_archived_meanwhile_every_word_can_be_copied(case: Case) -> None:
    operations.archive(case.page, reason="Dubblett", by=case.people["rut"])
    answer = case.client.post(EDIT, case.sent, headers=HERE)
    assert answer.status_code == 404
    assert "Kopiera din text härifrån, så att den inte går förlorad." in answer.text
    typed = [*SHOWN.values(), OTHER["text-body-0"]]
    assert [text for text in typed if text not in answer.text] == []


def test_on_a_page_locked_meanwhile_the_text_stays_in_the_form_and_can_be_taken_away(case: Case) -> None:
    protecting.protect(case.page, Page.Protection.LOCKED, reason="Bråk", by=case.people["rut"])
    answer = case.client.post(EDIT, case.sent, headers=HERE)
    assert answer.status_code == 403
    assert "Inget sparades, men din text finns kvar här nedanför." in answer.text
    kept = values(answer, "Ladda ner som Markdown")
    expected = SHOWN | KEPT_TAGS
    assert {name: kept.get(name) for name in expected} == expected


def test_on_a_page_reviewed_first_meanwhile_the_text_is_proposed(case: Case) -> None:
    protecting.protect(case.page, Page.Protection.REVIEWED, reason="Bråk", by=case.people["rut"])
    answer = case.client.post(EDIT, case.sent, headers=HERE)
    proposal = case.page.proposals.get()
    assert (answer.status_code, answer["Location"]) == (302, proposal.get_absolute_url())
    content = proposal.content
    assert (content.title, content.lead, content.tags[0].note) == PUBLISHED
    assert (content.body, proposal.summary) == ("Min text.\n\nI två stycken.", "Min sammanfattning")
    case.page.refresh_from_db()
    assert (case.page.number, case.page.title) == (1, "Skolan")


@pytest.mark.parametrize("fields", [1, 3000], ids=["too large", "too many fields"])
def test_what_is_too_much_to_read_lies_in_the_browser_and_in_the_drafts(case: Case, fields: int) -> None:
    many = {f"field-{number}": "x" for number in range(fields)}
    large = {"body": "x" * (17 * 2**20)} if fields == 1 else many
    answer = case.client.post(EDIT, case.sent | large, headers=HERE)
    assert answer.status_code == 413
    assert "Gå tillbaka i webbläsaren: din text finns kvar i formuläret." in answer.text
    assert "Det som hann sparas medan du skrev finns också bland dina utkast." in answer.text
    assert 'href="/konto/utkast/"' in answer.text
    script = case.client.post(EDIT, case.sent | large, headers=HERE | {"Accept": "application/json"})
    assert (script.status_code, list(script.json())) == (413, ["error"])


def test_what_was_handed_back_after_a_failure_can_be_saved(case: Case) -> None:
    with case.monkeypatch.context() as patched:
        case.monkeypatch = patched
        on_a_full_disk(case)
        answer = case.client.post(EDIT, case.sent, headers=HERE)
    form = form_with(answer.text, "Skicka igen")
    assert case.client.post(form.action, dict(form.fields), headers=HERE).status_code == 302
    case.page.refresh_from_db()
    content = case.page.content
    assert (content.title, content.lead, content.tags[0].note) == PUBLISHED
