"""The screens for signing in, signing up, and what guards an account."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page, expect

from mittkoping.accounts.models import User
from tests.accounts.flows import form, link, mails
from tests.accounts.provider import Provider, running, settings_for
from tests.accounts.test_oidc import go
from tests.browser.screens.screen import EVA, RUT, Screen, person, press
from tests.browser.test_accounts import AUTHENTICATOR
from wiki.demo_loading import PASSWORD


def prove_it_is_me(tab: Page) -> None:
    """Answer the question for the password, and come to what was asked for."""
    tab.get_by_label("Lösenord").fill(PASSWORD)
    press("Fortsätt")(tab)


def prove_it_is_me_and(name: str) -> Callable[[Page], None]:
    """The same, and press a button there."""

    def act(tab: Page) -> None:
        prove_it_is_me(tab)
        press(name)(tab)

    return act


def sign_in(tab: Page) -> None:
    """Eva's password."""
    tab.get_by_label("E-postadress").fill(EVA)
    tab.get_by_label("Lösenord").fill(PASSWORD)
    press("Logga in")(tab)


def sign_up(tab: Page) -> None:
    """Kim signs up, and opens the link in the mail."""
    for label, name in {"E-postadress": "email", "Namn som visas": "name"}.items():
        tab.get_by_label(label).fill(form()[name])
    tab.get_by_label("Lösenord", exact=True).fill(form()["password1"])
    tab.get_by_label("Lösenordet igen").fill(form()["password1"])
    tab.get_by_label("Jag godkänner villkoren").check()
    press("Skapa kontot")(tab)
    tab.goto(link(mails(form()["email"])[0]))


def choose_a_password(tab: Page) -> None:
    """Eva has forgotten hers, and opens the link in the mail."""
    tab.get_by_label("E-postadress").fill(EVA)
    press("Skicka länken")(tab)
    tab.goto(link(mails(EVA)[0]))


def change_address(tab: Page) -> None:
    """Eva asks for another address."""
    tab.get_by_label("Ny e-postadress").fill("eva.berg@mittkoping.example")
    press("Byt adress")(tab)
    prove_it_is_me(tab)


def give(*kinds: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Eva has these second factors already."""

    def prepare(_monkeypatch: pytest.MonkeyPatch) -> None:
        cache.clear()
        eva = person(EVA)
        for kind in kinds:
            data = {"seed": "ab", "used_mask": 0} if kind == "recovery_codes" else {"name": "Jobbdatorn"}
            Authenticator.objects.create(user=eva, type=kind, data=data)

    return prepare


def open_passkey(tab: Page) -> None:
    """From the list to what one may do with the first passkey."""
    tab.get_by_role("main").get_by_role("link", name="Ta bort").click()
    prove_it_is_me(tab)


def rename_passkey(tab: Page) -> None:
    """From the list to the name of the first passkey."""
    tab.get_by_role("main").get_by_role("link", name="Byt namn").click()
    prove_it_is_me(tab)


def have_no_password(_monkeypatch: pytest.MonkeyPatch) -> None:
    """Eva signs in elsewhere only."""
    User.objects.filter(email=EVA).update(password="!")


def have_a_provider(monkeypatch: pytest.MonkeyPatch, address: str = "https://elsewhere.example") -> None:
    """One may sign in elsewhere; nobody asks there."""
    for name, value in settings_for(Provider(address)).items():
        monkeypatch.setattr(settings, name, value)


def come_from_a_provider(monkeypatch: pytest.MonkeyPatch) -> Client:
    """Kim has signed in elsewhere, and is not known here."""
    client = Client()
    with running() as provider:
        have_a_provider(monkeypatch, provider.address)
        provider.person = {"sub": "k-1", "email": form()["email"], "email_verified": True, "name": "Kim Ny"}
        go(client, "process=login&next=/om/")
    return client


def close_the_sign_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Accounts are made by those who run the wiki."""
    monkeypatch.setattr(settings, "SIGN_UP", False)


def fail_to_sign_in(tab: Page) -> None:
    """A wrong password."""
    tab.get_by_label("E-post").fill(EVA)
    tab.get_by_label("Lösenord").fill("fel lösenord")
    press("Logga in")(tab)


def lose_the_token(tab: Page) -> None:
    """Send the form for signing in without its cookie."""
    tab.context.clear_cookies()
    press("Logga in")(tab)


def prove_it_by_passkey(tab: Page) -> None:
    """Add a passkey, which the browser keeps, and be asked for it."""
    session = tab.context.new_cdp_session(tab)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    prove_it_is_me(tab)
    press("Lägg till passnyckeln")(tab)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Återställningskoder")
    tab.goto("/konto/bekrafta/passnyckel/")


def show_codes(tab: Page) -> None:
    """Press the button; what was asked for comes after the password."""
    press("Visa koderna")(tab)
    prove_it_is_me(tab)


ENTRANCE = [
    Screen("sign-in", "/konto/login/", "input[type=password]"),
    Screen("sign-in refused", "/konto/login/", "#fel", act=fail_to_sign_in),
    Screen("sign-in without a token", "/konto/login/", ".error-page", status=403, act=lose_the_token),
    Screen("sign-in with a provider", "/konto/login/", "text=Logga in med", prepare=have_a_provider),
    Screen("on the way to a provider", "/konto/extern/oidc/", "text=Fortsätt till", prepare=have_a_provider),
    Screen("back from a provider", "/konto/extern/registrera/", "#id_terms", prepare=come_from_a_provider),
    Screen("sign-out", "/konto/logout/", "main form", by=EVA),
    Screen("sign-up", "/konto/registrera/", "#id_terms"),
    Screen("sign-up, closed", "/konto/registrera/", "h1", prepare=close_the_sign_up),
    Screen("inactive account", "/konto/inactive/", "h1"),
    Screen("sign-up with mistakes", "/konto/registrera/", "#fel", act=press("Skapa kontot")),
    Screen(
        "confirm the address",
        "/konto/registrera/",
        "text=Är det här din adress?",
        act=sign_up,
        leads_to="account_confirm_email",
    ),
    Screen("mail sent", "/konto/bekrafta-epost/", "main .ds-button"),
    Screen("link that no longer holds", "/konto/bekrafta-epost/x/", "main .ds-button"),
    Screen("forgotten password", "/konto/losenord/glomt/", "main input[type=email]"),
    Screen("mail for a password sent", "/konto/losenord/glomt/skickat/", "main .ds-button"),
    Screen(
        "choose a password",
        "/konto/losenord/glomt/",
        "#id_password2",
        act=choose_a_password,
        leads_to="account_reset_password_from_key",
    ),
    Screen("password chosen", "/konto/losenord/nytt/klart/", "main .ds-button"),
    Screen("link for a password, too old", "/konto/losenord/nytt/1-x/", "main .ds-button"),
    Screen("sign-in broken off", "/konto/extern/avbruten/", "main .ds-button"),
    Screen("sign-in failed elsewhere", "/konto/extern/fel/", "main .ds-button", status=401),
]
GUARDS = [
    Screen("address", "/konto/epost/", "#id_email", EVA),
    Screen("address being changed", "/konto/epost/", "main .notice", EVA, act=change_address),
    Screen("password", "/konto/losenord/", "#id_oldpassword", EVA),
    Screen("first password", "/konto/losenord/forsta/", "#id_password1", EVA, prepare=have_no_password),
    Screen("password with mistakes", "/konto/losenord/", "#fel", EVA, act=press("Byt lösenord")),
    Screen("is it you", "/konto/bekrafta/", "#id_password", EVA),
    Screen("second factor", "/konto/tvasteg/", "main .panel", EVA),
    Screen("second factor that a moderator lacks", "/konto/tvasteg/", "main .panel", RUT),
    Screen("connect an app", "/konto/tvasteg/app/", ".qr-code", EVA, act=prove_it_is_me),
    Screen(
        "connect an app, wrong code",
        "/konto/tvasteg/app/",
        "#fel",
        EVA,
        act=prove_it_is_me_and("Koppla appen"),
    ),
    Screen("add a passkey", "/konto/tvasteg/passnycklar/ny/", "#id_name", EVA, act=prove_it_is_me),
    Screen(
        "is it you, by passkey",
        "/konto/tvasteg/passnycklar/ny/",
        "main form[data-passkey]",
        EVA,
        act=prove_it_by_passkey,
        leads_to="mfa_reauthenticate_webauthn",
    ),
    Screen("no passkeys", "/konto/tvasteg/passnycklar/", ".empty", EVA),
    Screen("sessions", "/konto/sessioner/", "main .badge, main .rows", EVA),
    Screen("no sign-in elsewhere", "/konto/extern/", ".empty", EVA),
]
WITH_A_SECOND_FACTOR = [
    replace(screen, prepare=give("totp", "webauthn", "recovery_codes"))
    for screen in (
        Screen("second factor in use", "/konto/tvasteg/", "text=1 passnyckel", EVA),
        Screen("passkeys", "/konto/tvasteg/passnycklar/", ".rows", EVA),
        Screen(
            "rename a passkey",
            "/konto/tvasteg/passnycklar/",
            "#id_name",
            EVA,
            act=rename_passkey,
            leads_to="mfa_edit_webauthn",
        ),
        Screen(
            "remove a passkey",
            "/konto/tvasteg/passnycklar/",
            "text=Nej, behåll",
            EVA,
            act=open_passkey,
            leads_to="mfa_remove_webauthn",
        ),
        Screen("remove the app", "/konto/tvasteg/app/ta-bort/", "text=Nej, behåll", EVA, act=prove_it_is_me),
        Screen("recovery codes", "/konto/tvasteg/koder/", "text=Visa koderna", EVA),
        Screen("new recovery codes", "/konto/tvasteg/koder/nya/", "text=Avbryt", EVA, act=prove_it_is_me),
        Screen("is it you, by code", "/konto/bekrafta/kod/", "#id_code", EVA),
    )
] + [
    Screen(
        "recovery codes shown",
        "/konto/tvasteg/koder/",
        ".recovery-codes",
        EVA,
        act=show_codes,
        prepare=give("totp", "recovery_codes"),
    ),
    Screen(
        "second step",
        "/konto/login/",
        "#id_code",
        act=sign_in,
        prepare=give("totp", "recovery_codes"),
        leads_to="mfa_authenticate",
    ),
]
ACCOUNTS = [*ENTRANCE, *GUARDS, *WITH_A_SECOND_FACTOR]
