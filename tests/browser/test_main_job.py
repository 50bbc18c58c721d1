"""The main job, from signing in to taking back: by mouse, without JavaScript, and by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import press_enter, tab_to
from tests.browser.window import OpenWindow
from wiki.demo_loading import PASSWORD
from wiki.models import Page as WikiPage

SLUG = "digital-signering-av-lakemedel"
EVA = "eva@mittkoping.example"
SENTENCE = "Nattpatrullen hade inte fått lösenorden när systemet startade."
NOTE = "Natten utbildades två veckor efter dagen."
FACTOR = "tid-for-utveckling"


def sign_in(tab: Page) -> None:
    """Sign Eva in by the form, from whatever page is shown."""
    tab.get_by_role("link", name="Logga in").click()
    tab.get_by_label("E-post").fill(EVA)
    tab.get_by_label("Lösenord").fill(PASSWORD)
    tab.get_by_role("main").get_by_role("button", name="Logga in").click()
    expect(tab.get_by_role("button", name="Logga ut")).to_be_visible()


def write_and_tag(tab: Page) -> None:
    """In the form of the page: one more paragraph, one more tag, saved."""
    text = tab.get_by_label("Text", exact=True)
    text.fill(f"{text.input_value().rstrip()}\n\n{SENTENCE}\n")
    tab.get_by_role("button", name="Lägg till en märkning").click()
    row = tab.locator(".tag-row").last
    row.get_by_label("Nyckelfaktor").select_option(FACTOR)
    row.get_by_label("hämmar").check()
    row.get_by_label("Motivering").fill(NOTE)
    tab.get_by_label("Sammanfattning").fill("Berättar om natten")
    tab.get_by_role("button", name="Spara ändringen").click()


@pytest.mark.parametrize("has_script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_eva_writes_everybody_reads_and_eva_takes_it_back(open_window: OpenWindow, has_script: bool) -> None:
    before = WikiPage.objects.get(slug=SLUG).number
    window = open_window(java_script_enabled=has_script)
    tab = window.tab
    tab.goto(f"/sidor/{SLUG}/")
    sign_in(tab)
    assert tab.url == f"{window.server}/sidor/{SLUG}/"
    expect(tab.get_by_role("main")).not_to_contain_text(SENTENCE)

    tab.get_by_role("link", name="Redigera", exact=True).click()
    write_and_tag(tab)
    expect(tab.get_by_role("status")).to_contain_text(f"Sparat som version {before + 1}.")
    tab.get_by_role("button", name="Logga ut").click()
    expect(tab.get_by_role("link", name="Logga in")).to_be_visible()

    reader = open_window(java_script_enabled=has_script)
    read_anonymously(reader.tab, before)
    assert reader.context.cookies() == []

    tab.goto(f"/sidor/{SLUG}/version/{before}/")
    sign_in(tab)
    tab.get_by_label("Skäl").fill("Uppgiften stämde inte")
    tab.get_by_role("button", name="Återställ").click()
    expect(tab.get_by_role("status")).to_contain_text(f"Version {before} är återställd.")
    expect(tab.locator("#sidtext")).not_to_be_empty()
    expect(tab.get_by_role("main")).not_to_contain_text(SENTENCE)
    expect(tab.get_by_role("main")).not_to_contain_text(NOTE)
    newest = WikiPage.objects.get(slug=SLUG)
    assert (newest.number, SENTENCE in newest.body) == (before + 2, False)


def read_anonymously(tab: Page, before: int) -> None:
    """Find the page, read it, and see what was changed by whom."""
    tab.goto("/")
    search = tab.get_by_role("main").get_by_role("search")
    search.get_by_role("searchbox").fill("nattpatrullen lösenorden")
    search.get_by_role("button", name="Sök").click()
    tab.get_by_role("main").get_by_role("link", name=re.compile("igital signering")).first.click()
    expect(tab.locator("#sidtext")).to_contain_text(SENTENCE)
    tagged = tab.locator(".chip").filter(has_text=NOTE)
    expect(tagged).to_contain_text("hämmar")
    expect(tagged.get_by_role("link")).to_have_attribute("href", f"/faktorer/{FACTOR}/")
    tab.get_by_role("link", name="Historik").click()
    newest = tab.locator(".version-row").first
    expect(newest).to_contain_text(f"version {before + 1}")
    expect(newest).to_contain_text("Eva Berg, Mittköping")
    expect(newest).to_contain_text("Berättar om natten")
    tab.get_by_role("button", name="Jämför").click()
    expect(tab).to_have_url(re.compile(rf"/jamfor/{before}/{before + 1}/$"))
    expect(tab.locator("ins").filter(has_text=SENTENCE)).to_be_visible()
    change = tab.locator(".tag-change")
    expect(change).to_contain_text("Ny")
    expect(change).to_contain_text(NOTE)
    tab.get_by_role("link", name="Byt håll").click()
    expect(tab.locator("del").filter(has_text=SENTENCE)).to_be_visible()


def test_the_keyboard_is_enough(tab: Page) -> None:
    keys = tab.keyboard
    before = WikiPage.objects.get(slug=SLUG).number
    tab.goto(f"/sidor/{SLUG}/")
    tab_to(tab, "header .account a")
    press_enter(tab)
    tab_to(tab, "input[type=email]")
    keys.type(EVA)
    tab_to(tab, "input[type=password]")
    keys.type(PASSWORD)
    press_enter(tab)
    expect(tab.get_by_role("button", name="Logga ut")).to_be_visible()

    tab_to(tab, ".skip-link", most=1)
    keys.press("Enter")
    expect(tab.locator("#innehall")).to_be_focused()
    tab_to(tab, "a[href*='/redigera/?bas=']", most=12)
    press_enter(tab)
    tab_to(tab, "textarea[name=body]")
    keys.press("Control+End")
    keys.type(f"\n\n{SENTENCE}")
    tab_to(tab, "[data-add-row]")
    keys.press("Enter")
    chosen = tab.locator("select[name$=-factor]:focus")
    expect(chosen).to_have_count(1)
    keys.type("Tid")
    expect(chosen).to_have_value(FACTOR)
    tab_to(tab, "input[name$=-direction]")
    keys.press("Space")
    keys.press("ArrowDown")
    tab_to(tab, "textarea[name$=-note]")
    keys.type(NOTE)
    tab_to(tab, "button[value=preview]:not(.ds-sr-only)")
    keys.press("Enter")
    expect(tab.locator("#forhandsgranskning")).to_be_focused()
    expect(tab.locator("#forhandsgranskning")).to_contain_text(SENTENCE)
    tab_to(tab, "button[value=save]", key="Shift+Tab")
    press_enter(tab)
    expect(tab.get_by_role("status")).to_contain_text(f"Sparat som version {before + 1}.")
    expect(tab.locator(".chip").filter(has_text=NOTE)).to_contain_text("hämmar")
    expect(tab.locator("#sidtext")).to_contain_text(SENTENCE)

    tab_to(tab, "a[href$='/historik/']")
    press_enter(tab)
    tab_to(tab, f"a[href$='/version/{before}/#aterstall']")
    press_enter(tab)
    tab_to(tab, "#aterstall button")
    press_enter(tab)
    expect(tab.get_by_role("status")).to_contain_text(f"Version {before} är återställd.")
    expect(tab.locator("#sidtext")).not_to_contain_text(SENTENCE)


@pytest.mark.parametrize(
    "fault",
    [
        "<button style='outline: none'>Utan ring</button>",
        "<button>Skymd</button><div style='position: fixed; inset: 0; background: grey'></div>",
    ],
)
def test_a_stop_that_cannot_be_seen_is_found(tab: Page, fault: str) -> None:
    tab.set_content(f"<style>:focus {{ outline: 3px solid }}</style>{fault}")
    with pytest.raises(pytest.fail.Exception, match="<button"):
        tab_to(tab, "button")
