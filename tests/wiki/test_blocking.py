"""Blocked accounts: what they lose, what they are told, how they come back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from tests.conftest import form_of, make_moderator, signed_in
from wiki import operations, rules
from wiki.models import Page
from wiki.models.appeal import Appeal
from wiki.operations.blocking import (
    UNTIL_FURTHER_NOTICE,
    AlreadyAnswered,
    AlreadyAppealed,
    answer_appeal,
    appeal,
    block,
    unblock,
)


def address(user: User) -> str:
    """Where the user is blocked."""
    return f"/konto/profil/{user.pk}/stang-av/"


def acts() -> list[str]:
    """What the log tells, in the order of writing."""
    return list(LogEntry.objects.order_by("pk").values_list("act", flat=True))


def test_an_account_is_blocked_by_form(ada: User, rut: User) -> None:
    day = (timezone.localdate() + timedelta(days=7)).isoformat()
    form = {"do": "block", "reason": "Reklam", "until": day}
    for _ in range(2):
        answer = signed_in(rut).post(address(ada), form, follow=True)
        assert "Kontot är avstängt." in answer.text
    ada.refresh_from_db()
    assert ada.is_blocked
    assert ada.blocked_until
    assert (ada.block_reason, timezone.localtime(ada.blocked_until).date().isoformat()) == ("Reklam", day)
    assert acts() == ["block"]


def test_until_further_notice(ada: User, rut: User) -> None:
    signed_in(rut).post(address(ada), {"do": "block", "reason": "Reklam", "until": ""})
    ada.refresh_from_db()
    assert ada.blocked_until == UNTIL_FURTHER_NOTICE
    assert "Avstängningen gäller tills vidare." in signed_in(rut).get(address(ada)).text
    assert LogEntry.objects.get().facts == {"until": ""}


@pytest.mark.parametrize(
    ("do", "changes", "sentence"),
    [
        ("block", {"reason": "  "}, "Skriv varför kontot stängs av."),
        ("block", {"until": "2020-01-01"}, "Dagen är redan här eller förbi."),
        ("unblock", {"reason": "  "}, "Skriv varför kontot släpps in igen."),
    ],
)
def test_what_is_wrong_is_said(ada: User, rut: User, do: str, changes: dict[str, str], sentence: str) -> None:
    if do == "unblock":
        block(ada, reason="Reklam", by=rut)
    before = acts()
    answer = signed_in(rut).post(address(ada), {"do": do, "reason": "Skäl", "until": ""} | changes)
    assert (answer.status_code, sentence in answer.text) == (200, True)
    assert acts() == before


def test_rights_go_with_the_next_request_and_the_text_comes_back(page: Page, eva: User, rut: User) -> None:
    browser = signed_in(eva)
    assert browser.get("/sidor/skolan/redigera/").status_code == 200
    block(eva, reason="Reklam", by=rut)
    answer = browser.post("/sidor/skolan/redigera/", form_of(page, body="Min långa text."))
    assert answer.status_code == 403
    assert "Min långa text." in answer.text
    assert browser.get("/sidor/skolan/").status_code == 200
    blocked = User.objects.get(pk=eva.pk)
    with pytest.raises(PermissionDenied, match="Ditt konto är avstängt: Reklam"):
        operations.edit(page, replace(page.content, body="Nytt."), base=1, by=blocked)
    assert not rules.may_discuss(blocked, page)
    page.refresh_from_db()
    assert page.number == 1


def test_a_block_ends_by_itself(page: Page, eva: User, rut: User) -> None:
    block(eva, reason="Reklam", until=timezone.now() + timedelta(days=1), by=rut)
    assert not rules.may_write(User.objects.get(pk=eva.pk), page)
    User.objects.filter(pk=eva.pk).update(blocked_until=timezone.now() - timedelta(seconds=1))
    assert rules.may_publish(User.objects.get(pk=eva.pk), page)


@pytest.mark.parametrize("who", ["ada", "eva"])
def test_nobody_else_blocks_nor_learns_who_is_there(
    bo: User, who: str, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    for where in (address(bo), "/konto/profil/999999/stang-av/"):
        answer = signed_in(user).post(where, {"do": "block", "reason": "Mitt skäl"})
        assert answer.status_code == 403
        assert "Mitt skäl" in answer.text
    with pytest.raises(PermissionDenied):
        block(bo, reason="Skäl", by=user)
    assert acts() == []


def test_moderators_are_not_blocked(rut: User) -> None:
    other = make_moderator("siv@skl.example", "Siv Ask")
    for victim in (rut, other):
        assert signed_in(rut).post(address(victim), {"do": "block", "reason": "Skäl"}).status_code == 403
    assert signed_in(rut).get("/konto/profil/999999/stang-av/").status_code == 404
    assert acts() == []


def test_a_moderator_without_the_role_any_more_blocks_nobody(ada: User, rut: User) -> None:
    browser = signed_in(rut)
    assert browser.get(address(ada)).status_code == 200
    User.objects.filter(pk=rut.pk).update(is_moderator=False)
    assert browser.post(address(ada), {"do": "block", "reason": "Skäl"}).status_code == 403
    assert acts() == []


def test_the_notice_says_why_and_until_when(ada: User, rut: User) -> None:
    block(ada, reason="Reklam <b>", by=rut)
    ada.refresh_from_db()
    html = render_to_string(
        "components/_blocked.html", {"until": ada.blocked_until, "reason": ada.block_reason}
    )
    assert "Ditt konto är avstängt tills vidare." in html
    assert "”Reklam &lt;b&gt;”" in html
    assert 'href="/konto/overklaga/"' in html


def send_appeal(user: User, comment: str = "Det var inte jag.") -> Any:
    """Send the form of a blocked user."""
    return signed_in(user).post("/konto/overklaga/", {"comment": comment})


def test_a_blocked_user_appeals_once_at_a_time(ada: User, rut: User) -> None:
    block(ada, reason="Reklam", by=rut)
    assert send_appeal(ada).status_code == 302
    again = send_appeal(ada, "En gång till.")
    assert again.status_code == 409
    assert "Du har redan ett överklagande som väntar på svar." in again.text
    assert "En gång till." in again.text
    with pytest.raises(AlreadyAppealed):
        appeal("Och en till.", by=ada)
    assert [one.text for one in Appeal.objects.all()] == ["Det var inte jag."]
    assert "Det var inte jag." in signed_in(ada).get("/konto/overklaga/").text
    assert acts() == ["block", "appeal"]
    assert LogEntry.objects.get(act="appeal").reason == ""


@pytest.mark.parametrize(
    ("comment", "sentence"),
    [
        (" \n ", "Skriv varför du tycker att avstängningen är fel."),
        ("x" * 1001, "Texten är 1001 tecken lång. Gränsen är 1000."),
        ("Jag heter\n19811218-9876", "det som börjar med 1981… på rad 2."),
    ],
)
def test_a_bad_appeal_comes_back(ada: User, rut: User, comment: str, sentence: str) -> None:
    block(ada, reason="Reklam", by=rut)
    answer = send_appeal(ada, comment)
    assert (answer.status_code, sentence in answer.text.replace("\u00a0", "")) == (200, True)
    assert answer.context["form"]["comment"].value() == comment
    assert not Appeal.objects.exists()


def test_who_is_not_blocked_has_nothing_to_appeal(ada: User, client: Client) -> None:
    answer = signed_in(ada).get("/konto/overklaga/")
    assert (answer.status_code, "Ditt konto är inte avstängt" in answer.text) == (200, True)
    assert "<textarea" not in answer.text
    refused = send_appeal(ada)
    assert (refused.status_code, "Det var inte jag." in refused.text) == (403, True)
    assert client.get("/konto/overklaga/").status_code == 302


@pytest.mark.parametrize(("do", "is_blocked"), [("grant", False), ("keep", True)])
def test_a_moderator_answers_an_appeal(ada: User, rut: User, do: str, is_blocked: bool) -> None:
    block(ada, reason="Reklam", by=rut)
    asked = appeal("Det var inte jag.", by=ada)
    browser = signed_in(rut)
    assert "Det var inte jag." in browser.get("/granskning/overklaganden/").text
    form = {"appeal": str(asked.pk), "do": do, "reason": "Vi har sett efter."}
    assert browser.post("/granskning/overklaganden/", form).status_code == 302
    ada.refresh_from_db()
    asked.refresh_from_db()
    assert (ada.is_blocked, asked.outcome) == (is_blocked, "kept" if is_blocked else "granted")
    again = browser.post("/granskning/overklaganden/", form)
    assert (again.status_code, "redan besvarat" in again.text) == (409, True)
    assert acts() == ["block", "appeal", "block" if is_blocked else "unblock"]
    assert "Vi har sett efter." in signed_in(ada).get("/konto/overklaga/").text
    if is_blocked:
        assert appeal("En gång till.", by=ada).is_waiting


def test_an_answer_needs_words(ada: User, rut: User) -> None:
    block(ada, reason="Reklam", by=rut)
    asked = appeal("Det var inte jag.", by=ada)
    form = {"appeal": str(asked.pk), "do": "grant", "reason": " "}
    answer = signed_in(rut).post("/granskning/overklaganden/", form)
    assert (answer.status_code, "Skriv ett svar." in answer.text) == (200, True)
    missing = signed_in(rut).post("/granskning/overklaganden/", form | {"appeal": "999999", "reason": "Svar"})
    assert missing.status_code == 404
    asked.refresh_from_db()
    assert asked.is_waiting


@pytest.mark.parametrize("who", ["ada", "eva"])
def test_others_read_no_appeals(ada: User, rut: User, who: str, request: pytest.FixtureRequest) -> None:
    block(ada, reason="Reklam", by=rut)
    asked = appeal("Det var inte jag.", by=ada)
    user = request.getfixturevalue(who)
    answer = signed_in(user).get("/granskning/overklaganden/")
    assert (answer.status_code, "Det var inte jag." in answer.text) == (403, False)
    with pytest.raises(PermissionDenied):
        answer_appeal(asked, grant=True, reason="Jag vill", by=user)
    if user != ada:
        assert "Det var inte jag." not in signed_in(user).get("/konto/overklaga/").text


def test_letting_somebody_in_answers_what_they_asked(ada: User, rut: User) -> None:
    block(ada, reason="Reklam", by=rut)
    asked = appeal("Det var inte jag.", by=ada)
    for _ in range(2):
        signed_in(rut).post(address(ada), {"do": "unblock", "reason": "Fel konto"})
    ada.refresh_from_db()
    asked.refresh_from_db()
    assert (ada.is_blocked, ada.block_reason) == (False, "")
    assert (asked.outcome, asked.answer, asked.answered_by) == ("granted", "Fel konto", rut)
    assert acts() == ["block", "appeal", "unblock"]
    assert unblock(ada, reason="Igen", by=rut) is False
    with pytest.raises(AlreadyAnswered):
        answer_appeal(asked, grant=False, reason="Nej", by=rut)
