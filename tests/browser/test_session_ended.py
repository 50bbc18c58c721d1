"""The session ends while somebody writes: they sign in again, and go on."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests.browser.window import OpenWindow
from wiki.demo_loading import PASSWORD
from wiki.models import Page as WikiPage

SLUG = "frukostmote-vem-ager-uppgiften"
EDIT = f"/sidor/{SLUG}/redigera/"
EVA = "eva@mittkoping.example"
MINE = "Vi ställde fram gröt också."


@pytest.fixture
def page(demo: None) -> WikiPage:
    """The page that is written on."""
    return WikiPage.objects.get(slug=SLUG)


def write_and_lose_the_session(tab: Page) -> None:
    """Change the text and the title, and save when the session has ended."""
    tab.goto(EDIT)
    field = tab.get_by_label("Text", exact=True)
    field.fill(f"{field.input_value()}\n{MINE}")
    tab.get_by_label("Sammanfattning").fill("Om gröten")
    Session.objects.all().delete()
    tab.get_by_role("button", name="Spara ändringen").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Texten är inte sparad ännu")


def sign_in(tab: Page, password: str) -> None:
    """On the page that has the text."""
    tab.get_by_label("E-post").fill(EVA)
    tab.get_by_label("Lösenord").fill(password)
    tab.get_by_label("Lösenord").press("Enter")


@pytest.mark.parametrize("has_script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_who_signs_in_on_the_page_that_has_the_text_saves_it_with_one_click(
    open_window: OpenWindow, page: WikiPage, has_script: bool
) -> None:
    window = open_window(java_script_enabled=has_script)
    window.sign_in(EVA)
    tab = window.tab
    write_and_lose_the_session(tab)
    expect(tab.get_by_label("Din text")).to_have_value(f"{page.body}\n{MINE}")

    sign_in(tab, "fel lösenord")
    expect(tab.locator("#fel")).to_contain_text("E-postadressen eller lösenordet stämmer inte.")
    expect(tab.get_by_label("Din text")).to_have_value(f"{page.body}\n{MINE}")

    sign_in(tab, PASSWORD)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Du är inloggad igen")
    expect(tab.get_by_label("Din text")).to_have_value(f"{page.body}\n{MINE}")
    tab.get_by_role("button", name="Skicka igen").click()
    expect(tab.get_by_role("status").first).to_contain_text(f"Sparat som version {page.number + 1}.")
    before = page.content
    page.refresh_from_db()
    assert page.body == f"{before.body}\n{MINE}"
    assert page.content.tags == before.tags
    assert page.edits.get(number=page.number).summary == "Om gröten"
