"""What each insight shows: its counting, its picture, and the ways on from every number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator

from wiki import insights
from wiki.charts import Axis, Diverging, Field, axis, diverging, field, part
from wiki.forms.insight_facets import COLUMNS, FICTIONAL, ORDERS, InsightFacets
from wiki.insights import Bar, Cell, Column, Columns, FactorFacts, Gaps, GroupFacts, Material, Matrix
from wiki.insights.matrix import NO_TRACK
from wiki.views.insight_map import spots
from wiki.views.insight_parts import Part

OF_A_FACTOR = ("spar", "grupp", FICTIONAL)  # the facets that the page of a factor has too
BREAKABLE = "s\u00adkommun"  # where "Pendlingskommun" may be divided, in a narrow column

Context = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """A link that changes one facet."""

    label: str
    query: str
    is_current: bool


@dataclass(frozen=True)
class ShownCell:
    """A cell of the matrix, and where its passages are."""

    cell: Cell | None
    href: str
    column: Column | None


@dataclass(frozen=True)
class ShownRow:
    """A row of the matrix; the last cell is of all columns."""

    factor: FactorFacts
    cells: tuple[ShownCell, ...]


def matrix(facets: InsightFacets, asked: Part) -> Context:
    """Factors by group, track or municipality: so many columns at a time."""
    found = insights.matrix(insights.load(facets.scope()), facets.columns)
    page = asked.of(len(found.columns))
    part = slice(page.start_index() - 1, page.end_index()) if found.columns else slice(0, 0)
    return {
        "result": found,
        "page": page,
        "themes": [
            (theme, [_shown(row, found, facets, part) for row in theme.rows]) for theme in found.themes
        ],
        "heads": [(column, column.label.replace("skommun", BREAKABLE)) for column in found.columns[part]],
        "choices": _choices(facets, "kolumner", COLUMNS, found.by.value),
        "ratings": list(insights.Rating),
        "span": len(found.columns[part]) + 2,
    }


def bars(facets: InsightFacets, _part: Part) -> Context:
    """Who says that it hinders, who says that it enables."""
    found = insights.bars(insights.load(facets.scope()), facets.order)
    return {
        "result": found,
        "rows": drawn_bars(found.bars, found.longest),
        "narrowed": facets.query_of(OF_A_FACTOR),
        "choices": _choices(facets, "ordning", ORDERS, found.order.value),
    }


def drawn_bars(found: Sequence[Bar], longest: int) -> list[tuple[Bar, Diverging]]:
    """Each bar with its picture."""
    return [(bar, diverging(bar.hindering, bar.enabling, longest)) for bar in found]


def salience(facets: InsightFacets, _part: Part) -> Context:
    """How many write about each factor."""
    found = insights.salience(insights.load(facets.scope()))
    return {
        "result": found,
        "rows": [(share, part(share.municipalities, share.of)) for share in found.shares],
    }


def cooccurrence(facets: InsightFacets, asked: Part) -> Context:
    """Factors on the same pages."""
    found = insights.cooccurrence(insights.load(facets.scope()), facets.factor)
    page = Paginator(found.pairs, asked.size).get_page(asked.number)
    return {
        "result": found,
        "page": page,
        "rows": [(pair, part(pair.pages, pair.either), round(100 * pair.jaccard)) for pair in page],
    }


def elsewhere(facets: InsightFacets, asked: Part) -> Context:
    """Where others say that it enables."""

    def found(place: Part) -> insights.Elsewhere:
        return insights.elsewhere(
            facets.scope(), us=facets.us, factor=facets.factor, limit=place.size, offset=place.offset
        )

    result, page = _paged(found, asked)
    places = {one.municipality.code: one.municipality for one in result.passages}
    return {
        "result": result,
        "page": page,
        "is_asked": bool(facets.us or facets.factor),
        "spots": spots(result.us, places.values()),
    }


def neighbours(facets: InsightFacets, _part: Part) -> Context:
    """Who is like us."""
    material = insights.load(facets.scope())
    found = insights.neighbours(material, facets.us) if facets.us in material.places else None
    others = [one.place for one in found.found] if found else []
    return {
        "result": found or material,
        "found": found,
        "spots": spots(found.us, others) if found else [],
    }


def timeline(facets: InsightFacets, asked: Part) -> Context:
    """First hindered, then tried, now enabling."""

    def found(place: Part) -> insights.Timeline:
        scope = facets.scope(municipality=facets.us, factor=facets.factor)
        return insights.timeline(scope, limit=place.size, offset=place.offset)

    result, page = _paged(found, asked)
    return {"result": result, "page": page, **_drawn_stories(result.stories)}


def _drawn_stories(stories: Sequence[insights.Story]) -> Context:
    """Each story with the places of its beginning and its end on one line of time."""
    line: Axis | None = axis(tag.made_at for story in stories for tag in (story.first, story.now))
    rows = [(s, line.at(s.first.made_at), line.at(s.now.made_at)) for s in stories] if line else []
    return {"axis": line, "rows": rows}


def gaps(facets: InsightFacets, _part: Part) -> Context:
    """What nobody has written about."""
    material = insights.load(facets.scope())
    found = insights.gaps(material)
    return {"result": found, "field": gaps_field(material, found), "has_any": bool(material.statements)}


def gaps_field(material: Material, found: Gaps) -> Field:
    """Factors by groups: what is written is filled."""
    blanks = {cell.factor.slug: set(cell.groups) for cell in found.cells}
    silent = {factor.slug for factor in found.factors}

    def look(factor: FactorFacts, group: GroupFacts) -> str:
        is_blank = factor.slug in silent or group in found.groups or group in blanks.get(factor.slug, ())
        return "" if is_blank else "written"

    active = [factor for factor in material.factors if factor.is_active]
    return field([[look(factor, group) for group in material.shown_groups] for factor in active])


def matrix_field(found: Matrix) -> Field:
    """The matrix from afar, on its side: a column for each factor."""
    return field(
        [
            [cell.rating.css_class if cell else "" for cell in row.cells]
            for theme in found.themes
            for row in theme.rows
        ]
    ).on_its_side()


def _paged(found: Any, asked: Part) -> tuple[Any, ListPage[int]]:
    """The part of a list that was asked for; the last one when there is none so late."""
    result = found(asked)
    page = asked.of(result.total)
    if page.number != asked.number:
        result = found(Part(page.number, asked.size))
    return result, page


def _choices(facets: InsightFacets, name: str, choices: Any, current: str) -> list[Choice]:
    return [
        Choice(str(label), facets.query_with(**{name: value}), value == current) for value, label in choices
    ]


def _shown(row: insights.Row, found: Matrix, facets: InsightFacets, part: slice) -> ShownRow:
    cells = [
        ShownCell(cell, _passages(row.factor, column, found.by, facets) if cell else "", column)
        for cell, column in zip(row.cells[part], found.columns[part], strict=True)
    ]
    return ShownRow(row.factor, (*cells, ShownCell(row.total, _factor_page(row.factor, facets), None)))


def _passages(factor: FactorFacts, column: Column, by: Columns, facets: InsightFacets) -> str:
    """Where the passages of a cell are read."""
    if by is Columns.MUNICIPALITY:
        return f"{column.href}#profil"
    if by is Columns.TRACK and column.key == NO_TRACK:
        return _factor_page(factor, facets)
    return _factor_page(factor, facets, **{by.value: column.key})


def _factor_page(factor: FactorFacts, facets: InsightFacets, **narrowed: str) -> str:
    kept = facets.query_of(OF_A_FACTOR, **narrowed)
    return f"{factor.href}?{kept}" if kept else factor.href
