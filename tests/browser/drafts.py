"""What the tests of drafts in the browser share: a form to write in, and where the text is by now."""

import json
from typing import Any

from playwright.sync_api import Dialog, Locator, Page, Route, expect

from mittkoping.accounts.models import User
from tests.browser.window import Window
from wiki import operations
from wiki.content import Content
from wiki.demo_loading import PASSWORD
from wiki.models import Draft
from wiki.models import Page as WikiPage

SLUG = "frukostmote-vem-ager-uppgiften"
EDIT = f"/sidor/{SLUG}/redigera/"
EVA = "eva@mittkoping.example"
BO = "bo@granneby.example"
MINE = "Vi ställde fram gröt också."
TOLD_LATE = 10_000  # milliseconds: a busy machine, and two seconds of rest before a draft is saved

COPIES = """() => Object.keys(localStorage).filter((key) => key.startsWith("utkast:"))
  .map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }))"""


def wiki_page() -> WikiPage:
    """The page that is written on, as it is now."""
    return WikiPage.objects.get(slug=SLUG)


def open_form(window: Window, *, by: str = EVA) -> Page:
    """Somebody has opened the form of the page."""
    window.sign_in(by)
    window.tab.goto(EDIT)
    return window.tab


def body(tab: Page) -> Locator:
    """The field with the text."""
    return tab.get_by_label("Text", exact=True)


def write(tab: Page, text: str = MINE) -> None:
    """Write at the end of the text, key by key as a person does."""
    field = body(tab)
    field.press("Control+End")
    field.press_sequentially(f"\n{text}")


def save(tab: Page) -> None:
    """Press the button."""
    tab.get_by_role("button", name="Spara ändringen").click()


def dialogs_on_closing(tab: Page) -> list[str]:
    """Close the tab as a person does: what the browser asked."""
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    tab.on("dialog", accept)
    with tab.expect_event("close"):
        tab.close(run_before_unload=True)
    return asked


def state(tab: Page, kind: str) -> Locator:
    """What is said of the draft when it is of that kind."""
    return tab.locator(f"[data-autosave] [data-kind='{kind}']")


def expect_state(tab: Page, kind: str) -> Locator:
    """Wait for it to be said."""
    found = state(tab, kind)
    expect(found).to_be_visible(timeout=TOLD_LATE)
    return found


def own_drafts(email: str = EVA) -> list[Draft]:
    """What somebody has on the server, the oldest first."""
    return list(Draft.objects.kept().filter(user__email=email).order_by("pk"))


def drafted(text: str, email: str = EVA) -> bool:
    """Whether a draft holds the words."""
    return any(text in draft.fields["body"][0] for draft in own_drafts(email))


def copies(tab: Page) -> list[dict[str, Any]]:
    """What the browser has kept."""
    found: list[dict[str, Any]] = tab.evaluate(COPIES)
    return found


def kept_bodies(tab: Page) -> list[str]:
    """The texts of it."""
    return [dict(copy["fields"])["body"] for copy in copies(tab)]


def offer(tab: Page) -> Locator:
    """What the form offers out of the browser."""
    return tab.get_by_role("region", name="Text i webbläsaren")


def late(tab: Page) -> Locator:
    """What the form says of text that came to the server just now."""
    return tab.get_by_role("region", name="Text som inte hann fram")


def lose_the_tab(window: Window, text: str = MINE) -> None:
    """Go offline, write, lose the tab, and be online again in another."""
    window.context.set_offline(True)
    write(window.tab, text)
    expect_state(window.tab, "failed")
    window.tab.close()
    window.context.set_offline(False)
    window.tab = window.context.new_page()


def come_back(window: Window) -> Page:
    """Open the form again when the server does not take drafts for a moment."""

    def stop(route: Route) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.fallback()

    window.tab.route(f"**{EDIT}", stop)
    window.tab.goto(EDIT)
    expect(offer(window.tab)).to_be_visible()
    window.tab.unroute(f"**{EDIT}")
    return window.tab


def hide(tab: Page, *, is_hidden: bool = True) -> None:
    """Tell the page that its window is hidden, or seen again."""
    tab.evaluate(
        """(isHidden) => {
          Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        is_hidden,
    )


def publish_as_bo() -> None:
    """Bo publishes a newer version."""
    found = wiki_page()
    content = Content(**vars(found.content) | {"lead": "Bos ingress."})
    operations.edit(found, content, base=found.number, by=User.objects.get(email=BO))


def sign_in_beside(window: Window, email: str = EVA) -> Page:
    """Sign in by the form, in another tab of the same browser."""
    beside = window.context.new_page()
    beside.goto("/konto/login/")
    beside.get_by_label("E-postadress").fill(email)
    beside.get_by_label("Lösenord").fill(PASSWORD)
    beside.get_by_role("main").get_by_role("button", name="Logga in", exact=True).click()
    expect(beside.get_by_role("banner").get_by_role("button", name="Logga ut")).to_be_visible()
    return beside


class Gate:
    """Stands between a tab and the form's address: counts what is posted, holds it, or answers in its place.

    held     what waits to be let through
    status   to answer with instead; 0 for none
    """

    def __init__(self, tab: Page, *, is_shut: bool = False, status: int = 0) -> None:
        self.posted: list[str] = []
        self.held: list[Route] = []
        self.is_shut = is_shut
        self.status = status
        tab.route(f"**{EDIT}**", self._meet)

    def _meet(self, route: Route) -> None:
        if route.request.method != "POST":
            route.fallback()
            return
        self.posted.append(route.request.post_data or "")
        if self.status:
            route.fulfill(status=self.status, body=json.dumps({}), content_type="application/json")
        elif self.is_shut:
            self.held.append(route)
        else:
            route.fallback()

    def open(self) -> None:
        """Let through what waits, and what comes."""
        self.is_shut = False
        while self.held:
            self.held.pop(0).fallback()
