"""Word documents, written by hand: what matters of the parts that Word writes."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"'
)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = (
    f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/><Default Extension="emf" ContentType="image/x-emf"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def _style(kind: str, name: str, called: str, inside: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{called}"/>{inside}</w:style>'


_LISTED = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
# As a Swedish Word names them: ids in Swedish, names in English.
STYLES = (
    f"{XML}<w:styles {NAMESPACES}>"
    + _style("paragraph", "Normal", "Normal")
    + _style("paragraph", "Rubrik", "Title")
    + _style("paragraph", "Rubrik1", "heading 1")
    + _style("paragraph", "Rubrik2", "heading 2")
    + _style("paragraph", "Rubrik3", "heading 3")
    + _style("paragraph", "Kommunrubrik", "Kommunens rubrik", '<w:basedOn w:val="Rubrik2"/>')
    + _style("paragraph", "Disposition", "Min nivå", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
    + _style("paragraph", "Citat", "Quote")
    + _style("paragraph", "Kod", "HTML Preformatted")
    + _style("paragraph", "Innehll1", "toc 1")
    + _style("paragraph", "Punktlista", "List Bullet", _LISTED)
    + _style("paragraph", "Punktlista2", "List Bullet 2", _LISTED)
    + _style("character", "Stark", "Strong")
    + _style("character", "Viktigt", "Viktigt", "<w:rPr><w:b/></w:rPr>")
    + _style("character", "HTMLkod", "HTML Code")
    + "</w:styles>"
)
_LEVELS = "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{{0}}"/></w:lvl>' for level in range(9))
NUMBERING = (
    f"{XML}<w:numbering {NAMESPACES}>"
    f'<w:abstractNum w:abstractNumId="1">{_LEVELS.format("bullet")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{_LEVELS.format("decimal")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
)


def run(text: str, *marks: str) -> str:
    """Some words, with properties by name: run("hej", "b", 'rStyle w:val="Stark"')."""
    properties = "".join(f"<w:{mark}/>" for mark in marks)
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, style: str = "", number: str = "", level: int = 0) -> str:
    """A paragraph; what does not begin with a tag is its words."""
    inside = "".join(part if part.startswith("<") else run(part) for part in runs)
    named = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{named}{listed}</w:pPr>{inside}</w:p>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(*paragraphs: str, wide: int = 1, merge: str = "") -> str:
    """A cell; what does not begin with a tag is a paragraph. merge: restart | continue, down the column."""
    inside = "".join(part if part.startswith("<") else p(part) for part in paragraphs)
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{wide}"/>{merged}</w:tcPr>{inside or p()}</w:tc>'


def link(target: str, *runs: str) -> str:
    """A link, whose address is one of the relations."""
    return f'<w:hyperlink r:id="{target}">{"".join(runs)}</w:hyperlink>'


def picture(target: str, alt: str = "", more: str = "") -> str:
    """A picture, which is one of the relations; more: what stands in the properties of its drawing."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Bild" descr={quoteattr(alt)}>{more}</wp:docPr>'
        f'<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="{target}"/></pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def drawing(inside: str) -> str:
    """Something drawn, that is no picture."""
    graphic = f"<a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic>"
    return f"<w:drawing><wp:inline>{graphic}</wp:inline></w:drawing>"


def note(number: int, kind: str = "footnote") -> str:
    """The sign of a note."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def notes(kind: str, **bodies: str) -> str:
    """The part with the notes of a kind: notes("footnote", _1=p("…"))."""
    inside = "".join(f'<w:{kind} w:id="{name.strip("_")}">{body}</w:{kind}>' for name, body in bodies.items())
    return f"{XML}<w:{kind}s {NAMESPACES}>{inside}</w:{kind}s>"


def body(inside: str) -> str:
    """The part with the text."""
    return f"{XML}<w:document {NAMESPACES}><w:body>{inside}<w:sectPr/></w:body></w:document>"


def word_file(
    inside: str = "",
    *,
    relations: Mapping[str, str] | None = None,
    more: Mapping[str, str | bytes] | None = None,
    **parts: str | bytes,
) -> bytes:
    """A .docx file.

    relations   id → where it leads, or a file below word/
    more        parts by name; one that is there already is replaced
    parts       the same, `__` for a slash and `_x_` for a point
    """
    leading = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/x" Target={quoteattr(target)}/>'
        for name, target in (relations or {}).items()
    )
    all_parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": body(inside),
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/_rels/document.xml.rels": RELATIONS.split("<Relationship ")[0] + leading + "</Relationships>",
    }
    all_parts |= {name.replace("__", "/").replace("_x_", "."): data for name, data in parts.items()}
    return zipped({**all_parts, **(more or {})})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive with these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def png(shade: int = 0) -> bytes:
    """A picture of 2 × 2 pixels, grey of that shade."""
    rows = bytes([0, shade, shade]) * 2
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
