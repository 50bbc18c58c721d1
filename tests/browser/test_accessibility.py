"""Accessibility: axe-core on every screen, at two widths, light and dark; and what axe does not look at."""

import json
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import URLResolver, get_resolver, resolve
from playwright.sync_api import Page

from tests.browser.screens import SCREENS, Screen
from tests.browser.window import Window

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
WIDTHS = (1280, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LEAST_TARGET = 24
NOT_SCREENS = {"live", "wiki:source", "wiki:version_source", "wiki:preview", "wiki:revert"}

# WCAG 2.5.8: a target, or the label that is one with it, is 24 × 24 or stands in a sentence.
SMALL_TARGETS = """least =>
  [...document.querySelectorAll("button, summary, input, select, nav a, .ds-button, .tools a")]
  .filter((element) => element.checkVisibility() && element.type !== "hidden")
  .filter((element) => !element.closest(".ds-sr-only, .skip-link"))
  .map((element) => [element, (element.closest("label") ?? element).getBoundingClientRect()])
  .filter(([, box]) => box.width < least || box.height < least)
  .map(([element, box]) => `${element.outerHTML.slice(0, 100)}: ${box.width} × ${box.height}`)"""

# What sticks out, but for what may be scrolled in a region of its own.
TOO_WIDE = """width => document.scrollingElement.scrollWidth <= width ? [] :
  [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .filter((element) => !element.closest(".tabell, pre"))
    .map((element) => element.outerHTML.slice(0, 100)).concat("the page is too wide")"""


def faults(tab: Page) -> list[str]:
    """What axe finds wrong with what the tab shows: rule, element and reason of each."""
    if tab.evaluate("typeof axe") == "undefined":
        tab.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = tab.evaluate("options => axe.run(options)", OPTIONS)
    assert found["testEngine"]["name"] == "axe-core"
    return [
        f"{violation['id']}: {json.dumps(node['target'], ensure_ascii=False)}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def names(resolver: URLResolver, prefix: str = "") -> set[str]:
    """The names of all addresses."""
    found = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern, f"{prefix}{pattern.app_name}:" if pattern.app_name else prefix)
        else:
            found.add(f"{prefix}{pattern.name}")
    return found


def test_every_address_is_looked_at() -> None:
    paths = {urlsplit(screen.path).path for screen in SCREENS if screen.name != "404"}
    assert {resolve(path).view_name for path in paths} == names(get_resolver()) - NOT_SCREENS


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_has_no_barriers(screen: Screen, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    screen.open(window, monkeypatch)
    if screen.status >= 500:
        window.forgive("^500: ")
    tab = window.tab
    found = []
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px: {target}" for target in tab.evaluate(SMALL_TARGETS, LEAST_TARGET)]
        for scheme in SCHEMES:
            tab.emulate_media(color_scheme=scheme)
            found += [f"{width} px, {scheme}: {fault}" for fault in faults(tab)]
    tab.set_viewport_size({"width": 320, "height": 900})
    found += [f"320 px: {element}" for element in tab.evaluate(TOO_WIDE, 320)]
    assert found == []
    assert tab.locator("h1").count() == 1
    assert tab.locator("html").get_attribute("lang") == "sv"


def test_axe_finds_a_button_without_a_name(tab: Page) -> None:
    tab.set_content('<html lang="sv"><title>Prov</title><main><h1>Prov</h1><button></button></main></html>')
    assert [fault.split(":")[0] for fault in faults(tab)] == ["button-name"]


def test_axe_finds_grey_on_grey(tab: Page) -> None:
    grey = "color: #999; background: #aaa"
    tab.set_content(f'<html lang="sv"><title>Prov</title><main><h1 style="{grey}">Prov</h1></main></html>')
    assert [fault.split(":")[0] for fault in faults(tab)] == ["color-contrast"]


def test_a_small_target_and_a_wide_page_are_found(tab: Page) -> None:
    tab.set_content(
        '<main style="width: 400px"><button style="width: 9px; height: 9px; padding: 0"></button></main>'
    )
    tab.set_viewport_size({"width": 320, "height": 900})
    assert len(tab.evaluate(SMALL_TARGETS, LEAST_TARGET)) == 1
    assert tab.evaluate(TOO_WIDE, 320)[-1] == "the page is too wide"
