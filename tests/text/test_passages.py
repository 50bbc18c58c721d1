import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from mittkoping.text.outline import read, read_places
from mittkoping.text.passages import Marking, mark_passages, paragraphs
from mittkoping.text.render import render
from mittkoping.text.sanitize import sanitize
from tests.text import corpora, hostile
from tests.text.test_marked import SOURCES
from tests.text.walls import faults

MARK = re.compile(r"</?mark\b[^>]*>")
MARKED = re.compile(r'<mark class="passage[^>]* data-passage="([^"]*)"[^>]*>(?:<mark [^>]*>)*([^<]*)</mark>')


def on(html: str, *quotes: str) -> list[Marking]:
    """Passages a, b, c … that say this."""
    plain = read(html)[0]
    starts = [plain.index(quote) for quote in quotes]
    return [
        Marking(key, start, start + len(quote), "", "")
        for key, start, quote in zip("abcdef", starts, quotes, strict=False)
    ]


def assert_laws(html: str, markings: list[Marking]) -> str:
    """Nothing is changed, and just the passages' words are marked."""
    marked = mark_passages(html, markings)
    plain = read(html)[0]
    assert MARK.sub("", marked) == html
    assert read(marked) == read(html)
    assert read_places(html)[0] == plain
    parts = [(keys.split(), inner) for keys, inner in MARKED.findall(marked)]
    assert len(parts) == marked.count(" data-passage=")
    for one in markings:
        text = "".join(read(inner)[0] for keys, inner in parts if one.key in keys)
        assert bare(text) == bare(plain[one.start : one.end]) or "<img" in html
        assert marked.count(f'id="p-{one.key}"') == bool(text)
    return marked


def bare(text: str) -> str:
    """The same for texts that differ in white space only."""
    return "".join(text.split())


def test_the_words_of_a_passage_are_marked_and_nothing_else() -> None:
    html = "<p>Kommunen <em>införde</em> å &amp; ä.</p>"
    (one,) = on(html, "Kommunen införde å &")
    marking = Marking("k1", one.start, one.end, "passage--enabling", 'Främjar: "Ledning"')
    rest = 'class="passage passage--enabling" data-passage="k1" title="Främjar: &quot;Ledning&quot;"'
    assert mark_passages(html, [marking]) == (
        f'<p><mark {rest} id="p-k1">Kommunen </mark><em><mark {rest}>införde</mark></em>'
        f"<mark {rest}> å &amp;</mark> ä.</p>"
    )


def test_a_passage_over_blocks_is_marked_in_each_of_them() -> None:
    html = "<h2>Rubrik</h2>\n<ul>\n<li>ett</li>\n<li>två <a href='/sidor/x/'>länk</a></li>\n</ul>"
    assert assert_laws(html, on(html, "Rubrik\nett\ntvå länk")) == (
        '<h2><mark class="passage" data-passage="a" id="p-a">Rubrik</mark></h2>\n<ul>\n'
        '<li><mark class="passage" data-passage="a">ett</mark></li>\n'
        '<li><mark class="passage" data-passage="a">två </mark><a href=\'/sidor/x/\'>'
        '<mark class="passage" data-passage="a">länk</mark></a></li>\n</ul>'
    )


def test_where_passages_overlap_one_mark_tells_of_both() -> None:
    html = "<p>ett två tre fyra</p>"
    assert assert_laws(html, on(html, "ett två tre", "två tre fyra")) == (
        '<p><mark class="passage" data-passage="a" id="p-a">ett </mark>'
        '<mark class="passage" data-passage="a b" id="p-b">två tre</mark>'
        '<mark class="passage" data-passage="b"> fyra</mark></p>'
    )


def test_passages_that_begin_together_each_have_their_address() -> None:
    html = "<p>ett två</p>"
    assert assert_laws(html, on(html, "ett två", "ett")) == (
        '<p><mark class="passage" data-passage="a b" id="p-a">'
        '<mark class="passage-start" id="p-b">ett</mark></mark>'
        '<mark class="passage" data-passage="a"> två</mark></p>'
    )


def test_character_references_are_never_cut() -> None:
    html = "<p>a&lt;b&nbsp;c &#128512; &amp;amp; d</p>"
    plain = read(html)[0]
    assert plain == "a<b c 😀 &amp; d"
    for start in range(len(plain)):
        for end in range(start + 1, len(plain) + 1):
            marked = mark_passages(html, [Marking("a", start, end, "", "")])
            assert MARK.sub("", marked) == html
            assert not re.search(r"&[^;<]*<", marked)
    assert ">b&nbsp;c &#128512;</mark>" in mark_passages(html, on(html, "b c 😀"))


def test_code_keeps_its_lines_and_footnotes_their_signs() -> None:
    html = render("Text[^1] slut.\n\n```\nrad ett\n    rad två\n```\n\n[^1]: Noten.", {}).html
    marked = assert_laws(html, on(html, "ett\nrad", "Text slut", "Noten"))
    assert '<pre><code>rad <mark class="passage" data-passage="a" id="p-a">ett\n    rad</mark> två' in marked
    assert 'id="p-b">Text</mark><sup' in marked


def test_what_stands_for_an_image_is_counted_but_not_marked() -> None:
    html = '<p>Se <img alt="en bild av ån" src="/media/a.png"> här.</p>'
    marked = mark_passages(html, on(html, "bild av ån här"))
    assert MARK.sub("", marked) == html
    assert [inner for _, inner in MARKED.findall(marked)] == [" här"]
    assert mark_passages(html, on(html, "av ån")) == html


def test_a_passage_that_is_nowhere_marks_nothing() -> None:
    html = "<p>ett två</p>"
    for start, end in [(0, 0), (3, 4), (5, 2), (100, 200)]:
        assert mark_passages(html, [Marking("a", start, end, "", "")]) == html
    assert mark_passages("", [Marking("a", 0, 1, "", "")]) == ""


def test_keys_and_labels_cannot_break_out() -> None:
    marked = mark_passages("<p>a</p>", [Marking('"><b>', 0, 1, '"><i>', '"><u>')])
    assert MARK.sub("", marked.replace("&gt;", "")) == "<p>a</p>"
    assert marked.count("<") == 4


def test_the_lines_of_a_plain_text_are_its_paragraphs() -> None:
    assert paragraphs("å\n😀 två\n\ntre") == ((0, 1), (2, 7), (9, 12))
    assert paragraphs("") == ()


@settings(max_examples=300, deadline=None)
@given(SOURCES, st.lists(st.tuples(st.integers(0, 120), st.integers(1, 60)), max_size=6))
def test_a_page_with_passages_says_what_it_said(source: str, ranges: list[tuple[int, int]]) -> None:
    html = render(source, {}).html
    length = len(read(html)[0])
    marked = assert_laws(
        html,
        [
            Marking(f"k{number}", min(start, length), min(start + count, length), "", "x")
            for number, (start, count) in enumerate(ranges)
        ],
    )
    assert faults(MARK.sub("", marked)) == []


def test_nothing_hostile_comes_of_marks() -> None:
    for vector in [*hostile.XSS, *corpora.xss()]:
        for html in (sanitize(vector), render(vector, {}).html):
            length = len(read(html)[0])
            ranges = [(0, length), (length // 3, length // 2), (length // 2, length)]
            markings = [Marking(f"k{n}", start, end, "", "") for n, (start, end) in enumerate(ranges)]
            marked = mark_passages(html, markings)
            assert MARK.sub("", marked) == html, vector
            assert read(marked) == read(html), vector


def test_a_large_page_with_many_passages_is_marked_in_linear_time() -> None:
    pages = [
        "".join(f"<p>Ett stycke &amp; <em>ord</em> nummer {n}, å ä ö.</p>\n" for n in range(4_000)),
        "<p>" + "ord &amp; " * 20_000 + "</p>",
        "<pre><code>" + "en rad\n" * 28_000 + "</code></pre>",
    ]
    for html in pages:
        length = len(read(html)[0])
        many = [Marking(f"k{n}", n * length // 100, (n + 2) * length // 100, "", "") for n in range(100)]
        started = time.process_time()
        marked = mark_passages(html, many)
        assert time.process_time() - started < 3
        assert MARK.sub("", marked) == html
