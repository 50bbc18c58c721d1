"""What the browser has kept gets to the server from wherever its writer comes next."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from mittkoping.accounts.models import User
from tests.browser.drafts import (
    BO,
    EDIT,
    MINE,
    body,
    copies,
    drafted,
    late,
    lose_the_tab,
    open_form,
    own_drafts,
    wiki_page,
)
from tests.browser.window import Window
from wiki import operations

RUT = "rut@skl.example"
HOME = "/konto/utkast/"


@pytest.fixture
def lost(window: Window) -> Window:
    """Eva has written offline, and her tab is gone."""
    open_form(window)
    lose_the_tab(window)
    return window


def test_a_page_that_was_renamed_meanwhile(lost: Window) -> None:
    page = wiki_page()
    operations.rename(page, title="Helt annat namn", base=page.number, by=User.objects.get(email=BO))
    lost.tab.goto(EDIT)
    assert "helt-annat-namn" in lost.tab.url
    expect(late(lost.tab)).to_be_visible()
    assert (copies(lost.tab), drafted(MINE)) == ([], True)
    late(lost.tab).get_by_role("link", name="Läs utkastet").click()
    expect(lost.tab.get_by_role("main")).to_contain_text(MINE)


def test_the_form_of_another_page(lost: Window) -> None:
    lost.tab.goto("/sidor/ny/")
    late(lost.tab).get_by_role("link", name="Läs utkastet").click()
    expect(lost.tab.get_by_role("link", name="Fortsätt skriva")).to_be_visible()
    assert (copies(lost.tab), len(own_drafts())) == ([], 1)


def test_the_list_of_drafts_shows_it(lost: Window) -> None:
    lost.tab.goto(HOME)
    expect(lost.tab.get_by_role("main").locator(".rows > li")).to_have_count(1)
    assert (copies(lost.tab), drafted(MINE)) == ([], True)


def test_text_for_an_archived_page_can_be_downloaded_and_removed(lost: Window, tmp_path: Path) -> None:
    operations.archive(wiki_page(), reason="Dubblett av en annan sida.", by=User.objects.get(email=RUT))
    tab = lost.tab
    tab.goto(HOME)
    told = tab.locator("[data-kept-list]")
    expect(told).to_contain_text("I den här webbläsaren finns text som servern inte har kunnat spara:")
    expect(told.get_by_role("link")).to_have_count(0)
    with tab.expect_download() as download:
        told.get_by_role("button", name="Ladda ner").click()
    path = tmp_path / download.value.suggested_filename
    assert path.suffix == ".md"
    download.value.save_as(path)
    assert MINE in path.read_text()
    told.get_by_role("button", name="Ta bort").click()
    assert copies(tab) == []
    expect(told.get_by_role("button", name="Ångra")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(told.get_by_role("button", name="Ta bort")).to_be_focused()
    assert len(copies(tab)) == 1
    lost.forgive(f"^404: {EDIT}")


def test_a_form_of_another_page_does_not_trouble_with_what_is_refused(lost: Window) -> None:
    operations.archive(wiki_page(), reason="Dubblett av en annan sida.", by=User.objects.get(email=RUT))
    lost.tab.goto("/sidor/ny/")
    lost.forgive(f"^404: {EDIT}")
    expect(body(lost.tab)).to_have_value("")
    expect(lost.tab.locator(".kept")).to_have_count(0)
    assert len(copies(lost.tab)) == 1
