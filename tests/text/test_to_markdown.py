"""What is written as Markdown is read as the same: by our own renderer."""

import re
from time import process_time

import pytest
from hypothesis import given, settings

from mittkoping.text.html_reading import read_html
from mittkoping.text.inline_markdown import write_line
from mittkoping.text.render import render
from mittkoping.text.rich_text import (
    Heading,
    Paragraph,
    Piece,
    RichText,
    settle_headings,
    take_title,
    tidy,
)
from mittkoping.text.to_markdown import to_markdown
from tests.text.rich_texts import rich_texts, texts


def markdown(html: str) -> str:
    """HTML as our Markdown."""
    return to_markdown(read_html(html, {}).text)


def read_back(text: RichText) -> RichText:
    """What a reader sees of it."""
    html = render(to_markdown(text), {}).html
    # The way back from a footnote is ours, and so is the space before it.
    return read_html(html.replace('&nbsp;<a aria-label="Tillbaka', '<a aria-label="Tillbaka'), {}).text


@settings(max_examples=120, deadline=None)
@given(rich_texts())
def test_every_text_renders_as_itself(text: RichText) -> None:
    assert read_back(text) == text


@settings(max_examples=200, deadline=None)
@given(texts)
def test_words_are_read_as_words(words: str) -> None:
    text = RichText(tuple(Paragraph(part) for part in [tidy([Piece("words", words)])] if part))
    said = re.sub(r"\s+", " ", words).strip()
    assert render(to_markdown(text), {}).plain == said


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>1. Ett</p>", "1\\. Ett"),
        ("<p>2024 var ett år</p>", "2024 var ett år"),
        ("<p>- inte en punkt</p>", "\\- inte en punkt"),
        ("<p>-5 grader</p>", "-5 grader"),
        ("<p># nej</p><p>#taggat</p>", "\\# nej\n\n\\#taggat"),
        ("<p>&gt; nej</p>", "\\> nej"),
        ("<p>: nej</p>", "&#58; nej"),
        ("<p>~~~</p>", "&#126;~~"),
        ("<p>a*b_c snake_case _x_ `k`</p>", "a\\*b_c snake_case \\_x\\_ \\`k\\`"),
        ("<p>[[Sida]] [1] a]</p>", "\\[\\[Sida]] \\[1] a]"),
        ("<p>&lt;b&gt; a &lt; b &amp;amp; R&amp;D</p>", "&lt;b> a < b &amp;amp; R&D"),
        ("<p>C:\\temp</p>", "C:\\\\temp"),
        ("<p>rad<br>===</p>", "rad  \n&#61;=="),
        ("<h2>C#</h2>", "## C\\#"),
        ("<table><tr><td>a|b</td></tr><tr><td>c</td></tr></table>", "| a\\|b |\n| --- |\n| c |"),
    ],
)
def test_signs_stay_signs(html: str, expected: str) -> None:
    assert markdown(html) == expected
    plain = render(expected, {}).plain
    assert plain == render(markdown(html), {}).plain


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>en <strong>fet </strong>text</p>", "en **fet** text"),
        ("<p><b>a</b> <b>b</b></p>", "**a b**"),
        ("<p><em>a</em> och kom<i>mun</i></p>", "_a_ och kom*mun*"),
        ("<p><strong>fet <em>båda</em></strong></p>", "**fet _båda_**"),
        ("<p><strong>kom<em>mun</em></strong></p>", "**kommun**"),
        ("<p><em>a</em><strong>b</strong></p>", "_a_**b**"),
        ("<p><code>a`b</code></p>", "``a`b``"),
        ('<p><a href="https://a.se/">https://a.se/</a></p>', "<https://a.se/>"),
        ('<p><strong><a href="https://a.se/">a</a> b</strong></p>', "**[a](https://a.se/) b**"),
        ('<p><a href="https://a.se/x (y)">a]b</a></p>', "[a\\]b](<https://a.se/x%20(y)>)"),
        ('<p>Nej!<a href="https://a.se/">a</a></p>', "Nej\\![a](https://a.se/)"),
        ("<p>m<sup>2</sup> CO<sub>2</sub> 1<sup>a</sup></p>", "m² CO₂ 1a"),
        ('<p><input type="checkbox" checked="checked"/>Klart</p>', "☑ Klart"),
        ("<p>a<br><br>b<br>c</p>", "a\n\nb  \nc"),
        ("<h2><strong>Fet</strong><br>rubrik</h2>", "## Fet rubrik"),
        ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
        ("<pre>```</pre>", "````\n```\n````"),
        ("<p>a</p><hr><p>b</p>", "a\n\n---\n\nb"),
        (
            '<p><img src="/media/a.png" alt="En [skola]"><img src="/media/b.png" title="dekorativ"></p>',
            '![En \\[skola\\]](/media/a.png)![](/media/b.png "dekorativ")',
        ),
    ],
)
def test_marks_are_written_as_people_write_them(html: str, expected: str) -> None:
    assert markdown(html) == expected


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///C:/x.docx",
        "../x.docx",
        "//a.se/",
        "#Bokm",
        "vbscript:x",
    ],
)
def test_an_address_that_others_cannot_open_leaves_its_words(href: str) -> None:
    reading = read_html(f'<p><a href="{href}">orden</a></p>', {})
    assert to_markdown(reading.text) == "orden"
    assert reading.left == {"inner_links" if href.startswith("#") else "links": 1}


def test_an_address_that_only_watches_is_skipped() -> None:
    href = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.se%2Fx&amp;data=ada%40b.se"
    assert markdown(f'<p><a href="{href}">a</a></p>') == "[a](https://a.se/x)"


def test_pictures_from_elsewhere_are_left_out() -> None:
    html = '<p>a<img src="https://spy.example/x.png" alt="x"><img src="bild:0" alt="y"></p>'
    assert markdown(html) == "a"
    assert to_markdown(read_html(html, {"bild:0": "/media/c.png"}).text) == "a![y](/media/c.png)"


def test_scripts_and_unknown_elements_leave_nothing_but_words() -> None:
    assert markdown("<script>alert(1)</script><p onclick=x>a<font color=red>b</font></p>") == "ab"


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "<b>a&amp;&amp;&amp;&amp;</b>b&amp;&amp;&amp;&amp;" * 10_000 + "</p>",
        "<ul><li>a"
        + "".join(f"<ul><li>{n}</li></ul><ol><li>b</li></ol>" for n in range(9_000))
        + "</li></ul>",
        "<blockquote><p>a</p></blockquote><table></table>" * 10_000,
    ],
)
def test_the_time_to_write_grows_with_the_text_and_not_with_its_square(html: str) -> None:
    start = process_time()
    markdown(html)
    assert process_time() - start < 8


def test_half_a_reference_is_kept_from_becoming_one() -> None:
    def written(*words: str) -> str:
        return write_line([Piece("words", part, True, bool(number % 2)) for number, part in enumerate(words)])

    assert written("R&", "am", "p;") == "**R&amp;amp;**"
    assert written("a" * 60 + "&am", "p", "a;") == f"**{'a' * 60}&amp;ampa;**"
    assert written("&" + "a" * 40, "b", "c") == f"**&amp;{'a' * 40}bc**"
    assert written("&" + "a" * 41, "b", "c") == f"**&{'a' * 41}bc**"


def test_lists_stand_in_each_other() -> None:
    html = "<ul><li>a<ul><li>b</li></ul><ol><li>c</li></ol></li><li>d</li></ul><ol><li>e</li></ol>"
    assert markdown(html) == "- a\n    - b\n\n    1. c\n\n- d\n\n1. e"
    assert markdown("<ul><li><ul><li>djup</li></ul></li></ul>") == "- djup"
    assert markdown("<ul><li>a</li><li><ul><li>b</li></ul></li></ul>") == "- a\n    - b"
    assert markdown("<ul><li><p>a</p><p>b</p></li></ul>") == "- a  \n    b"


def test_merged_cells_are_taken_apart() -> None:
    html = (
        '<table><tr><td colspan="2">Kommuner</td></tr><tr><td>Namn</td><td>År</td></tr>'
        '<tr><td rowspan="2">Malmö</td><td>1</td></tr><tr><td>2</td></tr></table>'
    )
    reading = read_html(html, {})
    assert to_markdown(reading.text) == "Kommuner\n\n| Namn | År |\n| --- | --- |\n| Malmö | 1 |\n|  | 2 |"
    assert reading.left == {"merged_cells": 1}


def test_what_a_cell_holds_stands_on_one_line() -> None:
    header, listed = "<tr><td>A</td><td>B</td></tr>", "<ul><li>x</li><li>y</li></ul>"
    html = f"<table>{header}<tr><td><p>Ett.</p><p>två</p></td><td>{listed}</td></tr></table>"
    reading = read_html(html, {})
    assert to_markdown(reading.text) == "| A | B |\n| --- | --- |\n| Ett. två | x; y |"
    assert reading.left == {"cells": 2}


def test_a_table_of_one_row_is_text() -> None:
    assert markdown("<table><tr><td><p>a</p><ul><li>b</li></ul></td></tr></table>") == "a\n\n- b"


def test_a_table_cannot_be_made_to_grow() -> None:
    vast = '<td colspan="999999999" rowspan="999999999">a</td>'
    assert len(markdown(f"<table><tr>{vast}<td>b</td></tr><tr><td>c</td></tr></table>")) < 2000


def test_headings_begin_at_level_two_and_skip_none() -> None:
    levels = [2, 4, 4, 3, 1, 6, 2]
    blocks = settle_headings(Heading(level, (Piece("words", "x"),)) for level in levels)
    assert [block.level for block in blocks if isinstance(block, Heading)] == [2, 3, 3, 3, 2, 3, 3]


def test_the_title_is_what_is_marked_as_one_or_what_stands_alone_on_top() -> None:
    def titled(html: str) -> tuple[str, str]:
        title, blocks = take_title(read_html(html, {}).text.blocks)
        return title, to_markdown(RichText(settle_headings(blocks)))

    assert titled('<p>x</p><h1 class="title">T</h1><h1>a</h1>') == ("T", "x\n\n## a")
    assert titled("<h1>T</h1><h2>a</h2><h2>b</h2>") == ("T", "## a\n\n## b")
    assert titled("<h1>a</h1><h1>b</h1>") == ("", "## a\n\n## b")
    assert titled("<p>x</p><h1>a</h1>") == ("", "x\n\n## a")


def test_footnotes_come_last_in_the_order_of_their_signs() -> None:
    sign = '<sup><a href="#{0}" id="r{0}">[1]</a></sup>'
    html = (
        f"<p>a{sign.format('n2')} b{sign.format('n1')} c{sign.format('n2')}</p><ol>"
        '<li id="n1"><p>Ett. <a href="#rn1">↑</a></p></li>'
        '<li id="n2"><p>Två.</p><p>Mer. <a href="#rn2">↑</a></p></li></ol>'
    )
    assert markdown(html) == "a[^1] b[^2] c[^1]\n\n[^1]: Två.\n\n    Mer.\n\n[^2]: Ett."
    reading = read_html(html, {}, prefix="ab-")
    assert to_markdown(reading.text).startswith("a[^ab-1] b[^ab-2] c[^ab-1]")


def test_text_is_normalised() -> None:
    assert markdown("<p>A\u030a\x07\u2028b</p>") == "Å b"
