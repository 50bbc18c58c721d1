"""Accounts in a browser: from sign-up to the first edit, passkeys, the way through an identity provider."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from playwright.sync_api import Page, expect

from mittkoping.accounts.models import User
from tests.accounts.flows import GOOD, code, link, mails
from tests.accounts.provider import Provider, running, settings_for
from tests.browser.window import OpenWindow, Window
from wiki.demo_loading import PASSWORD
from wiki.models import Page as WikiPage
from wiki.models import Proposal

SLUG = "digital-signering-av-lakemedel"
EVA = "eva@mittkoping.example"
RUT = "rut@skl.example"
KIM = "kim@mittkoping.example"
SENTENCE = "Kim var med när systemet startade."
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def no_limits_used(demo: None) -> None:
    """Limits that other tests have used up are no concern of these."""
    cache.clear()


def press(tab: Page, name: str) -> None:
    """Press a button of the page's own part."""
    tab.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def sign_in(tab: Page, email: str, password: str = PASSWORD) -> None:
    """Fill in the form."""
    tab.goto("/konto/login/")
    tab.get_by_label("E-postadress").fill(email)
    tab.get_by_label("Lösenord").fill(password)
    press(tab, "Logga in")


def sign_out(tab: Page) -> None:
    """Press the button in the head."""
    tab.get_by_role("banner").get_by_role("button", name="Logga ut").click()
    expect(tab.get_by_role("banner").get_by_role("link", name="Logga in")).to_be_visible()


def has_signed_in(tab: Page, name: str) -> None:
    """The head says who it is."""
    expect(tab.locator(".account__name")).to_have_text(name)


def give_passkeys(window: Window) -> None:
    """Give the browser's machine something that keeps passkeys, and an owner who always agrees."""
    session = window.context.new_cdp_session(window.tab)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def add_passkey(tab: Page) -> None:
    """Add one on the page for it, and come to the recovery codes."""
    tab.goto("/konto/tvasteg/")
    tab.get_by_role("link", name="Lägg till en passnyckel").click()
    press(tab, "Lägg till passnyckeln")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Återställningskoder")


def make_an_account(tab: Page) -> None:
    """Sign kim up, read the mail, confirm, sign in."""
    tab.goto("/konto/login/")
    tab.get_by_role("link", name="Skapa ett konto").click()
    tab.get_by_label("E-postadress").fill(KIM)
    tab.get_by_label("Namn som visas").fill("Kim Ny")
    tab.get_by_label("Kommun").fill("Mittköping")
    tab.get_by_label("Roll i arbetet").fill("Undersköterska")
    tab.get_by_label("Lösenord", exact=True).fill(GOOD)
    tab.get_by_label("Lösenordet igen").fill(GOOD)
    tab.get_by_label("Jag godkänner villkoren").check()
    press(tab, "Skapa kontot")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Titta i din e-post")
    [mail] = mails(KIM)
    tab.goto(link(mail))
    expect(tab.get_by_role("main")).to_contain_text(KIM)
    press(tab, "Ja, bekräfta adressen")
    expect(tab.get_by_role("status")).to_contain_text(f"Adressen {KIM} är bekräftad.")
    sign_in(tab, KIM, GOOD)
    has_signed_in(tab, "Kim Ny")


def write(tab: Page, button: str) -> None:
    """One more paragraph on a page."""
    tab.goto(f"/sidor/{SLUG}/redigera/")
    text = tab.get_by_label("Text", exact=True)
    text.fill(f"{text.input_value().rstrip()}\n\n{SENTENCE}\n")
    tab.get_by_label("Sammanfattning").fill("Berättar om starten")
    press(tab, button)


@pytest.mark.parametrize("has_script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_sign_up_to_the_first_published_edit(open_window: OpenWindow, has_script: bool) -> None:
    before = WikiPage.objects.get(slug=SLUG).number
    kim = open_window(java_script_enabled=has_script).tab
    make_an_account(kim)
    write(kim, "Skicka förslaget")
    expect(kim.get_by_role("main")).to_contain_text(SENTENCE)
    assert Proposal.objects.get(author__email=KIM).page == WikiPage.objects.get(slug=SLUG)
    assert WikiPage.objects.get(slug=SLUG).number == before

    moderator = open_window()
    give_passkeys(moderator)
    sign_in(moderator.tab, RUT)
    add_passkey(moderator.tab)
    moderator.tab.goto("/granskning/medlemmar/?roll=vantar")
    press(moderator.tab, "Bekräfta Kim Ny som redaktör")
    expect(moderator.tab.get_by_role("status")).to_contain_text("Kim Ny")
    assert User.objects.get(email=KIM).edits

    write(kim, "Spara ändringen")
    expect(kim.get_by_role("status")).to_contain_text(f"Sparat som version {before + 1}.")
    reader = open_window()
    reader.tab.goto(f"/sidor/{SLUG}/")
    expect(reader.tab.locator("#sidtext")).to_contain_text(SENTENCE)
    assert reader.context.cookies() == []


def test_a_passkey_is_a_second_step_and_a_way_in_of_its_own(window: Window) -> None:
    tab = window.tab
    give_passkeys(window)
    sign_in(tab, EVA)
    add_passkey(tab)
    press(tab, "Visa koderna")
    codes = tab.locator(".recovery-codes code").all_inner_texts()
    assert len(codes) == 10
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Ladda ner koderna").click()
    assert download.value.suggested_filename == "mittkoping-koder.txt"
    assert download.value.path().read_text().split() == codes

    sign_out(tab)
    sign_in(tab, EVA)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Andra steget")
    press(tab, "Använd passnyckeln")
    has_signed_in(tab, "Eva Berg")

    sign_out(tab)
    tab.goto("/konto/login/")
    press(tab, "Använd passnyckeln")
    has_signed_in(tab, "Eva Berg")

    tab.goto("/konto/bekrafta/passnyckel/?next=/konto/epost/")
    press(tab, "Använd passnyckeln")
    expect(tab.get_by_role("heading", level=1)).to_have_text("E-postadress")


def test_a_passkey_that_is_not_there_is_told(window: Window) -> None:
    tab = window.tab
    give_passkeys(window)
    tab.goto("/konto/login/")
    press(tab, "Använd passnyckeln")
    expect(tab.get_by_role("alert")).to_contain_text("Det gick inte.")


def test_codes_of_an_app_work_without_javascript(open_window: OpenWindow) -> None:
    tab = open_window(java_script_enabled=False).tab
    sign_in(tab, EVA)
    has_signed_in(tab, "Eva Berg")
    expect(tab.locator("form[data-passkey]")).to_have_count(0)
    tab.goto("/konto/tvasteg/app/")
    picture = tab.locator(".qr-code")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    secret = tab.locator(".secret-key").inner_text()
    tab.get_by_label("Kod").fill(code(secret))
    press(tab, "Koppla appen")
    press(tab, "Visa koderna")
    first = tab.locator(".recovery-codes code").first.inner_text()

    sign_out(tab)
    sign_in(tab, EVA)
    tab.get_by_label("Kod").fill(first)
    press(tab, "Logga in")
    has_signed_in(tab, "Eva Berg")


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """An identity provider at which eva has signed in."""
    with running() as provider:
        provider.person = {"sub": "e-1", "email": EVA, "email_verified": True, "name": "Eva Berg"}
        for name, value in settings_for(provider).items():
            setattr(settings, name, value)
        yield provider


def test_the_policy_lets_the_button_lead_to_the_provider_and_back(window: Window, provider: Provider) -> None:
    tab = window.tab
    tab.goto("/konto/login/?next=/om/")
    press(tab, "Logga in med Mittköpings kommun")
    has_signed_in(tab, "Eva Berg")
    assert tab.url == f"{window.server}/om/"
    assert EmailAddress.objects.get(user__email=EVA).verified
    assert [address.startswith(provider.address) for address in window.foreign] == [True]
    window.foreign.clear()
