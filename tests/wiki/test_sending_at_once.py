"""One form sent twice in the same moment, and a draft saved while it is sent: side by side on PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Barrier, Event
from time import sleep
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import form_of, signed_in
from tests.wiki.drafting import EDIT, NEW, SCRIPT
from tests.wiki.test_at_once import together
from wiki import operations
from wiki.content import Content
from wiki.models import Draft, Edit, Page, Proposal, ProposalText, SentForm
from wiki.operations import Sending, Typed, drafts

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 6


def twice(send: Callable[[], Any]) -> list[Any]:
    """What the form is answered when it is sent twice in the same moment."""
    barrier = Barrier(2)

    def run(_number: int) -> Any:
        try:
            barrier.wait(10)
            return send()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(run, range(2)))


def post(user: User, address: str, form: dict[str, str]) -> list[str]:
    """Send the form twice at once, from one browser; where it leads, both times."""
    cookies = signed_in(user).cookies

    def send() -> Any:
        client = Client()
        client.cookies = cookies
        return client.post(address, form)

    answers = twice(send)
    assert [answer.status_code for answer in answers] == [302, 302], [answer.text for answer in answers]
    return [answer["Location"] for answer in answers]


def test_an_edit_is_one_version(page: Page, eva: User) -> None:
    for number in range(1, ROUNDS + 1):
        form = form_of(page, body=f"Text {number}.", base=str(number)) | {"once": f"nyckel {number}"}
        assert post(eva, EDIT, form) == ["/sidor/skolan/"] * 2
        assert page.edits.count() == number + 1
    assert SentForm.objects.count() == ROUNDS


def test_the_second_is_told_which_version_it_is(page: Page, eva: User) -> None:
    for number in range(1, ROUNDS + 1):
        content = replace(page.content, body=f"Text {number}.")
        save = partial(operations.edit, page, content, base=number, sent=Sending(once=str(number)), by=eva)
        told = together(save, save)
        assert told.count(operations.AlreadySaved) == 1
        with pytest.raises(operations.AlreadySaved) as again:
            save()
        assert again.value.edit
        assert again.value.edit.number == number + 1


def test_a_new_page_is_one_page(eva: User) -> None:
    for number in range(ROUNDS):
        form = {"title": f"Sida {number}", "body": "Text.", "once": f"nyckel {number}"}
        assert post(eva, NEW, form) == [f"/sidor/sida-{number}/"] * 2
    assert Page.objects.count() == ROUNDS


def test_a_proposal_is_one(page: Page, ada: User) -> None:
    for number in range(ROUNDS):
        form = form_of(page, body=f"Text {number}.") | {"once": f"nyckel {number}"}
        assert len(set(post(ada, EDIT, form))) == 1
        new = {"title": f"Sida {number}", "body": "Text.", "once": f"ny {number}"}
        assert len(set(post(ada, NEW, new))) == 1
    assert Proposal.objects.count() == 2 * ROUNDS


def test_a_revised_proposal_is_one_text(page: Page, ada: User) -> None:
    proposal = operations.propose(page, Content(title="Skolan", body="Adas."), base=1, by=ada)
    address = f"{proposal.get_absolute_url()}redigera/"
    for number in range(1, ROUNDS + 1):
        form = {"title": "Skolan", "body": f"Text {number}.", "base": "1", "revision": str(number)}
        assert len(set(post(ada, address, form | {"once": f"nyckel {number}"}))) == 1
        assert ProposalText.objects.count() == number


def typed(page: Page, body: str) -> Typed:
    """A form with the text."""
    return Typed(page=page, proposal=None, fields={"body": [body]}, title="Skolan", base=1)


def test_windows_that_save_a_draft_at_once_lose_nothing(page: Page, eva: User) -> None:
    """Both have seen the same draft: one goes on with it, the other gets its own."""
    for number in range(ROUNDS):
        Draft.objects.all().delete()
        seen = operations.save_draft(typed(page, f"{number}"), sending=Sending(), by=eva).draft
        windows = [
            partial(
                operations.save_draft,
                typed(page, f"{number} {tab}"),
                sending=Sending(tab=tab, seq=1, draft=seen.pk, counter=1),
                by=eva,
            )
            for tab in "AB"
        ]
        kept: list[Any] = together(*windows)
        assert sorted(one.is_forked for one in kept) == [False, True]
        texts = sorted(draft.fields["body"][0] for draft in Draft.objects.all())
        assert texts == [f"{number} A", f"{number} B"]


def test_one_window_that_saves_twice_at_once_has_one_draft(page: Page, eva: User) -> None:
    for number in range(ROUNDS):
        saves = [
            partial(
                operations.save_draft,
                typed(page, f"{number} {seq}"),
                sending=Sending(tab=f"{number}", seq=seq),
                by=eva,
            )
            for seq in (1, 2)
        ]
        together(*saves)
        assert [draft.fields["body"] for draft in Draft.objects.filter(tab=f"{number}")] == [[f"{number} 2"]]


def test_a_draft_that_is_saved_while_the_form_is_sent_is_gone(
    page: Page, eva: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The draft is begun first, and written when the form could long have been sent."""
    is_begun = Event()
    check = drafts._check_size

    def dawdle(form: Typed) -> None:
        check(form)
        is_begun.set()
        sleep(0.7)

    def save() -> operations.Kept:
        late = Sending(once="nyckel", tab="A", seq=1)
        return operations.save_draft(typed(page, "Nästan."), sending=late, by=eva)

    def send() -> Edit | Proposal:
        is_begun.wait(10)
        sent = Sending(once="nyckel", tab="A", seq=2)
        return operations.edit(page, replace(page.content, body="Text."), base=1, sent=sent, by=eva)

    monkeypatch.setattr(drafts, "_check_size", dawdle)
    kept, edit = together(save, send)
    assert (type(kept), type(edit)) == (operations.Kept, Edit)
    assert not Draft.objects.exists()


def test_the_script_is_answered_in_the_same_moment(page: Page, eva: User) -> None:
    cookies = signed_in(eva).cookies

    def send() -> Any:
        client = Client()
        client.cookies = cookies
        form = form_of(page, body="Text.") | {"do": "draft", "tab": "A", "seq": "1", "once": "nyckel"}
        return client.post(EDIT, form, headers=SCRIPT)

    told = [answer.json() for answer in twice(send)]
    assert {(one["draft"], one["counter"], one["is_forked"]) for one in told} == {
        (Draft.objects.get().pk, 1, False)
    }
