"""What stands in the text besides words: footnotes, lists, parts edited as text, and the end of it."""

from playwright.sync_api import expect

from tests.browser.test_editor_files import PASTE
from tests.browser.visual import body, editor, open_source
from tests.browser.window import OpenWindow

CARD = "Begrepp\n:   En förklaring."


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
