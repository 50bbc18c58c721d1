"""Who writes on the same page sees the others, until they leave; nobody is locked out."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from mittkoping.accounts.models import User
from tests.browser.window import MILLISECONDS, MOMENT, OpenWindow, Window
from tests.wiki.telling import change
from wiki.models import Page as WikiPage
from wiki.models import Presence

SLUG = "frukostmote-vem-ager-uppgiften"
EDIT = f"/sidor/{SLUG}/redigera/"
PING = f"/sidor/{SLUG}/narvaro/"
EVA, BO, ADA = "eva@mittkoping.example", "bo@granneby.example", "ada@mittkoping.example"
CLOCK = r"\d\d\.\d\d"
EVA_IS_HERE = re.compile(rf"^Eva Berg, Mittköping, har sidan öppen sedan {CLOCK}\.$")
BO_IS_HERE = re.compile(rf"^Bo Ek, Granneby, har sidan öppen sedan {CLOCK}\.$")
TOGETHER = "Ni kan skriva samtidigt: det ni sparar sätts ihop."
# What the browser fires when a window comes to lie below another one, or on top again.
SHOW_AS = """(state) => {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  Object.defineProperty(document, "hidden", { value: state === "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def page(demo: None) -> WikiPage:
    """The page that is written on."""
    return WikiPage.objects.get(slug=SLUG)


def write(window: Window, email: str) -> Page:
    """Sign in, open the form and wait until the server has heard of it."""
    window.sign_in(email)
    with window.tab.expect_response(lambda answer: answer.url.endswith(PING)) as heard:
        window.tab.goto(EDIT)
    assert heard.value.status == 200
    return window.tab


def look(tab: Page) -> None:
    """Hear what has changed, as by the next ping: coming back to a window asks at once."""
    with tab.expect_response(lambda answer: answer.url.endswith(PING)):
        tab.evaluate(SHOW_AS, "visible")


def person(tab: Page, name: str) -> Locator:
    """The line of somebody in the list of who is here."""
    return tab.locator("#narvaro .presence__person span").filter(has_text=name)


def wait_until(tab: Page, is_so: Callable[[], bool]) -> None:
    """Give the server the time to hear of it."""
    for _moment in range(MILLISECONDS // MOMENT):
        if is_so():
            return
        tab.wait_for_timeout(MOMENT)
    raise AssertionError("it never was")


def who() -> list[str]:
    """The addresses of those who are in the table."""
    return sorted(Presence.objects.values_list("user__email", flat=True))


def test_two_who_write_see_each_other_until_one_leaves(open_window: OpenWindow, page: WikiPage) -> None:
    eva = write(open_window(), EVA)
    expect(eva.locator("#narvaro")).to_have_text("")
    window = open_window()
    bo = write(window, BO)
    expect(person(bo, "Eva Berg")).to_have_text(EVA_IS_HERE)
    expect(bo.locator("#narvaro")).to_contain_text(TOGETHER)
    look(eva)
    expect(person(eva, "Bo Ek")).to_have_text(BO_IS_HERE)
    expect(eva.locator("#narvaro")).to_contain_text(TOGETHER)

    bo.close(run_before_unload=True)
    wait_until(eva, lambda: who() == [EVA])
    look(eva)
    expect(person(eva, "Bo Ek")).to_have_count(0)
    expect(eva.locator("#narvaro")).to_have_text("Bo Ek har inte sidan öppen längre.")
    look(eva)
    expect(eva.locator("#narvaro")).to_have_text("")


def test_the_others_are_heard_of_without_anybody_doing_anything(
    open_window: OpenWindow, page: WikiPage
) -> None:
    window = open_window()
    window.tab.clock.install()
    eva = write(window, EVA)
    bo = write(open_window(), BO)
    eva.clock.fast_forward("00:15")
    expect(person(eva, "Bo Ek")).to_have_text(BO_IS_HERE)
    bo.goto("/om/")
    wait_until(eva, lambda: who() == [EVA])
    eva.clock.fast_forward("00:15")
    expect(person(eva, "Bo Ek")).to_have_count(0)
    eva.evaluate(SHOW_AS, "hidden")
    eva.clock.fast_forward("00:01")
    wait_until(eva, lambda: Presence.objects.get().is_hidden)
    with eva.expect_response(lambda answer: answer.url.endswith(PING)):
        eva.clock.fast_forward("01:00")


def test_only_what_has_changed_is_announced(open_window: OpenWindow, page: WikiPage) -> None:
    eva = write(open_window(), EVA)
    write(open_window(), BO)
    look(eva)
    expect(person(eva, "Bo Ek")).to_be_visible()
    region = eva.locator("#narvaro")
    assert [region.get_attribute(name) for name in ("role", "aria-live", "aria-atomic")] == [
        "status",
        "polite",
        "false",
    ]
    eva.evaluate(
        """() => {
          window.changed = [];
          new MutationObserver((all) => window.changed.push(...all.flatMap((each) =>
            [...each.addedNodes].map((node) => node.textContent)))).observe(
            document.getElementById("narvaro"), { childList: true, subtree: true, characterData: true });
        }"""
    )
    look(eva)
    assert eva.evaluate("window.changed") == []
    write(open_window(), ADA)
    look(eva)
    expect(person(eva, "Ada Lind")).to_be_visible()
    [line] = eva.evaluate("window.changed")
    assert re.fullmatch(rf"Ada Lind, uppger Mittköping, har sidan öppen sedan {CLOCK}\.", line.strip())


def test_a_writer_is_told_of_a_newer_version_and_can_look_at_it(
    open_window: OpenWindow, page: WikiPage
) -> None:
    eva = write(open_window(), EVA)
    eva.get_by_label("Text", exact=True).press("End")
    eva.get_by_label("Text", exact=True).press_sequentially("Mitt.")
    first = page.number
    change(page, by=User.objects.get(email=BO))
    look(eva)
    expect(eva.locator("#narvaro")).to_contain_text(f"Bo Ek har publicerat version {first + 1}.")
    with eva.context.expect_page() as opened:
        around = eva.locator("#narvaro")
        around.get_by_role("link", name="Se vad som är nytt (öppnas i en ny flik)").click()
    expect(opened.value).to_have_url(re.compile(f"/sidor/{SLUG}/jamfor/{first}/{first + 1}/$"))
    expect(eva.get_by_label("Text", exact=True)).to_have_value(re.compile(r"Mitt\."))


def test_a_hidden_window_is_still_there(open_window: OpenWindow, page: WikiPage) -> None:
    bo = write(open_window(), BO)
    bo.evaluate(SHOW_AS, "hidden")
    wait_until(bo, lambda: Presence.objects.get().is_hidden)
    # A minute without a word, as browsers give hidden windows.
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=70))
    eva = write(open_window(), EVA)
    expect(person(eva, "Bo Ek")).to_have_text(BO_IS_HERE)
    bo.evaluate(SHOW_AS, "visible")
    wait_until(bo, lambda: not Presence.objects.get(user__email=BO).is_hidden)


def test_both_save_and_nobody_is_locked_out(open_window: OpenWindow, page: WikiPage) -> None:
    eva, bo = write(open_window(), EVA), write(open_window(), BO)
    for tab, key, words in ((eva, "Control+Home", "Evas ord.\n\n"), (bo, "Control+End", "\n\nBos ord.")):
        field = tab.get_by_label("Text", exact=True)
        field.press(key)
        field.press_sequentially(words)
    for tab in (eva, bo):
        tab.get_by_role("button", name="Spara ändringen").click()
        expect(tab.get_by_role("status").first).to_contain_text("Sparat som version")
    before, body = page.number, page.body
    page.refresh_from_db()
    assert page.number == before + 2
    assert page.body.split() == ["Evas", "ord.", *body.split(), "Bos", "ord."]
    wait_until(eva, lambda: who() == [])


def test_who_comes_back_to_the_form_is_there_again(open_window: OpenWindow, page: WikiPage) -> None:
    eva = write(open_window(), EVA)
    eva.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    wait_until(eva, lambda: who() == [])
    # Closing a window hides it as well, before or after: that is no reason to say that it is there.
    eva.evaluate(SHOW_AS, "hidden")
    eva.evaluate(SHOW_AS, "visible")
    eva.wait_for_timeout(1_500)
    assert who() == []
    with eva.expect_response(lambda answer: answer.url.endswith(PING)):
        eva.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert who() == [EVA]


def test_a_network_that_is_away_is_silent_and_tried_again(open_window: OpenWindow, page: WikiPage) -> None:
    window = open_window()
    eva = write(window, EVA)
    write(open_window(), BO)
    look(eva)
    window.context.set_offline(True)
    with eva.expect_event("requestfailed"):
        eva.evaluate(SHOW_AS, "visible")
    expect(person(eva, "Bo Ek")).to_be_visible()
    window.context.set_offline(False)
    look(eva)
    expect(person(eva, "Bo Ek")).to_be_visible()


def test_without_javascript_the_form_shows_who_is_there(open_window: OpenWindow, page: WikiPage) -> None:
    write(open_window(), BO)
    window = open_window(java_script_enabled=False)
    window.sign_in(EVA)
    window.tab.goto(EDIT)
    expect(person(window.tab, "Bo Ek")).to_have_text(BO_IS_HERE)
    assert who() == [BO]


def test_who_may_not_write_is_not_there(open_window: OpenWindow, page: WikiPage) -> None:
    page.protection = WikiPage.Protection.LOCKED
    page.save()
    window = open_window()
    window.sign_in(EVA)
    window.tab.goto(EDIT)
    expect(window.tab.get_by_text("Sidan är låst.")).to_be_visible()
    expect(window.tab.locator("#narvaro")).to_have_count(0)
    window.tab.wait_for_load_state("networkidle")
    assert PING not in window.asked
