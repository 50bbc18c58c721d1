"""Numbered lists of Word documents, read in the real child process: what stands between their items."""

import pytest

from mittkoping.text.docx_xml import STRICT
from mittkoping.text.render import render
from tests.text.test_docx import body, read
from tests.text.word_files import NUMBERING, STYLES, notes, p, run, table, word_file
from tests.text.word_files import body as document

NUMBERED = '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'


def lists(*more: str) -> str:
    """The lists that there always are, and others."""
    return NUMBERING.replace("</w:numbering>", "".join(more) + "</w:numbering>")


def renewed(name: str, start: int) -> str:
    """A list of the kind of list 2 that begins anew."""
    begin = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="2"/>{begin}</w:num>'


def test_a_list_goes_on_after_what_stands_between() -> None:
    inside = (
        p("ett", number="2"),
        p("emellan"),
        p("två", number="2"),
        p("a", number="2", level=1),
        p("b", number="2", level=1),
        table("<w:tc/>", "<w:tc/>"),
        p("tre", number="2"),
        p("punkt", number="1"),
        p("fyra", number="2"),
        p("a", number="2", level=1),
    )
    text = read(word_file("".join(inside)))
    expected = "1. ett\n\nemellan\n\n2. två\n    1. a\n    2. b\n3. tre\n\n- punkt\n\n4. fyra\n    1. a"
    assert (text.body, text.left) == (expected, {})
    assert '<ol start="2">' in render(text.body, {}).html


def test_a_list_that_begins_anew_does_so() -> None:
    again = lists(renewed("3", 1), renewed("4", 7))
    inside = "".join(p("x", number=number) + p("emellan") for number in "2233442")
    text = read(word_file(inside, word__numbering_x_xml=again))
    numbers = [line.split(".")[0] for line in text.body.split("\n\n") if line.endswith("x")]
    assert (numbers, text.left) == (["1", "2", "1", "2", "7", "8", "9"], {})


def test_a_list_begins_where_it_is_told_to() -> None:
    kind = (
        '<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:start w:val="{}"/></w:lvl></w:abstractNum>'
    )
    own = '<w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num>'
    for written, expected in (
        ("5", "5. a\n6. b"),
        ("0", "0. a\n1. b"),
        ("x", "1. a\n2. b"),
        ("9" * 20, "1. a\n2. b"),
    ):
        part = lists(kind.format(written), own)
        assert body(p("a", number="9"), p("b", number="9"), word__numbering_x_xml=part) == expected


def test_numbers_that_come_by_style_and_those_of_headings_are_counted() -> None:
    style = '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{1}"/>{2}</w:style></w:styles>'
    styles = STYLES.replace("</w:styles>", style.format("Steg", "Steg", NUMBERED))
    inside = (p("ett", style="Steg"), p("emellan"), p("två", style="Steg"))
    assert body(*inside, word__styles_x_xml=styles) == "1. ett\n\nemellan\n\n2. två"
    headed = (p("R", style="Rubrik1", number="2"), p("a", number="2"))
    assert body(*headed) == "## R\n\n2. a"


@pytest.mark.parametrize("kind", ["del", "moveFrom"])
def test_what_is_taken_away_is_not_counted(kind: str) -> None:
    gone = p(f"<w:{kind}>{run('bort')}</w:{kind}>", number="2")
    gone = gone.replace("</w:pPr>", f"<w:rPr><w:{kind}/></w:rPr></w:pPr>", 1)
    assert (
        body(p("ett", number="2"), gone, p("emellan"), p("två", number="2")) == "1. ett\n\nemellan\n\n2. två"
    )


def test_numbers_that_cannot_be_kept_are_told_of() -> None:
    both = read(
        word_file(p("a", number="2") + p("b", number="3"), word__numbering_x_xml=lists(renewed("3", 1)))
    )
    assert (both.body, both.left) == ("1. a\n2. b", {"numbers": 1})
    empty = read(word_file(p("a", number="2") + p("", number="2") + p("b", number="2")))
    assert (empty.body, empty.left) == ("1. a\n2. b", {"numbers": 1})
    below = read(
        word_file(
            p("a", number="2")
            + p("b", number="2", level=1)
            + p("emellan")
            + p("c", number="2", level=1)
            + p("d", number="2")
        )
    )
    assert (below.body, below.left) == ("1. a\n    1. b\n\nemellan\n\n2. c\n3. d", {"numbers": 1})


def test_footnotes_have_lists_of_their_own() -> None:
    sign = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    part = notes("footnote", _1=p("Se") + p("a", number="2") + p("emellan") + p("b", number="2"))
    text = read(word_file(p("x", sign) + p("ett", number="2"), word__footnotes_x_xml=part))
    assert "1. ett" in text.body
    assert "    1. a\n\n    emellan\n\n    2. b" in text.body


def test_the_strict_form_is_read_too() -> None:
    def strict(part: str) -> str:
        for name, usual in STRICT:
            part = part.replace(usual.decode(), name.decode())
        return part

    inside = p("T", style="Rubrik2") + p("a", number="2") + p("emellan") + p("b", number="2")
    parts = {"document": document(inside), "styles": STYLES, "numbering": NUMBERING}
    more = {f"word/{name}.xml": strict(part) for name, part in parts.items()}
    assert read(word_file(more=more), takes_title=False).body == "## T\n\n1. a\n\nemellan\n\n2. b"
