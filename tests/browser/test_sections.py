"""One heading's part of a page: found beside the heading, written by itself, and the rest stays as it was."""

import pytest
from playwright.sync_api import Page, expect

from mittkoping.accounts.models import User
from tests.browser.drafts import BO, EVA, body, expect_state, own_drafts, save
from tests.browser.test_accessibility import LEAST_TARGET, LOOKS, SMALL_TARGETS, TOO_WIDE, faults
from tests.browser.window import OpenWindow, Window
from tests.conftest import published
from wiki import operations
from wiki.content import Content
from wiki.models import Page as WikiPage

ADDRESS = "/sidor/delarna/"
EDIT = f"{ADDRESS}redigera/"
BODY = (
    "Början.\n\n## Mål\n\nEtt mål.\n\n### Delmål\n\nEtt delmål.\n\n> ## Citat\n\nMedel\n---\n\nEtt medel.\n"
)
GOALS = "## Mål\n\nEtt mål.\n\n### Delmål\n\nEtt delmål.\n\n> ## Citat"


@pytest.fixture
def page(demo: None) -> WikiPage:
    """A page with headings."""
    by = User.objects.get(email=EVA)
    return published(operations.create(Content(title="Delarna", body=BODY), by=by)).page


@pytest.fixture
def tab(window: Window, page: WikiPage) -> Page:
    """Eva reads the page."""
    window.sign_in(EVA)
    window.tab.goto(ADDRESS)
    return window.tab


def test_every_heading_has_a_link_to_the_form_of_its_part(tab: Page) -> None:
    text, contents = tab.locator("#sidtext"), tab.get_by_role("navigation", name="Innehåll på sidan")
    for name in ("Mål", "Delmål", "Medel"):
        for place in (text, contents):
            link = place.get_by_role("link", name=f"Redigera ”{name}”", exact=True)
            expect(link).to_have_attribute("href", f"{EDIT}?bas=1&rubrik=u-{name.lower().replace('å', 'a')}")
    expect(tab.locator(".section-edit")).to_have_count(6)
    expect(text.get_by_role("heading")).to_have_text(["Mål", "Delmål", "Citat", "Medel"])


def test_one_part_is_written_from_the_keyboard_and_saved(tab: Page, page: WikiPage) -> None:
    tab.locator("#sidtext").get_by_role("link", name="Redigera ”Mål”", exact=True).press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Redigera ”Mål” i Delarna")
    expect(body(tab)).to_have_value(GOALS)
    expect(tab.get_by_label("Titel")).to_have_count(0)
    body(tab).press("Control+End")
    body(tab).press_sequentially("\n\nEvas ord.")
    tab.get_by_role("button", name="Förhandsgranska").click()
    preview = tab.locator("#forhandsgranskning")
    expect(preview).to_contain_text("Evas ord.")
    expect(preview).not_to_contain_text("Ett medel.")
    save(tab)
    expect(tab.get_by_text("Sparat som version 2.")).to_be_visible()
    page.refresh_from_db()
    assert page.body == BODY.replace("> ## Citat", "> ## Citat\n\nEvas ord.")


def test_what_is_typed_in_a_part_becomes_a_draft_that_is_gone_on_with(tab: Page, page: WikiPage) -> None:
    tab.goto(f"{EDIT}?rubrik=medel")
    expect(body(tab)).to_have_value("Medel\n---\n\nEtt medel.")
    body(tab).press("Control+End")
    body(tab).press_sequentially("\n\nHalvfärdigt.")
    expect_state(tab, "saved")
    (draft,) = own_drafts()
    assert (draft.title, draft.fields["rubrik"]) == ("Delarna", ["u-medel"])
    assert not {"title", "lead", "kind"} & draft.fields.keys()
    tab.goto(EDIT)
    tab.get_by_role("link", name="Fortsätt på utkastet").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Redigera ”Medel” i Delarna")
    expect(body(tab)).to_have_value("Medel\n---\n\nEtt medel.\n\nHalvfärdigt.")
    save(tab)
    expect(tab.get_by_text("Sparat som version 2.")).to_be_visible()
    page.refresh_from_db()
    assert page.body == BODY.replace("Ett medel.", "Ett medel.\n\nHalvfärdigt.")
    assert own_drafts() == []


def test_two_windows_that_write_under_different_headings_do_not_notice_each_other(
    tab: Page, open_window: OpenWindow, page: WikiPage
) -> None:
    other = open_window()
    other.sign_in(BO)
    for window_tab, name in ((tab, "delmal"), (other.tab, "medel")):
        window_tab.goto(f"{EDIT}?rubrik={name}")
    body(tab).fill("### Delmål\n\nEvas delmål.")
    body(other.tab).fill("Medel\n---\n\nBos medel.")
    save(tab)
    expect(tab.get_by_text("Sparat som version 2.")).to_be_visible()
    save(other.tab)
    expect(
        other.tab.get_by_text("Sparat som version 3, sammanfogad med version 2 av Eva Berg.")
    ).to_be_visible()
    page.refresh_from_db()
    assert (
        page.body
        == "Början.\n\n## Mål\n\nEtt mål.\n\n### Delmål\n\nEvas delmål.\n\nMedel\n---\n\nBos medel.\n"
    )


def test_without_javascript_the_form_of_the_page_lists_its_headings(
    open_window: OpenWindow, page: WikiPage
) -> None:
    window = open_window(java_script_enabled=False)
    window.sign_in(EVA)
    tab = window.tab
    tab.goto(ADDRESS)
    expect(tab.locator("#sidtext").get_by_role("heading", name="Mål", exact=True)).to_be_visible()
    expect(tab.locator(".section-edit")).to_have_count(0)
    tab.goto(EDIT)
    tab.get_by_text("Redigera bara en del").click()
    tab.get_by_role("link", name="Delmål").click()
    body(tab).fill("### Delmål\n\nUtan skript.")
    save(tab)
    expect(tab.get_by_text("Sparat som version 2.")).to_be_visible()
    page.refresh_from_db()
    assert "### Delmål\n\nUtan skript.\n\nMedel\n---" in page.body


def test_readers_see_no_links(window: Window, page: WikiPage) -> None:
    window.tab.goto(ADDRESS)
    expect(window.tab.get_by_role("heading", name="Mål", exact=True)).to_be_visible()
    expect(window.tab.locator(".section-edit")).to_have_count(0)
    assert not any("sections" in path and path.endswith(".js") for path in window.asked)


@pytest.mark.parametrize("address", [ADDRESS, EDIT, f"{EDIT}?rubrik=mal", f"{EDIT}?rubrik=borta"])
def test_nothing_of_it_is_a_barrier(tab: Page, address: str) -> None:
    tab.goto(address)
    if address == EDIT:
        tab.get_by_text("Redigera bara en del").click()
    found = []
    for width, schemes in LOOKS:
        tab.set_viewport_size({"width": width, "height": 900})
        found += tab.evaluate(SMALL_TARGETS, LEAST_TARGET)
        for scheme, options in schemes:
            tab.emulate_media(color_scheme=scheme)
            found += faults(tab, options)
    tab.set_viewport_size({"width": 320, "height": 900})
    assert found + tab.evaluate(TOO_WIDE, 320) == []
