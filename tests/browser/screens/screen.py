"""A screen of the site, and how to come to it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Page, expect

from mittkoping.accounts.models import User
from tests.browser.window import Window
from wiki.models import Page as WikiPage

SLUG = "digital-signering-av-lakemedel"
PAGE = f"/sidor/{SLUG}/"
ADA = "ada@mittkoping.example"
EVA = "eva@mittkoping.example"
BO = "bo@granneby.example"
RUT = "rut@skl.example"
ADMIN = "admin@skl.example"

Act = Callable[[Page], object]
Prepare = Callable[[pytest.MonkeyPatch], object]


def nothing(_monkeypatch: pytest.MonkeyPatch) -> None:
    """All is there already."""


@dataclass(frozen=True)
class Screen:
    """A screen: its address, who sees it, and what they do there before it looks as it shall.

    path       `{}` in it stands for what `prepare` returns, such as a primary key; a test client that it
               returns has come somewhere, and the window goes on with its session
    shows      a selector of something that only this screen has: it proves that one has arrived
    prepare    is called before the address is opened
    leads_to   the name of the address that the act leads to, where that is another one
    example    something like what `prepare` returns, to tell which address it is
    """

    name: str
    path: str
    shows: str
    by: str = ""
    status: int = 200
    act: Act | None = None
    prepare: Prepare = nothing
    leads_to: str = ""
    example: object = 1

    def open(self, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
        """Bring the window's tab there; the last answer has the screen's status."""
        prepared = self.prepare(monkeypatch)
        if isinstance(prepared, Client):
            window.take_session(prepared)
        if self.by:
            window.sign_in(self.by)
        window.tab.goto(self.path.format(prepared))
        if self.act:
            self.act(window.tab)
        expect(window.tab.locator(self.shows).first).to_be_visible()
        assert window.statuses[-1] == self.status
        if self.leads_to:
            assert address_of(window.tab.url) == self.leads_to

    @property
    def addresses(self) -> set[str]:
        """The names of the addresses that this looks at."""
        return {address_of(self.path.format(self.example)), self.leads_to} - {""}


def address_of(url: str) -> str:
    """The name of an address."""
    return resolve(urlsplit(url).path).view_name


def press(name: str) -> Act:
    """Press a button of the page's own part."""
    return lambda tab: tab.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(name: str) -> Act:
    """Follow a link of the page's own part."""
    return lambda tab: tab.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def person(email: str) -> User:
    """Somebody of the demo."""
    return User.objects.get(email=email)


def page() -> WikiPage:
    """The page that most screens are about, as it is now."""
    return WikiPage.objects.get(slug=SLUG)
