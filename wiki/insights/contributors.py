"""Who contributes: for a map that says whether, never how much or how well."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from wiki.insights.material import Counted, Place, Scope, municipalities
from wiki.insights.statements import NOBODY, load
from wiki.models import Edit


@dataclass(frozen=True)
class Contribution:
    """Whether a municipality contributes."""

    place: Place
    contributes: bool


@dataclass(frozen=True)
class Contributors:
    """Every municipality of the scope in Swedish order; n of `of` contribute."""

    contributions: tuple[Contribution, ...]
    n: int
    of: int
    counted: Counted


def contributors(scope: Scope) -> Contributors:
    """Tell which municipalities contribute.

    In a scope of a factor or a track: those whom a tag there counts for. Else also those for whom somebody
    has saved a version of a page that can be read. Four queries at most.
    """
    material = load(scope)
    codes: AbstractSet[str] = municipalities(material.statements)
    if not scope.factor and not scope.track:
        codes = codes | _writers()
    places = [
        place
        for place in material.places.values()
        if scope.group in {"", place.group} and scope.municipality in {"", place.code}
    ]
    found = tuple(Contribution(place, place.code in codes) for place in places)
    return Contributors(found, sum(one.contributes for one in found), len(found), material.counted)


def _writers() -> set[str]:
    edits = Edit.objects.visible_to(NOBODY).of_current_pages().exclude(municipality=None)
    codes = edits.order_by().values_list("municipality_id", flat=True).distinct()
    return {code for code in codes if code}
