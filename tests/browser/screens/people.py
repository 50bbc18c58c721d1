"""The screens about people: what everybody sees of them, what they see themselves, what moderators see."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from mittkoping.accounts.models import Membership
from tests.browser.screens.screen import ADA, EVA, RUT, Prepare, Screen, person, press
from tests.browser.screens.writing import block_eva
from wiki.operations.members import unconfirm


def key_of(email: str) -> Prepare:
    """Whose page it is."""
    return lambda monkeypatch: person(email).pk


def membership_of(email: str) -> Prepare:
    """Whose membership it is."""
    return lambda monkeypatch: person(email).memberships.active().get().pk


def ask_to_be_confirmed(_monkeypatch: pytest.MonkeyPatch) -> int:
    """Ada has said where she works, and waits for an answer."""
    membership = person(ADA).memberships.active().get()
    Membership.objects.filter(pk=membership.pk).update(asked_at=timezone.now(), answered_at=None)
    return membership.pk


def be_unconfirmed(_monkeypatch: pytest.MonkeyPatch) -> None:
    """Rut has taken Eva's confirmation back."""
    reason = "Hon har slutat i kommunen."
    unconfirm(person(EVA).memberships.active().get(), reason=reason, by=person(RUT))


def block(_monkeypatch: pytest.MonkeyPatch) -> int:
    """Rut has blocked Eva."""
    block_eva()
    return person(EVA).pk


def lose_the_name(tab: Page) -> None:
    """Save without a name."""
    tab.locator("#id_name").fill(" ")
    press("Spara")(tab)


PROFILES = [
    Screen("profile of an editor", "/konto/profil/{}/", ".edit-row", prepare=key_of(EVA)),
    Screen("profile of a contributor", "/konto/profil/{}/", "text=uppger", prepare=key_of(ADA)),
    Screen("profile of somebody blocked", "/konto/profil/{}/", "main .notice", prepare=block),
]
PEOPLE = [
    Screen("own profile", "/konto/profil/{}/", "text=Ändra dina uppgifter", EVA, prepare=key_of(EVA)),
    Screen(
        "profile that a moderator sees",
        "/konto/profil/{}/",
        "text=Rulla tillbaka ändringar",
        RUT,
        prepare=key_of(EVA),
    ),
    Screen("account of an editor", "/konto/", "text=Du är redaktör för", by=EVA),
    Screen("account that waits", "/konto/", "text=väntar på svar", by=ADA, prepare=ask_to_be_confirmed),
    Screen("account that was unconfirmed", "/konto/", "main .notice", by=EVA, prepare=be_unconfirmed),
    Screen("account of somebody blocked", "/konto/", "text=Du kan läsa, men inte skriva", EVA, prepare=block),
    Screen(
        "account with mistakes",
        "/konto/",
        "#fel",
        EVA,
        act=lose_the_name,
    ),
    Screen("members", "/granskning/medlemmar/", ".member-row", by=RUT, prepare=ask_to_be_confirmed),
    Screen("members, none fits", "/granskning/medlemmar/?q=finnsinte", ".empty", by=RUT),
    Screen(
        "member who waits",
        "/granskning/medlemmar/{}/",
        "text=Svara ”inte nu”",
        RUT,
        prepare=ask_to_be_confirmed,
    ),
    Screen(
        "member without a reason",
        "/granskning/medlemmar/{}/",
        "#fel",
        RUT,
        act=press("Ta tillbaka"),
        prepare=membership_of(EVA),
    ),
]
