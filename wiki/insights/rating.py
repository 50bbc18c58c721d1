"""The rating rule: what some statements about a factor come to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wiki.content import ENABLING, HINDERING
from wiki.insights.material import Statement

EXAMPLE = 2  # the strength of a concrete example
ENOUGH_EXAMPLES = 2
MIXED = "mixed"


@dataclass(frozen=True)
class Looks:
    """How a rating is shown: never by colour alone."""

    symbol: str
    word: str | Promise
    direction: str
    css_class: str


class Rating(Enum):
    """What statements come to; the value is what files say. There is none for silence: that is None."""

    CLEARLY_ENABLING = "+2"
    ENABLING = "+1"
    MIXED = "blandat"
    HINDERING = "-1"
    CLEARLY_HINDERING = "-2"

    @property
    def symbol(self) -> str:
        """A sign that can be told from the others without colour."""
        return _LOOKS[self].symbol

    @property
    def word(self) -> str:
        """What is read aloud."""
        return str(_LOOKS[self].word)

    @property
    def direction(self) -> str:
        """ENABLING, HINDERING or MIXED."""
        return _LOOKS[self].direction

    @property
    def css_class(self) -> str:
        """What decides the colour."""
        return _LOOKS[self].css_class


_LOOKS = {
    Rating.CLEARLY_ENABLING: Looks("▲▲", _("främjar tydligt"), ENABLING, "rating--enabling-2"),
    Rating.ENABLING: Looks("▲", _("främjar"), ENABLING, "rating--enabling-1"),
    Rating.MIXED: Looks("◆", _("blandat"), MIXED, "rating--mixed"),
    Rating.HINDERING: Looks("▼", _("hämmar"), HINDERING, "rating--hindering-1"),
    Rating.CLEARLY_HINDERING: Looks("▼▼", _("hämmar tydligt"), HINDERING, "rating--hindering-2"),
}


def rate(statements: Iterable[Statement]) -> Rating | None:
    """Tell what statements about one factor come to; None when there are none: silence is not 0.

    Both directions are MIXED. One direction is clear when it has at least two concrete examples, on different
    pages or in different passages: two tags of the same words are one example, and so are a passage and the
    whole page around it.

    Source: CFIR's rating rules, where ±2 asks for two informants with explicit examples.
    """
    said = list(statements)
    directions = {statement.direction for statement in said}
    if not directions:
        return None
    if len(directions) > 1:
        return Rating.MIXED
    is_clear = _examples(said) >= ENOUGH_EXAMPLES
    if directions == {ENABLING}:
        return Rating.CLEARLY_ENABLING if is_clear else Rating.ENABLING
    return Rating.CLEARLY_HINDERING if is_clear else Rating.HINDERING


def _examples(statements: Iterable[Statement]) -> int:
    """How many different examples are told: of each page its passages, or the page when it has none."""
    passages: dict[int, set[str]] = defaultdict(set)
    for statement in statements:
        if statement.strength >= EXAMPLE:
            passages[statement.page].add(statement.passage)
    return sum(len(found - {""}) or 1 for found in passages.values())
