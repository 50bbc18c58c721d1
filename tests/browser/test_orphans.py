"""What a change does to marked passages, as a writer meets it: before saving, and after."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

from tests.browser.drafts import body
from tests.browser.keyboard import press_enter, tab_to
from tests.browser.screens.screen import EVA, person
from tests.browser.window import OpenWindow, Window
from tests.conftest import published, tag
from wiki import operations
from wiki.content import Content
from wiki.models import FactorTag, Page
from wiki.passages import choose

TITLE = "Nyckeln i skåpet"
EDIT = "/sidor/nyckeln-i-skapet/redigera/"
QUOTE = "Nyckeln låg alltid i ett låst skåp på kontoret"
KEPT = "Chefen kom till varje möte"
BODY = f"## Före\n\n{QUOTE}.\n\n## Efter\n\n{KEPT}.\n"
KEY = "5c0d1f4e-0000-4000-8000-000000000001"
OTHER = "5c0d1f4e-0000-4000-8000-000000000002"


@pytest.fixture
def page(demo: None) -> Page:
    """A page by Eva with two passages."""
    made = published(operations.create(Content(title=TITLE, body=BODY), by=person(EVA))).page
    for key, words, direction in ((KEY, QUOTE, "hindering"), (OTHER, KEPT, "enabling")):
        made.refresh_from_db()
        start = made.plain.index(words)
        passage = choose(made, made.number, start, start + len(words))
        new = tag(key, direction=direction, author=person(EVA).pk, passage=passage)
        operations.tag_passage(made, new, base=made.number, by=person(EVA))
    return made


def write(tab: Tab) -> None:
    """Take the words of the first passage out of the text."""
    tab.goto(EDIT)
    body(tab).fill(BODY.replace(QUOTE, "Vi bytte till koder"))


def assert_told(preview: Locator) -> None:
    """The preview says what becomes of both passages."""
    told = preview.get_by_role("region", name="Det här händer med märkta avsnitt")
    expect(told.get_by_text("Ett avsnitt tappar sina ord.")).to_be_visible()
    expect(told.locator("[data-fate=gone]")).to_contain_text(f"”{QUOTE}”")
    expect(told.locator("[data-fate=here]")).to_be_hidden()
    told.get_by_text("Ett avsnitt till").click()
    expect(told.locator("[data-fate=here]")).to_contain_text(f"”{KEPT}”")


def test_a_writer_is_told_before_saving_and_after_by_the_keyboard(window: Window, page: Page) -> None:
    window.sign_in(EVA)
    tab = window.tab
    write(tab)
    tab_to(tab, "button[value=preview]:not(.ds-sr-only)")
    tab.keyboard.press("Enter")
    preview = tab.locator("#forhandsgranskning")
    expect(preview).to_be_focused()
    assert_told(preview)
    tab.evaluate(AXE_SCRIPT)
    found = tab.evaluate("axe.run('#forhandsgranskning')")
    assert [each["id"] for each in found["violations"]] == []
    tab_to(tab, "button[value=save]:not(.ds-sr-only)", key="Shift+Tab")
    press_enter(tab)
    message = tab.locator(".messages")
    expect(message).to_contain_text("Sparat som version 4.")
    expect(message).to_contain_text("Ett märkt avsnitt hängde inte med i ändringen.")
    row = FactorTag.objects.get(page=page, key=KEY)
    assert row.state == "gone"
    message.get_by_role("link", name=f"”{QUOTE}”").click()
    expect(tab.locator(f"#p-{KEY}")).to_be_visible()
    message.get_by_role("link", name="Se över märkningen").click()
    expect(tab).to_have_url(f"{window.server}/sidor/nyckeln-i-skapet/markning/{KEY}/#se-over")


def test_a_writer_is_told_without_a_script(open_window: OpenWindow, page: Page) -> None:
    window = open_window(java_script_enabled=False, viewport={"width": 390, "height": 800})
    window.sign_in(EVA)
    tab = window.tab
    write(tab)
    tab.get_by_role("button", name="Förhandsgranska").click()
    assert_told(tab.locator(".forhandsgranskning").first)
    tab.get_by_role("button", name="Spara ändringen").click()
    expect(tab.locator(".messages")).to_contain_text("Ett märkt avsnitt hängde inte med i ändringen.")
