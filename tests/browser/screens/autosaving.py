"""The screens that say what has become of what is being typed."""

from playwright.sync_api import Page, Route, expect

from tests.browser.drafts import EDIT, EVA, body, publish_as_bo
from tests.browser.screens.screen import Screen

SAYS = "[data-autosave] [data-kind='{}']"
LEAVE_A_COPY = """(fields) => {
  const user = document.querySelector("[data-sign-out]").dataset.signOut;
  const copy = { fields, title: "Frukostmöte med gröt", at: Date.now(), isSending: false };
  localStorage.setItem(`utkast:${user}:%s:fonster`, JSON.stringify(copy));
}"""


def come_to(tab: Page, kind: str) -> None:
    """Type, and wait for what is said of it."""
    body(tab).press_sequentially("Gröt. ")
    expect(tab.locator(SAYS.format(kind))).to_be_visible(timeout=15_000)


def be_offline(tab: Page) -> None:
    """Type without the server."""
    tab.context.set_offline(True)
    come_to(tab, "failed")


def be_overtaken(tab: Page) -> None:
    """Type when somebody else has published a newer version."""
    publish_as_bo()
    come_to(tab, "paused")


def refuse(route: Route) -> None:
    """Let no draft through."""
    if route.request.method == "POST":
        route.abort()
    else:
        route.fallback()


def leave_a_copy(tab: Page) -> None:
    """As a window does that the browser has lost; the server does not take it."""
    tab.route(f"**{EDIT}", refuse)
    fields = [["title", "Frukostmöte med gröt"], ["body", "Gröt."], ["once", "en-annan"]]
    tab.evaluate(LEAVE_A_COPY % EDIT, fields)
    tab.reload()


def leave_a_copy_and_remove_it(tab: Page) -> None:
    """Take back what was offered; that can be undone."""
    leave_a_copy(tab)
    tab.get_by_role("button", name="Ta bort").last.click()


AUTOSAVING = [
    Screen("draft saved", EDIT, SAYS.format("saved"), EVA, act=lambda tab: come_to(tab, "saved")),
    Screen("draft not saved", EDIT, SAYS.format("failed"), EVA, act=be_offline),
    Screen("draft paused", EDIT, SAYS.format("paused"), EVA, act=be_overtaken),
    Screen("text in the browser", EDIT, ".kept [data-there]", EVA, act=leave_a_copy),
    Screen("text in the browser, removed", EDIT, ".kept [data-gone]", EVA, act=leave_a_copy_and_remove_it),
    Screen("sign-out with text in the browser", "/konto/logout/", "[data-left]", EVA, act=leave_a_copy),
    Screen("drafts with text in the browser", "/konto/utkast/", "[data-kept-list]", EVA, act=leave_a_copy),
]
