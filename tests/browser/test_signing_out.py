"""Who signs out on a shared computer leaves nothing in its browser that the server could have."""

from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.drafts import (
    EDIT,
    MINE,
    Gate,
    copies,
    drafted,
    expect_state,
    kept_bodies,
    lose_the_tab,
    open_form,
    own_drafts,
    write,
)
from tests.browser.window import Window


@pytest.fixture
def tab(window: Window) -> Page:
    """Eva has opened the form of the page."""
    return open_form(window)


def sign_out(tab: Page) -> None:
    """Press the button in the head."""
    tab.get_by_role("banner").get_by_role("button", name="Logga ut").click()


def expect_signed_out(tab: Page) -> None:
    """Wait until nobody is signed in."""
    expect(tab.get_by_role("banner").get_by_role("link", name="Logga in")).to_be_visible()


def test_what_was_typed_just_before_is_saved_first(tab: Page) -> None:
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    tab.on("dialog", accept)
    write(tab)
    assert own_drafts() == []
    sign_out(tab)
    expect_signed_out(tab)
    assert drafted(MINE)
    assert (copies(tab), asked) == ([], [])


def test_what_was_typed_in_another_window_is_saved_first(tab: Page, window: Window) -> None:
    other = window.context.new_page()
    other.goto("/om/")
    write(tab)
    assert own_drafts() == []
    sign_out(other)
    expect_signed_out(other)
    assert drafted(MINE)
    assert copies(other) == []


def test_a_window_that_cannot_save_in_time_leaves_a_copy_that_is_told_of(tab: Page, window: Window) -> None:
    other = window.context.new_page()
    other.goto("/om/")
    gates = [Gate(each, is_shut=True) for each in (tab, other)]
    write(tab)
    sign_out(other)
    for _moment in range(200):
        if gates[1].held:
            break
        other.wait_for_timeout(50)
    assert [MINE in text for text in kept_bodies(other)] == [True]
    for gate in gates:
        gate.open()
    expect_signed_out(other)
    assert drafted(MINE)
    assert len(own_drafts()) == 1


def test_what_the_browser_has_kept_is_sent_and_erased(tab: Page, window: Window) -> None:
    lose_the_tab(window)
    tab = window.tab
    tab.goto("/om/")
    assert own_drafts() == []
    sign_out(tab)
    expect_signed_out(tab)
    assert drafted(MINE)
    assert copies(tab) == []


def test_text_that_cannot_be_sent_is_a_choice(tab: Page, window: Window, tmp_path: Path) -> None:
    lose_the_tab(window)
    tab = window.tab
    tab.goto("/om/")
    gate = Gate(tab, status=503)
    sign_out(tab)
    told = tab.get_by_role("alert")
    expect(told).to_be_focused()
    expect(told).to_contain_text("I den här webbläsaren finns text som servern inte har kunnat spara:")
    main = tab.get_by_role("main")
    expect(main.get_by_role("button", name="Logga ut", exact=True)).to_have_count(0)

    with tab.expect_download() as download:
        told.get_by_role("button", name="Ladda ner").click()
    path = tmp_path / "text.md"
    download.value.save_as(path)
    assert MINE in path.read_text()
    told.get_by_role("button", name="Ta bort").click()
    expect(main.get_by_role("button", name="Logga ut", exact=True)).to_be_visible()
    assert copies(tab) == []
    told.get_by_role("button", name="Ångra").click()
    expect(main.get_by_role("button", name="Logga ut", exact=True)).to_have_count(0)

    main.get_by_role("link", name="Nej, stanna kvar").click()
    expect(tab.get_by_role("banner").get_by_role("button", name="Logga ut")).to_be_visible()
    assert len(copies(tab)) == 1

    tab.goto("/konto/logout/")
    main.get_by_role("button", name="Logga ut och låt texten ligga kvar").click()
    expect_signed_out(tab)
    assert (len(copies(tab)), own_drafts()) == (1, [])
    assert len(gate.posted) >= 2
    window.forgive(f"^503: {EDIT}")


def test_with_nothing_kept_nothing_is_asked(tab: Page) -> None:
    write(tab)
    expect_state(tab, "saved")
    sign_out(tab)
    expect_signed_out(tab)
