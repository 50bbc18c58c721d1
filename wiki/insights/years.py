"""What has been said in each year: of something that changes, not of who is better."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from wiki.insights.material import Statement, sides


@dataclass(frozen=True)
class Year:
    """Numbers of municipalities that have said in that year that something enables, and that it hinders; and
    of statements.
    """

    year: int
    enabling: int
    hindering: int
    statements: int


def years(statements: Iterable[Statement]) -> tuple[Year, ...]:
    """Count by the year in which each statement was first saved, the latest first; no silent years."""
    found: dict[int, list[Statement]] = defaultdict(list)
    for said in statements:
        if said.at:
            found[timezone.localtime(said.at).year].append(said)
    return tuple(_year(year, found[year]) for year in sorted(found, reverse=True))


def _year(year: int, said: list[Statement]) -> Year:
    enabling, hindering = sides(said)
    return Year(year, len(enabling), len(hindering), len(said))
