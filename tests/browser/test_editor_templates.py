"""A page from the template of experiences, written with the mouse alone, and with keys alone."""

from playwright.sync_api import Page, expect

from tests.browser.experience import ANSWERS, HINT, answered
from tests.browser.visual import NEW, TITLE, editor, saved, tool, visual_window
from tests.browser.window import OpenWindow
from wiki.models import Page as WikiPage
from wiki.models import PageTemplate

MARKED = {0: f"**{ANSWERS[0]}**", 2: f"- {ANSWERS[2]}", 7: f"> {ANSWERS[7]}"}
TOOLS = {0: "Fet", 2: "Punktlista", 7: "Citat"}
KEYS = {0: "Control+b", 2: "Control+Shift+Digit8", 7: "Control+Shift+Digit9"}
MOST_STOPS = 120


def expected() -> str:
    """The template with all its questions answered, three of them with marks."""
    text = answered(PageTemplate.objects.get(slug="erfarenhet").body)
    for number, marked in MARKED.items():
        assert text.count(ANSWERS[number]) == 1
        text = text.replace(ANSWERS[number], marked)
    return text.strip()


def tab_to(tab: Page, is_there: str) -> None:
    """Press Tab until the focus is where it is wanted: an expression about the focused element."""
    for _stop in range(MOST_STOPS):
        tab.keyboard.press("Tab")
        if tab.evaluate(f"(element => {is_there})(document.activeElement)"):
            return
    raise AssertionError(f"Tab does not lead to {is_there}")


def test_an_experience_is_written_with_the_mouse_for_all_but_the_letters(open_window: OpenWindow) -> None:
    tab = visual_window(open_window).tab
    tab.goto(NEW)
    tab.get_by_role("link", name="Erfarenhet", exact=True).click()
    tab.get_by_label("Titel").click()
    tab.keyboard.type(TITLE)
    for at, answer in enumerate(ANSWERS):
        editor(tab).get_by_text(HINT).first.click(click_count=3)
        if at in TOOLS:
            tool(tab, TOOLS[at]).click()
        tab.keyboard.type(answer)
    expect(editor(tab).get_by_text(HINT)).to_have_count(0)
    tab.get_by_role("button", name="Spara sidan").last.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert saved().strip() == expected()
    assert WikiPage.objects.get(title=TITLE).kind == "erfarenhet"


def test_an_experience_is_written_with_the_keyboard_alone(open_window: OpenWindow) -> None:
    tab = visual_window(open_window).tab
    tab.goto(NEW)
    keys = tab.keyboard
    tab_to(tab, "element.matches('a') && element.textContent.trim() === 'Erfarenhet'")
    keys.press("Enter")
    expect(editor(tab)).to_be_visible()
    tab_to(tab, "element.name === 'title'")
    keys.type(TITLE)
    tab_to(tab, "element.role === 'textbox'")
    keys.press("Control+Home")
    for at, answer in enumerate(ANSWERS):
        for _line in range(20):
            keys.press("ArrowDown")
            if tab.evaluate(f"getSelection().anchorNode.textContent.startsWith('{HINT}')"):
                break
        keys.press("Home")
        if at + 1 < len(ANSWERS):
            keys.press("Control+Shift+ArrowDown")
            keys.press("Shift+ArrowLeft")  # from the next heading, back to the end of the question
        else:
            keys.press("Control+Shift+End")
        if at in KEYS:
            keys.press(KEYS[at])
        keys.type(answer)
    expect(editor(tab).get_by_text(HINT)).to_have_count(0)
    tab_to(tab, "element.matches('button[value=save]')")
    keys.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert saved().strip() == expected()
