"""When a draft cannot be saved, the screen says why, and nothing is lost."""

from itertools import pairwise

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests.browser.drafts import (
    EDIT,
    MINE,
    Gate,
    copies,
    dialogs_on_closing,
    drafted,
    expect_state,
    kept_bodies,
    open_form,
    own_drafts,
    save,
    sign_in_beside,
    wiki_page,
    write,
)
from tests.browser.window import Window
from wiki.operations import drafts as draft_operations

REST = 2_500  # milliseconds: longer than the script waits after the last key
SAID = "[data-autosave] [data-said]"


@pytest.fixture
def tab(window: Window) -> Page:
    """Eva has opened the form of the page."""
    return open_form(window)


def test_a_server_that_fails_is_asked_again(tab: Page, window: Window) -> None:
    gate = Gate(tab, status=503)
    write(tab)
    failed = expect_state(tab, "failed")
    expect(failed).to_contain_text("Inte sparat – försöker igen")
    expect(failed).to_contain_text("Så länge finns texten i den här webbläsaren.")
    assert [MINE in text for text in kept_bodies(tab)] == [True]
    gate.status = 0
    expect_state(tab, "saved")
    expect(failed).to_be_hidden()
    assert drafted(MINE)
    assert copies(tab) == []
    window.forgive(f"^503: {EDIT}")


def test_it_asks_less_and_less_often(tab: Page, window: Window) -> None:
    gate = Gate(tab, status=503)
    tab.clock.install()
    write(tab)
    asked = []
    for _second in range(60):
        tab.clock.run_for(1000)
        tab.wait_for_timeout(20)
        asked.append(len(gate.posted))
    waits = [second for second in range(1, 60) if asked[second] > asked[second - 1]]
    gaps = [later - sooner for sooner, later in pairwise(waits)]
    assert len(gaps) >= 3
    assert gaps == sorted(gaps)
    assert gaps[-1] >= 8
    window.forgive(f"^503: {EDIT}")


def test_a_session_that_ends_while_one_types_costs_nothing(tab: Page, window: Window) -> None:
    before = wiki_page().number
    Session.objects.all().delete()
    write(tab)
    told = expect_state(tab, "signed-out")
    expect(told).to_contain_text("Inte sparat: du är inte längre inloggad.")
    expect(told.get_by_role("link", name="Logga in i en ny flik")).to_have_attribute("target", "_blank")
    assert own_drafts() == []
    assert [MINE in text for text in kept_bodies(tab)] == [True]

    sign_in_beside(window).close()
    tab.bring_to_front()
    expect_state(tab, "saved")
    assert drafted(MINE)
    assert copies(tab) == []
    # The form's own token was renewed as well: it can be sent at once.
    save(tab)
    expect(tab.get_by_role("status").first).to_contain_text(f"Sparat som version {before + 1}.")
    window.forgive(f"^403: {EDIT}")


def test_nothing_is_saved_in_the_name_of_somebody_else(tab: Page, window: Window) -> None:
    Session.objects.all().delete()
    write(tab)
    expect_state(tab, "signed-out")
    sign_in_beside(window, "bo@granneby.example")
    tab.bring_to_front()
    expect(expect_state(tab, "other-user")).to_contain_text("någon annan är inloggad")
    tab.wait_for_timeout(REST)
    assert own_drafts("bo@granneby.example") == own_drafts() == []
    assert [MINE in text for text in kept_bodies(tab)] == [True]
    window.forgive(f"^403: {EDIT}")


def test_what_the_server_does_not_take_is_told_in_its_words(
    tab: Page, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_operations, "MOST", 0)
    write(tab)
    expect(expect_state(tab, "refused")).to_contain_text("Du har redan 0 utkast.")
    assert [MINE in text for text in kept_bodies(tab)] == [True]
    monkeypatch.undo()
    expect_state(tab, "saved")
    window.forgive(f"^409: {EDIT}")


def test_a_tab_whose_draft_is_saved_just_closes(tab: Page) -> None:
    write(tab)
    expect_state(tab, "saved")
    assert dialogs_on_closing(tab) == []


def test_a_tab_whose_draft_is_not_saved_asks(tab: Page, window: Window) -> None:
    Gate(tab, status=503)
    write(tab)
    expect_state(tab, "failed")
    assert dialogs_on_closing(tab) == ["beforeunload"]
    window.tab = window.context.new_page()
    window.forgive(f"^503: {EDIT}")


def test_a_screen_reader_is_told_of_a_change_and_not_of_every_draft(tab: Page, window: Window) -> None:
    tab.evaluate(
        f"""() => {{
          window.told = [];
          const said = document.querySelector("{SAID}");
          new MutationObserver(() => window.told.push(said.textContent)).observe(said, {{ childList: true }});
        }}"""
    )
    expect(tab.locator(SAID)).to_have_attribute("role", "status")
    for number in ("1", "2"):
        write(tab)
        expect(tab.locator("[name=counter]")).to_have_value(number)
    gate = Gate(tab, status=503)
    write(tab)
    expect_state(tab, "failed")
    gate.status = 0
    expect_state(tab, "saved")
    first, failed, again = tab.evaluate("window.told")
    assert first.startswith("Sparat ")
    assert failed.startswith("Inte sparat – försöker igen Så länge finns texten i den här webbläsaren.")
    assert again.startswith("Sparat ")
    window.forgive(f"^503: {EDIT}")
