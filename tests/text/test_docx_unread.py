"""Words of Word documents that stand where the converter does not look: each comes along, or is told of."""

import pytest

from tests.text.test_docx import read
from tests.text.word_files import p, run, table, word_file


@pytest.mark.parametrize(
    "around",
    [
        '<w:fldSimple w:instr="REF a"><w:fldData>AAAA</w:fldData>{}</w:fldSimple>',
        '<w:fldSimple w:instr="REF a"><w:bdo w:val="ltr">{}</w:bdo></w:fldSimple>',
        '<w:bdo w:val="ltr">{}</w:bdo>',
        '<w:dir w:val="ltr">{}</w:dir>',
        "<w:ins><w:dir>{}</w:dir></w:ins>",
        "<w:r><w:ruby><w:rubyPr/><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
    ],
)
def test_words_come_along_out_of_what_stands_around_them(around: str) -> None:
    text = read(word_file(p("Se ", around.format(run("FÄLT", "b")), " slut")))
    assert text.body == "Se **FÄLT** slut"
    assert "other" not in text.left


def test_what_is_hidden_stays_out_of_fields_too() -> None:
    text = read(word_file(p("a", f"<w:fldSimple>{run('hemligt', 'vanish')}</w:fldSimple>")))
    assert (text.body, text.left) == ("a", {"hidden": 1})


def test_help_above_words_is_told_of() -> None:
    ruby = f"<w:ruby><w:rt>{run('kan')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby>"
    text = read(word_file(p("a ", f"<w:r>{ruby}</w:r>")))
    assert (text.body, text.left) == ("a 漢", {"other": 1})


def test_words_in_what_nobody_knows_are_told_of_once_for_each() -> None:
    strange = f"<w:strange><w:smartTag>{run('bort')}{run('borta')}</w:smartTag></w:strange>"
    inside = (
        p("a", strange, strange)
        + table("<w:tc>" + p(strange) + p("b") + "</w:tc>")
        + f"<w:more>{p('c')}</w:more>"
    )
    text = read(word_file(inside))
    assert text.body == "a\n\nb"
    assert text.left["other"] == 4
    without = p(
        "a", "<w:strange/>", f"<w:strange>{run(' ')}</w:strange>", f"<w:moveFrom>{run('x')}</w:moveFrom>"
    )
    assert read(word_file(without)).left == {"tracked": 1}


@pytest.mark.parametrize("shape", ["shape", "oval", "line", "polyline"])
def test_words_in_shapes_of_every_kind_come_along(shape: str) -> None:
    box = f"<v:textbox><w:txbxContent>{p('I rutan')}</w:txbxContent></v:textbox>"
    drawn = f"<w:r><w:pict><v:{shape}>{box}</v:{shape}></w:pict></w:r>"
    text = read(word_file(p("Före", drawn)))
    assert (text.body, text.left) == ("Före\n\nI rutan", {"boxes": 1})
