import random
import re
import time
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from mittkoping.text import fragment
from mittkoping.text.marked import marked
from mittkoping.text.render import render
from mittkoping.text.sanitize import sanitize
from tests.text import corpora, hostile
from tests.text.walls import faults

ADDED = '<ins><span class="ds-sr-only">Tillagt: </span>'
REMOVED = '<del><span class="ds-sr-only">Borttaget: </span>'
VOID = {"br", "hr", "img"}
# The sanitiser shows these as question marks; no text holds them once it is normalised.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def compare(old: str, new: str) -> str:
    """Two Markdown texts, rendered and marked."""
    return marked(render(old, {}).html, render(new, {}).html)


class Reader(HTMLParser):
    """Reads marked HTML without one kind of mark, and checks that every element ends where it must."""

    def __init__(self, without: str) -> None:
        super().__init__(convert_charrefs=True)
        self.without = without
        self.text: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.gone_links = 0
        self.labels = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.gone_links += "del" in self.open and bool({"href", "id", "tabindex"} & set(given))
        is_label = given.get("class") == "ds-sr-only"
        self.labels += is_label
        if tag not in VOID:
            self.open.append("label" if is_label else tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() in {tag, "label"}

    def handle_data(self, data: str) -> None:
        if not {"label", self.without} & set(self.open):
            self.text.append(data)


def read(html: str, without: str = "") -> Reader:
    """What is read, and what was seen on the way."""
    reader = Reader(without)
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def text_of(html: str, without: str = "") -> str:
    """The text alone."""
    return "".join(read(html, without).text)


def without_space(text: str) -> str:
    """The same for texts that differ in white space only."""
    return "".join(text.split())


def assert_laws(old: str, new: str) -> str:
    html = marked(old, new)
    assert text_of(html, without="del") == text_of(new)
    assert without_space(text_of(html, without="ins")) == without_space(text_of(old))
    reader = read(html)
    assert sorted(reader.ids) == sorted(read(new).ids)
    assert reader.gone_links == 0
    assert reader.labels == html.count("<ins>") + html.count("<del>")
    return html


def test_words_are_marked_inside_an_edited_paragraph() -> None:
    assert compare("Det gamla huset står kvar.", "Det nya huset står kvar.") == (
        f"<p>Det {REMOVED}gamla</del>{ADDED}nya</ins> huset står kvar.</p>"
    )


def test_a_mere_space_between_two_changed_words_is_not_left_alone() -> None:
    assert compare("Det gamla fina huset står kvar.", "Det nya stora huset står kvar.") == (
        f"<p>Det {REMOVED}gamla fina</del>{ADDED}nya stora</ins> huset står kvar.</p>"
    )


def test_blocks_that_came_and_went_are_marked_whole() -> None:
    assert compare("Kvar.\n\nBort härifrån.", "Kvar.\n\n## Något *annat*") == (
        f"<p>Kvar.</p>\n{REMOVED}<p>Bort härifrån.</p></del>"
        f'{ADDED}<h2 id="u-nagot-annat">Något <em>annat</em></h2></ins>'
    )


def test_what_is_the_same_is_shown_as_it_is() -> None:
    html = render("# Hej\n\n- a\n- b\n\n| a |\n|---|\n| b |\n\n[x](/sidor/x/)[^1]\n\n[^1]: Not", {}).html
    assert marked(html, html) == html
    assert marked("", "") == ""


def test_a_heading_with_another_id_alone_is_the_same() -> None:
    assert marked('<h2 id="u-a">A</h2>', '<h2 id="u-a-2">A</h2>') == '<h2 id="u-a-2">A</h2>'


def test_items_of_lists_and_rows_of_tables_are_marked_one_by_one() -> None:
    assert compare("- ett\n- två äpplen", "- ett\n- två gröna äpplen\n- tre") == (
        f"<ul>\n<li>ett</li>\n<li>två {ADDED}gröna </ins>äpplen</li>\n<li>{ADDED}tre</ins></li>\n</ul>"
    )
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    html = compare(table + "| bort | nu |\n", table.replace("2", "3"))
    assert f"<td>1</td>\n<td>{REMOVED}2</del>{ADDED}3</ins></td>" in html
    assert f"<tr><td>{REMOVED}bort</del></td><td>{REMOVED}nu</del></td></tr>" in html


def test_a_table_with_another_column_is_another_table() -> None:
    html = compare("| a |\n|---|\n| 1 |", "| a | b |\n|---|---|\n| 1 | 2 |")
    assert re.findall(r"<(?:del|ins)><span[^>]*>[^<]*</span><(\w+)>", html) == ["table", "table"]


def test_an_element_inside_a_line_is_marked_whole_or_inside() -> None:
    assert compare("Vi såg **en stor** hund i går.", "Vi såg **en liten** hund i går.") == (
        f"<p>Vi såg <strong>en {REMOVED}stor</del>{ADDED}liten</ins></strong> hund i går.</p>"
    )
    assert compare("Vi såg en stor hund i går.", "Vi såg en **stor** hund i går.") == (
        f"<p>Vi såg en {REMOVED}stor</del>{ADDED}<strong>stor</strong></ins> hund i går.</p>"
    )


def test_lines_of_code_are_marked_with_their_spaces() -> None:
    assert compare("```\nx = 1\ny = 2\n```", "```\nx = 1\n  y = 2\n```") == (
        f"<pre><code>x = 1{REMOVED}\n</del>{ADDED}\n  </ins>y = 2\n</code></pre>"
    )


def test_lines_that_were_wrapped_in_another_way_are_the_same() -> None:
    assert compare("Ett och två\noch tre.", "Ett och\ntvå och tre.") == "<p>Ett och\ntvå och tre.</p>"


def test_links_and_ids_of_what_is_gone_are_dead() -> None:
    html = compare("# Bort\n\nSe [sidan](/sidor/x/) här.[^1]\n\n[^1]: Not.", "Något helt annat.")
    assert f"{REMOVED}<h2>Bort</h2></del>" in html
    assert "<p>Se <span>sidan</span> här.<sup><span>1</span></sup></p>" in html
    assert not re.search(r"\b(href|id|tabindex)=", html)


def test_the_labels_are_given_by_the_caller_and_escaped() -> None:
    assert (
        marked("", "<p>a</p>", added="<b>")
        == '<ins><span class="ds-sr-only">&lt;b&gt;: </span><p>a</p></ins>'
    )


PIECES = st.sampled_from(
    [
        "ord ", "två ", "*tre* ", "**fyra** ", "`kod` ", "[länk](/sidor/x/) ", "![bild](/media/a.png) ",
        "<b> ", "& ", "\n\n", "\n\n- ", "\n- ", "\n    - ", "\n\n1. ", "\n\n> ", "\n\n# ", "\n\n---\n\n",
        "\n\n```\n", "\n```\n\n", "\n\n| a | b |\n|---|---|\n| c | d |\n", "| ord | d |\n", "[^1] ",
        "\n\n[^1]: not ", "\n\nord\n: betyder ",
    ]
)  # fmt: skip
SOURCES = st.lists(PIECES, max_size=14).map("".join)


@settings(max_examples=250, deadline=None)
@given(SOURCES, SOURCES)
def test_a_marked_page_says_what_both_pages_say(old: str, new: str) -> None:
    before, after = render(old, {}).html, render(new, {}).html
    html = assert_laws(before, after)
    assert faults(re.sub(r'</?(?:ins|del)>|<span class="ds-sr-only">', "", html)) == []


def test_nothing_hostile_comes_through() -> None:
    vectors = [*hostile.XSS, *corpora.xss()]
    for other, vector in zip([vectors[-1], *vectors], vectors, strict=False):
        pages = [(render(other, {}).html, render(vector, {}).html), (sanitize(other), sanitize(vector))]
        for old, new in pages:
            html = assert_laws(old, new)
            unmarked = re.sub(r"</?(?:ins|del)>", "", html).replace('<span class="ds-sr-only">', "<span>")
            assert faults(unmarked) == [], vector
            assert text_of(sanitize(unmarked)) == CONTROLS.sub("?", text_of(unmarked)), vector


def test_even_what_was_never_sanitised_is_kept_to_the_list() -> None:
    for vector in hostile.XSS:
        html = marked("", vector).replace('<span class="ds-sr-only">', "<span>")
        assert faults(re.sub(r"</?ins>", "", html)) == [], vector
    assert marked("", "<p onclick=x>a<u>b</u></p>").endswith("<p>ab</p></ins>")


def test_elements_that_are_not_closed_are_closed() -> None:
    assert marked("", "<ul><li><p>a<em>b</li></ul></div>c").endswith(
        f"<ul><li><p>a<em>b</em></p></li></ul></ins>{ADDED}c</ins>"
    )


def test_any_two_large_pages_are_marked_in_bounded_time() -> None:
    rng = random.Random(2)  # noqa: S311  # the same texts in every run

    def some(words: str, count: int) -> str:
        return "".join(rng.choice(words) for _ in range(count))

    pairs = [
        ("<p>a</p>" * 5_000, "<p>a</p>" * 3_000 + "<p>b</p>" * 2_000),
        (f"<p>{some('abcd ', 60_000)}</p>", f"<p>{some('abcd ', 60_000)}</p>"),
        ("<p>" + "<em>a</em>" * 5_000 + "</p>", "<p>" + "<em>b</em>" * 5_000 + "</p>"),
        ("<ul>" + "<li>a b c d e</li>" * 2_000 + "</ul>", "<ul>" + "<li>a b c d f</li>" * 2_000 + "</ul>"),
        tuple("<blockquote>" * 900 + word * 50_000 + "</blockquote>" * 900 for word in "ab"),
    ]
    for old, new in pairs:
        started = time.process_time()
        html = marked(old, new)
        assert time.process_time() - started < 5, old[:20]
        assert without_space(text_of(html, without="del")) == without_space(text_of(new))


def test_deep_elements_are_shown_whole() -> None:
    depth = fragment.MAX_DEPTH + 5
    old, new = ("<blockquote>" * depth + f"<p>{word}</p>" + "</blockquote>" * depth for word in ("a", "b"))
    html = assert_laws(old, new)
    assert html.count("<ins>") == html.count("<del>") == 1
