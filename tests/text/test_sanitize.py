import bleach.sanitizer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mittkoping.text import sanitize as sanitizing
from mittkoping.text.addresses import is_allowed
from mittkoping.text.render import escaped, render
from mittkoping.text.sanitize import sanitize
from tests.text import corpora, hostile
from tests.text.walls import faults


def test_the_wall_of_these_tests_sees_what_is_forbidden() -> None:
    assert faults("<script>x</script>") == ["<script>"]
    assert faults('<a href="javascript:x" onclick="y" id="z">') == [
        '<a href="javascript:x">',
        '<a onclick="y">',
        '<a id="z">',
    ]
    assert faults('<a href="//x.se"><a href="/\\x.se"><img src="https://x.se/a"><p class="x">') != []
    assert faults("<!-- x --><?x ?><!doctype html>") == ["<!-- x -->", "<?x ?>", "<!doctype html>"]


def test_no_vector_survives_as_markdown_or_as_html() -> None:
    vectors = hostile.XSS + corpora.xss()
    assert len(vectors) >= len(hostile.XSS)
    for vector in vectors:
        for source in (vector, f"- {vector}", f"| {vector} |\n|---|\n| x |", f"[{vector}]({vector})"):
            assert faults(render(source, {}).html) == [], source
        once = sanitize(vector)
        assert faults(once) == [], vector
        assert faults(escaped(vector).html) == [], vector


class Pass:
    """A sanitiser that lets everything through, and notes that it was asked."""

    def __init__(self, name: str, asked: list[str]) -> None:
        self.name, self.asked = name, asked

    def clean(self, html: str) -> str:
        self.asked.append(self.name)
        return html


def test_either_library_alone_holds_the_wall_and_nh3_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    with monkeypatch.context() as without_nh3:
        without_nh3.setattr(sanitizing, "_NH3", Pass("nh3", asked))
        assert [vector for vector in hostile.XSS if faults(sanitize(vector))] == []
    with monkeypatch.context() as without_bleach:
        without_bleach.setattr(bleach.sanitizer, "Cleaner", lambda **_: Pass("bleach", asked))
        assert [vector for vector in hostile.XSS if faults(sanitize(vector))] == []
    assert asked == ["nh3"] * len(hostile.XSS) + ["bleach"] * len(hostile.XSS)
    monkeypatch.setattr(bleach.sanitizer, "Cleaner", lambda **_: Pass("bleach", asked))
    monkeypatch.setattr(sanitizing, "_NH3", Pass("nh3", asked))
    assert sanitize("<script>") == "<script>"
    assert asked[-2:] == ["bleach", "nh3"]


def test_what_the_renderer_makes_passes_unchanged() -> None:
    source = (
        "# Mål[^1]\n\n[[Sida]] [[faktor:x]] [u](https://a.se/?a=1&b=2) ![b](/media/a.png)\n\n"
        "| a |\n|:-:|\n| b |\n\n3. x\n\nT\n:   d\n\n> c\n\n```py\n<b>\n```\n\n[^1]: not"
    )
    html = render(source, {}).html
    assert sanitize(html) == html
    for part in (
        'id="u-mal"',
        'class="tabell"',
        'class="ta-center"',
        'start="3"',
        'class="language-py"',
        "<img ",
    ):
        assert part in html
    assert sanitize(escaped("<b>\n&").html) == '<pre class="kalla">&lt;b&gt;\n&amp;</pre>'


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ('<p onclick="x" class="ta-left">a</p>', "<p>a</p>"),
        ('<td class="ta-left evil">a</td>', "a"),
        ('<a href="javascript:123">a</a>', "<a>a</a>"),
        ('<a href="https://a.se" target="_blank" rel="opener">a</a>', '<a href="https://a.se">a</a>'),
        ('<img src="https://a.se/x.png" alt="a">', '<img alt="a">'),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ('<h2 id="title">a</h2>', "<h2>a</h2>"),
        ("a&#x0D;b&#12;", "a\nb?"),
        ("<p>a</p>&#12;", "<p>a</p>?"),
    ],
)
def test_everything_outside_the_list_is_dropped_or_shown(html: str, clean: str) -> None:
    assert sanitize(html) == clean


def test_addresses_lead_to_known_places_only() -> None:
    good = [
        "https://a.se/",
        "HTTP://a.se",
        "mailto:a@b.se",
        "tel:112",
        "/sidor/",
        "#u-mal",
        "?q=a:b",
        "x/y",
        "",
    ]
    bad = [
        "javascript:1",
        "//a.se",
        "/\\a.se",
        "\\\\a.se",
        "https:a.se",
        "https:///a.se",
        "a:b",
        "data:x",
        "j\tx:1",
    ]
    assert [address for address in good + bad if is_allowed(address)] == good


# fmt: off
PIECES = [
    "<p>", "</p>", "<a>", "<script>", "</script>", "<img", "<svg>", "<math>", "<style>", "-->", "<!--", "<h2",
    "<li>",
    "<table>", "<td>", "</table>", ">", "<", '"', "'", "=", "onload=", "href=", "src=", "javascript:", "id=",
    "x",
    "class=", "&", "&lt;", "<![CDATA[", "]]>", "<pre>", "<div", "<select>", "<noscript>", "<form>",
]
# fmt: on
HTML = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)


@given(HTML)
def test_pieces_of_html_in_any_order_are_harmless(html: str) -> None:
    clean = sanitize(html)
    assert faults(clean) == []
    rendered = render(html, {}).html
    assert faults(rendered) == []
