"""Writing in the visual editor: with the mouse, with the keyboard, in tables and parts."""

from playwright.sync_api import expect

from tests.browser.visual import (
    SOURCE,
    TITLE,
    body,
    choose,
    editor,
    open_new,
    open_source,
    saved,
    tool,
)
from tests.browser.window import OpenWindow

WRITTEN = """## Bakgrund

Vi hade **bråttom** den våren.

- Ett möte
- Två möten

### Vad hjälpte?

> Att någon vågade fråga."""


def test_an_empty_page_is_written_with_the_toolbar(open_window: OpenWindow) -> None:
    tab = open_new(open_window)
    tab.get_by_label("Titel").click()
    tab.keyboard.type(TITLE)
    editor(tab).click()
    choose(tab, "Stil", "Rubrik 2")
    tab.keyboard.type("Bakgrund")
    tab.keyboard.press("Enter")
    tab.keyboard.type("Vi hade ")
    tool(tab, "Fet").click()
    tab.keyboard.type("bråttom")
    tool(tab, "Fet").click()
    tab.keyboard.type(" den våren.\n")
    tool(tab, "Punktlista").click()
    expect(tool(tab, "Punktlista")).to_have_attribute("aria-pressed", "true")
    tab.keyboard.type("Ett möte\nTvå möten\n")
    tool(tab, "Punktlista").click()
    choose(tab, "Stil", "Rubrik 3")
    tab.keyboard.type("Vad hjälpte?\n")
    tool(tab, "Citat").click()
    tab.keyboard.type("Att någon vågade fråga.")
    tab.get_by_role("button", name="Spara sidan").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert saved() == WRITTEN


def test_an_empty_page_is_written_with_keys(open_window: OpenWindow) -> None:
    tab = open_new(open_window)
    tab.get_by_label("Titel").focus()
    tab.keyboard.type(TITLE)
    keys = tab.keyboard
    for _stop in range(6):
        keys.press("Tab")
        if tab.evaluate("document.activeElement.role") == "textbox":
            break
    expect(editor(tab)).to_be_focused()
    keys.press("Control+Shift+Digit2")
    keys.type("Bakgrund\n")
    keys.type("Vi hade ")
    keys.press("Control+b")
    keys.type("bråttom")
    keys.press("Control+b")
    keys.type(" den våren.\n")
    # To the toolbar, along it with the arrows, and back by using a button.
    keys.press("Alt+F10")
    expect(tab.get_by_role("toolbar").locator(":focus")).to_have_count(1)
    for _tool in range(20):
        if tab.evaluate("document.activeElement.ariaLabel") == "Punktlista":
            break
        keys.press("ArrowRight")
    expect(tab.locator("[data-tip]")).to_have_text("PunktlistaCtrl+Skift+8")
    keys.press("Enter")
    expect(editor(tab)).to_be_focused()
    keys.type("Ett möte\nTvå möten\n\n")
    keys.press("Alt+F10")
    keys.press("Home")
    keys.press("ArrowDown")
    keys.press("r")
    keys.press("ArrowDown")
    keys.press("Enter")
    keys.type("Vad hjälpte?\n")
    keys.press("Control+Shift+Digit9")
    keys.type("Att någon vågade fråga.")
    keys.press("Tab")
    expect(editor(tab)).not_to_be_focused()
    tab.get_by_role("button", name="Spara sidan").focus()
    keys.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert saved() == WRITTEN


def test_undoing_everything_gives_the_text_back_byte_for_byte(open_window: OpenWindow) -> None:
    tab = open_source(open_window)
    before = body(tab)
    assert before == SOURCE
    for block in ("h2", "li >> nth=0", "blockquote p", "td >> nth=0", "p >> nth=0"):
        editor(tab).locator(block).first.click()
        tab.keyboard.press("End")
        tab.keyboard.type(" och mer")
        tab.keyboard.press("Control+b")
        tab.keyboard.type(" fett")
    assert body(tab) != before
    for _step in range(60):
        if tool(tab, "Ångra").get_attribute("aria-disabled") == "true":
            break
        tool(tab, "Ångra").click()
        tab.wait_for_timeout(20)
    assert body(tab) == before


def test_end_enter_and_fast_typing_do_not_split_at_the_wrong_place(open_window: OpenWindow) -> None:
    tab = open_source(
        open_window, "Första stycket med [[Vad LEDA var]].\n\nAndra stycket.\n\n- Punkt ett\n- Punkt två"
    )
    first = editor(tab).locator("p").first
    first.click(position={"x": 30, "y": 12})
    tab.keyboard.press("End")
    tab.keyboard.press("Enter")
    tab.keyboard.type("Nytt stycke skrivet fort.", delay=0)
    editor(tab).locator("li").first.click()
    tab.keyboard.press("End")
    tab.keyboard.press("Enter")
    tab.keyboard.type("Mellan", delay=0)
    tab.keyboard.press("Home")
    tab.keyboard.type("I ", delay=0)
    assert body(tab) == (
        "Första stycket med [[Vad LEDA var]].\n\nNytt stycke skrivet fort.\n\nAndra stycket.\n\n"
        "- Punkt ett\n- I Mellan\n- Punkt två"
    )


def test_a_table_is_made_and_changed(open_window: OpenWindow) -> None:
    tab = open_new(open_window)
    editor(tab).click()
    choose(tab, "Tabell", "Infoga tabell")
    tab.keyboard.type("År")
    tab.keyboard.press("Tab")
    tab.keyboard.type("Antal")
    tab.keyboard.press("Tab")
    tab.keyboard.type("2017")
    tab.keyboard.press("Tab")
    tab.keyboard.type("20 | 21")
    choose(tab, "Tabell", "Ny kolumn efter")
    tab.keyboard.press("Tab")
    tab.keyboard.type("Ny")
    choose(tab, "Tabell", "Ta bort raden")
    assert body(tab).count("\n") == 2
    tab.keyboard.press("Control+z")
    choose(tab, "Tabell", "Ny rad efter")
    tab.keyboard.press("ArrowDown")
    text = body(tab)
    assert text.count("\n") == 4
    assert text.startswith("| År | Antal |  |\n| --- | --- | --- |\n| 2017 | 20 \\| 21 | Ny |\n")
    editor(tab).locator("tr").last.locator("td").first.click()
    tab.keyboard.press("Enter")
    tab.keyboard.type("Efter tabellen.")
    assert body(tab).endswith("|\n\nEfter tabellen.")
    editor(tab).locator("th").first.click()
    choose(tab, "Tabell", "Rubrikrad")
    assert body(tab).startswith("|  |  |  |\n| --- | --- | --- |\n| År | Antal |  |\n| 2017 |")
    choose(tab, "Tabell", "Rubrikrad")
    assert body(tab).startswith("| År | Antal |  |\n| --- | --- | --- |\n| 2017 |")
    # Escape, then Tab, leaves the text from a table.
    editor(tab).locator("td").first.click()
    tab.keyboard.press("Tab")
    expect(editor(tab)).to_be_focused()
    tab.keyboard.press("Escape")
    tab.keyboard.press("Tab")
    expect(editor(tab)).not_to_be_focused()


def test_a_part_that_cannot_be_shown_is_edited_as_text(open_window: OpenWindow) -> None:
    tab = open_source(open_window)
    part = editor(tab).get_by_role("group", name="Del som redigeras som text")
    expect(part.locator("dd")).to_have_text("En förklaring av begreppet.")
    part.get_by_role("button", name="Redigera som text").click()
    field = part.get_by_role("textbox", name="Den här delen som text")
    expect(field).to_be_focused()
    field.fill("Begrepp\n:   En annan förklaring.")
    assert "\n\nBegrepp\n:   En annan förklaring.\n\n" in body(tab)
    part.get_by_role("button", name="Klar").click()
    expect(part.locator("dd")).to_have_text("En annan förklaring.")
    part.get_by_role("button", name="Redigera som text").click()
    field.fill("Bara ett **stycke**.")
    part.get_by_role("button", name="Klar").click()
    expect(part).to_have_count(0)
    expect(editor(tab).locator("strong").filter(has_text="stycke")).to_be_visible()
    assert body(tab) == SOURCE.replace("Begrepp\n:   En förklaring av begreppet.", "Bara ett **stycke**.")
