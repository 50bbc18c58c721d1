"""Readers leave nothing and fetch nothing elsewhere, and the policy for browsers is kept.

That no screen breaks the policy or asks another host is checked wherever a window is opened; here stands the
proof that the check would notice, and that readers get no cookie.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import PUBLIC, SLUG
from tests.browser.window import OpenWindow, Window


def test_a_reader_gets_no_cookie_on_any_screen(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, read = open_window(is_visual=True), []  # where the tests themselves store nothing
    for screen in PUBLIC:
        screen.open(window, monkeypatch)
        assert (screen.name, window.context.cookies()) == (screen.name, [])
        assert window.tab.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
            0,
            0,
            "",
        ]
        read.append(screen.name)
    assert len(read) == len(PUBLIC) > 20
    assert window.foreign == []
    assert "/static/css/base.css" in window.asked


def test_a_cookie_would_be_seen(window: Window) -> None:
    window.tab.goto("/konto/login/")
    assert [cookie["name"] for cookie in window.context.cookies()] == ["csrftoken"]


def test_a_request_to_another_host_would_be_seen(window: Window) -> None:
    window.tab.goto("/om/")
    window.context.route("http://other.example/**", lambda route: route.fulfill(body=""))
    window.tab.evaluate("location = 'http://other.example/'")
    window.tab.wait_for_url("http://other.example/")
    assert window.foreign.pop(0) == "http://other.example/"
    window.foreign.clear()


@pytest.mark.parametrize(
    ("breach", "directive"),
    [
        ("document.body.setAttribute('style', 'color: red')", "style-src-attr"),
        (
            "document.body.append(Object.assign(document.createElement('style'), {textContent: 'p{}'}))",
            "style-src-elem",
        ),
        (
            "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))",
            "script-src-elem",
        ),
        ("document.body.setAttribute('onclick', '1')", "script-src-attr"),
        ("document.body.append(Object.assign(document.createElement('iframe'), {src: '/'}))", "frame-src"),
        ("new Image().src = '//other.example/pixel.png'", "img-src"),
    ],
)
def test_a_breach_of_the_policy_is_stopped_and_seen(window: Window, breach: str, directive: str) -> None:
    window.tab.goto("/om/")
    window.tab.evaluate(breach)
    window.forgive(f"Content Security Policy: {directive} stopped")
    window.forgive("Content Security Policy")
    window.foreign.clear()


def test_an_error_in_a_script_is_seen(window: Window) -> None:
    window.tab.goto("/om/")
    window.tab.evaluate("setTimeout(() => { throw new Error('på prov'); })")
    window.forgive("^script: .*på prov")


def test_a_file_that_is_not_there_is_seen(window: Window) -> None:
    window.tab.goto("/om/")
    window.tab.evaluate("fetch('/static/finns-inte.css')")
    window.forgive("^404: /static/finns-inte.css")


@pytest.mark.parametrize("path", ["/", f"/sidor/{SLUG}/", "/faktorer/tid-for-utveckling/", "/kommuner/"])
def test_reading_needs_no_script(tab: Page, window: Window, path: str) -> None:
    tab.goto(path)
    expect(tab.locator("h1")).to_be_visible()
    assert tab.locator("script").count() == 0
    assert [asked for asked in window.asked if asked.endswith(".js")] == []
