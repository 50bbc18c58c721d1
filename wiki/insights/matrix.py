"""The matrix: factors by group of municipalities, by track or by municipality."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from django.utils.translation import gettext as _

from wiki.insights.material import Counted, FactorFacts, Material, Statement, Track, municipalities, sides
from wiki.insights.rating import Rating, rate

NO_TRACK = "ingen"


class Columns(Enum):
    """What the columns are; the value is what the address says."""

    GROUP = "grupp"
    TRACK = "spar"
    MUNICIPALITY = "kommun"


@dataclass(frozen=True)
class Column:
    """One column. municipalities: how many there have said anything about any factor."""

    key: str
    label: str
    municipalities: int
    href: str = ""


@dataclass(frozen=True)
class Cell:
    """What is said of a factor in a column. enabling and hindering are numbers of municipalities: one that
    says both is in both, and once in `municipalities`.
    """

    rating: Rating
    municipalities: int
    statements: int
    enabling: int
    hindering: int


@dataclass(frozen=True)
class Row:
    """A factor; a cell is None where nobody has written. total is of all columns."""

    factor: FactorFacts
    cells: tuple[Cell | None, ...]
    total: Cell | None


@dataclass(frozen=True)
class ThemeRows:
    """The rows of one theme."""

    slug: str
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Matrix:
    """Rows by theme in the catalogue's order; every row has a cell for each column."""

    by: Columns
    columns: tuple[Column, ...]
    themes: tuple[ThemeRows, ...]
    counted: Counted


def matrix(material: Material, by: Columns = Columns.GROUP) -> Matrix:
    """Rate every factor in every column.

    Groups and tracks are all there; municipalities are those that have said something, in Swedish order. A
    page of both tracks counts in both; one of none has a column of its own, if there is one.
    """
    sort = _SORTS[by](material)
    columns = _COLUMNS[by](material, _sorted_out(material.statements, sort))
    return Matrix(by, columns, tuple(_themes(material, columns, sort)), material.counted)


def cell(statements: Collection[Statement]) -> Cell | None:
    """What some statements about one factor come to; None when there are none."""
    rating = rate(statements)
    if rating is None:
        return None
    enabling, hindering = sides(statements)
    return Cell(rating, len(enabling | hindering), len(statements), len(enabling), len(hindering))


Sort = Callable[[Statement], tuple[str, ...]]
Sorted = dict[str, list[Statement]]


def _themes(material: Material, columns: Iterable[Column], sort: Sort) -> Iterable[ThemeRows]:
    keys = [column.key for column in columns]
    for (slug, name), factors in groupby(
        material.shown_factors, key=lambda factor: (factor.theme, factor.theme_name)
    ):
        yield ThemeRows(slug, name, tuple(_row(material, factor, keys, sort) for factor in factors))


def _row(material: Material, factor: FactorFacts, keys: list[str], sort: Sort) -> Row:
    said = material.by_factor.get(factor.slug, [])
    found = _sorted_out(said, sort)
    return Row(factor, tuple(cell(found.get(key, [])) for key in keys), cell(said))


def _sorted_out(statements: Iterable[Statement], sort: Sort) -> Sorted:
    """The statements by column."""
    found: Sorted = defaultdict(list)
    for statement in statements:
        for key in sort(statement):
            found[key].append(statement)
    return dict(found)


def _by_group(material: Material) -> Sort:
    groups = {code: (place.group,) for code, place in material.places.items()}
    return lambda statement: groups[statement.municipality]


def _by_track(_material: Material) -> Sort:
    return lambda statement: statement.tracks or (NO_TRACK,)


def _by_municipality(_material: Material) -> Sort:
    return lambda statement: (statement.municipality,)


def _group_columns(material: Material, found: Sorted) -> tuple[Column, ...]:
    return tuple(
        Column(group.code, group.label, len(municipalities(found.get(group.code, []))))
        for group in material.shown_groups
    )


def _track_columns(material: Material, found: Sorted) -> tuple[Column, ...]:
    tracks = material.shown_tracks
    if NO_TRACK in found:
        tracks = (*tracks, Track(NO_TRACK, _("Utan inriktning")))
    return tuple(
        Column(track.key, track.name, len(municipalities(found.get(track.key, [])))) for track in tracks
    )


def _municipality_columns(material: Material, found: Sorted) -> tuple[Column, ...]:
    return tuple(
        Column(place.code, place.name, 1, place.href)
        for place in material.places.values()
        if place.code in found
    )


_SORTS: dict[Columns, Callable[[Material], Sort]] = {
    Columns.GROUP: _by_group,
    Columns.TRACK: _by_track,
    Columns.MUNICIPALITY: _by_municipality,
}
_COLUMNS: dict[Columns, Callable[[Material, Sorted], tuple[Column, ...]]] = {
    Columns.GROUP: _group_columns,
    Columns.TRACK: _track_columns,
    Columns.MUNICIPALITY: _municipality_columns,
}
