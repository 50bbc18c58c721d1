"""What the tests of the visual editor share: the form of a page, and what one does in it."""

from playwright.sync_api import Locator, Page, expect

from mittkoping.accounts.models import User
from tests.browser.drafts import EVA
from tests.browser.window import OpenWindow, Window
from wiki import operations
from wiki.content import Content
from wiki.models import Edit
from wiki.models import Page as WikiPage

NEW = "/sidor/ny/"
DOING = 350  # milliseconds: what a dialog has asked for is done a little after it has closed
TITLE = "Så gjorde vi i Mittköping"
# Every kind of thing that the editor shows by itself, and one that it does not.
SOURCE = """Rubrik av annat slag
--------------------

Vi började med **tre** skolor och *ett* mål, se [[Vad LEDA var]] och [[Finns inte]].[^1]

| År | Antal |
| :-- | --: |
| 2017 | 20 |

Begrepp
:   En förklaring av begreppet.

* Ett
* Två
    1. inuti

> Ett citat.

Sist   i texten.

[^1]: Årsrapporten.
"""


def visual_window(open_window: OpenWindow, by: str = EVA) -> Window:
    """Somebody has signed in, in a browser in which texts are edited visually."""
    window = open_window(is_visual=True)
    window.sign_in(by)
    return window


def open_new(open_window: OpenWindow) -> Page:
    """The form of a new, empty page."""
    tab = visual_window(open_window).tab
    tab.goto(f"{NEW}?mall=tom")
    expect(editor(tab)).to_be_visible()
    return tab


def open_source(open_window: OpenWindow, source: str = SOURCE) -> Page:
    """The form of a page with a text."""
    by = User.objects.get(email=EVA)
    made = operations.create(Content(title=TITLE, body=source), by=by)
    assert isinstance(made, Edit)
    tab = visual_window(open_window).tab
    tab.goto(f"{made.page.get_absolute_url()}redigera/")
    expect(editor(tab)).to_be_visible()
    return tab


def editor(tab: Page) -> Locator:
    """The text in it, as a screen reader finds it."""
    return tab.get_by_role("textbox", name="Text", exact=True)


def body(tab: Page) -> str:
    """What the field of the form holds, once the editor has done what it was asked for."""
    tab.wait_for_timeout(DOING)
    tab.evaluate("window.dispatchEvent(new Event('visibilitychange'))")
    value: str = tab.locator("textarea[name=body]").input_value()
    return value


def tool(tab: Page, name: str) -> Locator:
    """A button of the toolbar."""
    return tab.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def choose(tab: Page, menu: str, item: str) -> None:
    """An item of one of the toolbar's menus, with the mouse."""
    tab.get_by_role("toolbar").get_by_role("button", name=menu).click()
    tab.get_by_role("menu", name=menu).get_by_text(item, exact=True).click()


def dialog(tab: Page) -> Locator:
    """The dialog that is open."""
    return tab.get_by_role("dialog")


def saved(title: str = TITLE) -> str:
    """The text of the page that was saved."""
    return WikiPage.objects.get(title=title).body


def save(tab: Page) -> None:
    """Press the button, and wait for the page."""
    tab.get_by_role("button", name="Spara ", exact=False).filter(visible=True).last.click()
