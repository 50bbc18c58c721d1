"""Lists of what pages say of factors, each with what other municipalities have answered."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import Count, Q

from wiki.content import ENABLING, HINDERING
from wiki.experiences import Tally, tallies
from wiki.forms.said_facets import SaidFacets
from wiki.models import FactorTag
from wiki.models.tag import FactorTagQuerySet

SHOWN = 5  # of each direction, where there are two
IN_LIST = 20  # where one direction is asked for


@dataclass(frozen=True)
class Said:
    """A tag as lists show it. tally: of what other municipalities have answered; None when nobody has."""

    tag: FactorTag
    tally: Tally | None = None


@dataclass(frozen=True)
class Side:
    """One direction: the first of its tags, or one page of the list of all; total is how many there are."""

    direction: str
    said: list[Said]
    total: int
    listed: PageOfList[FactorTag] | None = None


def with_answers(tags: Iterable[FactorTag]) -> list[Said]:
    """The tags with what has been answered to them. Two queries at most."""
    tags = list(tags)
    found = tallies(tag.key for tag in tags) if tags else {}
    return [Said(tag, found.get(tag.key)) for tag in tags]


def sides_of(tags: FactorTagQuerySet, facets: SaidFacets, number: str | None) -> list[Side]:
    """What the tags say: both directions, or a page of the one that is asked for. Five queries at most.

    Concrete examples come first, then the latest.
    """
    tags = facets.narrow(tags)
    in_order = tags.for_lists().order_by("-strength", "-made_at", "-pk")
    return [_listed(in_order, facets.direction, number)] if facets.direction else _both(tags, in_order)


def _both(tags: FactorTagQuerySet, in_order: FactorTagQuerySet) -> list[Side]:
    directions = (ENABLING, HINDERING)
    counts = {direction: Count("pk", filter=Q(direction=direction)) for direction in directions}
    totals = tags.aggregate(**counts)
    said = with_answers(
        tag for direction in directions for tag in in_order.filter(direction=direction)[:SHOWN]
    )
    return [
        Side(direction, [one for one in said if one.tag.direction == direction], totals[direction])
        for direction in directions
    ]


def _listed(in_order: FactorTagQuerySet, direction: str, number: str | None) -> Side:
    listed = Paginator(in_order.filter(direction=direction), IN_LIST).get_page(number)
    return Side(direction, with_answers(listed.object_list), listed.paginator.count, listed)
