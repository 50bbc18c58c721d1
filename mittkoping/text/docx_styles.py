"""What the styles of a Word document mean, whatever it calls them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from mittkoping.text.docx_xml import W, is_on, root_of, value_of

Role = Literal["h1", "h2", "h3", "h4", "h5", "h6", "title", "quote", "code", "drop", "text"]

MAX_BASES = 20  # styles that one is based on, one after the other

# Names that Word keeps in English whatever language it speaks, those of other programs, and of people.
_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"title|titel|dokumenttitel"), "title"),
    (re.compile(r"quote|intense quote|block text|quotations|citat|starkt citat"), "quote"),
    (re.compile(r"html preformatted|preformatted text|macro text|code|source code|kod|källkod"), "code"),
    (re.compile(r"(?:toc|contents|index|innehåll) ?(?:[1-9]|heading)|table of figures"), "drop"),
    (re.compile(r"innehållsförteckningsrubrik"), "drop"),
    (re.compile(r"normal|body text|brödtext|list paragraph|caption|subtitle|underrubrik"), "text"),
)
_HEADING = re.compile(r"(?:heading|rubrik) ?([1-9])")
_LIST = re.compile(r"list (?:bullet|number) ([2-5])")
_CODE = re.compile(
    r"html (?:code|typewriter|keyboard|sample|variable)|source text|verbatim char|code|kod|inline code"
)
_LEVELS: tuple[Role, ...] = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)
class Letters:
    """What a style of single words means."""

    bold: bool = False
    italic: bool = False
    is_code: bool = False
    is_hidden: bool = False


class Styles:
    """What the styles of one document mean, by their ids; looked up when they are asked for."""

    def __init__(self, elements: dict[str, Element] | None = None) -> None:
        self.elements = elements or {}
        self.roles: dict[str, Role] = {}
        self.known_letters: dict[str, Letters] = {}

    def role(self, name: str) -> Role:
        """What the paragraphs of a style are."""
        if name not in self.roles:
            found = (_named(_name_of(base)) or _outlined(base) for base in self._bases(name))
            self.roles[name] = next(filter(None, found), "text")
        return self.roles[name]

    def letters(self, name: str) -> Letters:
        """What the words of a style are."""
        if name not in self.known_letters:
            self.known_letters[name] = _letters(list(self._bases(name)))
        return self.known_letters[name]

    def number(self, name: str) -> tuple[str, str] | None:
        """The list that a style belongs to, and the level in it from 0; those of Word say it by name."""
        for base in self._bases(name):
            number = value_of(base, "pPr", "numPr", "numId")
            if number:
                named = _LIST.fullmatch(_name_of(base))
                below = value_of(base, "pPr", "numPr", "ilvl") or "0"
                return number, str(int(named.group(1)) - 1) if named else below
        return None

    def _bases(self, name: str) -> Iterator[Element]:
        """Give the style, the one that it is based on, and so on."""
        for _number in range(MAX_BASES):
            base = self.elements.get(name)
            if base is None:
                return
            yield base
            name = value_of(base, "basedOn")


def read_styles(data: bytes) -> Styles:
    """Read the part of a document that its styles stand in."""
    root = root_of(data)
    return Styles({style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")})


def _name_of(style: Element) -> str:
    return value_of(style, "name").casefold().strip()


def _named(name: str) -> Role | None:
    heading = _HEADING.fullmatch(name)
    if heading:
        return _level(int(heading.group(1)))
    return next((role for pattern, role in _ROLES if pattern.fullmatch(name)), None)


def _outlined(style: Element) -> Role | None:
    """Read the level that a style has in the outline; 9 stands for none."""
    written = value_of(style, "pPr", "outlineLvl")
    return _level(int(written) + 1) if written in set("012345678") else None


def _level(number: int) -> Role:
    return _LEVELS[min(number, len(_LEVELS)) - 1]


def _letters(bases: list[Element]) -> Letters:
    names = set(map(_name_of, bases))
    return Letters(
        bold=_says(bases, "b") or bool(names & {"strong", "intense emphasis"}),
        italic=_says(bases, "i") or bool(names & {"emphasis", "subtle emphasis", "intense emphasis"}),
        is_code=any(map(_CODE.fullmatch, names)),
        is_hidden=_says(bases, "vanish"),
    )


def _says(bases: list[Element], name: str) -> bool:
    """Whether the first of some styles that says anything of a property says yes."""
    found = (base.find(f"{W}rPr/{W}{name}") for base in bases)
    return next((is_on(element) for element in found if element is not None), False)
