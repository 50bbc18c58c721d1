"""A Word document made ready to be converted: what its styles mean, what is hidden, what is in its boxes."""

import re
from collections import Counter
from xml.etree.ElementTree import Element, SubElement, tostring

from mittkoping.text.docx_numbering import Counting, Numbering, write_number
from mittkoping.text.docx_styles import Letters, Styles
from mittkoping.text.docx_xml import (
    CHART,
    DECORATIVE,
    DIAGRAM,
    DRAWING,
    MATHS,
    MC,
    OFFICE,
    VML,
    WP,
    WPS,
    W,
    is_on,
    root_of,
    value_of,
)

ROLE = "mk-"  # begins the ids of our own styles
DECOR = "\ue000"  # stands for what an image shows that says nothing

_STRUCTURE = frozenset({f"{W}fldChar", f"{W}instrText"})
_COUNTED = {
    f"{W}commentReference": "comments",
    f"{CHART}chart": "charts",
    f"{DIAGRAM}relIds": "diagrams",
    f"{MATHS}oMath": "formulas",
    f"{OFFICE}OLEObject": "objects",
    f"{W}txbxContent": "boxes",
    f"{W}ins": "tracked",
    f"{W}del": "tracked",
    f"{W}moveFrom": "tracked",
}
# What stands around words, and which of what is in it takes its place.
_AROUND = {f"{W}fldSimple": ".", f"{W}bdo": ".", f"{W}dir": ".", f"{W}ruby": f"{W}rubyBase"}
# What the converter looks for words in, after our rewriting.
# fmt: off
_READ = frozenset({
    *(f"{W}{name}" for name in (
        "body", "footnote", "endnote", "p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "customXml",
        "smartTag", "hyperlink", "ins", "moveTo", "object", "drawing", "pict", "txbxContent",
    )),
    *(f"{VML}{name}" for name in ("group", "rect", "roundrect", "shape", "textbox")),
})
# fmt: on
# Shapes that it does not look into, though words can stand there too.
_SHAPES = frozenset(f"{VML}{name}" for name in ("arc", "curve", "line", "oval", "polyline"))
_LOOKS = tuple(f"{W}{name}" for name in ("color", "highlight", "shd", "rFonts", "sz", "u"))
# What the converter does nothing with, or nothing that we want: most of what Word writes.
_NOT_READ = frozenset(
    f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "proofErr", "lastRenderedPageBreak", "sectPr")
)
_READ_OF_RUNS = frozenset(
    f"{W}{name}"
    for name in ("rStyle", "b", "i", "strike", "vertAlign", "vanish", "webHidden", "del", "ins", "moveFrom")
)
# What Word writes by itself where a writer has described nothing.
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|webp|bmp|tiff?|emf|wmf|svg)|[A-Za-z]:\\.*", re.IGNORECASE)
_BY_MACHINE = re.compile(
    r"\s*(?:Automatiskt genererad beskrivning|Description automatically generated"
    r"|AI-genererat innehåll kan vara felaktigt\.?|AI-generated content may be incorrect\.?)\s*",
    re.IGNORECASE,
)


def prepare(data: bytes, styles: Styles, numbering: Numbering) -> tuple[bytes, Counter[str]]:
    """Rewrite one part so that the converter understands it.

    Gives the part, and what in it will be left out or look otherwise, by kind: how often. Raises ParseError.
    """
    root = root_of(data)
    preparing = _Preparing(styles, Counting(numbering))
    for parent in list(root.iter()):
        preparing.settle_choices(parent)
    for parent in list(root.iter()):
        preparing.unwrap(parent)
    for parent in list(root.iter()):
        preparing.take_away(parent)
        preparing.open_boxes(parent)
    for element in list(root.iter()):
        preparing.rewrite(element)
        preparing.count(element)
    preparing.count_unread(root)
    return tostring(root, "utf-8"), preparing.left


class _Preparing:
    """Rewrites, and keeps count."""

    def __init__(self, styles: Styles, counting: Counting) -> None:
        self.styles = styles
        self.counting = counting
        self.left: Counter[str] = Counter()

    def settle_choices(self, parent: Element) -> None:
        """Take what is meant for older programs, which the converter reads; else the first choice."""
        place = 0
        while place < len(parent):
            if parent[place].tag != f"{MC}AlternateContent":
                place += 1
                continue
            both = parent[place]
            chosen = both.find(f"{MC}Fallback")
            chosen = both.find(f"{MC}Choice") if chosen is None else chosen
            parent[place : place + 1] = [] if chosen is None else list(chosen)

    def unwrap(self, parent: Element) -> None:
        """Put words where the converter looks for them; what is written above them as help is left out."""
        place = 0
        while place < len(parent):
            around = parent[place]
            if around.tag not in _AROUND:
                place += 1
                continue
            inside = around.find(_AROUND[str(around.tag)])
            self.left["other"] += _has_words(around.find(f"{W}rt"))
            parent[place : place + 1] = [] if inside is None else list(inside)

    def take_away(self, parent: Element) -> None:
        """Leave out what is hidden, and lists of contents: every page has its own."""
        if parent.tag == f"{W}rPr":
            self.left["looks"] |= any(parent.find(name) is not None for name in _LOOKS)
        for child in list(parent):
            if child.tag in _NOT_READ or (parent.tag == f"{W}rPr" and child.tag not in _READ_OF_RUNS):
                parent.remove(child)
            elif child.tag == f"{W}r" and self._is_hidden(child):
                self.left["hidden"] += any(child.itertext())
                parent.remove(child)
            elif child.tag == f"{W}p" and self._role(child) == "drop":
                self.left["contents"] = 1
                parent.remove(child)

    def open_boxes(self, parent: Element) -> None:
        """Put the words of drawn boxes where the converter finds those of older ones."""
        for child in parent:
            boxes = list(child.iter(f"{W}txbxContent")) if child.tag == f"{W}drawing" else []
            if boxes:
                child.clear()
                child.tag = f"{W}pict"
                child.extend(boxes)

    def rewrite(self, element: Element) -> None:
        """Say in our own words what an element is."""
        if element.tag == f"{W}p":
            self._rewrite_paragraph(element)
        elif element.tag == f"{W}r":
            self._rewrite_run(element)
        elif element.tag == f"{WP}docPr":
            _describe(element)
        elif element.tag in _SHAPES:
            element.tag = f"{VML}shape"

    def count(self, element: Element) -> None:
        """Note what the text will lack."""
        kind = _COUNTED.get(str(element.tag))
        if kind:
            self.left[kind] += 1
        elif element.tag in {f"{W}drawing", f"{W}pict"}:
            self.left["figures"] += _is_figure(element)

    def count_unread(self, parent: Element) -> None:
        """Note words that the converter does not look for where they stand, and that are not told of yet."""
        for child in parent:
            if child.tag in _READ:
                self.count_unread(child)
            elif child.tag not in _COUNTED:
                self.left["other"] += _has_words(child)

    def _role(self, paragraph: Element) -> str:
        return self.styles.role(value_of(paragraph, "pPr", "pStyle"))

    def _letters(self, run: Element) -> Letters:
        return self.styles.letters(value_of(run, "rPr", "rStyle"))

    def _is_hidden(self, run: Element) -> bool:
        if any(child.tag in _STRUCTURE for child in run):
            return False
        own = [run.find(f"{W}rPr/{W}{name}") for name in ("vanish", "webHidden")]
        said = [is_on(element) for element in own if element is not None]
        return any(said) or (not said and self._letters(run).is_hidden)

    def _rewrite_paragraph(self, paragraph: Element) -> None:
        style, role = paragraph.find(f"{W}pPr/{W}pStyle"), self._role(paragraph)
        self._number(paragraph, is_item=role == "text")
        if style is not None and role != "text":
            style.set(f"{W}val", ROLE + role)

    def _number(self, paragraph: Element, *, is_item: bool) -> None:
        """Count a paragraph that belongs to a list, and say so to the converter; headings can do that too."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        of_style = self.styles.number(value_of(paragraph, "pPr", "pStyle")) if own is None else None
        name = value_of(paragraph, "pPr", "numPr", "numId") if of_style is None else of_style[0]
        level = value_of(paragraph, "pPr", "numPr", "ilvl") or "0" if of_style is None else of_style[1]
        if is_item and of_style is not None:
            own = SubElement(paragraph[0], f"{W}numPr")
            SubElement(own, f"{W}ilvl", {f"{W}val": level})
            SubElement(own, f"{W}numId", {f"{W}val": name})
        if all(paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is None for gone in ("del", "moveFrom")):
            number = self.counting.count(name, level)
            if is_item and number is not None and _has_words(paragraph):
                write_number(paragraph, number)

    def _rewrite_run(self, run: Element) -> None:
        properties, letters = run.find(f"{W}rPr"), self._letters(run)
        if properties is None:
            return
        for name, is_so in (("b", letters.bold), ("i", letters.italic)):
            if is_so and properties.find(f"{W}{name}") is None:
                SubElement(properties, f"{W}{name}")
        style = properties.find(f"{W}rStyle")
        if letters.is_code and style is not None:
            style.set(f"{W}val", f"{ROLE}code")


def _has_words(element: Element | None) -> bool:
    """Whether words stand anywhere in an element, and not only spaces."""
    return element is not None and any((text.text or "").strip() for text in element.iter(f"{W}t"))


def _describe(properties: Element) -> None:
    """Keep of what an image is said to show what somebody has written."""
    mark = next(properties.iter(DECORATIVE), None)
    if mark is not None and mark.get("val") in {"1", "true"}:
        properties.set("descr", DECOR)
        return
    for name in ("descr", "title"):
        text = _BY_MACHINE.sub(" ", properties.get(name, "")).strip()
        properties.set(name, "" if _FILE_NAME.fullmatch(text) else text)


def _is_figure(drawing: Element) -> bool:
    """Whether something is drawn with lines: neither image, box with words, chart nor a line across."""
    shapes = (f"{WPS}wsp", *(f"{VML}{name}" for name in ("shape", "rect", "roundrect", "oval", "line")))
    has_shape = any(element.get(f"{OFFICE}hr") is None for shape in shapes for element in drawing.iter(shape))
    others = (
        f"{VML}imagedata",
        f"{W}txbxContent",
        f"{CHART}chart",
        f"{DIAGRAM}relIds",
        f"{OFFICE}OLEObject",
        f"{DRAWING}blip",
    )
    return has_shape and not any(next(drawing.iter(other), None) is not None for other in others)
