"""The names of what a Word document is made of."""

from xml.etree.ElementTree import Element, fromstring

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
VML = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"

# The same names as the strict form of the format writes them.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", WP[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", DRAWING[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/chart", CHART[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/diagram", DIAGRAM[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", MATHS[1:-1].encode()),
)


def root_of(data: bytes) -> Element:
    """Read a part, whichever form of the format it is written in. Raises ParseError."""
    for strict, usual in STRICT:
        data = data.replace(strict, usual)
    return fromstring(data)  # noqa: S314  # without a document type, see docx_package


def is_on(element: Element) -> bool:
    """Whether a property that is either on or off is on."""
    return element.get(f"{W}val") not in {"0", "false", "off", "none"}


def value_of(element: Element, *names: str) -> str:
    """The value of an element below this one, found by its names; "" when there is none."""
    found = element.find("/".join(f"{W}{name}" for name in names))
    return found.get(f"{W}val", "") if found is not None else ""
