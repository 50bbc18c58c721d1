"""Drafts of several windows, and of a page that somebody else has published meanwhile."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drafts import (
    EDIT,
    MINE,
    Gate,
    body,
    copies,
    drafted,
    expect_state,
    hide,
    kept_bodies,
    open_form,
    own_drafts,
    publish_as_bo,
    save,
    state,
    wiki_page,
    write,
)
from tests.browser.window import Window

REST = 2_500  # milliseconds: longer than the script waits after the last key
SAID = "[data-autosave] [data-said]"


@pytest.fixture
def tab(window: Window) -> Page:
    """Eva has opened the form of the page."""
    return open_form(window)


def test_a_newer_version_pauses_until_the_writer_knows(tab: Page) -> None:
    before = wiki_page().number
    publish_as_bo()
    gate = Gate(tab)
    write(tab, "Före.")
    paused = expect_state(tab, "paused")
    expect(paused).to_contain_text("Pausat: sidan har en nyare version")
    expect(paused).to_contain_text(f"Bo Ek har publicerat version {before + 1}.")
    link = paused.get_by_role("link", name="Se vad som är nytt (öppnas i en ny flik)")
    expect(link).to_have_attribute("target", "_blank")
    assert (link.get_attribute("href") or "").endswith(f"/jamfor/{before}/{before + 1}/")
    assert drafted("Före.")

    write(tab, "Efter.")
    tab.wait_for_timeout(REST)
    assert len(gate.posted) == 1
    assert not drafted("Efter.")
    assert ["Efter." in text for text in kept_bodies(tab)] == [True]

    paused.get_by_role("button", name="Fortsätt spara utkastet").click()
    expect_state(tab, "saved")
    expect(tab.locator("[name=counter]")).to_have_value("2")
    assert drafted("Efter.")
    assert copies(tab) == []
    write(tab, "Sedan.")
    expect(tab.locator("[name=counter]")).to_have_value("3")
    expect(paused).to_be_hidden()


def test_what_is_typed_in_a_pause_is_saved_when_the_window_is_put_aside(tab: Page) -> None:
    publish_as_bo()
    write(tab, "Före.")
    paused = expect_state(tab, "paused")
    write(tab, "Efter.")
    hide(tab)
    expect(tab.locator("[name=counter]")).to_have_value("2")
    assert drafted("Efter.")
    expect(paused).to_be_visible()


def test_news_of_a_version_pauses_what_is_being_written(tab: Page) -> None:
    version = {"number": 99, "by": "Bo Ek", "compare": "/sidor/x/jamfor/1/99/"}
    tell = "(detail) => document.dispatchEvent(new CustomEvent('newer-version', { detail }))"
    gate = Gate(tab)
    tab.evaluate(tell, version)
    expect(state(tab, "paused")).to_be_hidden()
    write(tab)
    expect(expect_state(tab, "paused")).to_contain_text("Bo Ek har publicerat version 99.")
    tab.wait_for_timeout(REST)
    assert gate.posted == []
    assert [MINE in text for text in kept_bodies(tab)] == [True]


def test_saving_ends_a_pause(tab: Page) -> None:
    before = wiki_page().number
    publish_as_bo()
    write(tab)
    expect_state(tab, "paused")
    save(tab)
    expect(tab.get_by_role("status").first).to_contain_text(f"Sparat som version {before + 2}")
    found = wiki_page()
    assert (found.lead, MINE in found.body) == ("Bos ingress.", True)
    assert own_drafts() == []


def test_two_windows_on_one_draft_keep_what_each_has_written(tab: Page, window: Window) -> None:
    write(tab, "Först.")
    expect_state(tab, "saved")
    (draft,) = own_drafts()
    other = window.context.new_page()
    other.goto(f"{EDIT}?utkast={draft.pk}")
    write(other, "I det andra fönstret.")
    expect_state(other, "saved")
    write(tab, "I det första.")
    forked = tab.locator("[data-forked]")
    expect(forked).to_be_visible(timeout=10_000)
    expect(forked).to_contain_text("Ett annat fönster har ett eget utkast. Båda finns kvar.")
    expect(forked.get_by_role("link", name="Till Mina utkast")).to_have_attribute("href", "/konto/utkast/")
    one, two = own_drafts()
    assert one.fields["body"][0].endswith("\nFörst.\nI det andra fönstret.")
    assert two.fields["body"][0].endswith("\nFörst.\nI det första.")
    write(tab, "Mer.")
    expect(tab.locator("[name=counter]")).to_have_value("2")
    assert len(own_drafts()) == 2


def test_a_form_that_comes_back_with_mistakes_goes_on_in_its_draft(tab: Page) -> None:
    write(tab)
    expect_state(tab, "saved")
    window_name = tab.locator("[name=tab]").input_value()
    tab.get_by_label("Titel").fill("")
    save(tab)
    expect(tab.locator("#fel")).to_be_focused()
    assert tab.locator("[name=tab]").input_value() == window_name
    expect_state(tab, "saved")
    write(tab, "Mer.")
    expect(tab.locator("[name=counter]")).to_have_value("3")
    (draft,) = own_drafts()
    assert draft.fields["body"][0].endswith(f"{MINE}\nMer.")
    expect(tab.locator("[data-forked]")).to_be_hidden()


def test_a_window_that_the_browser_had_put_away_is_another_one(tab: Page) -> None:
    write(tab)
    expect_state(tab, "saved")
    window_name = tab.locator("[name=tab]").input_value()
    tab.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert tab.locator("[name=tab]").input_value() not in {window_name, ""}
    write(tab, "Mer.")
    expect(tab.locator("[name=counter]")).to_have_value("2")
    assert len(own_drafts()) == 1


def test_going_back_never_puts_old_text_on_a_newer_version(tab: Page) -> None:
    write(tab)
    expect_state(tab, "saved")
    (draft,) = own_drafts()
    publish_as_bo()
    tab.goto("/om/")
    tab.go_back()
    expect(tab.get_by_label("Ingress")).to_have_value("Bos ingress.")
    expect(tab.locator("[name=base]")).to_have_value(str(wiki_page().number))
    expect(body(tab)).to_have_value(wiki_page().body)
    expect(tab.locator(f"main a[href$='utkast={draft.pk}']").first).to_be_visible()
