"""Twice pressed is once saved: by the script, and without it by the form's own key."""

from playwright.sync_api import Page, Request, Route, expect

from tests.browser.drafts import EDIT, MINE, Gate, body, open_form, save, wiki_page, write
from tests.browser.window import OpenWindow, Window

SLOWLY = 1_500  # milliseconds


def posted(tab: Page) -> list[str]:
    """Sendings of the form, as they come; drafts aside."""
    found: list[str] = []

    def note(request: Request) -> None:
        if request.is_navigation_request() and request.method == "POST":
            found.append(request.url)

    tab.on("request", note)
    return found


def test_a_double_click_makes_one_version(window: Window) -> None:
    tab = open_form(window)
    number = wiki_page().number
    sent = posted(tab)
    write(tab)
    tab.get_by_role("button", name="Spara ändringen").dblclick()
    expect(tab.get_by_role("status").first).to_contain_text(f"Sparat som version {number + 1}.")
    tab.wait_for_timeout(SLOWLY)
    assert (wiki_page().number, len(sent)) == (number + 1, 1)


def test_a_double_click_without_javascript_makes_one_version(open_window: OpenWindow) -> None:
    window = open_window(java_script_enabled=False)
    tab = open_form(window)
    number = wiki_page().number
    body(tab).fill(f"{wiki_page().body}\n{MINE}")
    tab.get_by_role("button", name="Spara ändringen").dblclick()
    expect(tab.get_by_role("status").first).to_contain_text(f"version {number + 1}")
    tab.wait_for_timeout(SLOWLY)
    assert wiki_page().number == number + 1
    assert wiki_page().body.endswith(MINE)


def test_enter_pressed_again_while_the_first_is_under_way_sends_nothing(window: Window) -> None:
    tab = open_form(window)
    number = wiki_page().number
    sent = posted(tab)
    gate = Gate(tab, is_shut=True)
    tab.get_by_label("Titel").fill("Frukostmöte med gröt")
    for _time in range(3):
        tab.keyboard.press("Enter")
        tab.wait_for_timeout(300)
    gate.open()
    expect(tab.get_by_role("status").first).to_contain_text(f"Sparat som version {number + 1}.")
    assert (wiki_page().number, len(sent)) == (number + 1, 1)


def test_who_has_stopped_the_browser_can_send_again(window: Window) -> None:
    tab = open_form(window)
    number = wiki_page().number
    stopped: list[str] = []

    def stop_the_first(route: Route) -> None:
        if stopped:
            route.fallback()
            return
        stopped.append("once")
        route.abort("aborted")

    write(tab)
    tab.route(f"**{EDIT}", stop_the_first)
    save(tab)
    tab.wait_for_timeout(300)
    assert (stopped, wiki_page().number) == (["once"], number)
    tab.keyboard.press("Escape")
    save(tab)
    expect(tab.get_by_role("status").first).to_contain_text(f"Sparat som version {number + 1}.")
