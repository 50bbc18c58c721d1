"""What stands in the text besides words: footnotes, lists, parts edited as text, and the end of it."""

from playwright.sync_api import Page, expect

from tests.browser.test_editor_files import PASTE
from tests.browser.visual import body, dialog, editor, open_source, tool
from tests.browser.window import OpenWindow

CARD = "Begrepp\n:   En förklaring."
NOTES = "Ett[^1] och två[^2].\n\nMitten.\n\n[^1]: Källa A.\n\n[^2]: Källa B."


def cut_notes(tab: Page) -> None:
    """Cut out the texts of both footnotes."""
    editor(tab).get_by_text("Källa A.").click()
    for key in ("Home", "Shift+ArrowDown", "Shift+End", "Control+x"):
        tab.keyboard.press(key)


def test_a_part_that_is_cut_and_pasted_is_still_that_part(open_window: OpenWindow) -> None:
    tab = open_source(open_window, f"Först.\n\n{CARD}\n\nSist.")
    part = editor(tab).get_by_role("group", name="Del som redigeras som text")
    part.locator("dd").click()
    tab.keyboard.press("Control+x")
    expect(part).to_have_count(0)
    editor(tab).locator("p").last.click()
    tab.keyboard.press("End")
    tab.keyboard.press("Control+v")
    assert body(tab) == f"Först.\n\nSist.\n\n{CARD}"


def test_the_end_is_behind_a_table(open_window: OpenWindow) -> None:
    table = "| a | b |\n| --- | --- |\n| 1 | 2 |"
    tab = open_source(open_window, f"Text.\n\n{table}")
    editor(tab).locator("p").first.click()
    tab.keyboard.press("Control+End")
    tab.keyboard.type("Slut.")
    assert body(tab) == f"Text.\n\n{table}\n\nSlut."


def test_a_footnote_that_says_nothing_goes_with_its_sign(open_window: OpenWindow) -> None:
    tab = open_source(open_window, "Ord[^1] och mer[^2].\n\n[^1]: A\n\n[^2]: Kvar.")
    editor(tab).get_by_text("A", exact=True).click()
    tab.keyboard.press("End")
    tab.keyboard.press("Backspace")
    tab.keyboard.press("Backspace")
    assert body(tab) == "Ord och mer[^2].\n\n[^2]: Kvar."


def test_a_footnote_from_another_page_keeps_its_own_text(open_window: OpenWindow) -> None:
    tab = open_source(open_window, "Min[^1].\n\n[^1]: Rätt källa.")
    editor(tab).locator("p").first.click()
    tab.keyboard.press("Control+a")
    tab.keyboard.press("Control+c")
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("Control+v")
    text = body(tab)
    assert text.count("[^1]:") == text.count("[^2]:") == 1
    assert text.count("[^1]") == text.count("[^2]") == 2


def test_footnotes_that_are_cut_and_pasted_keep_their_signs(open_window: OpenWindow) -> None:
    tab = open_source(open_window, NOTES)
    cut_notes(tab)
    tab.keyboard.press("Control+v")
    assert body(tab) == NOTES
    cut_notes(tab)
    editor(tab).get_by_text("Mitten.").click()
    for key in ("Home", "Enter", "ArrowUp", "Control+v"):
        tab.keyboard.press(key)
    assert body(tab) == "Ett[^1] och två[^2].\n\n[^1]: Källa A.\n\n[^2]: Källa B.\n\nMitten."


def test_a_new_footnote_is_not_what_an_old_sign_without_a_text_meant(open_window: OpenWindow) -> None:
    tab = open_source(open_window, "Död[^1].\n\nNy.")
    editor(tab).get_by_text("Ny.").click()
    tab.keyboard.press("End")
    tool(tab, "Fotnot").click()
    dialog(tab).get_by_label("Vad ska fotnoten säga?").fill("Källan.")
    dialog(tab).get_by_role("button", name="Infoga fotnoten").click()
    assert body(tab) == "Död[^1].\n\nNy.[^2]\n\n[^2]: Källan."


def test_a_footnote_holds_words_and_stays_one(open_window: OpenWindow) -> None:
    tab = open_source(open_window, NOTES)
    editor(tab).get_by_text("Källa A.").click()
    for name in ("Punktlista", "Numrerad lista", "Citat"):
        expect(tool(tab, name)).to_have_attribute("aria-disabled", "true")
    for key in ("End", "ArrowLeft", "ArrowLeft", "Enter"):
        tab.keyboard.press(key)
    tab.keyboard.type("--- x")
    assert body(tab) == NOTES.replace("Källa A.", "Källa\n\n---\n\nxA.")


def test_a_part_that_is_only_looked_at_stays_as_it_is(open_window: OpenWindow) -> None:
    source = "Först.\n\nText:\n- som ingen lista är\n\nSist."
    tab = open_source(open_window, source)
    card = editor(tab).get_by_role("group", name="Del som redigeras som text")
    card.get_by_role("button", name="Redigera som text").click()
    card.get_by_role("button", name="Klar").click()
    expect(card).to_have_count(1)
    assert body(tab) == source


def test_a_year_is_no_list_and_a_number_is(open_window: OpenWindow) -> None:
    tab = open_source(open_window, "")
    editor(tab).click()
    tab.keyboard.type("2017. började vi")
    tab.keyboard.press("Enter")
    tab.keyboard.type("1. Ett")
    assert body(tab) == "2017\\. började vi\n\n1. Ett"


def test_a_heading_that_comes_first_can_become_text(open_window: OpenWindow) -> None:
    tab = open_source(open_window, "## Rubrik\n\nText.")
    editor(tab).locator("h2").click()
    tab.keyboard.press("Home")
    tab.keyboard.press("Backspace")
    assert body(tab) == "Rubrik\n\nText."


def test_signs_that_are_pasted_stay_signs(open_window: OpenWindow) -> None:
    tab = open_source(open_window, "")
    editor(tab).click()
    tab.evaluate(PASTE, {"text/plain": "**fet** *x* __y__ `kod`"})
    expect(editor(tab)).to_have_text("**fet** *x* __y__ `kod`")
    expect(editor(tab).locator("strong, em, code")).to_have_count(0)
