"""The files of an insight: the rows of its screen, and with them what they are made of and how."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse

from wiki.exporting.document import write_json
from wiki.exporting.origin import CC0, absolute, origin
from wiki.exporting.spreadsheet import Column, write_csv
from wiki.forms.insight_facets import InsightFacets
from wiki.views.insight_answers import Context
from wiki.views.insight_catalogue import Insight
from wiki.views.insight_parts import WHOLE_FILE

# Beside licence and date, which every file has: so that they stay with the rows, wherever those are taken.
MADE_OF = (
    Column("counted", "Underlag"),
    Column("facets", "Begränsat till"),
    Column("address", "Källa", "anyURI"),
    Column("rule", "Så räknar vi"),
)
NOTHING = "inget"


def csv_file(insight: Insight, facets: InsightFacets) -> HttpResponse:
    """For spreadsheets."""
    context = insight.answer(facets, WHOLE_FILE)
    sheet = insight.sheet(context)
    said = {
        "counted": context["result"].counted.label,
        "facets": ", ".join(f"{one.label}: {one.value}" for one in facets.active) or NOTHING,
        "address": _address(insight, facets),
        "rule": " ".join(map(str, insight.rule)),
    }
    rows = write_csv((*sheet.columns, *MADE_OF), (row | said for row in sheet.rows), origin())
    return _file(insight, rows, "csv", "text/csv; charset=utf-8; header=present")


def json_file(insight: Insight, facets: InsightFacets) -> HttpResponse:
    """For programs."""
    context = insight.answer(facets, WHOLE_FILE)
    sheet = insight.sheet(context)
    names = [column.name for column in sheet.columns]
    facts = origin().facts(str(insight.title)) | {
        "address": _address(insight, facets),
        "facets": {name: facets.form.data[name] for name in facets.chosen},
        "counted": _counted(context),
        "rule": [str(sentence) for sentence in insight.rule],
        "columns": {column.name: column.title for column in sheet.columns},
    }
    rows = ({name: row[name] for name in names} for row in sheet.rows)
    return _file(insight, write_json(facts, "rows", rows), "json", "application/json")


def _counted(context: Context) -> dict[str, Any]:
    counted = context["result"].counted
    return {
        "label": counted.label,
        "municipalities": counted.municipalities,
        "fictional": counted.fictional,
        "statements": counted.statements,
        "pages": counted.pages,
        "with_fictional": counted.with_fictional,
    }


def _address(insight: Insight, facets: InsightFacets) -> str:
    return absolute(f"{insight.href}?{facets.query}" if facets.query else insight.href)


def _file(insight: Insight, parts: Iterable[str], kind: str, content_type: str) -> HttpResponse:
    response = HttpResponse((part.encode() for part in parts), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{insight.name}.{kind}"'
    response["Link"] = f'<{CC0}>; rel="license"'
    return response
