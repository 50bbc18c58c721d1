"""The review screen in a browser: by keyboard, without JavaScript, on a telephone."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from mittkoping.accounts.models import User
from tests.browser.window import OpenWindow, Window
from wiki import operations
from wiki.models import Page, Proposal, ReviewReason

SLUG = "frukostmote-vem-ager-uppgiften"
RUT = "rut@skl.example"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
WORDS = "Det här har jag skrivit länge på."


def user(email: str) -> User:
    """Somebody of the demo."""
    return User.objects.get(email=email)


@pytest.fixture
def page(demo: None) -> Page:
    """A page with three passages."""
    page = Page.objects.get(slug=SLUG)
    content = replace(
        page.content, body="## Mål\n\nVi bjöd på fil.\n\nAlla kom i tid.\n\nSedan gick vi hem.\n"
    )
    operations.edit(page, content, base=page.number, by=user(RUT))
    page.refresh_from_db()
    return page


@pytest.fixture
def proposal(page: Page) -> Proposal:
    """Ada wants to change two passages, and adds a link."""
    body = page.body.replace("fil", "fil och bröd").replace("hem", "till [jobbet](https://jobb.example/)")
    content = replace(page.content, body=body)
    return operations.propose(page, content, base=page.number, by=user("ada@mittkoping.example"))


@pytest.fixture
def tab(window: Window, proposal: Proposal) -> Tab:
    """Rut has opened the review screen."""
    window.sign_in(RUT)
    window.tab.goto(proposal.get_absolute_url())
    return window.tab


def boxes(tab: Tab) -> Any:
    """The check boxes of the changes."""
    return tab.get_by_role("checkbox", name="Ställe")


def body_of(page: Page) -> str:
    """The published text."""
    page.refresh_from_db()
    return page.body


def test_a_proposal_is_decided_by_keyboard_alone(tab: Tab, page: Page) -> None:
    expect(boxes(tab)).to_have_count(2)
    boxes(tab).first.focus()
    tab.keyboard.press("j")
    expect(boxes(tab).nth(1)).to_be_focused()
    tab.keyboard.press("Space")
    expect(boxes(tab).nth(1)).not_to_be_checked()
    tab.keyboard.press("j")
    expect(boxes(tab).nth(1)).to_be_focused()
    tab.keyboard.press("k")
    expect(boxes(tab).first).to_be_focused()
    tab.keyboard.press("?")
    help_ = tab.get_by_role("dialog", name="Kortkommandon")
    expect(help_).to_be_visible()
    tab.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    tab.keyboard.press("r")
    reason = tab.get_by_label("Kommentar eller skäl")
    expect(reason).to_be_focused()
    tab.keyboard.type("Tack, jaja ar det bra?")
    expect(reason).to_have_value("Tack, jaja ar det bra?")
    tab.keyboard.press("Tab")
    tab.keyboard.press("a")
    publish = tab.get_by_role("button", name="Publicera det valda")
    expect(publish).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator(".messages .ds-alert")).to_contain_text("med 1 ändring av 2")
    assert "Vi bjöd på fil och bröd." in body_of(page)
    assert "Sedan gick vi hem." in body_of(page)


def test_keys_outside_the_form_do_nothing(tab: Tab) -> None:
    search = tab.get_by_role("searchbox").first
    search.focus()
    tab.keyboard.type("jar?")
    expect(search).to_have_value("jar?")
    tab.get_by_role("link", name="Så här blir sidan").focus()
    tab.keyboard.press("r")
    expect(tab.get_by_role("link", name="Så här blir sidan")).to_be_focused()


def test_everything_that_keys_do_buttons_do_too(tab: Tab) -> None:
    tab.get_by_role("button", name="Nästa").click()
    expect(boxes(tab).first).to_be_focused()
    tab.get_by_role("button", name="Förra").click()
    expect(boxes(tab).nth(1)).to_be_focused()
    tab.get_by_role("button", name="Kortkommandon").click()
    tab.get_by_role("dialog").get_by_role("button", name="Stäng").click()
    expect(tab.get_by_role("dialog")).to_be_hidden()


def test_another_view_keeps_what_is_chosen_and_typed(tab: Tab, window: Window, page: Page) -> None:
    boxes(tab).first.uncheck()
    tab.get_by_label("Kommentar eller skäl").fill(WORDS)
    tab.evaluate("document.body.dataset.stayed = 'yes'")
    tab.get_by_role("link", name="Så här blir sidan").click()
    expect(tab.locator("#forslagstext ins").first).to_contain_text("och bröd")
    expect(tab.locator("#forslagstext a")).to_have_count(0)
    expect(boxes(tab)).to_have_count(0)
    tab.get_by_role("link", name="Källtext").click()
    expect(tab.locator(".diff ins").first).to_contain_text("och bröd")
    expect(tab.locator("#forslagstext")).to_have_count(0)
    tab.get_by_role("link", name="Ändringar", exact=False).last.click()
    expect(boxes(tab).first).not_to_be_checked()
    expect(boxes(tab).nth(1)).to_be_checked()
    expect(tab.get_by_label("Kommentar eller skäl")).to_have_value(WORDS)
    assert tab.evaluate("document.body.dataset.stayed") == "yes"
    tab.get_by_role("button", name="Publicera det valda").click()
    expect(tab.locator(".messages .ds-alert")).to_be_visible()
    assert "Vi bjöd på fil.\n" in body_of(page)
    assert "jobbet" in body_of(page)


def test_a_screen_that_began_with_another_view_gets_its_choices(
    window: Window, proposal: Proposal, page: Page
) -> None:
    window.sign_in(RUT)
    tab = window.tab
    tab.goto(f"{proposal.get_absolute_url()}?visa=sidan")
    tab.get_by_role("navigation", name="Tre sätt").get_by_role("link", name="Ändringar").click()
    boxes(tab).nth(1).uncheck()
    tab.get_by_role("button", name="Publicera det valda").click()
    expect(tab.locator(".messages .ds-alert")).to_contain_text("med 1 ändring av 2")
    assert "Sedan gick vi hem." in body_of(page)


def test_writing_own_words_chooses_them(tab: Tab, page: Page) -> None:
    boxes(tab).first.uncheck()
    tab.get_by_text("Ändra före publicering").first.click()
    tab.get_by_label("Dina egna ord").first.fill("Vi bjöd på gröt.")
    expect(boxes(tab).first).to_be_checked()
    boxes(tab).nth(1).uncheck()
    tab.get_by_role("button", name="Visa sidan med mina val").last.click()
    expect(tab.get_by_role("region", name="Sidan med dina val")).to_be_focused()
    expect(tab.locator("#text-med-mina-val")).to_contain_text("gröt")
    tab.get_by_role("button", name="Publicera det valda").click()
    expect(tab.locator(".messages .ds-alert")).to_be_visible()
    assert "Vi bjöd på gröt.\n" in body_of(page)


def test_a_common_reason_is_written_out_and_can_be_changed(tab: Tab, proposal: Proposal) -> None:
    ReviewReason.objects.create(text="Källa saknas.")
    tab.reload()
    tab.get_by_label("Kommentar eller skäl").fill("Hej Ada!")
    tab.get_by_label("Välj ett vanligt skäl").select_option("Källa saknas.")
    reason = tab.get_by_label("Kommentar eller skäl")
    expect(reason).to_have_value("Hej Ada!\n\nKälla saknas.")
    expect(reason).to_be_focused()
    tab.get_by_role("button", name="Avslå").click()
    expect(tab.locator(".messages .ds-alert")).to_contain_text("är avslaget")
    proposal.refresh_from_db()
    assert proposal.comment == "Hej Ada!\n\nKälla saknas."


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "390"])
def test_a_proposal_is_decided_without_javascript(
    open_window: OpenWindow, proposal: Proposal, page: Page, viewport: dict[str, int]
) -> None:
    window = open_window(java_script_enabled=False, viewport=viewport)
    window.sign_in(RUT)
    tab = window.tab
    tab.goto(proposal.get_absolute_url())
    expect(tab.get_by_role("button", name="Nästa")).to_be_hidden()
    tab.get_by_role("link", name="Så här blir sidan").click()
    expect(tab.locator("#forslagstext ins").first).to_contain_text("och bröd")
    tab.get_by_role("navigation", name="Tre sätt").get_by_role("link", name="Ändringar").click()
    boxes(tab).first.uncheck()
    boxes(tab).nth(1).uncheck()
    tab.get_by_label("Kommentar eller skäl").fill(WORDS)
    tab.get_by_role("button", name="Publicera det valda").click()
    expect(tab.locator("#fel")).to_contain_text("Välj minst en ändring att publicera")
    expect(tab.get_by_label("Kommentar eller skäl")).to_have_value(WORDS)
    boxes(tab).nth(1).check()
    tab.get_by_role("button", name="Publicera det valda").click()
    expect(tab.locator(".messages .ds-alert")).to_contain_text("med 1 ändring av 2")
    assert "Vi bjöd på fil.\n" in body_of(page)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "390"])
def test_a_conflict_is_settled_on_the_screen(
    open_window: OpenWindow, proposal: Proposal, page: Page, viewport: dict[str, int]
) -> None:
    content = replace(page.content, body=page.body.replace("fil", "yoghurt"))
    operations.edit(page, content, base=page.number, by=user("eva@mittkoping.example"))
    window = open_window(viewport=viewport)
    window.sign_in(RUT)
    tab = window.tab
    tab.goto(proposal.get_absolute_url())
    conflict = tab.locator(".change--conflict")
    expect(conflict).to_have_count(1)
    expect(conflict).to_contain_text("yoghurt")
    tab.get_by_role("button", name="Publicera det valda").click()
    expect(tab.locator("#fel")).to_contain_text("krockar: ställe 1.")
    conflict.get_by_label("Egna ord på ställe 1").fill("Vi bjöd på yoghurt och bröd.")
    expect(conflict.get_by_label("Det jag skriver här:")).to_be_checked()
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    tab.get_by_role("button", name="Publicera det valda").click()
    expect(tab.locator(".messages .ds-alert")).to_be_visible()
    assert "Vi bjöd på yoghurt och bröd.\n" in body_of(page)


def test_the_edits_of_a_page_are_reviewed_by_keyboard(window: Window, page: Page) -> None:
    content = replace(page.content, body=page.body.replace("fil", "yoghurt"))
    operations.edit(page, content, base=page.number, by=user("eva@mittkoping.example"))
    window.sign_in(RUT)
    tab = window.tab
    tab.goto(f"/granskning/sidor/{SLUG}/")
    tab.get_by_role("button", name="Nästa").click()
    expect(tab.locator("#stalle-1")).to_be_focused()
    tab.keyboard.press("a")
    expect(tab.get_by_role("button", name="Granskad")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator(".messages .ds-alert")).to_contain_text("är granskad")
    assert not page.edits.unreviewed().exists()
