"""Accessibility: axe-core on every screen, at two widths, light and dark; and what axe does not look at."""

import json
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import URLResolver, get_resolver
from playwright.sync_api import Page

from tests.browser.screens import SCREENS, Screen
from tests.browser.window import Window

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EVERYTHING = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}
# What else could differ between light and dark?
COLOURS = {**EVERYTHING, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Colours do not depend on the width: in the dark they are looked at in one of them.
LOOKS: tuple[tuple[int, tuple[tuple[Literal["light", "dark"], dict[str, Any]], ...]], ...] = (
    (1280, (("light", EVERYTHING), ("dark", COLOURS))),
    (390, (("light", EVERYTHING),)),
)
LEAST_TARGET = 24
# They answer with a file, with part of a page, or lead elsewhere.
NOT_SCREENS = {
    "live",
    "mfa_login_webauthn",
    "openid_connect_callback",
    "wiki:source",
    "wiki:draft_source",
    "wiki:catalogue_csv",
    "wiki:catalogue_csv_metadata",
    "wiki:catalogue_json",
    "wiki:catalogue_qdc",
    "wiki:insight_csv",
    "wiki:insight_json",
    "wiki:tags_csv",
    "wiki:tags_csv_metadata",
    "wiki:tags_json",
    "wiki:version_source",
    "wiki:preview",
    "wiki:claim",
    "wiki:comment",
    "wiki:factor_proposal_withdraw",
    "wiki:notification",
    "wiki:notifications_seen",
    "wiki:presence",
    "wiki:proposal_hide",
    "wiki:proposal_update",
    "wiki:proposal_withdraw",
    "wiki:watch_factor",
    "wiki:watch_municipality",
    "wiki:watch_page",
    "wiki:watch_track",
    "wiki:advice",
    "wiki:link_completion",
    "wiki:media",
    "wiki:preview_blocks",
    "wiki:word_read",
}

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


def faults(tab: Page, options: dict[str, Any] = EVERYTHING) -> list[str]:
    """What axe finds wrong with what the tab shows: rule, element and reason of each."""
    if tab.evaluate("typeof axe") == "undefined":
        tab.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = tab.evaluate("options => axe.run(options)", options)
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
        elif pattern.name:
            found.add(f"{prefix}{pattern.name}")
    return found


def test_every_address_is_looked_at() -> None:
    seen = [screen.addresses for screen in SCREENS if screen.name != "404"]
    assert set().union(*seen) == names(get_resolver()) - NOT_SCREENS


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_has_no_barriers(screen: Screen, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    screen.open(window, monkeypatch)
    if screen.status >= 500:
        window.forgive("^500: ")
    tab = window.tab
    found = []
    for width, schemes in LOOKS:
        tab.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px: {target}" for target in tab.evaluate(SMALL_TARGETS, LEAST_TARGET)]
        for scheme, options in schemes:
            tab.emulate_media(color_scheme=scheme)
            found += [f"{width} px, {scheme}: {fault}" for fault in faults(tab, options)]
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
