"""What all pages say together: the hub, a screen for each insight, and its files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from wiki import insights
from wiki.forms.insight_facets import InsightFacets
from wiki.views.insight_catalogue import BY_NAME, INSIGHTS, NARROWED, Insight
from wiki.views.insight_files import csv_file, json_file
from wiki.views.insight_hub import cards
from wiki.views.insight_parts import Part

MOST_PAGES = 100_000


@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    """All insights, each with a small picture or a number."""
    facets = InsightFacets(request.GET, offered=NARROWED)
    material = insights.load(facets.scope())
    context = {"facets": facets, "counted": material.counted, "cards": cards(material, facets)}
    return render(request, "wiki/insights/hub.html", context)


@require_safe
def insight(request: HttpRequest, name: str) -> HttpResponse:
    """One insight: picture, table, how it is counted."""
    if name != name.lower() and name.lower() in BY_NAME:
        return redirect("wiki:insight", name=name.lower(), permanent=True)
    found = _find(name)
    facets = found.facets(request.GET)
    answer = found.answer(facets, Part(_number(request), found.per_page))
    context = {"insight": found, "facets": facets, "counted": answer["result"].counted, **answer}
    return render(request, found.template, context | {"ways": _ways(found, facets)})


@require_safe
def insight_csv(request: HttpRequest, name: str) -> HttpResponse:
    """One insight for spreadsheets."""
    found = _find(name)
    return csv_file(found, found.facets(request.GET))


@require_safe
def insight_json(request: HttpRequest, name: str) -> HttpResponse:
    """One insight for programs."""
    found = _find(name)
    return json_file(found, found.facets(request.GET))


def _find(name: str) -> Insight:
    if name not in BY_NAME:
        raise Http404
    return BY_NAME[name]


def _number(request: HttpRequest) -> int:
    """The part of a long list that is asked for; the first one when that makes no sense."""
    asked = request.GET.get("sida", "")
    return (
        max(1, min(int(asked), MOST_PAGES)) if asked.isdecimal() and len(asked) < len(str(MOST_PAGES)) else 1
    )


def _ways(found: Insight, facets: InsightFacets) -> list[dict[str, Any]]:
    """The other insights, with the facets that they share."""
    return [
        {"title": other.title, "href": other.href, "query": facets.query_of(other.offered)}
        for other in INSIGHTS
        if other is not found
    ]
