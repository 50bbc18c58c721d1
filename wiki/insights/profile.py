"""The profile of one municipality: what it says of each factor, and which hindrances are open questions."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from wiki.content import ENABLING, HINDERING
from wiki.insights.material import Counted, FactorFacts, Material, Place, Scope, Statement
from wiki.insights.rating import Rating, rate
from wiki.insights.statements import load, readable_tags, tags_of
from wiki.models import FactorTag

SHOWN = 5  # rows of one factor in one direction


@dataclass(frozen=True)
class ProfileRow:
    """A factor, with where the municipality says that it enables and that it hinders: at most SHOWN of each,
    the latest first, with the numbers of all.
    """

    factor: FactorFacts
    rating: Rating
    enabling: tuple[FactorTag, ...]
    hindering: tuple[FactorTag, ...]
    enabling_count: int
    hindering_count: int


@dataclass(frozen=True)
class OpenQuestion:
    """A factor that hinders and is nowhere said to enable. elsewhere: how many others say that it enables."""

    factor: FactorFacts
    elsewhere: int


@dataclass(frozen=True)
class Profile:
    """Rows and questions in the catalogue's order; a factor that it has not written about has no row."""

    place: Place
    rows: tuple[ProfileRow, ...]
    open_questions: tuple[OpenQuestion, ...]
    counted: Counted


def profile(scope: Scope, municipality: str) -> Profile:
    """Tell what the municipality of the code says; an invented one has its profile too.

    The scope decides which others are counted under open questions. Raises KeyError when there is no such
    municipality. Five queries at most.
    """
    material = load(replace(scope, with_fictional=True, municipality=municipality, group=""))
    place = material.places[municipality]
    latest = {slug: latest_first(said) for slug, said in material.by_factor.items()}
    rows = tags_of(one for said in latest.values() for part in split(said) for one in part[:SHOWN])
    factors = [factor for factor in material.shown_factors if factor.slug in latest]
    return Profile(
        place=place,
        rows=tuple(row for factor in factors if (row := _row(factor, latest[factor.slug], rows))),
        open_questions=_open_questions(material, scope, municipality),
        counted=replace(material.counted, with_fictional=place.is_fictional),
    )


def latest_first(said: Collection[Statement]) -> list[Statement]:
    """The latest first; of one moment, in the order in which they were saved."""
    return sorted(said, key=lambda one: one.at.timestamp() if one.at else 0, reverse=True)


def split(said: Collection[Statement]) -> tuple[list[Statement], list[Statement]]:
    """The enabling and the hindering ones."""
    return (
        [one for one in said if one.direction == ENABLING],
        [one for one in said if one.direction == HINDERING],
    )


def _row(
    factor: FactorFacts, said: list[Statement], rows: dict[tuple[int, str], FactorTag]
) -> ProfileRow | None:
    rating = rate(said)
    if rating is None:
        return None
    enabling, hindering = split(said)
    return ProfileRow(
        factor=factor,
        rating=rating,
        enabling=tuple(rows[one.tag] for one in enabling[:SHOWN] if one.tag in rows),
        hindering=tuple(rows[one.tag] for one in hindering[:SHOWN] if one.tag in rows),
        enabling_count=len(enabling),
        hindering_count=len(hindering),
    )


def _open_questions(material: Material, scope: Scope, us: str) -> tuple[OpenQuestion, ...]:
    """One query, or none."""
    open_ones = [
        factor
        for factor in material.shown_factors
        if {one.direction for one in material.by_factor.get(factor.slug, [])} == {HINDERING}
    ]
    if not open_ones:
        return ()
    others = _others_enabled(material, {factor.slug for factor in open_ones}, scope, us)
    return tuple(OpenQuestion(factor, len(others[factor.slug])) for factor in open_ones)


def _others_enabled(material: Material, slugs: set[str], scope: Scope, us: str) -> dict[str, set[str | None]]:
    """The codes of those who say that the factors enable, by factor."""
    asked = slugs | {old for old, now in material.merged.items() if now in slugs}
    tags = readable_tags().counted(with_fictional=scope.with_fictional).enabling()
    found: dict[str, set[str | None]] = {slug: set() for slug in slugs}
    rows = tags.filter(factor__slug__in=asked).exclude(counted_for=us).order_by()
    for slug, code in rows.values_list("factor__slug", "counted_for_id").distinct():
        found[material.merged.get(slug, slug)].add(code)
    return found
