"""Who chooses between two versions knows of the newer one: what is written there is saved as any draft."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from mittkoping.accounts.models import User
from tests.browser.drafts import (
    BO,
    EDIT,
    Gate,
    body,
    expect_state,
    open_form,
    own_drafts,
    publish_as_bo,
    save,
    state,
    wiki_page,
    write,
)
from tests.browser.window import Window
from wiki import operations

OWN = "Egna ord om saken."
SENDS_AGAIN = """
performance.getEntriesByType = () => [{ type: "reload" }];
Object.defineProperty(History.prototype, "state", { get() { return { draft: %s }; } });
localStorage.clear();
"""
SHOWS_NEWEST = "[data-autosave] [data-kind='paused']:visible"


@pytest.fixture
def tab(window: Window) -> Page:
    """Eva stands before the choice: Bo has saved another lead than hers."""
    tab = open_form(window)
    tab.get_by_label("Ingress").fill("Evas ingress.")
    publish_as_bo()
    save(tab)
    expect(tab.locator("[data-settle]")).to_be_visible()
    return tab


def write_own(tab: Page) -> None:
    """Write own words in the place of both."""
    tab.locator("[data-own]").first.fill(OWN)


def has_own(fields: dict[str, list[str]]) -> bool:
    """Whether a draft holds the own words."""
    return any(values == [OWN] for name, values in fields.items() if name.startswith("text-"))


def wait_for_draft(tab: Page, is_it: Callable[[], bool]) -> None:
    """Wait until what is on the server is as it should be."""
    for _moment in range(200):
        if is_it():
            return
        tab.wait_for_timeout(50)
    raise AssertionError([draft.fields for draft in own_drafts()])


def test_own_words_are_saved_without_a_pause(tab: Page) -> None:
    write_own(tab)
    wait_for_draft(tab, lambda: any(has_own(draft.fields) for draft in own_drafts()))
    expect_state(tab, "saved")
    expect(tab.locator(SHOWS_NEWEST)).to_have_count(0)
    assert len(own_drafts()) == 1


def test_a_still_newer_version_pauses(tab: Page) -> None:
    expect_state(tab, "saved")
    page = wiki_page()
    content = replace(page.content, body=f"{page.body}\nBo igen.\n")
    operations.edit(page, content, base=page.number, by=User.objects.get(email=BO))
    write_own(tab)
    expect(expect_state(tab, "paused")).to_contain_text(f"version {page.number + 1}")


def test_loading_it_again_offers_the_own_words_and_leaves_one_draft(tab: Page) -> None:
    write_own(tab)
    wait_for_draft(tab, lambda: any(has_own(draft.fields) for draft in own_drafts()))
    expect_state(tab, "saved")
    tab.reload()
    (draft,) = own_drafts()
    gate = Gate(tab)
    tab.wait_for_timeout(3_000)  # longer than the script waits
    assert (gate.posted, len(own_drafts())) == ([], 1)
    tab.locator(f"main a[href$='utkast={draft.pk}']").first.click()
    expect(tab.locator("[data-own]").first).to_have_value(OWN)


def test_a_browser_that_sends_the_form_again_on_loading_offers_the_draft(tab: Page) -> None:
    expect_state(tab, "saved")
    (draft,) = own_drafts()
    # Chromium asks for the form anew once a draft is noted; others send again what was sent.
    tab.add_init_script(SENDS_AGAIN % draft.pk)
    tab.get_by_role("button", name="Spara den sammanfogade texten").click()
    offered = tab.get_by_role("region", name="Utkast av det här")
    expect(offered).to_contain_text("Det du har skrivit sedan dess ligger i ditt utkast.")
    expect(tab.locator("section.kept")).to_have_count(1)
    gate = Gate(tab)
    tab.wait_for_timeout(3_000)  # longer than the script waits
    assert (gate.posted, len(own_drafts())) == ([], 1)
    offered.get_by_role("link", name="Fortsätt på utkastet").click()
    expect(tab.get_by_role("main")).to_contain_text("Utkast från")


def test_loading_it_again_at_once_loses_nothing(tab: Page) -> None:
    tab.on("dialog", lambda dialog: dialog.accept())
    write_own(tab)
    tab.reload()
    link = tab.get_by_role("main").get_by_role("link", name="Fortsätt på utkastet").first
    expect(link).to_be_visible()
    (draft,) = own_drafts()
    assert has_own(draft.fields)
    link.click()
    expect(tab.locator("[data-own]").first).to_have_value(OWN)


def test_a_draft_of_an_older_version_tells_of_the_newer_and_is_saved_on(window: Window) -> None:
    tab = open_form(window)
    write(tab, "Före.")
    expect_state(tab, "saved")
    (draft,) = own_drafts()
    publish_as_bo()
    tab.goto(f"{EDIT}?utkast={draft.pk}")
    expect(tab.get_by_role("main")).to_contain_text("Sidan har fått en nyare version sedan dess")
    write(tab, "Efter.")
    expect(tab.locator("[name=counter]")).to_have_value("2", timeout=10_000)
    expect(state(tab, "paused")).to_be_hidden()
    (draft,) = own_drafts()
    assert draft.fields["body"][0].endswith("Före.\nEfter.")
    assert body(tab).input_value().endswith("Efter.")
