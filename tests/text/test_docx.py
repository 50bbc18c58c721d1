"""Word documents, read in the real child process."""

from mittkoping.text.docx_bounded import convert_bounded
from mittkoping.text.word_text import WordText, word_text
from tests.text.word_files import (
    NAMESPACES,
    XML,
    cell,
    drawing,
    link,
    note,
    notes,
    p,
    picture,
    png,
    run,
    table,
    word_file,
)


def read(data: bytes, *, takes_title: bool = True) -> WordText:
    """What a document becomes."""
    converted = convert_bounded(data)
    addresses = [f"/media/{number}.png" for number in range(len(converted.pictures))]
    return word_text(converted, addresses, takes_title=takes_title)


def body(*inside: str, **parts: str | bytes) -> str:
    """The Markdown of a document."""
    return read(word_file("".join(inside), **parts), takes_title=False).body  # type: ignore[arg-type]  # no relations


def test_a_document_becomes_a_text_of_ours() -> None:
    inside = [
        p("Skolan i byn", style="Rubrik"),
        p("1 Inledning\t3", style="Innehll1"),
        p("Inledning", style="Rubrik1"),
        p(
            "Vi ",
            run("började", "b"),
            " i ",
            run("liten", "i"),
            " skala",
            note(1),
            ", se ",
            link("l1", run("sidan")),
        ),
        p("Hur gjorde vi?", style="Kommunrubrik"),
        p("Först", number="1"),
        p("Ett", number="2", level=1),
        p("Två", number="2", level=1),
        p("Sedan", style="Punktlista"),
        p("Vidare", style="Punktlista2"),
        p("Någon sade det.", style="Citat"),
        p("x = 1", style="Kod"),
        p("y = 2", style="Kod"),
        table(cell("År") + cell("Antal"), cell("2024") + cell(p(run("7", 'rStyle w:val="Stark"')))),
        p(picture("b1", "En skolgård")),
        p("Slut", '<w:r><w:br w:type="page"/></w:r>', "<w:r><w:br/></w:r>", run("rad två")),
    ]
    data = word_file(
        "".join(inside),
        relations={"l1": "https://a.se/?x=1&y=2", "b1": "media/b.png"},
        word__footnotes_x_xml=notes("footnote", _1=p("Enligt rektorn.")),
        word__media__b_x_png=png(),
    )
    text = read(data)
    assert text.title == "Skolan i byn"
    assert text.body == "\n\n".join(
        [
            "## Inledning",
            "Vi **började** i _liten_ skala[^1], se [sidan](https://a.se/?x=1&amp;y=2)",
            "### Hur gjorde vi?",
            "- Först\n    1. Ett\n    2. Två\n- Sedan\n    - Vidare",
            "> Någon sade det.",
            "```\nx = 1\ny = 2\n```",
            "| År | Antal |\n| --- | --- |\n| 2024 | **7** |",
            "![En skolgård](/media/0.png)",
            "Slut  \nrad två",
            "[^1]: Enligt rektorn.",
        ]
    )
    assert (text.pictures, text.silent) == (1, 0)
    assert text.left == {"contents": 1}


def test_a_title_that_is_not_asked_for_is_a_heading() -> None:
    data = word_file(p("Titel", style="Rubrik") + p("Ett", style="Rubrik1"))
    assert read(data, takes_title=False).body == "## Titel\n\n### Ett"
    assert read(data).title == "Titel"


def test_headings_are_known_by_what_their_style_is_based_on() -> None:
    inside = (
        p("a", style="Rubrik1"),
        p("b", style="Disposition"),
        p("c", style="Kommunrubrik"),
        p("d", style="Okänd"),
    )
    assert body(*inside) == "## a\n\n### b\n\n### c\n\nd"


def test_words_are_known_by_their_style() -> None:
    marked = (
        run("a", 'rStyle w:val="Viktigt"'),
        run(" b ", 'rStyle w:val="Okänd"'),
        run("c", 'rStyle w:val="HTMLkod"'),
    )
    assert body(p(*marked)) == "**a** b `c`"


def test_what_looks_like_markdown_is_text() -> None:
    text = "# *inte* [[länk]] <b> 1. - `x`"
    assert body(p(text)) == "\\# \\*inte\\* \\[\\[länk]] &lt;b> 1. - \\`x\\`"
    assert body(p("1. Ett")) == "1\\. Ett"


def test_tracked_changes_are_as_if_accepted() -> None:
    changed = "<w:del><w:r><w:delText>bort</w:delText></w:r></w:del><w:ins><w:r><w:t>in</w:t></w:r></w:ins>"
    text = read(word_file(p("a ", changed)))
    assert text.body == "a in"
    assert text.left == {"tracked": 2}


def test_hidden_text_and_comments_stay_out() -> None:
    data = word_file(
        p("synligt", run("hemligt", "vanish"), '<w:r><w:commentReference w:id="0"/></w:r>'),
        word__comments_x_xml=notes("comment", _0=p("Är det här sant?")),
        word__header1_x_xml=f"{XML}<w:hdr {NAMESPACES}>{p('Diarienummer')}</w:hdr>",
    )
    text = read(data)
    assert text.body == "synligt"
    assert text.left == {"hidden": 1, "comments": 1, "margins": 1}


def test_words_of_boxes_come_along_and_figures_are_told_of() -> None:
    inner = f"<w:txbxContent>{p('I rutan')}</w:txbxContent>"
    new = drawing(f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp>")
    old = f"<w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict>"
    choices = f'<mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    both = f"<mc:AlternateContent>{choices}</mc:AlternateContent>"
    arrow = "<w:pict><v:line/></w:pict>"
    chart = drawing('<c:chart r:id="c"/>')
    sums = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
    for drawn in (new, both):
        text = read(word_file(p("Före", f"<w:r>{drawn}</w:r>")))
        assert (text.body, text.left) == ("Före\n\nI rutan", {"boxes": 1})
    text = read(word_file(p("a", f"<w:r>{arrow}</w:r><w:r>{chart}</w:r>", sums)))
    assert (text.body, text.left) == ("a", {"figures": 1, "charts": 1, "formulas": 1})


def test_endnotes_and_footnotes_are_one_row_of_notes() -> None:
    data = word_file(
        p("a", note(1), " b", note(1, "endnote")),
        word__footnotes_x_xml=notes("footnote", _1=p("Fot")),
        word__endnotes_x_xml=notes("endnote", _1=p("Slut")),
    )
    assert read(data).body == "a[^1] b[^2]\n\n[^1]: Fot\n\n[^2]: Slut"


def test_merged_cells_are_taken_apart() -> None:
    rows = (
        cell("Namn", wide=2) + cell("År"),
        cell("a", merge="restart") + cell("b") + cell("1"),
        cell(merge="continue") + cell("c") + cell("2"),
    )
    text = read(word_file(table(*rows)))
    assert text.body == "| Namn |  | År |\n| --- | --- | --- |\n| a | b | 1 |\n|  | c | 2 |"
    assert text.left == {"merged_cells": 2}


def test_each_picture_is_taken_once_and_asked_to_be_described() -> None:
    decor = '<a:extLst><a:ext><adec:decorative val="1"/></a:ext></a:extLst>'
    machine = "En bild som visar himmel&#xA;&#xA;Automatiskt genererad beskrivning".replace("&#xA;", "\n")
    shown = (
        picture("b1", "Himmel"),
        picture("b1", "bild 1.png"),
        picture("b2", "DSC0001.png"),
        picture("b2", "", decor),
        picture("b2", machine),
        picture("b3", "x"),
        picture("b4", "saknas"),
    )
    data = word_file(
        "".join(p(one) for one in shown),
        relations={"b1": "media/1.png", "b2": "media/2.png", "b3": "media/3.emf", "b4": "media/4.png"},
        word__media__1_x_png=png(1),
        word__media__2_x_png=png(2),
        word__media__3_x_emf=b"\x01\x00\x00\x00",
    )
    text = read(data)
    assert text.body.split("\n\n") == [
        "![Himmel](/media/0.png)",
        "![bild 1.png](/media/0.png)",
        "![](/media/1.png)",
        '![](/media/1.png "dekorativ")',
        "![En bild som visar himmel](/media/1.png)",
    ]
    assert len(convert_bounded(data).pictures) == 2
    assert (text.pictures, text.silent, text.left) == (5, 1, {"pictures": 2})


def test_no_more_pictures_than_forty_are_taken() -> None:
    numbers = range(42)
    data = word_file(
        "".join(p(picture(f"b{number}", "x")) for number in numbers),
        relations={f"b{number}": f"media/{number}.png" for number in numbers},
        more={f"word/media/{number}.png": png(number) for number in numbers},
    )
    converted = convert_bounded(data)
    assert (len(converted.pictures), converted.left) == (40, {"more_pictures": 2})


def test_a_picture_is_never_fetched() -> None:
    linked = picture("b1", "x").replace("r:embed", "r:link")
    text = read(word_file(p("a", linked), relations={"b1": "https://spy.example/x.png"}))
    assert (text.body, text.left) == ("a", {"pictures": 1})


def test_many_styles_and_lists_are_read() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="S{number}"><w:name w:val="n{number}"/>'
        f'<w:basedOn w:val="S{number ^ 1}"/></w:style>'
        for number in range(3000)
    )
    inside = "".join(
        p(f"rad {number}", style=f"S{number}", number="1", level=number % 9) for number in range(300)
    )
    text = read(word_file(inside, word__styles_x_xml=f"{XML}<w:styles {NAMESPACES}>{styles}</w:styles>"))
    assert text.body.count("rad ") == 300
    assert "\n" + " " * 32 + "- rad 8\n" in text.body
