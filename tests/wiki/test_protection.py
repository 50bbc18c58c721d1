"""Who may publish on a protected page, until when, and what is said of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.utils import timezone

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from tests.conftest import form_of, signed_in
from wiki import operations, rules
from wiki.models import Page
from wiki.operations.protecting import protect

ADDRESS = "/sidor/skolan/skydda/"
LOCKED = Page.Protection.LOCKED


def tomorrow(days: int = 1) -> str:
    """A day to come, as a browser sends it."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def send(user: User, **changes: Any) -> Any:
    """The form as rut fills it in."""
    return signed_in(user).post(
        ADDRESS, {"level": "locked", "reason": "Redigeringskrig", "until": ""} | changes
    )


def test_a_page_is_locked_by_form_until_a_day(page: Page, rut: User) -> None:
    answer = send(rut, until=tomorrow(3))
    assert (answer.status_code, answer["Location"]) == (302, "/sidor/skolan/")
    page.refresh_from_db()
    assert (page.level, page.protection_reason, page.protected_by) == (LOCKED, "Redigeringskrig", rut)
    assert page.protected_until == timezone.make_aware(
        datetime.combine(timezone.localdate() + timedelta(days=3), datetime.min.time())
    )
    entry = LogEntry.objects.get()
    assert (entry.act, entry.actor, entry.target, entry.reason) == ("protect", rut, page, "Redigeringskrig")
    assert entry.facts["level"] == "locked"
    assert datetime.fromisoformat(entry.facts["until"]) == page.protected_until


def test_protecting_twice_is_one_act(page: Page, rut: User) -> None:
    for _ in range(2):
        send(rut, until=tomorrow())
    assert LogEntry.objects.count() == 1


def test_the_form_starts_from_what_holds(page: Page, rut: User) -> None:
    assert signed_in(rut).get(ADDRESS).context["form"]["level"].value() == "open"
    send(rut, until=tomorrow(3))
    form = signed_in(rut).get(ADDRESS).context["form"]
    assert (form["level"].value(), form["reason"].value()) == (LOCKED, "Redigeringskrig")
    assert form["until"].value().isoformat() == tomorrow(3)
    assert f'value="{tomorrow(3)}"' in str(form["until"])


def test_a_page_is_opened_again(page: Page, rut: User) -> None:
    send(rut)
    send(rut, level="open", reason="Lugnt igen", until=tomorrow())
    page.refresh_from_db()
    assert (page.level, page.protected_until, page.protection_reason) == (Page.Protection.OPEN, None, "")
    assert [entry.reason for entry in LogEntry.objects.newest_first()] == ["Lugnt igen", "Redigeringskrig"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " \u00a0 "}, "Skriv varför skyddet ändras."),
        ({"reason": "\u3164"}, "Skriv varför skyddet ändras."),
        ({"reason": "x" * 201}, "Skälet är 201 tecken långt. Gränsen är 200."),
        ({"reason": "Gäller 811218-9876"}, "Skälet innehåller ett personnummer: det som börjar med 8112…."),
        ({"until": "2020-01-01"}, "Dagen är redan här eller förbi."),
        ({"until": tomorrow(0)}, "Dagen är redan här eller förbi."),
        ({"until": "9999-12-31"}, "Dagen är mer än tio år bort."),
        ({"until": "i morgon"}, "datum"),
        ({"level": "stängd"}, "stängd"),
        ({"level": ""}, "Skydd"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    page: Page, rut: User, changes: dict[str, str], sentence: str
) -> None:
    answer = send(rut, **changes)
    assert answer.status_code == 200
    assert sentence in answer.text
    for field, value in ({"reason": "Redigeringskrig"} | changes).items():
        assert answer.context["form"][field].value() == value
    page.refresh_from_db()
    assert page.level == Page.Protection.OPEN
    assert not LogEntry.objects.exists()


def test_protection_ends_by_itself(page: Page, eva: User, rut: User) -> None:
    protect(page, LOCKED, reason="Krig", until=timezone.now() + timedelta(days=1), by=rut)
    page.refresh_from_db()
    assert not rules.may_write(eva, page)
    Page.objects.update(protected_until=timezone.now() - timedelta(seconds=1))
    page.refresh_from_db()
    assert page.level == Page.Protection.OPEN
    assert rules.may_publish(eva, page)


@pytest.mark.parametrize("who", ["ada", "eva"])
def test_nobody_else_protects(page: Page, who: str, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(who)
    assert signed_in(user).get(ADDRESS).status_code == 403
    answer = send(user)
    assert answer.status_code == 403
    assert "Bara moderatorer ändrar en sidas skydd" in answer.text
    assert "Redigeringskrig" in answer.text
    with pytest.raises(PermissionDenied):
        protect(page, LOCKED, reason="Krig", by=user)
    assert not LogEntry.objects.exists()


def test_a_role_that_is_taken_away_meanwhile_does_not_protect(page: Page, rut: User) -> None:
    browser = signed_in(rut)
    assert browser.get(ADDRESS).status_code == 200
    User.objects.filter(pk=rut.pk).update(is_moderator=False)
    answer = browser.post(ADDRESS, {"level": "locked", "reason": "Mitt skäl"})
    assert answer.status_code == 403
    assert "Mitt skäl" in answer.text
    page.refresh_from_db()
    assert page.level == Page.Protection.OPEN


def test_an_archived_page_is_not_protected(page: Page, rut: User) -> None:
    operations.archive(page, reason="Dubblett", by=rut)
    assert signed_in(rut).get(ADDRESS).status_code == 403


@pytest.mark.parametrize("who", ["ada", "eva"])
def test_a_locked_page_takes_no_text_and_hands_it_back(
    page: Page, rut: User, who: str, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    protect(page, LOCKED, reason="Krig", by=rut)
    answer = signed_in(user).post("/sidor/skolan/redigera/", form_of(page, body="Min långa text."))
    assert answer.status_code == 403
    assert "Min långa text." in answer.text
    page.refresh_from_db()
    with pytest.raises(PermissionDenied, match="Sidan är låst"):
        operations.edit(page, replace(page.content, body="Nytt."), base=1, by=user)
    page.refresh_from_db()
    assert page.number == 1
    assert rules.may_discuss(user, page)


def test_an_editor_is_told_why_a_locked_page_keeps_its_name(
    page: Page, eva: User, ada: User, rut: User
) -> None:
    protect(page, LOCKED, reason="Krig", by=rut)
    answer = signed_in(eva).get("/sidor/skolan/byt-namn/")
    assert (answer.status_code, "Sidan är låst." in answer.text) == (403, True)
    protect(page, Page.Protection.OPEN, reason="Lugnt", by=rut)
    assert signed_in(eva).get("/sidor/skolan/byt-namn/").status_code == 200
    assert "Du behöver vara redaktör för att byta namn" in signed_in(ada).get("/sidor/skolan/byt-namn/").text


def test_a_moderator_writes_on_a_locked_page(page: Page, rut: User) -> None:
    protect(page, LOCKED, reason="Krig", by=rut)
    operations.edit(page, replace(page.content, body="Ruts."), base=1, by=rut)
    page.refresh_from_db()
    assert page.body == "Ruts."


@pytest.mark.parametrize(
    ("level", "until", "said"),
    [
        (
            "locked",
            datetime(2026, 12, 3, tzinfo=timezone.get_default_timezone()),
            "låst till 3 december 2026: Krig",
        ),
        ("locked", None, "låst tills vidare: Krig"),
        ("reviewed", None, "Ändringar granskas före publicering tills vidare: Krig"),
    ],
)
def test_the_page_says_so_calmly(level: str, until: datetime | None, said: str) -> None:
    html = render_to_string("components/_protection.html", {"level": level, "until": until, "reason": "Krig"})
    assert said in html


def test_nothing_is_said_of_an_open_page() -> None:
    assert render_to_string("components/_protection.html", {"level": "open", "reason": "Krig"}).strip() == ""
