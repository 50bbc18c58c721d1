"""Over time: a municipality that a factor hindered, what it tried, and that the factor enables now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from wiki.content import AFTER, BEFORE, DURING, ENABLING, HINDERING
from wiki.insights.material import Counted, FactorFacts, Material, Place, Scope, Statement
from wiki.insights.statements import load, tags_of
from wiki.models import FactorTag

SHOWN = 20
TRIED_SHOWN = 3
PHASES = {BEFORE: 0, DURING: 1, AFTER: 2}
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Turn:
    """The statements of one story: first the hindrance, then what was tried, now the enabler."""

    first: Statement
    tried: tuple[Statement, ...]
    now: Statement
    hinders_again: bool


@dataclass(frozen=True)
class Story:
    """One factor in one municipality.

    first           where it was first said to hinder; the row has the date and the version
    tried           where it is told what was tried, at most TRIED_SHOWN, in order of time
    now             where it was last said to enable
    hinders_again   it has been said to hinder after that: the story is not over
    """

    factor: FactorFacts
    municipality: Place
    first: FactorTag
    tried: tuple[FactorTag, ...]
    now: FactorTag
    hinders_again: bool


@dataclass(frozen=True)
class Timeline:
    """Stories, the latest turn first; total is how many there are."""

    stories: tuple[Story, ...]
    total: int
    counted: Counted


def timeline(scope: Scope, *, limit: int = SHOWN, offset: int = 0) -> Timeline:
    """Find where a factor hindered a municipality and enables it now. Four queries."""
    material = load(scope)
    turns = turns_of(material)
    chosen = turns[offset : offset + limit]
    rows = tags_of(one for turn in chosen for one in (turn.first, *turn.tried, turn.now))
    stories = (_story(material, turn, rows) for turn in chosen)
    return Timeline(tuple(filter(None, stories)), len(turns), material.counted)


def turns_of(material: Material) -> list[Turn]:
    """The statements of every story, the latest turn first; those of one moment in the catalogue's order."""
    found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for facts in material.shown_factors:
        for statement in material.by_factor.get(facts.slug, []):
            found[facts.slug, statement.municipality].append(statement)
    turns = [turn for said in found.values() if (turn := turn_of(said))]
    return sorted(turns, key=lambda turn: turn.now.at or LONG_AGO, reverse=True)


def turn_of(said: Iterable[Statement]) -> Turn | None:
    """The story that statements of one municipality about one factor tell; None when they tell none.

    first is the earliest hindrance, now the latest statement that it enables which comes after that.
    """
    in_time = sorted(said, key=_moment)
    hindrances = [one for one in in_time if one.direction == HINDERING]
    enablers = [one for one in in_time if one.direction == ENABLING]
    if not hindrances or not enablers:
        return None
    first = hindrances[0]
    now = next((one for one in reversed(enablers) if comes_before(first, one)), None)
    if now is None:
        return None
    tried = [one for one in in_time if _tells_what_was_tried(one) and one not in {first, now}]
    tried = [one for one in tried if not comes_before(now, one)]
    told = [first, *tried] if first.has_tried else tried
    again = any(comes_before(now, one) for one in hindrances)
    return Turn(first, tuple(told[:TRIED_SHOWN]), now, again)


def comes_before(one: Statement, other: Statement) -> bool:
    """Whether what the first says was so before what the second says.

    Of one page that gives the phase of both, by the phase. Else by when it was written; but what is said of
    the time before a change is not news, however late it was written.
    """
    if one.page == other.page and one.phase and other.phase:
        return PHASES[one.phase] < PHASES[other.phase]
    if one.at is None or other.at is None:
        return False
    return one.at < other.at and other.phase != BEFORE


def _moment(statement: Statement) -> tuple[datetime, int]:
    return statement.at or LONG_AGO, PHASES.get(statement.phase, PHASES[DURING])


def _tells_what_was_tried(statement: Statement) -> bool:
    return statement.has_tried or statement.phase == DURING


def _story(material: Material, turn: Turn, rows: dict[tuple[int, str], FactorTag]) -> Story | None:
    """None when somebody took one of its tags away between two queries."""
    needed = (turn.first, *turn.tried, turn.now)
    if any(one.tag not in rows for one in needed):
        return None
    return Story(
        factor=material.factor_names[turn.first.factor],
        municipality=material.places[turn.first.municipality],
        first=rows[turn.first.tag],
        tried=tuple(rows[one.tag] for one in turn.tried),
        now=rows[turn.now.tag],
        hinders_again=turn.hinders_again,
    )
