"""Drafts by hand: found again on another machine, thrown away, taken back; by keys and without a script."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drafts import (
    EDIT,
    EVA,
    MINE,
    body,
    open_form,
    own_drafts,
    publish_as_bo,
    save,
    wiki_page,
    write,
)
from tests.browser.keyboard import press_enter, tab_to
from tests.browser.window import OpenWindow, Window

LIST = "/konto/utkast/"
HALF = "Ett halvt skäl"


def save_draft(tab: Page) -> None:
    """Press the button."""
    tab.get_by_role("button", name="Spara utkast").click()
    expect(tab.locator("[data-draft-opened]")).to_be_visible()


def type_everywhere(tab: Page) -> None:
    """Fill in the form, with mistakes, and open a row for a tag that is half done."""
    body(tab).fill(MINE)
    tab.get_by_label("Titel").fill("Frukostmöte " * 12)
    tab.get_by_label("Kommuner").fill("Mittköping, Atlan")
    tab.get_by_label("Sammanfattning").fill("Om gröt")
    row = tab.locator(".tag-row").last
    if row.get_attribute("open") is None:
        row.locator("summary").click()
    row.get_by_label("Motivering").fill(HALF)


def see_everything(tab: Page) -> None:
    """All of it is there."""
    expect(body(tab)).to_have_value(MINE)
    expect(tab.get_by_label("Titel")).to_have_value("Frukostmöte " * 12)
    expect(tab.get_by_label("Kommuner")).to_have_value("Mittköping, Atlan")
    expect(tab.get_by_label("Sammanfattning")).to_have_value("Om gröt")
    notes = tab.locator(".tag-row [name$='-note']")
    assert HALF in [notes.nth(at).input_value() for at in range(notes.count())]


@pytest.mark.parametrize("has_script", [True, False])
def test_a_draft_is_found_again_on_another_machine(open_window: OpenWindow, has_script: bool) -> None:
    tab = open_form(open_window(java_script_enabled=has_script))
    type_everywhere(tab)
    save_draft(tab)
    tab.get_by_role("banner").get_by_role("button", name="Logga ut").click()
    there = open_form(open_window(java_script_enabled=has_script))
    expect(body(there)).to_have_value(wiki_page().body)
    there.locator("[data-draft-offer]").get_by_role("link", name="Fortsätt på utkastet").click()
    see_everything(there)
    there.get_by_label("Titel").fill("Frukostmöte med gröt")
    there.get_by_label("Kommuner").fill("Mittköping")
    there.locator(".tag-row [name$='-note']").last.fill("")
    save(there)
    expect(there.get_by_role("status").first).to_contain_text("Sparat som version")
    assert (wiki_page().title, wiki_page().body.strip(), own_drafts()) == ("Frukostmöte med gröt", MINE, [])


def test_a_draft_of_a_page_that_has_moved_on_is_merged(window: Window) -> None:
    tab = open_form(window)
    write(tab)
    save_draft(tab)
    publish_as_bo()
    tab.goto(LIST)
    expect(tab.locator(".draft-row")).to_contain_text("sidan har fått en nyare version")
    tab.get_by_role("link", name="Jämför").click()
    expect(tab.locator(".comparison ins").first).to_be_visible()
    expect(tab.get_by_role("main")).to_contain_text("av Bo Ek, Granneby")
    tab.get_by_role("link", name="Fortsätt skriva").click()
    expect(tab.locator("[data-draft-opened]")).to_contain_text("När du sparar sätts texterna ihop.")
    save(tab)
    expect(tab.get_by_role("status").first).to_contain_text("sammanfogad med version")
    assert MINE in wiki_page().body
    assert wiki_page().lead == "Bos ingress."


def test_throwing_away_is_undone_by_keyboard_without_a_script(open_window: OpenWindow) -> None:
    window = open_window(java_script_enabled=False)
    tab = open_form(window)
    body(tab).fill(MINE)
    save_draft(tab)
    tab.goto(LIST)
    tab_to(tab, ".draft-row button[value='delete']")
    press_enter(tab)
    assert own_drafts() == []
    tab_to(tab, "button[value='undo']")
    press_enter(tab)
    expect(tab.locator(".draft-row")).to_be_visible()
    assert [draft.fields["body"] for draft in own_drafts()] == [[MINE]]


def test_the_form_offers_until_it_is_thrown_away(window: Window) -> None:
    tab = open_form(window)
    write(tab)
    save_draft(tab)
    tab.goto(EDIT)
    offer = tab.locator("[data-draft-offer]")
    offer.get_by_role("link", name="Ta bort").click()
    tab.get_by_role("button", name="Ta bort utkastet").click()
    tab.get_by_role("button", name="Ångra").click()
    expect(tab.locator(".draft-row")).to_be_visible()
    tab.goto(EDIT)
    expect(offer).to_be_visible()
    assert len(own_drafts(EVA)) == 1
