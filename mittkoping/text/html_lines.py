"""The lines of an HTML tree: words, and what they are marked as."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlsplit

from mittkoping.text.addresses import is_allowed, is_own_image
from mittkoping.text.html_tree import Node
from mittkoping.text.pictures import DECORATIVE
from mittkoping.text.rich_text import Piece, Pieces, tidy, words_of

_BOLD, _ITALIC = frozenset({"strong", "b"}), frozenset({"em", "i", "cite"})
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_STRUCK = frozenset({"s", "strike", "del"})
_SHIFTED: Mapping[str, dict[int, int]] = {
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
_WAYS_BACK = frozenset({"↑", "↩"})
_SCHEME = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
# What could end an address in Markdown, or be read there as something else.
_AWKWARD = re.compile(r"[\x00-\x20\"'<>\[\]\\^`{|}\x7f-\xa0\u2028\u2029]")
_SAFELINK = re.compile(r"https://[\w.-]+\.safelinks\.protection\.outlook\.com/", re.IGNORECASE)
_ENDS_A_THOUGHT = re.compile(r"[.:;,!?–-]$")


@dataclass(frozen=True)
class Style:
    """How the words of an element are marked."""

    bold: bool = False
    italic: bool = False
    is_code: bool = False
    href: str = ""


PLAIN = Style()


@dataclass
class Lines:
    """Reads lines; what gets lost is counted.

    blocks     names of the elements that begin and end a line of their own
    pictures   source of an image → its address in the text; others are left out
    notes      ids of footnotes
    prefix     begins the labels of footnotes
    labels     of the footnotes that were met, in the order in which they were
    """

    blocks: Container[str]
    pictures: Mapping[str, str]
    notes: Container[str]
    prefix: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)
    is_in_note: bool = False

    def of(self, nodes: Iterable[Node | str], style: Style = PLAIN, *, pause: str = "") -> Iterator[Piece]:
        """Read what stands in some elements as one line; where a block begins or ends is a break.

        pause   what a break inside a line becomes; "" for a break
        """
        for node in nodes:
            if isinstance(node, str):
                yield _words(node, style)
            elif node.tag == "br":
                yield Piece("words", pause) if pause else Piece("break")
            elif node.tag in self.blocks:
                yield Piece("break")
                yield from self.of(node.children, style, pause=pause)
                yield Piece("break")
            else:
                yield from self._inside(node, style, pause)

    def heading(self, node: Node) -> Pieces:
        """Read a heading: bold by itself."""
        pieces = self.of(node.children, pause=" ")
        return tidy(_as_words(replace(piece, bold=False), " ") for piece in pieces)

    def cell(self, node: Node, *, is_header: bool) -> Pieces:
        """Read a cell of a table: everything in it stands on one line."""
        out: list[Piece] = []
        for piece in tidy(self.of(node.children, pause=" ")):
            if piece.kind == "break":
                self.left["cells"] += 1
                is_ended = out and _ENDS_A_THOUGHT.search(out[-1].text)
                piece = Piece("words", " " if is_ended else "; ")
            out.append(replace(piece, bold=False) if is_header else piece)
        return tidy(out)

    def _inside(self, node: Node, style: Style, pause: str) -> Iterator[Piece]:
        """Read an element that stands in a line."""
        match node.tag:
            case "img":
                yield from self._image(node, style)
            case "input":
                yield _words("☑ " if "checked" in node.attributes else "☐ ", style)
            case "sup" | "sub":
                yield from self._shifted(node, style, pause)
            case "a":
                yield from self._link(node, style, pause)
            case _:
                self.left["struck"] += node.tag in _STRUCK
                yield from self.of(node.children, _marked(node.tag, style), pause=pause)

    def _image(self, node: Node, style: Style) -> Iterator[Piece]:
        source = node.attributes.get("src", "")
        address = self.pictures.get(source, source)
        if not is_own_image(address):
            return
        is_decor = node.attributes.get("title") == DECORATIVE
        alt = "" if is_decor else node.attributes.get("alt", "")
        yield Piece("image", alt, href=style.href, source=address, is_decor=is_decor)

    def _shifted(self, node: Node, style: Style, pause: str) -> Iterator[Piece]:
        """Read what is raised or lowered: the sign of a footnote, digits, or other words."""
        targets = [link.attributes.get("href", "")[1:] for link in node.all("a")]
        found = next((target for target in targets if target in self.notes), None)
        if found is not None:
            if not self.is_in_note:
                yield Piece("note", note=self._label(found))
            return
        table, text = _SHIFTED[node.tag], node.text.strip()
        if text and all(ord(character) in table for character in text):
            yield _words(text.translate(table), style)
            return
        self.left["shifted"] += bool(text)
        yield from self.of(node.children, style, pause=pause)

    def _label(self, name: str) -> str:
        return self.labels.setdefault(name, f"{self.prefix}{len(self.labels) + 1}")

    def _link(self, node: Node, style: Style, pause: str) -> Iterator[Piece]:
        written = node.attributes.get("href", "").strip()
        if self.is_in_note and written.startswith("#") and node.text.strip() in _WAYS_BACK:
            return
        href = _address(written)
        if written and not href and node.text.strip():
            self.left["inner_links" if written.startswith("#") else "links"] += 1
        yield from self.of(node.children, replace(style, href=href or style.href), pause=pause)


def _words(text: str, style: Style) -> Piece:
    kind = "code" if style.is_code and text.strip() else "words"
    return Piece(kind, text, style.bold, style.italic, style.href)  # type: ignore[arg-type]  # one of two


def _as_words(piece: Piece, pause: str) -> Piece:
    return Piece("words", pause) if piece.kind == "break" else piece


def _marked(tag: str, style: Style) -> Style:
    return replace(
        style,
        bold=style.bold or tag in _BOLD,
        italic=style.italic or tag in _ITALIC,
        is_code=style.is_code or tag in _CODE,
    )


def _address(written: str) -> str:
    """The address that a link may keep; "" for none. What only watches the reader on the way is skipped."""
    if _SAFELINK.match(written):
        written = next(iter(parse_qs(urlsplit(written).query).get("url", [])), "")
    href = _AWKWARD.sub(lambda match: _encoded(match.group()), written.strip())
    return href if _SCHEME.match(href) and is_allowed(href) else ""


def _encoded(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


def says_nothing(pieces: Pieces) -> bool:
    """Whether a line shows neither words nor images."""
    return not words_of(pieces) and not any(piece.kind == "image" for piece in pieces)
