"""A real browser: Debian's Chromium, in Swedish, that talks to nobody but the test's own server.

Every test starts from the demo content, in a database of its own. Browser tests run on SQLite.
"""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.servers.basehttp import WSGIRequestHandler
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

import factors.loading
import mittkoping.municipalities.loading
from tests.browser.window import OpenWindow, Window
from wiki import demo_loading
from wiki.transfer import templates as page_templates

# Playwright's synchronous interface keeps an event loop in this thread, and Django sees it while fixtures
# write to the database; nothing here is in fact concurrent.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The server writes head and body apart; the second would wait 40 ms until the browser acknowledges the first.
WSGIRequestHandler.disable_nagle_algorithm = True

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
# Most tests of writing are about the field of the form: they edit the text as text.
AS_TEXT = 'try { localStorage.skrivsatt ??= "text"; } catch { /* Not on every page. */ }'


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test below this folder; the hook sees the whole collection."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The distribution's browser; Playwright's own is a download."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_copy() -> sqlite3.Connection:
    """A database in memory, for the demo content once it has been loaded: loading it takes seconds."""
    return sqlite3.connect(":memory:")


@pytest.fixture
def demo(transactional_db: None, settings: Any, demo_copy: sqlite3.Connection) -> None:
    """Reference data and demo content, as `make run` loads them."""
    settings.DEMO = True
    settings.SECOND_FACTOR_REQUIRED = False  # as the demo has it
    connection.ensure_connection()
    if demo_copy.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
        demo_copy.backup(connection.connection)
        return
    mittkoping.municipalities.loading.load()
    factors.loading.load()
    page_templates.load()
    demo_loading.load()
    connection.connection.backup(demo_copy)


@pytest.fixture
def open_window(browser: Browser, demo: None, live_server: LiveServer) -> Iterator[OpenWindow]:
    """Open a browser of one's own, without cookies: open_window(java_script_enabled=False).

    is_visual   texts are edited in the visual editor, as in a browser where nobody has chosen otherwise

    At the end of the test, all of them must have been quiet.
    """
    windows: list[Window] = []

    def open_window(*, is_visual: bool = False, **options: Any) -> Window:
        defaults = {"locale": "sv-SE", "timezone_id": "Europe/Stockholm", "viewport": DESKTOP}
        context = browser.new_context(**{**defaults, "base_url": live_server.url, **options})
        if not is_visual:
            context.add_init_script(AS_TEXT)
        windows.append(Window(context, live_server.url))
        return windows[-1]

    yield open_window
    for window in windows:
        window.context.close()
    for window in windows:
        window.check()


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    """A browser in which nobody has signed in."""
    return open_window()


@pytest.fixture
def tab(window: Window) -> Page:
    """Its tab. Playwright calls it `page`, which is something else here."""
    return window.tab
