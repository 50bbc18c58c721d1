import re
from importlib.metadata import version

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mittkoping.text.links import Resolved, Target
from mittkoping.text.render import RENDERER, Heading, Rendered, escaped, render
from tests.text.walls import faults

SIDA = Target("page", "Sida")
LINKS = {
    SIDA: Resolved("/sidor/sida/", "Sidans titel"),
    Target("factor", "mod"): Resolved("/faktorer/mod/", "Mod & mandat"),
    Target("municipality", "Malmö"): Resolved("/kommuner/malmo/", "Malmö"),
}
RED = 'class="wl saknas" href="/sidor/ny/?titel={}" rel="nofollow" title="Sidan finns inte än"'


def html(source: str) -> str:
    return render(source, LINKS).html


def test_the_renderer_tells_all_versions_that_decide_its_output() -> None:
    libraries = [version(name) for name in ("markdown", "bleach", "nh3")]
    assert RENDERER.split("/") == ["3", *libraries]


def test_raw_html_is_shown_as_text() -> None:
    source = "<b>x</b> <script>y</script>\n\n<div>\n\n<!-- k -->\n\n<![CDATA[z]]>\n\n<?php p ?>\n\n</div>"
    assert html(source) == (
        "<p>&lt;b&gt;x&lt;/b&gt; &lt;script&gt;y&lt;/script&gt;</p>\n<p>&lt;div&gt;</p>\n"
        "<p>&lt;!-- k --&gt;</p>\n<p>&lt;![CDATA[z]]&gt;</p>\n<p>&lt;?php p ?&gt;</p>\n<p>&lt;/div&gt;</p>"
    )


def test_character_references_work_and_lone_ampersands_stay() -> None:
    assert html("&copy; &amp; a & b &lt;b&gt;") == "<p>© &amp; a &amp; b &lt;b&gt;</p>"


def test_attribute_lists_and_other_dialects_are_text() -> None:
    assert html("Stycke\n{: .x #y }") == "<p>Stycke\n{: .x #y }</p>"
    assert html('"hej" -- HTML\n\n*[HTML]: x') == '<p>"hej" -- HTML</p>\n<p>*[HTML]: x</p>'


def test_headings_stand_below_the_title_and_have_stable_ids() -> None:
    rendered = render(
        "# Mål & *medel*\n\n## Mål\n\nMål\n===\n\n###### 学校\n\n> # Inne\n\n# Mål `x<y` [[Sida]]", LINKS
    )
    assert rendered.html.splitlines()[:4] == [
        '<h2 id="u-mal-medel">Mål &amp; <em>medel</em></h2>',
        '<h2 id="u-mal">Mål</h2>',
        '<h2 id="u-mal-2">Mål</h2>',
        '<h6 id="u-rubrik">学校</h6>',
    ]
    assert rendered.contents == (
        Heading(2, "u-mal-medel", "Mål & medel"),
        Heading(2, "u-mal", "Mål"),
        Heading(2, "u-mal-2", "Mål"),
        Heading(6, "u-rubrik", "学校"),
        Heading(2, "u-mal-x-y-sidans-titel", "Mål x<y Sidans titel"),
    )
    assert '<h2 id="u-inne">Inne</h2>' in rendered.html


def test_footnotes_are_numbered_as_the_text_refers_to_them() -> None:
    rendered = html("Ett[^b] och två[^a] och ett igen[^b].\n\n[^x]: Ingen.\n[^a]: A.\n[^b]: B.")
    notes = re.findall(r'<li id="(u-fn-\d)">\s*<p>(\w+)\.', rendered)
    assert notes == [("u-fn-1", "B"), ("u-fn-2", "A"), ("u-fn-3", "Ingen")]
    assert re.findall(r'href="#(u-fn-\d)"', rendered) == ["u-fn-1", "u-fn-2", "u-fn-1"]


def test_a_heading_never_takes_a_footnotes_id() -> None:
    rendered = html("# Fn 1\n\nText[^a]\n\n[^a]: Not")
    assert '<h2 id="u-fn-1-2">Fn 1</h2>' in rendered
    assert rendered.count('id="u-fn-1"') == 1


def test_footnotes_are_numbered_and_lead_back() -> None:
    rendered = render("Ett[^a] två[^b b] tre[^a]\n\n[^a]: Först *här*.\n[^b b]: Sedan.", {})
    assert rendered.html == (
        '<p>Ett<sup id="u-fnref-1"><a aria-label="Fotnot 1" class="fotnot" href="#u-fn-1">1</a></sup>'
        ' två<sup id="u-fnref-2"><a aria-label="Fotnot 2" class="fotnot" href="#u-fn-2">2</a></sup>'
        ' tre<sup id="u-fnref-1-2"><a aria-label="Fotnot 1" class="fotnot" href="#u-fn-1">1</a></sup></p>\n'
        '<div class="fotnoter">\n<hr>\n<ol>\n<li id="u-fn-1">\n'
        "<p>Först <em>här</em>.&nbsp;"
        '<a aria-label="Tillbaka till texten" class="fotnot-tillbaka" href="#u-fnref-1">↩</a>'
        '<a aria-label="Tillbaka till texten, 2" class="fotnot-tillbaka" href="#u-fnref-1-2">↩</a></p>\n'
        "</li>\n"
        '<li id="u-fn-2">\n<p>Sedan.&nbsp;'
        '<a aria-label="Tillbaka till texten" class="fotnot-tillbaka" href="#u-fnref-2">↩</a></p>\n'
        "</li>\n</ol>\n</div>"
    )
    assert rendered.plain == "Ett två tre\nFörst här.\nSedan."


@pytest.mark.parametrize(
    "source", ["[^1]:", "[^1]\n\n[^1]:", "[^]: x\n\n[^]", "[^1]: # a\n\n[^1]", "[^1]: - a\n[^1]"]
)
def test_odd_footnotes_break_nothing(source: str) -> None:
    assert faults(render(source, {}).html) == []


def test_tables_can_be_scrolled_and_are_aligned_by_class() -> None:
    assert html("| a | b | c | d |\n|:--|--:|:-:|---|\n| 1 | 2 | 3 | 4 |") == (
        '<div aria-label="Tabell" class="tabell" role="region" tabindex="0"><table>\n<thead>\n<tr>\n'
        '<th class="ta-left" scope="col">a</th>\n<th class="ta-right" scope="col">b</th>\n'
        '<th class="ta-center" scope="col">c</th>\n<th scope="col">d</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
        '<td class="ta-left">1</td>\n<td class="ta-right">2</td>\n<td class="ta-center">3</td>\n<td>4</td>\n'
        "</tr>\n</tbody>\n</table></div>"
    )


def test_a_bar_in_a_link_does_not_end_a_cell() -> None:
    source = "| [[Sida|en]] | [[Sida\\|två]] | `[[Sida|kod]]` | a\\|b |\n|---|---|---|---|\n| 1 | 2 | 3 | 4 |"
    cells = [line for line in html(source).splitlines() if line.startswith("<th ")]
    assert cells == [
        '<th scope="col"><a class="wl" href="/sidor/sida/">en</a></th>',
        '<th scope="col"><a class="wl" href="/sidor/sida/">två</a></th>',
        '<th scope="col"><code>[[Sida|kod]]</code></th>',
        '<th scope="col">a|b</th>',
    ]


def test_links_show_where_they_lead() -> None:
    assert html("[[Sida]] [[Sida|*så* & här]]") == (
        '<p><a class="wl" href="/sidor/sida/">Sidans titel</a>'
        ' <a class="wl" href="/sidor/sida/">*så* &amp; här</a></p>'
    )
    assert html("[[faktor:mod]] [[Kommun:Malmö|hos oss]]") == (
        '<p><a class="wl faktor" href="/faktorer/mod/">Mod &amp; mandat</a>'
        ' <a class="wl kommun" href="/kommuner/malmo/">hos oss</a></p>'
    )


def test_links_to_nothing_say_so() -> None:
    assert html("[[Å & ä|x]] [[faktor:nix]] [[kommun:X|y]]") == (
        f"<p><a {RED.format('%C3%85%20%26%20%C3%A4')}>x</a>"
        ' <span class="wl saknas" title="Finns inte i katalogen">nix</span>'
        ' <span class="wl saknas" title="Finns inte i katalogen">y</span></p>'
    )
    archived = {SIDA: Resolved(None, "Sida")}
    assert render("[[Sida]]", archived).html == f"<p><a {RED.format('Sida')}>Sida</a></p>"


def test_links_do_not_fire_in_code_or_behind_a_backslash() -> None:
    rendered = render("`[[Sida]]` \\[[Sida]]\n\n```\n[[Sida]]\n```\n\n    [[Sida]]", LINKS)
    assert rendered.html == (
        "<p><code>[[Sida]]</code> [[Sida]]</p>\n"
        "<pre><code>[[Sida]]\n</code></pre>\n<pre><code>[[Sida]]\n</code></pre>"
    )
    assert rendered.links == ()


def test_the_links_of_a_text_are_told_once_in_order() -> None:
    rendered = render("[[B]] [[Sida]] [[B|b]] [t [[C]]](https://a.se) ![[[D]]](/media/a.png) `[[E]]`", LINKS)
    assert rendered.links == (Target("page", "B"), SIDA, Target("page", "C"))
    assert '<a href="https://a.se" rel="noopener nofollow ugc">t <span>C</span></a>' in rendered.html


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<https://a.se/?a=1&b=2>", '<a href="https://a.se/?a=1&amp;b=2" rel="noopener nofollow ugc">{}</a>'),
        ("<a@b.se>", '<a href="mailto:a@b.se">a@b.se</a>'),
        ("https://a.se", "https://a.se"),
        ("[x](/sidor/y/ \"t\")", '<a href="/sidor/y/" title="t">x</a>'),
        ("[x](#u-mal)", '<a href="#u-mal">x</a>'),
        ("[x](tel:112)", '<a href="tel:112">x</a>'),
        ("[x](/a b?q=&amp;copy;)", '<a href="/a%20b?q=&amp;copy;">x</a>'),
        ("[x](javascript:alert(1))", "<span>x</span>"),
        ("[x](//a.se)", "<span>x</span>"),
        ("![alt](/media/ab/c.png)", '<img alt="alt" loading="lazy" src="/media/ab/c.png">'),
        ("![alt](https://a.se/c.png)", '<a href="https://a.se/c.png" rel="noopener nofollow ugc">alt</a>'),
        ("![](https://a.se/c.png)", '<a href="https://a.se/c.png" rel="noopener nofollow ugc">https://a.se/c.png</a>'),
        ("![](/x?a=1&copy;=2)", "<span>/x?a=1©=2</span>"),
        ("![](/x?a=1&amp;copy;=2)", "<span>/x?a=1&amp;copy;=2</span>"),
        ("![alt](/logga-ut/)", "<span>alt</span>"),
        ("![alt](/media/../logga-ut/)", "<span>alt</span>"),
        ("[![alt](https://a.se/c.png)](/x/)", '<a href="/x/"><span>alt</span></a>'),
    ],
)  # fmt: skip
def test_addresses_and_images_are_judged(source: str, shown: str) -> None:
    assert html(source) == f"<p>{shown.format('https://a.se/?a=1&amp;b=2')}</p>"


def test_lists_and_definitions() -> None:
    assert html("3. a\n4. b\n\nTerm\n:   Def") == (
        '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n<dl>\n<dt>Term</dt>\n<dd>Def</dd>\n</dl>'
    )


def test_a_line_break_in_a_paragraph_is_a_space() -> None:
    assert html("ett\ntvå  \ntre") == "<p>ett\ntvå<br>\ntre</p>"


def test_plain_text_is_what_a_reader_reads() -> None:
    source = (
        "# Ett  *två*\n\nStycke &amp; [länk](https://a.se)\nsamma\n\n- a\n- b\n\n"
        "| x | y |\n|---|---|\n| 1 | 2 |\n\n```\nkod 1\n  kod 2\n```\n\n![Ett träd](/media/a.png) [[Sida]]"
    )
    assert render(source, LINKS).plain.split("\n") == [
        "Ett två", "Stycke & länk samma", "a", "b", "x y", "1 2", "kod 1", "kod 2", "Ett träd Sidans titel",
    ]  # fmt: skip


def test_source_can_be_shown_instead() -> None:
    assert escaped("<b>å</b>\r\n&\x00") == Rendered(
        '<pre class="kalla">&lt;b&gt;å&lt;/b&gt;\n&amp;</pre>', (), (), "<b>å</b>\n&"
    )


def test_an_empty_text_renders_to_nothing() -> None:
    assert render(" \n\n", {}) == Rendered("", (), (), "")


# fmt: off
PIECES = st.sampled_from([
    "# ", "ord ", "*", "**", "_", "`", "```\n", "~~~\n", "\n", "\n\n", "- ", "1. ", "> ", "    ", ":   ",
    "=\n", "å",
    "[[Sida]]", "[[Sida\\|x]]", "[[Sida|x]]", "[^1]", "\n\n[^1]: not\n", "[x](", "https://a.se", ")", "![",
    "<b>", "<https://b.se>", "&amp;", "&", "\\", "|", "![a](/media/a.png)", "\u202e", "\x02",
    "https://youtu.be/_abcdefghi_", "<https://vimeo.com/1>", " \"dekorativ\")",
    "![](/media/bilder/0123456789abcdef0123456789abcdef-1600x900.jpg",
    "| a | b |\n|---|--:|\n| c | [[Sida|d]] |\n",
])
# fmt: on


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=100))
def test_any_text_renders_to_harmless_html_twice_the_same(source: str) -> None:
    rendered = render(source, LINKS)
    assert faults(rendered.html) == []
    assert rendered == render(source, LINKS)
