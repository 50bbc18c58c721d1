"""The map of who contributes: whether, never how much or how well."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mittkoping.municipalities.models import Group, Municipality
from wiki import insights
from wiki.forms.insight_facets import InsightFacets
from wiki.insights import Contribution, Place
from wiki.views.insight_parts import Part


@dataclass(frozen=True)
class Shape:
    """A municipality as it is drawn: the path of its borders."""

    name: str
    path: str


@dataclass(frozen=True)
class Spot:
    """Where a municipality is on the map: its borders, and the middle of a ring around it."""

    name: str
    path: str
    x: float
    y: float
    is_us: bool


@dataclass(frozen=True)
class GroupRow:
    """A group with those who contribute and those who have not yet, each in Swedish order."""

    label: str
    contributing: tuple[Place, ...]
    others: tuple[Place, ...]

    @property
    def count(self) -> int:
        """How many municipalities the group has here."""
        return len(self.contributing) + len(self.others)


def contributors(facets: InsightFacets, _part: Part) -> dict[str, Any]:
    """Who contributes: real ones on the map and by group; invented ones in a list of their own. Two queries
    more than the counting.
    """
    found = insights.contributors(facets.scope(factor=facets.factor))
    real = [one for one in found.contributions if not one.place.is_fictional]
    paths = dict(Municipality.objects.real().values_list("code", "map_path"))
    return {
        "result": found,
        "n": sum(one.contributes for one in real),
        "of": len(real),
        "shapes": [
            [Shape(one.place.name, paths.get(one.place.code, "")) for one in real if one.contributes is does]
            for does in (False, True)
        ],
        "groups": _groups(real),
        "fictional": [one for one in found.contributions if one.place.is_fictional],
        "factor": facets.chosen.get("faktor"),
    }


def spots(us: Place | None, others: Iterable[Place]) -> list[Spot]:
    """Those that are on the map, in Swedish order. One query, or none."""
    codes = {place.code for place in (*others, *([us] if us else [])) if not place.is_fictional}
    if not codes:
        return []
    rows = Municipality.objects.filter(code__in=codes).exclude(map_path="").in_order()
    return [
        Spot(name, path, x or 0, y or 0, bool(us and us.code == code))
        for code, name, path, x, y in rows.values_list("code", "name", "map_path", "map_x", "map_y")
    ]


def _groups(contributions: Iterable[Contribution]) -> list[GroupRow]:
    contributions = list(contributions)
    rows = []
    for group in Group.objects.all():
        ours = [one for one in contributions if one.place.group == group.code]
        if ours:
            rows.append(
                GroupRow(
                    f"{group.code} {group.name}",
                    tuple(one.place for one in ours if one.contributes),
                    tuple(one.place for one in ours if not one.contributes),
                )
            )
    return rows
