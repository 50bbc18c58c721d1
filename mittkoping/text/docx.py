"""Word documents to HTML: the one door to mammoth."""

import hashlib
import re
from collections import Counter
from xml.etree.ElementTree import ParseError

import mammoth

from mittkoping.text.docx_frames import Converted
from mittkoping.text.docx_numbering import Numbering, read_numbering
from mittkoping.text.docx_package import (
    DOCUMENT,
    MAX_PICTURES,
    BadDocument,
    Parts,
    extension_of,
    open_package,
    repack,
)
from mittkoping.text.docx_preparing import DECOR, ROLE, prepare
from mittkoping.text.docx_styles import Styles, read_styles
from mittkoping.text.docx_xml import W, root_of
from mittkoping.text.pictures import DECORATIVE

MAX_HTML = 4 * 2**20  # characters

_STYLES = "word/styles.xml"
_NUMBERING = "word/numbering.xml"
_BODIES = (DOCUMENT, "word/footnotes.xml", "word/endnotes.xml")
_MARGINS = re.compile(r"word/(?:header|footer)[0-9]*\.xml")
_LIST_LEVELS = 9  # that Word has


def convert(data: bytes) -> Converted:
    """Read a .docx file of unknown origin; takes any time and memory: in a request, use convert_bounded.

    Raises BadDocument.
    """
    parts = open_package(data)
    try:
        left = _prepare(parts)
        pictures = _Pictures()
        result = mammoth.convert_to_html(
            repack(parts),
            style_map=_STYLE_MAP,
            include_default_style_map=False,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=pictures.convert,
        )
    except RecursionError as error:
        raise BadDocument("tangled") from error
    except (KeyError, ValueError, AttributeError, TypeError, LookupError, OSError, ParseError) as error:
        # What the converter meets when a part lacks what the format asks of it.
        raise BadDocument("broken") from error
    html: str = result.value
    if len(html) > MAX_HTML:
        raise BadDocument("large")
    return Converted(html, dict(+(left + pictures.left)), tuple(pictures.found))


def _prepare(parts: Parts) -> Counter[str]:
    """Rewrite the parts that hold text, and count what will be missing."""
    styles = read_styles(parts[_STYLES]) if _STYLES in parts else Styles()
    numbering = read_numbering(parts[_NUMBERING]) if _NUMBERING in parts else Numbering()
    left: Counter[str] = Counter()
    for name in _BODIES:
        if name in parts:
            parts[name], missing = prepare(parts[name], styles, numbering)
            left += missing
    left["looks"] = min(left["looks"], 1)
    left["contents"] = min(left["contents"], 1)
    left["margins"] = sum(_says_something(part) for name, part in parts.items() if _MARGINS.fullmatch(name))
    return left


def _says_something(part: bytes) -> bool:
    return any((element.text or "").strip() for element in root_of(part).iter(f"{W}t"))


class _Pictures:
    """The pictures of a document, each once."""

    def __init__(self) -> None:
        self.found: list[bytes] = []
        self.left: Counter[str] = Counter()
        self.numbers: dict[bytes, int] = {}

    def convert(self, image: "mammoth.documents.Image") -> list["mammoth.html.Element"]:
        """Keep one, and give the element that shows it."""
        try:
            with image.open() as file:
                data: bytes = file.read()
        except (KeyError, OSError, ValueError):
            data = b""
        if not extension_of(data):
            self.left["pictures"] += 1
            return []
        digest = hashlib.sha256(data).digest()
        if digest not in self.numbers and len(self.found) == MAX_PICTURES:
            self.left["more_pictures"] += 1
            return []
        if digest not in self.numbers:
            self.numbers[digest] = len(self.found)
            self.found.append(data)
        alt = image.alt_text or ""
        shown = {"title": DECORATIVE} if alt == DECOR else {"alt": alt}
        return [mammoth.html.element("img", {"src": source(self.numbers[digest]), **shown})]


def source(number: int) -> str:
    """What stands in the HTML for the address of a picture, numbered from 0."""
    return f"bild:{number}"


def _style_map() -> str:
    """Say which element each of our own styles becomes, and each level of a list."""
    lines = [f"p.{ROLE}title => h1.title:fresh"]
    lines += [f"p.{ROLE}h{level} => h{level}:fresh" for level in range(1, 7)]
    lines += [f"p.{ROLE}quote => blockquote > p:fresh", f"p.{ROLE}code => pre:separator('\\n')"]
    for level in range(1, _LIST_LEVELS + 1):
        above = "ul|ol > li > " * (level - 1)
        lines += [f"p:unordered-list({level}) => {above}ul > li:fresh"]
        lines += [f"p:ordered-list({level}) => {above}ol > li:fresh"]
    lines += [f"r.{ROLE}code => code"]
    return "\n".join(lines)


_STYLE_MAP = _style_map()
