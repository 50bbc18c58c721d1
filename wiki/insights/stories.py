"""The stories of a material that has been loaded already: as `timeline`, with one query instead of four."""

from dataclasses import dataclass

from wiki.insights.material import Material
from wiki.insights.statements import tags_of
from wiki.insights.timeline import Story, Turn, turns_of
from wiki.models import FactorTag

SHOWN = 5


@dataclass(frozen=True)
class Stories:
    """The latest turn first; total is how many there are."""

    found: tuple[Story, ...]
    total: int


def stories(material: Material, *, limit: int = SHOWN) -> Stories:
    """Find where a factor hindered a municipality and enables it now. One query, or none."""
    turns = turns_of(material)
    shown = turns[:limit]
    rows = tags_of(said for turn in shown for said in (turn.first, *turn.tried, turn.now))
    return Stories(tuple(story for turn in shown if (story := _story(material, turn, rows))), len(turns))


def _story(material: Material, turn: Turn, rows: dict[tuple[int, str], FactorTag]) -> Story | None:
    """None when somebody took its first or last tag away between two queries."""
    if turn.first.tag not in rows or turn.now.tag not in rows:
        return None
    return Story(
        factor=material.factor_names[turn.first.factor],
        municipality=material.places[turn.first.municipality],
        first=rows[turn.first.tag],
        tried=tuple(rows[said.tag] for said in turn.tried if said.tag in rows),
        now=rows[turn.now.tag],
        hinders_again=turn.hinders_again,
    )
