"""One heading's part of a page in the form: cut out of a version, and put back into the same."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from mittkoping.text.normalise import normalise
from mittkoping.text.sections import Section, replace
from wiki import rendering
from wiki.models import HiddenVersion, Page

_PREFIX = "u-"


@dataclass(frozen=True)
class Part:
    """What stands in the form in the place of a whole text.

    source    the whole text
    section   where the part stands there; None when that cannot be told, and
    problem   why not
    """

    source: str = ""
    section: Section | None = None
    problem: str = ""

    @property
    def title(self) -> str:
        """The words of its heading."""
        return self.section.title if self.section else ""

    @property
    def text(self) -> str:
        """The part itself, without the blank lines that part it from what follows."""
        return self.source[self.section.start : self.section.stop].rstrip("\n") if self.section else ""

    def whole(self, text: str) -> str:
        """The whole text with another one in the place of the part; that alone, when it has no place."""
        return replace(self.source, self.section, text) if self.section else text


def part_of(page: Page, number: int, name: str) -> Part:
    """The part of a heading in a version, by the id of the heading with or without its prefix.

    At most six queries; not inside transactions.
    """
    try:
        source = normalise(_body(page, number))
    except HiddenVersion:
        return Part(
            problem=_("Versionen som du utgick från är dold, så din text har ingen plats att stå på.")
        )
    found = {section.id: section for section in rendering.sections_of(source)}
    section = found.get(name) or found.get(_PREFIX + name)
    if section is None:
        return Part(problem=_("Rubriken finns inte i den version som du utgick från."))
    return Part(source, section)


def _body(page: Page, number: int) -> str:
    """Raises HiddenVersion."""
    return page.body if number == page.number else page.edits.get(number=number).content.body
