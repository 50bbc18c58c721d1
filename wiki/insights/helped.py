"""What helped where a factor hindered: what was tried, and that the factor enables the same ones now."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from wiki.content import AFTER, ENABLING, HINDERING
from wiki.insights.material import Material, Place, Statement
from wiki.insights.profile import latest_first
from wiki.insights.statements import tags_of
from wiki.insights.timeline import comes_before
from wiki.models import FactorTag

SHOWN = 6
IN_EACH = 2


@dataclass(frozen=True)
class Helped:
    """One municipality that says what it tried against a factor that hindered.

    tried      hindering rows that say what was tried
    enabling   rows where it says that the factor enables since then; empty when it does not yet

    At most IN_EACH of both, the latest first.
    """

    municipality: Place
    tried: tuple[FactorTag, ...]
    enabling: tuple[FactorTag, ...]


@dataclass(frozen=True)
class Help:
    """Those for whom the factor enables now come first, then the latest; total is how many there are."""

    found: tuple[Helped, ...]
    total: int


@dataclass(frozen=True)
class _Attempt:
    """Helped, as statements."""

    municipality: str
    tried: list[Statement]
    enabling: list[Statement]

    @property
    def said(self) -> list[Statement]:
        """All of it."""
        return [*self.tried, *self.enabling]


def helped(material: Material, factor: str, *, limit: int = SHOWN) -> Help:
    """Find those who say what they tried against the factor of the slug. One query, or none."""
    attempts = _attempts(material.by_factor.get(factor, ()))
    chosen = attempts[:limit]
    rows = tags_of(said for attempt in chosen for said in attempt.said)
    found = (
        Helped(
            municipality=material.places[attempt.municipality],
            tried=tuple(rows[said.tag] for said in attempt.tried if said.tag in rows),
            enabling=tuple(rows[said.tag] for said in attempt.enabling if said.tag in rows),
        )
        for attempt in chosen
    )
    return Help(tuple(one for one in found if one.tried), len(attempts))


def _attempts(statements: Iterable[Statement]) -> list[_Attempt]:
    by_place: dict[str, list[Statement]] = defaultdict(list)
    for said in latest_first(list(statements)):
        by_place[said.municipality].append(said)
    attempts = (_attempt(code, said) for code, said in by_place.items())
    return sorted((one for one in attempts if one.tried), key=lambda one: not one.enabling)


def _attempt(code: str, said: Collection[Statement]) -> _Attempt:
    tried = [one for one in said if one.direction == HINDERING and one.has_tried]
    since = [one for one in said if one.direction == ENABLING and _comes_since(one, tried)]
    return _Attempt(code, tried[:IN_EACH], since[:IN_EACH])


def _comes_since(enabling: Statement, tried: Collection[Statement]) -> bool:
    """Said of the time after a change, or later than what was tried."""
    return enabling.phase == AFTER or any(comes_before(one, enabling) for one in tried)
