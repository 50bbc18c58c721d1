"""Text from other programs, pasted where one writes: what the page then says, and what the writer is told."""

import pytest
from playwright.sync_api import Locator, Page, expect

from mittkoping.accounts.models import User
from tests.browser.cleaner import CLIPBOARD, LEFT, clipboard
from tests.browser.drafts import EVA, save
from tests.browser.window import OpenWindow
from tests.conftest import published
from wiki import operations
from wiki.content import Content
from wiki.models import Page as WikiPage

PASTE = """(field, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", "utan formatering");
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
WORDS = {
    "excel": [],
    "google-docs": ["en bild", "färger"],
    "libreoffice": ["en bild", "färger"],
    "outlook": ["en bild", "färger"],
    "teams": ["en meny, en knapp, en film eller något annat inbäddat"],
    "web-page": [
        "en bild",
        "färger",
        "överstruken text på ett ställe",
        "inbäddat (5 stycken)",
        "2 sammanslagna rutor",
        "en fotnot som saknade sin text",
    ],
    "word-web": ["en bild"],
    "word-windows": [
        "en bild",
        "färger",
        "en kommentar i marginalen",
        "överstruken text på 2 ställen",
        "2 sammanslagna rutor",
        "innehållsförteckningen",
    ],
}


@pytest.fixture
def page(demo: None) -> WikiPage:
    """A page without any text yet."""
    content = Content(title="Inklistrat", lead="Om att klistra in.")
    return published(operations.create(content, by=User.objects.get(email=EVA))).page


@pytest.fixture
def tab(open_window: OpenWindow, page: WikiPage) -> Page:
    """Eva has opened the form of the page, in a browser with the visual editor."""
    window = open_window(is_visual=True)
    window.sign_in(EVA)
    window.tab.goto(f"{page.get_absolute_url()}redigera/")
    return window.tab


def editor(tab: Page) -> Locator:
    """Where one writes."""
    return tab.get_by_role("textbox", name="Text", exact=True)


def paste(tab: Page, html: str) -> None:
    """Paste as the browser does, where the cursor stands."""
    editor(tab).evaluate(PASTE, html)


def saved(tab: Page, page: WikiPage) -> str:
    """Save the form; what the page says now."""
    save(tab)
    expect(tab.get_by_role("heading", name=page.title, level=1)).to_be_visible()
    tab.wait_for_url(f"**{page.get_absolute_url()}*")
    page.refresh_from_db()
    return page.body


@pytest.mark.parametrize("name", sorted(LEFT))
def test_pasted_text_becomes_markdown(tab: Page, page: WikiPage, name: str) -> None:
    editor(tab).click()
    paste(tab, clipboard(name))
    said = tab.locator("[data-editor] [data-said]")
    if WORDS[name]:
        expect(said).to_contain_text("Det här följde inte med")
    for words in WORDS[name]:
        expect(said).to_contain_text(words)
    assert saved(tab, page) + "\n" == (CLIPBOARD / "cleaned" / f"{name}.md").read_text("utf-8")


def test_pasting_twice_gives_footnotes_numbers_of_their_own(tab: Page, page: WikiPage) -> None:
    html = '<p>Ord<sup id="r"><a href="#n">1</a></sup></p><ol><li id="n">Källa <a href="#r">↩</a></li></ol>'
    editor(tab).click()
    for _time in range(2):
        paste(tab, html)
        editor(tab).press("Control+End")
        editor(tab).press("Enter")
    body = saved(tab, page)
    assert [body.count(f"Ord[^{label}]") for label in (1, 2)] == [1, 1]
    assert [body.count(f"[^{label}]: Källa") for label in (1, 2)] == [1, 1]


def test_words_go_into_the_sentence_where_one_pastes_them(tab: Page, page: WikiPage) -> None:
    editor(tab).click()
    editor(tab).press_sequentially("Vi ringer hem.")
    for _letter in range(len("hem.")):
        editor(tab).press("ArrowLeft")
    paste(tab, '<span style="font-weight:700;color:red">varje</span><b style="font-weight:normal"> dag </b>')
    assert saved(tab, page) == "Vi ringer **varje** daghem."


def test_what_another_editor_of_the_same_make_has_copied_is_cleaned(tab: Page, page: WikiPage) -> None:
    cells = '<tr><td colspan="2">Bred</td></tr><tr><td>ett</td><td>två</td></tr>'
    editor(tab).click()
    paste(
        tab,
        f'<h1 data-pm-slice="0 0 []">Rubrik</h1><table>{cells}</table><img src="https://x.example/a.png">',
    )
    said = tab.locator("[data-editor] [data-said]")
    expect(said).to_contain_text("en bild")
    expect(said).to_contain_text("en sammanslagen ruta")
    assert saved(tab, page) == "## Rubrik\n\n| Bred |  |\n| --- | --- |\n| ett | två |"


def test_pasting_is_undone_at_once_and_by_itself(tab: Page) -> None:
    editor(tab).click()
    editor(tab).press_sequentially("Före.")
    paste(tab, clipboard("word-windows"))
    expect(editor(tab)).to_contain_text("Så gjorde vi")
    editor(tab).press("Control+z")
    expect(editor(tab)).to_have_text("Före.")
