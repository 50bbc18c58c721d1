"""The visual editor and the field that it stands over: what is in one is in the other; nothing is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drafts import EDIT, EVA, MINE, dialogs_on_closing, drafted, expect_state, own_drafts
from tests.browser.test_accessibility import LEAST_TARGET, SMALL_TARGETS, TOO_WIDE, faults
from tests.browser.visual import (
    SOURCE,
    TITLE,
    body,
    choose,
    dialog,
    editor,
    open_new,
    open_source,
    saved,
    tool,
    visual_window,
)
from tests.browser.window import OpenWindow
from wiki.models import Page as WikiPage

BUTTONS = "Redigera med knappar"
TEXT = "Redigera som text"


def untouched(tab: Page) -> str:
    """What the form says that the writer has left alone."""
    value: str = tab.locator("[name=untouched]").input_value()
    return value


def test_a_page_that_is_only_looked_at_has_not_changed(open_window: OpenWindow) -> None:
    tab = open_source(open_window)
    before = tab.evaluate("document.querySelector('[name=body]').defaultValue")
    editor(tab).locator("p").first.click()
    for key in ("ArrowDown", "ArrowDown", "End", "Home", "Control+a", "ArrowLeft"):
        tab.keyboard.press(key)
    tool(tab, "Kortkommandon").click()
    dialog(tab).get_by_role("button", name="Stäng").click()
    tab.wait_for_timeout(3000)
    assert body(tab) == before == SOURCE
    assert own_drafts() == []
    assert dialogs_on_closing(tab) == []


def test_what_is_typed_is_asked_about_and_kept_as_a_draft(open_window: OpenWindow) -> None:
    tab = open_source(open_window)
    editor(tab).locator("p").last.click()
    tab.keyboard.type(MINE)
    expect_state(tab, "saved")
    assert drafted(MINE)
    tab.route(
        "**/redigera/**", lambda route: route.abort() if route.request.method == "POST" else route.fallback()
    )
    tab.keyboard.type("!")
    assert dialogs_on_closing(tab) == ["beforeunload"]


def test_a_save_right_after_the_last_letter_has_it(open_window: OpenWindow) -> None:
    tab = open_source(open_window)
    editor(tab).get_by_text("Sist i texten.").click()
    tab.keyboard.press("End")
    tab.keyboard.type(" Allra sist.")
    tab.evaluate("document.querySelector('.actions [value=save]').click()")
    expect(tab.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert saved() == SOURCE.replace("Sist   i texten.", "Sist   i texten. Allra sist.")


def test_the_preview_shows_what_was_just_typed(open_window: OpenWindow) -> None:
    tab = open_new(open_window)
    editor(tab).click()
    tab.keyboard.type("Alldeles nyss.")
    tab.evaluate("document.querySelector('.actions [value=preview]').click()")
    expect(tab.locator("#forhandsvisning")).to_have_text("Alldeles nyss.")


def test_the_form_tells_what_was_left_alone(open_window: OpenWindow) -> None:
    tab = open_source(open_window)
    whole = untouched(tab)
    assert whole
    editor(tab).get_by_text("Sist i texten.").click()
    tab.keyboard.type("x")
    body(tab)
    assert untouched(tab).count(":") == whole.count(":") - 2
    tab.get_by_role("button", name=TEXT).first.click()
    assert untouched(tab) == ""


def test_one_edits_as_text_and_back_as_often_as_one_likes(open_window: OpenWindow) -> None:
    tab = open_source(open_window)
    field = tab.locator("textarea[name=body]")
    for _time in range(2):
        tab.get_by_role("button", name=TEXT).first.click()
        expect(field).to_be_focused()
        expect(tab.locator("[data-editor]")).to_be_hidden()
        assert field.input_value() == SOURCE
        tab.get_by_role("button", name=BUTTONS).click()
        expect(editor(tab)).to_be_focused()
    assert body(tab) == SOURCE
    editor(tab).get_by_text("Ett citat.").click()
    tab.keyboard.press("End")
    tab.keyboard.type(" Till")
    tab.get_by_role("button", name=TEXT).first.click()
    text = SOURCE.replace("Ett citat.", "Ett citat. Till")
    assert field.input_value() == text
    # The cursor is where it was, and what is typed there comes along.
    assert field.evaluate("field => field.value.slice(0, field.selectionStart)").endswith("Ett citat. Till")
    tab.keyboard.type(" och **fett**")
    tab.get_by_role("button", name=BUTTONS).click()
    expect(editor(tab).locator("blockquote strong")).to_have_text("fett")
    tab.keyboard.type("are")
    assert body(tab) == text.replace("Till", "Till och **fettare**")
    expect(tool(tab, "Gör om")).to_have_attribute("aria-disabled", "true")


def test_the_choice_is_remembered_in_the_browser(open_window: OpenWindow) -> None:
    tab = open_new(open_window)
    tab.get_by_role("button", name=TEXT).first.click()
    tab.goto(EDIT)
    expect(tab.locator("textarea[name=body]")).to_be_visible()
    expect(tab.locator("[data-editor]")).to_be_hidden()
    tab.get_by_role("button", name=BUTTONS).click()
    tab.goto(EDIT)
    expect(tab.locator("textarea[name=body]")).to_be_hidden()
    expect(editor(tab)).to_be_visible()


def test_the_label_and_the_list_of_mistakes_lead_to_the_editor(open_window: OpenWindow) -> None:
    tab = open_new(open_window)
    editor(tab).click()
    tab.keyboard.type("Eleven, 19811218-9876, var med.")
    tab.get_by_label("Titel").fill(TITLE)
    tab.get_by_role("button", name="Spara sidan").click()
    expect(tab.locator("#fel")).to_be_focused()
    tab.locator("#fel").get_by_role("link").first.click()
    expect(editor(tab)).to_be_focused()
    expect(editor(tab)).to_have_attribute("aria-invalid", "true")
    described = (editor(tab).get_attribute("aria-describedby") or "").split()
    assert "id_body_error" in described
    tab.get_by_label("Titel").focus()
    tab.locator("label[for=id_body]").click()
    expect(editor(tab)).to_be_focused()


def test_a_text_that_another_script_sets_is_taken_over(open_window: OpenWindow) -> None:
    tab = open_source(open_window)
    set_body = """text => {
      const field = document.querySelector("[name=body]");
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }"""
    tab.evaluate(set_body, "## En annan text")
    expect(editor(tab).locator("h2")).to_have_text("En annan text")
    editor(tab).click()
    tab.keyboard.press("Control+End")
    tab.keyboard.type(" med mer")
    tab.evaluate(set_body, "Nu igen")
    assert body(tab) == "## En annan text med mer"


def test_what_cannot_be_shown_stays_in_the_field(open_window: OpenWindow) -> None:
    window = visual_window(open_window)
    window.context.add_init_script("MutationObserver = class { constructor() { throw new Error('aj'); } }")
    window.tab.goto(EDIT)
    expect(window.tab.locator("textarea[name=body]")).to_be_visible()
    expect(window.tab.get_by_role("alert")).to_contain_text("bara att redigera som text just nu")
    window.forgive("aj")


def test_what_cannot_be_written_is_not_left_behind(open_window: OpenWindow) -> None:
    window = visual_window(open_window)
    tab = window.tab
    tab.goto(EDIT)
    editor(tab).locator("p").last.click()
    tab.evaluate(
        "window.whole = ''.replaceAll; String.prototype.replaceAll = () => { throw new Error('aj'); }; null"
    )
    tab.keyboard.type(MINE)
    told = tab.get_by_role("alert").filter(visible=True)
    expect(told).to_contain_text("kunde inte läggas till texten")
    tab.get_by_role("button", name=TEXT).first.click()
    expect(editor(tab)).to_be_visible()
    tab.get_by_role("button", name="Spara ändringen").last.click()
    expect(editor(tab)).to_contain_text(MINE)
    tab.evaluate("String.prototype.replaceAll = window.whole; null")
    tab.get_by_role("button", name=TEXT).first.click()
    expect(tab.locator("textarea[name=body]")).to_have_value(re.compile(re.escape(MINE)))
    expect(told).to_have_count(0)
    window.forgive("aj")


def test_without_javascript_there_is_the_field(open_window: OpenWindow) -> None:
    window = open_window(java_script_enabled=False)
    window.sign_in(EVA)
    window.tab.goto(EDIT)
    field = window.tab.get_by_label("Text", exact=True)
    expect(field).to_be_visible()
    expect(field).to_have_value(WikiPage.objects.get(slug=EDIT.split("/")[2]).body)
    expect(window.tab.get_by_role("toolbar")).to_have_count(0)
    expect(window.tab.get_by_role("button", name=TEXT)).to_have_count(0)


LOOKS = [(1280, "light"), (1280, "dark"), (390, "light")]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_in_the_editor(open_window: OpenWindow, width: int, scheme: str) -> None:
    tab = open_source(open_window)
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    expect(editor(tab).locator("dd")).to_be_visible()
    found = faults(tab) + tab.evaluate(SMALL_TARGETS, LEAST_TARGET)
    tool(tab, "Fet").focus()
    expect(tab.locator("[data-tip]")).to_be_visible()
    found += faults(tab)
    editor(tab).locator("td").first.click()
    tab.keyboard.press("Shift+ArrowDown")
    tab.keyboard.press("Shift+ArrowRight")
    expect(editor(tab).locator(".selectedCell").first).to_be_visible()
    found += faults(tab)
    tab.get_by_role("toolbar").get_by_role("button", name="Tabell").click()
    found += faults(tab)
    tab.keyboard.press("Escape")
    editor(tab).get_by_text("Sist i texten.").click()
    tab.keyboard.type("[[vad")
    expect(editor(tab).get_by_text("Sist i texten.[[vad")).to_be_visible()
    expect(tab.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    found += faults(tab)
    tab.keyboard.press("Escape")
    for name in ("Bild", "Länk ut på webben", "Länk till en sida i wikin", "Fotnot", "Kortkommandon"):
        tool(tab, name).click()
        if name != "Kortkommandon":
            dialog(tab).locator("[type=submit]").click()
        found += [f"{name}: {fault}" for fault in faults(tab)] + tab.evaluate(SMALL_TARGETS, LEAST_TARGET)
        tab.keyboard.press("Escape")
        expect(dialog(tab)).to_have_count(0)
    for item in ("Fil att ladda ner", "Text ur ett Word-dokument"):
        choose(tab, "Mer", item)
        found += [f"{item}: {fault}" for fault in faults(tab)]
        tab.keyboard.press("Escape")
    editor(tab).get_by_role("button", name=TEXT).click()
    found += faults(tab)
    tab.set_viewport_size({"width": 320, "height": 900})
    found += tab.evaluate(TOO_WIDE, 320)
    assert found == []
