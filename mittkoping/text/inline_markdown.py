"""One line of a rich text as Markdown."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from mittkoping.text.escaping import code, escape
from mittkoping.text.pictures import DECORATIVE
from mittkoping.text.rich_text import Piece

# An address that is read as it is written. What is left out could end it, or be read as something else.
_PLAIN_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[\w.~/?#@!$&+,;=%:*-]+")
_LONGEST_NAME = 40  # characters of what a character reference may be called
# With what comes after it, it could be a character reference.
_HALF_REFERENCE = re.compile(rf"&(?=[#0-9A-Za-z]{{0,{_LONGEST_NAME}}}\Z)")
_AUTOLINK = re.compile(r"https?://[A-Za-z0-9._~/?#@+,;=%:-]+")


@dataclass(frozen=True)
class _Mark:
    """Where a stretch of italic begins or ends; `is_inner` when it stands inside a bold one."""

    is_inner: bool


@dataclass(frozen=True)
class _Unit:
    """Pieces that are marked together: one, or all of a link."""

    pieces: Sequence[Piece]

    @property
    def bold(self) -> bool:
        return all(piece.bold for piece in self.pieces)

    @property
    def italic(self) -> bool:
        return all(piece.italic for piece in self.pieces)


_Tokens = Iterator[str | _Mark]


def write_line(pieces: Sequence[Piece], *, also: str = "", pause: str = "  \n") -> str:
    """Write the pieces of a tidy line.

    also    characters that are escaped too, see escaping.escape
    pause   what a break becomes
    """
    return _Line(also, pause).write(pieces)


class _Line:
    """Writes with the same settings throughout."""

    def __init__(self, also: str, pause: str) -> None:
        self.also = also
        self.pause = pause

    def write(self, pieces: Sequence[Piece]) -> str:
        return _joined(list(self._units(_units(pieces))))

    def _units(self, units: Sequence[_Unit]) -> _Tokens:
        for is_bold, group in groupby(units, key=lambda unit: unit.bold):
            if is_bold:
                yield "**"
            for is_italic, inner in groupby(group, key=lambda unit: unit.italic):
                if is_italic:
                    yield _Mark(is_bold)
                for unit in inner:
                    yield from self._unit(unit, is_bold, is_italic)
                if is_italic:
                    yield _Mark(is_bold)
            if is_bold:
                yield "**"

    def _unit(self, unit: _Unit, is_bold: bool, is_italic: bool) -> _Tokens:
        href = unit.pieces[0].href
        if not href:
            yield self._piece(unit.pieces[0])
            return
        text = "".join(piece.text for piece in unit.pieces if piece.kind == "words")
        is_plain = all(piece.kind == "words" for piece in unit.pieces)
        if is_plain and _AUTOLINK.fullmatch(href) and text == href:
            yield f"<{href}>"
            return
        inside = [_without(piece, bold=is_bold, italic=is_italic, href=True) for piece in unit.pieces]
        yield f"[{_Line(self.also + ']', self.pause).write(inside)}]({_address(href)})"

    def _piece(self, piece: Piece) -> str:
        match piece.kind:
            case "words":
                return escape(piece.text, also=self.also)
            case "code":
                return code(piece.text)
            case "break":
                return self.pause
            case "note":
                return f"[^{piece.note}]"
            case "image":
                title = f' "{DECORATIVE}"' if piece.is_decor else ""
                return f"![{escape(piece.text, also=self.also + ']')}]({piece.source}{title})"


def _units(pieces: Sequence[Piece]) -> list[_Unit]:
    """Put the pieces of each link together."""
    units: list[_Unit] = []
    for href, group in groupby(pieces, key=lambda piece: piece.href):
        alike = tuple(group)
        units += [_Unit(alike)] if href else [_Unit((piece,)) for piece in alike]
    return units


def _without(piece: Piece, *, bold: bool, italic: bool, href: bool) -> Piece:
    """The piece without what is written around it already."""
    return Piece(
        kind=piece.kind,
        text=piece.text,
        bold=piece.bold and not bold,
        italic=piece.italic and not italic,
        href="" if href else piece.href,
        source=piece.source,
        note=piece.note,
        is_decor=piece.is_decor,
    )


def _joined(tokens: list[str | _Mark]) -> str:
    """Put the parts of a line together, with signs for italic that the parser takes as such just there."""
    out: list[str] = []
    signs: list[str] = []
    marks = [number for number, token in enumerate(tokens) if isinstance(token, _Mark)]
    ends = dict(zip(marks[::2], marks[1::2], strict=True))
    for number, token in enumerate(tokens):
        if isinstance(token, str):
            out.append(token)
        elif number in ends:
            signs.append(_sign(tokens, number, ends[number], is_inner=token.is_inner))
            out.append(signs[-1])
        else:
            out.append(signs.pop())
    return _guarded(out)


def _sign(tokens: list[str | _Mark], start: int, end: int, *, is_inner: bool) -> str:
    """Choose the sign for a stretch of italic.

    An underscore, which never meets with the stars of what is bold; a star where it would stand inside a
    word; inside a word that is bold too, none: italic is lost, and no word is.
    """
    before = tokens[start - 1] if start else ""
    after = tokens[end + 1] if end + 1 < len(tokens) else ""
    is_free = _is_free(before, -1) and _is_free(after, 0)
    return "_" if is_free else "" if is_inner else "*"


def _is_free(neighbour: str | _Mark, place: int) -> bool:
    """Whether a sign may stand beside: nothing is there, a space, or a mark of punctuation."""
    if isinstance(neighbour, _Mark) or not neighbour:
        return True
    character = neighbour[place]
    return character.isspace() or unicodedata.category(character)[0] in "PS"


def _guarded(parts: list[str]) -> str:
    """Join, so that no two parts together mean what neither of them says.

    Only the end of what is written is looked at: the time grows with the line, not with its square.
    """
    written: list[str] = []
    end = ""
    for part in filter(None, parts):
        if part.startswith("[") and end.endswith("!"):
            end = f"{end[:-1]}\\!"
        if part.startswith("(") and end.endswith("]"):
            part = f"\\{part}"
        if part[0].isalnum() or part[0] in "#;":
            end = _HALF_REFERENCE.sub("&amp;", end)
        end += part
        written.append(end[: -_LONGEST_NAME - 1])
        end = end[-_LONGEST_NAME - 1 :]
    return "".join([*written, end])


def _address(href: str) -> str:
    """Write an address in a link: character references are read there too."""
    written = href.replace("&", "&amp;")
    return written if _PLAIN_ADDRESS.fullmatch(href) else f"<{written}>"
