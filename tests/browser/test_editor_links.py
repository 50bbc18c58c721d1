"""Links and footnotes in the visual editor."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visual import (
    body,
    dialog,
    editor,
    open_new,
    open_source,
    tool,
)
from tests.browser.window import OpenWindow


def test_a_link_in_the_wiki_is_completed_while_one_writes(open_window: OpenWindow) -> None:
    tab = open_new(open_window)
    editor(tab).click()
    tab.keyboard.type("Se [[vad le")
    options = tab.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_text(["Vad LEDA var Sida", "Skapa sidan ”vad le” Sidan finns inte än"])
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(editor(tab)).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "-")
    expect(tab.locator("[data-editor] [data-announce]")).to_have_text(
        "2 förslag. Välj med piltangenterna och Enter."
    )
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("listbox")).to_be_hidden()
    tab.keyboard.type(" och [[En alldeles ny sida")
    expect(options).to_have_count(1)
    tab.keyboard.press("Enter")
    tab.keyboard.type(", [[faktor:gemensam m")
    expect(options).to_have_text(["Gemensam målbild Nyckelfaktor"])
    tab.keyboard.press("Enter")
    tab.keyboard.type(" och [[kommun:Malmö|staden]].")
    assert body(tab) == (
        "Se [[Vad LEDA var]] och [[En alldeles ny sida]], [[faktor:gemensam-malbild]] och "
        "[[kommun:Malmö|staden]]."
    )
    expect(editor(tab).get_by_text("Gemensam målbild")).to_be_visible()
    expect(editor(tab).locator(".saknas")).to_have_text("En alldeles ny sida")


def test_escape_leaves_what_was_typed(open_window: OpenWindow) -> None:
    tab = open_new(open_window)
    editor(tab).click()
    tab.keyboard.type("a [[vad")
    expect(tab.get_by_role("listbox")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("listbox")).to_be_hidden()
    tab.keyboard.type(" mer")
    expect(tab.get_by_role("listbox")).to_be_hidden()
    tab.keyboard.press("Enter")
    tab.keyboard.type("nytt")
    expect(editor(tab).locator("p")).to_have_text(["a [[vad mer", "nytt"])


def test_a_link_in_the_wiki_is_chosen_in_a_dialog(open_window: OpenWindow) -> None:
    tab = open_new(open_window)
    editor(tab).click()
    tool(tab, "Länk till en sida i wikin").click()
    dialog(tab).get_by_role("button", name="Klar").click()
    field = dialog(tab).get_by_role("combobox", name="Sida, nyckelfaktor eller kommun")
    expect(field).to_be_focused()
    expect(dialog(tab)).to_contain_text("Skriv eller välj vad länken ska leda till.")
    field.press_sequentially("vad le")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(dialog(tab).get_by_role("option")).to_have_count(2)
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(dialog(tab)).to_be_visible()
    field.press_sequentially("d")
    expect(dialog(tab).get_by_role("option").first).to_contain_text("Vad LEDA var")
    field.press("Enter")
    expect(field).to_have_value("Vad LEDA var")
    dialog(tab).get_by_label("Egna ord i länken").fill("det som var")
    dialog(tab).get_by_role("button", name="Klar").click()
    expect(editor(tab)).to_be_focused()
    tab.keyboard.type(".")
    assert body(tab) == "[[Vad LEDA var|det som var]]."


@pytest.mark.parametrize("bad", ["javascript:alert(1)", "//exempel.se/x", "data:text/html,x"])
def test_a_link_out_of_the_wiki_is_asked_for(open_window: OpenWindow, bad: str) -> None:
    tab = open_new(open_window)
    editor(tab).click()
    tab.keyboard.type("Läs rapporten.")
    _select_back(tab, 1, len("rapporten"))
    tab.keyboard.press("Control+k")
    address = dialog(tab).get_by_label("Adress")
    expect(address).to_be_focused()
    expect(dialog(tab).get_by_label("Ord som blir länk")).to_have_value("rapporten")
    dialog(tab).get_by_role("button", name="Klar").click()
    expect(dialog(tab)).to_contain_text("Skriv en adress.")
    address.fill(bad)
    address.press("Enter")
    expect(dialog(tab)).to_contain_text("Adressen går inte att länka till.")
    expect(address).to_have_attribute("aria-invalid", "true")
    address.fill("www.exempel.se/rapport")
    address.press("Enter")
    expect(editor(tab)).to_be_focused()
    assert body(tab) == "Läs [rapporten](https://www.exempel.se/rapport)."
    editor(tab).locator("a").click()
    tool(tab, "Länk ut på webben").click()
    expect(address).to_have_value("https://www.exempel.se/rapport")
    dialog(tab).get_by_role("button", name="Ta bort länken").click()
    assert body(tab) == "Läs rapporten."


def test_a_footnote_lands_at_the_end(open_window: OpenWindow) -> None:
    tab = open_source(open_window, "Som vi såg.[^1]\n\nSist.\n\n[^1]: Redan här.")
    editor(tab).locator("p").nth(1).click()
    tab.keyboard.press("End")
    tool(tab, "Fotnot").click()
    dialog(tab).get_by_label("Vad ska fotnoten säga?").fill("Årsrapporten 2017.")
    dialog(tab).get_by_role("button", name="Infoga fotnoten").click()
    tab.keyboard.type(" Och mer.")
    assert body(tab) == (
        "Som vi såg.[^1]\n\nSist.[^2] Och mer.\n\n[^1]: Redan här.\n\n[^2]: Årsrapporten 2017."
    )


def _select_back(tab: Page, skip: int, count: int) -> None:
    """Select letters before the cursor with the keyboard."""
    for _letter in range(skip):
        tab.keyboard.press("ArrowLeft")
    for _letter in range(count):
        tab.keyboard.press("Shift+ArrowLeft")
