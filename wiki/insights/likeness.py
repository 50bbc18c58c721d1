"""Municipalities like one of them, as `neighbours`, without loading every tag; and what they have written."""

from collections.abc import Collection
from dataclasses import replace

from django.db.models.functions import Coalesce

from wiki.insights.material import Scope, Statement
from wiki.insights.neighbours import Neighbour, neighbours
from wiki.insights.statements import load, readable_tags
from wiki.models import FactorTag

SHOWN = 6
WRITTEN_SHOWN = 4


def alike(scope: Scope, municipality: str, *, limit: int = SHOWN) -> tuple[Neighbour, ...]:
    """Find the municipalities most like the one of the code, each with at least one reason. Four queries.

    As `neighbours`, but those who have written come before those who have not, as there is something to read;
    and the statements of a neighbour are how many different things it says of factors. Raises KeyError when
    the scope does not name the municipality.
    """
    names = load(replace(scope, municipality=municipality))
    material = replace(names, statements=_traits(scope), scope=scope)
    found = neighbours(material, municipality, limit=len(material.places)).found
    return tuple(sorted(found, key=lambda one: not one.statements)[:limit])


def written_by(found: Collection[Neighbour], *, limit: int = WRITTEN_SHOWN) -> list[FactorTag]:
    """What passages of theirs say: concrete examples first, then the latest. One query."""
    codes = [neighbour.place.code for neighbour in found if neighbour.statements]
    tags = readable_tags().with_passages().exclude(state=FactorTag.State.GONE).filter(counted_for__in=codes)
    return list(tags.for_lists().order_by("-strength", "-made_at", "-pk")[:limit])


def _traits(scope: Scope) -> tuple[Statement, ...]:
    """One statement for each thing that a municipality says of a factor, however often it says so."""
    tags = readable_tags().counted(with_fictional=scope.with_fictional)
    rows = tags.annotate(about=Coalesce("factor__merged_into__slug", "factor__slug")).order_by()
    said = rows.values_list("about", "direction", "counted_for_id").distinct()
    return tuple(Statement("", 0, about, direction, 1, code or "") for about, direction, code in said)
