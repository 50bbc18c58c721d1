"""Hindrance here, enabler there: what others say of a factor that hinders us, those most like us first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from mittkoping.municipalities.models import Municipality
from wiki.content import ENABLING, HINDERING
from wiki.insights.material import Counted, FactorFacts, Material, Place, Scope, Statement, municipalities
from wiki.insights.neighbours import Likeness, Reasons
from wiki.insights.statements import load_with, tags_of
from wiki.models import FactorTag

SHOWN = 20
IN_A_ROUND = 3
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Found:
    """One passage (or whole page) where another municipality says that the factor enables. reasons: why that
    municipality is like ours; None when we have said nothing of who we are.
    """

    tag: FactorTag
    factor: FactorFacts
    municipality: Place
    reasons: Reasons | None


@dataclass(frozen=True)
class Elsewhere:
    """What others say.

    factors          asked about: the one chosen, or those that hinder us, in the catalogue's order
    passages         one part of them; total is how many there are, municipalities is whose they are
    counted          of how many all was chosen
    """

    us: Place | None
    factors: tuple[FactorFacts, ...]
    passages: tuple[Found, ...]
    total: int
    municipalities: int
    counted: Counted


def elsewhere(
    scope: Scope, *, us: str = "", factor: str = "", limit: int = SHOWN, offset: int = 0
) -> Elsewhere:
    """Find where others say that a factor enables: the one of the slug, or each that hinders us.

    us   code of a municipality, real or not; empty when nobody has said who asks. Unknown is as empty.

    Those most like us come first; then concrete examples, then the latest. Six queries at most.
    """
    material, ours = load_with(replace(scope, municipality="", factor=""), us)
    place = _place(material, us)
    slugs = _asked(material, factor, ours)
    said = [one for one in material.statements if _answers(one, slugs, us)]
    likeness = Likeness(material, place, ours) if place else None
    chosen = _in_order(said, material, likeness)[offset : offset + limit]
    rows = tags_of(chosen)
    passages = tuple(
        Found(
            rows[one.tag],
            material.factor_names[one.factor],
            material.places[one.municipality],
            likeness.reasons(material.places[one.municipality]) if likeness else None,
        )
        for one in chosen
        if one.tag in rows
    )
    factors = tuple(facts for facts in material.factors if facts.slug in slugs)
    return Elsewhere(place, factors, passages, len(said), len(municipalities(said)), material.counted)


def _asked(material: Material, factor: str, ours: Iterable[Statement]) -> set[str]:
    if factor:
        return {material.merged.get(factor, factor)}
    return {statement.factor for statement in ours if statement.direction == HINDERING}


def _answers(statement: Statement, slugs: set[str], us: str) -> bool:
    return statement.direction == ENABLING and statement.factor in slugs and statement.municipality != us


def _in_order(said: list[Statement], material: Material, likeness: Likeness | None) -> list[Statement]:
    """Those most like us first. Nobody has more than IN_A_ROUND before everybody has had as many."""
    codes = municipalities(said)
    degrees = {code: likeness.degree(material.places[code]) if likeness else 0 for code in codes}
    turns = Counter[str]()
    ranked: list[tuple[int, float, Statement]] = []
    for one in sorted(said, key=lambda one: (one.strength, one.at or LONG_AGO), reverse=True):
        ranked.append((turns[one.municipality] // IN_A_ROUND, -degrees[one.municipality], one))
        turns[one.municipality] += 1
    return [one for _round, _degree, one in sorted(ranked, key=lambda row: row[:2])]


def _place(material: Material, code: str) -> Place | None:
    """Ours, also when it is an invented one that the scope leaves out."""
    if not code or code in material.places:
        return material.places.get(code)
    found = Municipality.objects.filter(code=code).first()
    return (
        Place(found.code, found.name, found.slug, found.group_id, found.population, found.is_fictional)
        if found
        else None
    )
