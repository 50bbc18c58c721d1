"""Municipalities that are like one of them, with the reasons: group, population and what they have written.

They are put in an order of likeness; how good anybody is has no part in it, and no number is given for it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import log

from wiki.content import ENABLING, HINDERING
from wiki.insights.material import Counted, FactorFacts, GroupFacts, Material, Place, Statement

SHOWN = 10
POPULATION_STEPS = (10, 25, 50)  # per cent more or fewer people
FAR = log(4)  # four times as many people, or a fourth: not alike at all

Trait = tuple[str, str]  # slug of a factor, direction


@dataclass(frozen=True)
class Shared:
    """Something that both have written: the factor enables, or hinders."""

    factor: FactorFacts
    direction: str


@dataclass(frozen=True)
class Reasons:
    """Why one municipality is like another.

    group               that both are in; None when they are in different ones
    population_within   so many per cent more or fewer people than the other has at most, one of
                        POPULATION_STEPS; None when it is more, or not known
    shared              in the catalogue's order
    """

    group: GroupFacts | None
    population_within: int | None
    shared: tuple[Shared, ...]

    @property
    def any(self) -> bool:
        """There is a reason."""
        return bool(self.group or self.population_within or self.shared)


@dataclass(frozen=True)
class Neighbour:
    """One that is like us. statements: how many of its own count; 0 when it has not written yet."""

    place: Place
    reasons: Reasons
    statements: int


@dataclass(frozen=True)
class Neighbours:
    """Those most like us first; alike ones in Swedish order."""

    us: Place
    found: tuple[Neighbour, ...]
    counted: Counted


class Likeness:
    """How like one municipality others are.

    material   what all have said
    ours       what it has said itself, which the material may leave out
    """

    def __init__(self, material: Material, us: Place, ours: Collection[Statement]) -> None:
        self.us = us
        self.material = material
        self.ours = {(statement.factor, statement.direction) for statement in ours}
        self.profiles = profiles(material.statements)

    def reasons(self, place: Place) -> Reasons:
        """Why it is like ours."""
        group = self.material.groups.get(place.group) if place.group == self.us.group else None
        common = self.ours & self.profiles.get(place.code, set())
        shared = tuple(
            Shared(factor, direction)
            for factor in self.material.shown_factors
            for direction in (ENABLING, HINDERING)
            if (factor.slug, direction) in common
        )
        return Reasons(group, population_within(self.us, place), shared)

    def degree(self, place: Place) -> float:
        """How like it is: 0 to 3, one each for group, population and what both have written: to sort by."""
        theirs = self.profiles.get(place.code, set())
        either = self.ours | theirs
        profile = len(self.ours & theirs) / len(either) if either else 0
        return (place.group == self.us.group) + _closeness(self.us, place) + profile


def neighbours(material: Material, us: str, *, limit: int = SHOWN) -> Neighbours:
    """Find the municipalities most like the one of the code, each with at least one reason.

    Raises KeyError when the scope of the material does not name it.
    """
    place = material.places[us]
    ours = [statement for statement in material.statements if statement.municipality == us]
    likeness = Likeness(material, place, ours)
    others = [other for other in material.places.values() if other.code != us]
    others.sort(key=lambda other: -likeness.degree(other))
    counts = _counts(material.statements)
    found: list[Neighbour] = []
    for other in others:
        reasons = likeness.reasons(other)
        if reasons.any and len(found) < limit:
            found.append(Neighbour(other, reasons, counts.get(other.code, 0)))
    return Neighbours(place, tuple(found), material.counted)


def profiles(statements: Iterable[Statement]) -> dict[str, set[Trait]]:
    """What each municipality has said, by code."""
    found: dict[str, set[Trait]] = defaultdict(set)
    for statement in statements:
        found[statement.municipality].add((statement.factor, statement.direction))
    return dict(found)


def population_within(us: Place, them: Place) -> int | None:
    """The smallest of POPULATION_STEPS that their population differs from ours by at most, in per cent."""
    if not us.population or not them.population:
        return None
    difference = 100 * abs(them.population - us.population)
    return next((step for step in POPULATION_STEPS if difference <= step * us.population), None)


def _closeness(us: Place, them: Place) -> float:
    """Of populations: 1 when they are the same, 0 when one is four times the other, or is not known."""
    if not us.population or not them.population:
        return 0
    return max(0, 1 - abs(log(them.population / us.population)) / FAR)


def _counts(statements: Iterable[Statement]) -> Mapping[str, int]:
    found: dict[str, int] = defaultdict(int)
    for statement in statements:
        found[statement.municipality] += 1
    return found
