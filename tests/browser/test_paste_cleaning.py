"""What Word, Google Docs, mails and web pages put on the clipboard becomes text that our pages can hold.

The module is tried by itself, in a page that holds nothing else: no server, no editor.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.cleaner import ALLOWED, CLIPBOARD, EDITOR, JUDGE, LEFT, ORIGIN, TIME, cleaner, clipboard

IMAGE = "/media/bilder/0123456789abcdef0123456789abcdef-640x480.png"


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A page that has nothing but the module."""
    with cleaner(browser) as tab:
        yield tab


@pytest.fixture
def clean(tab: Page) -> Callable[..., str]:
    """Clean some HTML: clean("<p>…", topLevel=3)."""

    def clean(html: str, **options: Any) -> str:
        cleaned = tab.evaluate("([html, options]) => window.cleanHtml(html, options).html", [html, options])
        assert isinstance(cleaned, str)
        return cleaned

    return clean


@pytest.fixture
def left(tab: Page) -> Callable[[str], dict[str, int]]:
    """What is not taken along, by kind."""

    def left(html: str) -> dict[str, int]:
        kinds = tab.evaluate("(html) => window.cleanHtml(html).left", html)
        return {each["kind"]: each["count"] for each in kinds}

    return left


@pytest.mark.parametrize("name", sorted(LEFT))
def test_a_clipboard_is_cleaned(clean: Callable[..., str], name: str) -> None:
    """Word for word; the expected text has a line for each block."""
    expected = (CLIPBOARD / "cleaned" / f"{name}.html").read_text("utf-8")
    assert clean(clipboard(name)) + "\n" == expected


@pytest.mark.parametrize("name", sorted(LEFT))
def test_it_is_counted_what_does_not_come_along(left: Callable[[str], dict[str, int]], name: str) -> None:
    assert left(clipboard(name)) == LEFT[name]


def test_every_clipboard_has_its_expectation() -> None:
    for folder in (CLIPBOARD, CLIPBOARD / "cleaned"):
        assert sorted(file.stem for file in folder.glob("*.html")) == sorted(LEFT)


@pytest.mark.parametrize("name", sorted(LEFT))
def test_what_has_been_cleaned_is_allowed(tab: Page, name: str) -> None:
    assert tab.evaluate(JUDGE, [[clipboard(name)], ALLOWED]) == []


@pytest.mark.parametrize("name", sorted(LEFT))
def test_the_policy_has_nothing_to_stop(tab: Page, name: str) -> None:
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.evaluate(TIME, [clipboard(name), 1])
    tab.evaluate("console.log('klart')")
    assert said == ["klart"]


def test_every_kind_has_a_sentence(tab: Page) -> None:
    kinds = tab.evaluate("async () => (await import('/paste/clean.js')).KINDS")
    template = EDITOR.parents[1] / "templates" / "wiki" / "_paste_words.html"
    assert len(kinds) == 9
    assert [kind for kind in kinds if f'data-kind="{kind}"' not in template.read_text("utf-8")] == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h3>A</h3><h5>B</h5><h3>C</h3>", "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>"),
        ("<h4>A</h4><h1>B</h1><h4>C</h4>", "<h2>A</h2>\n<h2>B</h2>\n<h3>C</h3>"),
        ("<h1>A</h1><h2> &nbsp;</h2><h6>B</h6>", "<h2>A</h2>\n<h3>B</h3>"),
        ("<h1><b>Fet</b> rubrik<br>i två</h1>", "<h2>Fet rubrik i två</h2>"),
        ('<p class="MsoTitle">T</p><h1>A</h1>', "<h2>T</h2>\n<h3>A</h3>"),
        ('<p style="mso-outline-level:2">A</p>', "<h2>A</h2>"),
        ("<p><b>Kort</b></p>", "<p><strong>Kort</strong></p>"),
    ],
)
def test_headings_begin_where_they_should_and_skip_none(
    clean: Callable[..., str], html: str, expected: str
) -> None:
    assert clean(html) == expected


def test_headings_fit_the_place_where_they_are_pasted(clean: Callable[..., str]) -> None:
    deep = "".join(f"<h{level}>{level}</h{level}>" for level in range(1, 5))
    assert clean(deep, topLevel=4) == "<h4>1</h4>\n<h5>2</h5>\n<h6>3</h6>\n<h6>4</h6>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("10&nbsp;000 kr och 3&nbsp;§", "10&nbsp;000 kr och 3&nbsp;§"),
        ("ett&nbsp;ord &nbsp; &nbsp; till&nbsp;", "ett ord till"),
        ("från&shy;va&#8203;ro&#8288; &#65279;", "frånvaro"),
        ("fa\u0308rg", "färg"),
        ("👩\u200d🏫 la\u200drare", "👩\u200d🏫 larare"),
        ("<b>Mål: </b>alla", "<strong>Mål:</strong> alla"),
        ("<b>a</b><b> b</b>", "<strong>a b</strong>"),
        ("<b>a <i>b</i></b>", "<strong>a <em>b</em></strong>"),
        ('<span style="font-weight:600">a</span><b style="font-weight:400">b</b>', "<strong>a</strong>b"),
        ('<i style="font-style:normal">a</i><span style="font-style:italic">b</span>', "a<em>b</em>"),
        ("30 m<sup>2</sup>, CO<sub>2</sub>, 1<sup>a</sup>", "30 m², CO₂, 1a"),
        (
            "<a href='https://a.example/'> <b>a</b> </a>b",
            '<a href="https://a.example/"><strong>a</strong></a> b',
        ),
        ("a<br>b<br>", "a<br>b"),
        ("2 &lt; 3 &amp; &quot;x&quot;", "2 &lt; 3 &amp; &quot;x&quot;"),
    ],
)
def test_words_and_marks_are_tidied(clean: Callable[..., str], html: str, expected: str) -> None:
    assert clean(f"<p>{html}</p>") == f"<p>{expected}</p>"


def test_an_empty_line_parts_paragraphs(clean: Callable[..., str]) -> None:
    assert clean("<div>a<br><br>b<div><br></div><p>&nbsp;</p>c</div>") == "<p>a</p>\n<p>b</p>\n<p>c</p>"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.se%2Fb%3Fc%3D1&data=x",
            "https://a.se/b?c=1",
        ),
        ("https://www.google.com/url?q=https://a.se/&sa=D", "https://a.se/"),
        ("https://www.google.se/url?sa=t&url=https%3A%2F%2Fa.se%2F", "https://a.se/"),
        (
            "https://www.google.com/url?q=https://x.safelinks.protection.outlook.com/?url%3Dhttps%253A%252F%252Fa.se",
            "https://a.se",
        ),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.se%2F&h=x", "https://a.se/"),
        ("https://a.se/url?q=https://b.se", "https://a.se/url?q=https://b.se"),
        ("https://evil-google.com/url?q=https://b.se", "https://evil-google.com/url?q=https://b.se"),
        ("https://sv.wikipedia.org/wiki/Malmö", "https://sv.wikipedia.org/wiki/Malmö"),
        ("https://a.se/en sida", "https://a.se/en%20sida"),
        ("mailto:eva@a.se", "mailto:eva@a.se"),
        ("tel:+4670", "tel:+4670"),
        ("http://wiki.example/sidor/skolan/?a=1#b", "/sidor/skolan/?a=1#b"),
        (
            "https://www.google.com/url?q=javascript:alert(1)",
            "https://www.google.com/url?q=javascript:alert(1)",
        ),
    ],
)
def test_a_link_leads_where_it_really_leads(clean: Callable[..., str], address: str, expected: str) -> None:
    assert clean(f'<a href="{address.replace("&", "&amp;")}">a</a>') == (
        f'<p><a href="{expected.replace("&", "&amp;")}">a</a></p>'
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "jav&#9;ascript:alert(1)",
        "data:text/html,a",
        "file:///C:/a.docx",
        "#_Toc1",
        "/sidor/",
    ],
)
def test_other_links_are_only_words(clean: Callable[..., str], address: str) -> None:
    assert clean(f'<a href="{address}">a</a>') == "<p>a</p>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f'<img src="{ORIGIN}{IMAGE}" alt="En skola">', f'<p><img src="{IMAGE}" alt="En skola"></p>'),
        (f'<img src="{IMAGE}" alt="">', f'<p><img src="{IMAGE}" alt="" title="dekorativ"></p>'),
        (f'<img src="https://annan.example{IMAGE}" alt="En skola">', ""),
        ('<img src="data:image/png;base64,AA==" alt="Ler">', ""),
        ('<img src="https://a.example/x.png" alt="🙂">', "<p>🙂</p>"),
    ],
)
def test_only_pictures_of_our_own_come_along(clean: Callable[..., str], html: str, expected: str) -> None:
    assert clean(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>•\ta</p><p>•\tb</p>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("<p>• a<br>• b</p>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        (
            "<p>3.&nbsp;&nbsp; a</p><p>4.&nbsp;&nbsp; b</p>",
            '<ol start="3"><li><p>a</p></li><li><p>b</p></li></ol>',
        ),
        ("<p>1. Vanlig mening</p><p>§&nbsp;5 gäller</p>", "<p>1. Vanlig mening</p>\n<p>§&nbsp;5 gäller</p>"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("<ul><li><ul><li>a</li></ul></li></ul>", "<ul><li><p>a</p></li></ul>"),
        ("<ul><li>a</li><li></li></ul><ol></ol>", "<ul><li><p>a</p></li></ul>"),
        ("<li>a<li>b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("<ol start='x'><li>a</ol>", "<ol><li><p>a</p></li></ol>"),
    ],
)
def test_lists_are_lists(clean: Callable[..., str], html: str, expected: str) -> None:
    assert clean(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<table><tr><td><b>A</b></td><td>B</td></tr><tr><td>1</td><td></td></tr></table>",
            "<table><tr><td><strong>A</strong></td><td>B</td></tr><tr><td>1</td><td></td></tr></table>",
        ),
        (
            "<table><tr><td rowspan=2>A</td><td>B</td></tr><tr><td>C</td></tr></table>",
            "<table><tr><td>A</td><td>B</td></tr><tr><td></td><td>C</td></tr></table>",
        ),
        ("<table><tr><td>ensam</td></tr></table>", "<p>ensam</p>"),
        (
            "<table><tr><td>x<table><tr><td>a<td>b</table></table>",
            "<p>x</p>\n<table><tr><td>a</td><td>b</td></tr></table>",
        ),
        ("<table><tr><td></td><td> </td></tr></table>", ""),
    ],
)
def test_tables_are_tables(clean: Callable[..., str], html: str, expected: str) -> None:
    assert clean(html) == expected


def test_footnotes_take_numbers_that_are_free(clean: Callable[..., str]) -> None:
    html = '<p>a<sup id="r"><a href="#n">7</a></sup></p><ol><li id="n">Text <a href="#r">↩</a></li></ol>'
    assert clean(html, taken=["1", "2"]) == (
        '<p>a<sup data-footnote="" data-label="3">3</sup></p>\n'
        '<div data-footnote-text="" data-label="3"><p>Text</p></div>'
    )


def test_a_footnote_without_its_text_is_told_of(
    clean: Callable[..., str], left: Callable[[str], dict[str, int]]
) -> None:
    html = '<p>a<a href="https://a.se/#cite_note-1">[1]</a> b</p>'
    assert (clean(html), left(html)) == ("<p>a b</p>", {"footnote": 1})


def test_what_readers_did_not_see_is_left_in_silence(
    clean: Callable[..., str], left: Callable[[str], dict[str, int]]
) -> None:
    html = '<p style="display:none">a</p><p hidden>b</p><span style="mso-hide:all">c</span><p>d</p>'
    assert (clean(html), left(html)) == ("<p>d</p>", {})


def test_the_lines_that_windows_puts_first_are_left_out(clean: Callable[..., str]) -> None:
    html = "Version:0.9\r\nStartHTML:0000000105\r\n<html><body><!--StartFragment--><p>a</p><!--EndFragment-->"
    assert clean(html) == "<p>a</p>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<style><!-- p { }</style><p>a", "<p>a</p>"),
        (
            "<script>if (a<b && c == \"it's\") { }</script><p style='font-weight:bold'>a",
            "<p><strong>a</strong></p>",
        ),
        ("<p title='1 > 2' style=font-weight:bold>a</p>", "<p><strong>a</strong></p>"),
        (
            "<style>.x { font-weight: bold }</STYLE ><p class=x>a</p><p>b</p>",
            "<p><strong>a</strong></p>\n<p>b</p>",
        ),
        (
            "<p data-style=x style='font-weight:bold'>1 <2 style=x</p>",
            "<p><strong>1 &lt;2 style=x</strong></p>",
        ),
        ("<!--[if mso]><p title=\"it's --><p>a</p><!---><p>b</p>", "<p>a</p>\n<p>b</p>"),
        ("<a href=https://a.se/style=1/onx=2>a</a>", '<p><a href="https://a.se/style=1/onx=2">a</a></p>'),
    ],
)
def test_styles_are_found_in_untidy_html(clean: Callable[..., str], html: str, expected: str) -> None:
    assert clean(html) == expected
