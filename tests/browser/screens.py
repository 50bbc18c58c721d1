"""Every screen of the site, and how to come to it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import BadRequest
from playwright.sync_api import Page, expect

from mittkoping.accounts.models import User
from tests.browser.window import Window
from wiki import operations
from wiki.content import Content
from wiki.models import Page as WikiPage
from wiki.views import browse

SLUG = "digital-signering-av-lakemedel"
EVA = "eva@mittkoping.example"
ADA = "ada@mittkoping.example"
RUT = "rut@skl.example"


@dataclass(frozen=True)
class Screen:
    """A screen: its address, who sees it, and what they do there before it looks as it shall.

    shows      a selector of something that only this screen has: it proves that one has arrived
    prepare    is called before the address is opened
    """

    name: str
    path: str
    shows: str
    by: str = ""
    status: int = 200
    act: Callable[[Page], None] | None = None
    prepare: Callable[[pytest.MonkeyPatch], None] = field(default=lambda monkeypatch: None)

    def open(self, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
        """Bring the window's tab there; the last answer has the screen's status."""
        self.prepare(monkeypatch)
        if self.by:
            window.sign_in(self.by)
        window.tab.goto(self.path)
        if self.act:
            self.act(window.tab)
        expect(window.tab.locator(self.shows).first).to_be_visible()
        assert window.statuses[-1] == self.status


def press(name: str) -> Callable[[Page], None]:
    """Press a button of the page's own part."""
    return lambda tab: tab.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def break_rules(tab: Page) -> None:
    """Save a form in which much is wrong."""
    tab.get_by_label("Titel").fill("")
    tab.get_by_label("Kommuner").fill("Atlantis")
    tab.get_by_label("Sammanfattning").fill("x" * 201)
    row = tab.locator(".tag-row").last
    row.get_by_label("Motivering").fill("En motivering utan faktor")
    row.get_by_label("Gäller kommun").fill("Atlantis")
    press("Spara ändringen")(tab)


def add_row(tab: Page) -> None:
    """Open every tag, and add one."""
    press("Lägg till en märkning")(tab)
    closed = tab.locator(".tag-row:not([open]) > summary")
    while closed.count():
        closed.first.click()


def be_late(tab: Page) -> None:
    """Save after somebody else has: title, lead, facts, tags and text differ."""
    page = WikiPage.objects.get(slug=SLUG)
    fields = vars(page.content) | {
        "title": "En annan titel",
        "lead": "En annan ingress.",
        "kind": "sida",
        "tags": page.content.tags[1:],
        "body": f"Först något annat.\n\n{page.body}",
    }
    by = User.objects.get(email="bo@granneby.example")
    operations.edit(page, Content(**fields), base=page.number, summary="Gör om", by=by)
    tab.get_by_label("Text", exact=True).fill("Min egen text.")
    press("Spara ändringen")(tab)


def lose_the_session(tab: Page) -> None:
    """Save after the session has ended."""
    Session.objects.all().delete()
    press("Spara ändringen")(tab)


def lose_the_token(tab: Page) -> None:
    """Send the form for signing in without its cookie."""
    tab.context.clear_cookies()
    press("Logga in")(tab)


def fail_to_sign_in(tab: Page) -> None:
    """A wrong password."""
    tab.get_by_label("E-post").fill(EVA)
    tab.get_by_label("Lösenord").fill("fel lösenord")
    press("Logga in")(tab)


def preview_here(tab: Page) -> None:
    """Preview by htmx, and wait for it."""
    press("Förhandsgranska")(tab)
    expect(tab.locator("#forhandsgranskning")).to_be_focused()


def rename(tab: Page) -> None:
    """Give the page another name."""
    tab.get_by_label("Titel").fill("Ett annat namn")
    press("Byt namn")(tab)


def archive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rut has put the page away."""
    rut = User.objects.get(email=RUT)
    operations.archive(WikiPage.objects.get(slug=SLUG), reason="Står på en annan sida.", by=rut)


def make_the_list_fail(error: Exception) -> Callable[[pytest.MonkeyPatch], None]:
    """The list of pages raises."""

    def fail(*_arguments: object) -> None:
        raise error

    return lambda monkeypatch: monkeypatch.setattr(browse, "Facets", fail)


def lower_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form of 2 kB is too large."""
    monkeypatch.setattr("django.conf.settings.DATA_UPLOAD_MAX_MEMORY_SIZE", 2000)


PUBLIC = [
    Screen("start", "/", ".hero .figures"),
    Screen("all pages", "/sidor/", ".page-card"),
    Screen("all pages, second", "/sidor/?sida=2", ".pagination"),
    Screen("pages by facets", "/sidor/?spar=halsa&riktning=hammar&kommun=mittkoping", ".page-card"),
    Screen("no page fits", "/sidor/?q=finnsinte&typ=guide", ".empty"),
    Screen("a facet that does not exist", "/sidor/?faktor=finns-inte", ".ds-alert"),
    Screen("page", f"/sidor/{SLUG}/", "#sidtext"),
    Screen("history", f"/sidor/{SLUG}/historik/", ".version-row"),
    Screen("version", f"/sidor/{SLUG}/version/2/", ".notice"),
    Screen("compare", f"/sidor/{SLUG}/jamfor/1/7/", "ins"),
    Screen("compare with itself", f"/sidor/{SLUG}/jamfor/2/2/", ".empty"),
    Screen("links here", "/sidor/vad-leda-var/lankar-hit/", ".page-card"),
    Screen("changes", "/andringar/", ".edit-row"),
    Screen("search", "/sok/?q=läkemedel", "main a[href^='/sidor/']"),
    Screen("search without hits", "/sok/?q=finnsintealls", "#traffar"),
    Screen("search without words", "/sok/", "main [role=search]"),
    Screen("factors", "/faktorer/", "main a[href^='/faktorer/']"),
    Screen("factor", "/faktorer/tid-for-utveckling/", "main a[href^='/sidor/']"),
    Screen("municipalities", "/kommuner/", "main a[href='/kommuner/malmo/']"),
    Screen("municipality", "/kommuner/malmo/", "h1"),
    Screen("invented municipality", "/kommuner/mittkoping/", "main a[href^='/sidor/']"),
    Screen("about", "/om/", "h1"),
    Screen("404", "/finns-inte/", ".error-page", status=404),
    Screen("404 of a page", "/sidor/om-ingenting/", "main a[href*='om-ingenting'], .error-page", status=404),
    Screen("archived page", f"/sidor/{SLUG}/", ".error-page", status=404, prepare=archive),
]
PEOPLE = [
    Screen("sign-in", "/konto/login/", "input[type=password]"),
    Screen("sign-in refused", "/konto/login/", "#fel", act=fail_to_sign_in),
    Screen("sign-in without a token", "/konto/login/", ".error-page", status=403, act=lose_the_token),
    Screen("sign-out", "/konto/logout/", "main form", by=EVA),
    Screen("sign-up", "/konto/signup/", "h1"),
    Screen("inactive account", "/konto/inactive/", "h1"),
]
WRITING = [
    Screen("page of an editor", f"/sidor/{SLUG}/", "main a[href$='/byt-namn/']", by=EVA),
    Screen("version of an editor", f"/sidor/{SLUG}/version/2/", "#aterstall", by=EVA),
    Screen("saved", f"/sidor/{SLUG}/byt-namn/", ".messages .ds-alert", by=EVA, act=rename),
    Screen("new page", "/sidor/ny/?titel=En+ny+sida", "form[data-edit]", by=EVA),
    Screen("edit", f"/sidor/{SLUG}/redigera/", "form[data-edit]", by=EVA),
    Screen("edit with open tags", f"/sidor/{SLUG}/redigera/", ".tag-row[open]", by=EVA, act=add_row),
    Screen("edit with mistakes", f"/sidor/{SLUG}/redigera/", "#fel", by=EVA, act=break_rules),
    Screen("edit with preview", f"/sidor/{SLUG}/redigera/", "#forhandsvisning", by=EVA, act=preview_here),
    Screen("conflict", f"/sidor/{SLUG}/redigera/", ".conflict", by=EVA, status=409, act=be_late),
    Screen("text handed back", f"/sidor/{SLUG}/redigera/", "main textarea", EVA, 403, lose_the_session),
    Screen("edit of a contributor", f"/sidor/{SLUG}/redigera/", ".notice", by=ADA),
    Screen("rename", f"/sidor/{SLUG}/byt-namn/", "main form", by=EVA),
    Screen("archive", f"/sidor/{SLUG}/arkivera/", "main form", by=RUT),
    Screen("archive without a reason", f"/sidor/{SLUG}/arkivera/", "#fel", RUT, act=press("Arkivera sidan")),
    Screen("page in the archive", f"/sidor/{SLUG}/", ".notice", by=RUT, prepare=archive),
    Screen("back from the archive", f"/sidor/{SLUG}/arkivera/", "main form", by=RUT, prepare=archive),
]
REFUSALS = [
    Screen("403", f"/sidor/{SLUG}/arkivera/", ".error-page", by=EVA, status=403),
    Screen(
        "413",
        f"/sidor/{SLUG}/redigera/",
        "text=Det blev för mycket på en gång",
        by=EVA,
        status=413,
        act=press("Spara ändringen"),
        prepare=lower_the_limit,
    ),
    Screen("400", "/sidor/", ".error-page", status=400, prepare=make_the_list_fail(BadRequest("x"))),
    Screen("500", "/sidor/", ".error-page__code", status=500, prepare=make_the_list_fail(ValueError("x"))),
]
SCREENS = [*PUBLIC, *PEOPLE, *WRITING, *REFUSALS]
