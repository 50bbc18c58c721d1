"""Pasted text that is meant to do harm: nothing of it gets through, and none of it takes long."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.cleaner import ALLOWED, JUDGE, TIME, cleaner, clipboard
from tests.text import corpora

SECOND = 1000

OUR_OWN_VECTORS = [
    '<svg onload="alert(1)"><p>x</p></svg>',
    "<svg></p><style><g title='</style><img src onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    '<a href="java\nscript:alert(1)">a</a><a href=" javascript:alert(1)">b</a>',
    '<a href="data:text/html,x">c</a>',
    "<a href=\"https://x.example/&quot;onmouseover='alert(1)'\">a</a>",
    '<p style="background:url(javascript:alert(1))" onclick="alert(1)">x</p>',
    "<xmp><img src=x onerror=alert(1)></xmp><plaintext><script>alert(1)</script>",
    "<template><img src=x onerror=alert(1)></template><textarea><img src=x></textarea>",
    "<table><tr><td><svg><desc><td><img src=x onerror=alert(1)>",
    '<pre>&lt;script&gt;alert(1)&lt;/script&gt;</pre><sup data-footnote data-label="&quot;x">1</sup>',
]
# A form's own properties hide behind fields of the same name, and so do a document's.
CLOBBERING = [
    "firstChild",
    "nextSibling",
    "parentNode",
    "nodeType",
    "tagName",
    "className",
    "getAttribute",
    "attributes",
    "localName",
    "querySelector",
    "querySelectorAll",
    "createTreeWalker",
    "body",
    "documentElement",
]
# Names of the hostile shapes below.
SHAPES = (
    *("deep", "lists", "quotes", "tables", "marks", "levels", "margins"),
    *("signs", "cells", "sheets", "spaces", "bare", "breaks", "quotation"),
)


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A page that has nothing but the module."""
    with cleaner(browser) as tab:
        yield tab


@pytest.mark.parametrize("name", CLOBBERING)
def test_names_of_fields_hide_nothing(tab: Page, name: str) -> None:
    html = f'<form name="{name}"><input name="{name}"><img id="{name}"><p>a</p><pre>b</pre></form>'
    cleaned = tab.evaluate("(html) => window.cleanHtml(html).html", html)
    assert cleaned == "<p>a</p>\n<pre><code>b</code></pre>"


def test_no_hostile_text_gets_through(tab: Page) -> None:
    vectors = OUR_OWN_VECTORS + corpora.xss() + [f"<ul><li>{each}" for each in corpora.xss()]
    assert tab.evaluate(JUDGE, [vectors, ALLOWED]) == []


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 10_000 + "a",
        "<ul><li>a" * 10_000,
        "<blockquote>a" * 10_000,
        "<table><tr><td>a" * 3_000,
        "<b><i>" * 10_000 + "a",
        "".join(f'<p style="mso-list:l0 level{i % 9 + 1} lfo1">a' for i in range(10_000)),
        "".join(f'<p style="margin-left:{i}pt">•\ta' for i in range(10_000)),
        '<a href="#n" id="r">1</a>' * 20_000 + '<p id="n">b<a href="#r">1</a>',
        "<table><tr><td colspan=1000 rowspan=65534>a" + "<tr><td colspan=1000>b" * 20_000,
        f"<style>{'/*' * 100_000}</style><style>{'p' * 300_000}</style><p>a",
        "<p>" + "\u00a0 " * 200_000 + "a" + "\u200d" * 200_000,
        "<ul>" + "<li><ul><li>a</ul><li><ol><li>b</ol>" * 10_000,
        "<p>" + "a<br>" * 40_000,
        "<p>a</p>" + "<a \"<a '" * 200_000 + "<style>" * 100_000,
    ],
    ids=SHAPES,
)
def test_a_hostile_shape_is_cleaned_in_time(tab: Page, html: str) -> None:
    assert tab.evaluate(JUDGE, [[html], ALLOWED]) == []
    assert tab.evaluate(TIME, [html, 1]) < 30 * SECOND


@pytest.mark.slow
@pytest.mark.parametrize("part", ["<p>Ett <b>fett</b> ord.</p>", "Bara ord ", "<li>a</li>", "<tr><td>a<td>b"])
def test_five_megabytes_are_cleaned(tab: Page, part: str) -> None:
    html = ("<table>" if part.startswith("<tr") else "") + part * (5_000_000 // len(part))
    assert tab.evaluate(TIME, [html, 1]) < 120 * SECOND


def test_four_times_as_much_from_word_takes_about_four_times_as_long(tab: Page) -> None:
    head, text = clipboard("word-windows").split("<!--StartFragment-->")
    text = text.split("<!--EndFragment-->")[0]
    quarter, whole = (head + text * (size // len(text) + 1) for size in (250_000, 1_000_000))
    assert tab.evaluate(TIME, [whole, 4]) < 12 * tab.evaluate(TIME, [quarter, 4])


def test_columns_that_a_table_has_no_room_for_are_told(tab: Page) -> None:
    row = "".join(f"<td>{column}</td>" for column in range(63))
    html = f"<table><tr>{row}</tr><tr>{row}</tr></table>"
    cleaned = tab.evaluate("(html) => window.cleanHtml(html)", html)
    assert "<td>59</td>" in cleaned["html"]
    assert "<td>60</td>" not in cleaned["html"]
    assert cleaned["left"] == [{"kind": "columns", "count": 1}]
