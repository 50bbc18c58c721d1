"""A factor as one reads it: what it is, and what municipalities say of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from factors import rules as factor_rules
from factors.models import Factor
from wiki import insights
from wiki.charts.bars import diverging
from wiki.forms.insight_facets import with_fictional
from wiki.forms.said_facets import SaidFacets
from wiki.insights.beside import beside
from wiki.insights.helped import helped
from wiki.insights.material import Material
from wiki.insights.stories import stories
from wiki.insights.voices import voices
from wiki.insights.years import years
from wiki.models import FactorTag
from wiki.views.factor_finding import led_to, with_factor
from wiki.views.said import sides_of


@require_safe
@with_factor
def factor(request: HttpRequest, found: Factor) -> HttpResponse:
    """A factor, and what is said of it: narrowed by `?spar=&grupp=&pahittade=`, one side by `?riktning=`."""
    if found.merged_into:
        return led_to(found.merged_into.get_absolute_url(), request)
    material = insights.load(insights.Scope(with_fictional=with_fictional(request.GET), factor=found.slug))
    facets = SaidFacets(request.GET, material.groups)
    tags = FactorTag.objects.visible_to(request.user).of_current_pages().of(found)
    context = {
        "factor": found,
        "may": factor_rules.rights(request.user, found),
        "facets": facets,
        "sides": sides_of(tags, facets, request.GET.get("sida")),
    }
    if not facets.direction:
        context |= _insight(material, found, facets)
    return render(request, "wiki/factor.html", context)


def _insight(material: Material, found: Factor, facets: SaidFacets) -> dict[str, Any]:
    """What all that is said comes to; the bar is of what the lists are narrowed to. Four queries at most."""
    listed = facets.narrow_counted(material)
    bar = next((bar for bar in insights.bars(listed).bars if bar.factor.slug == found.slug), None)
    names = material.factor_names
    return {
        "related": [names[slug] for slug in found.related if slug in names and names[slug].is_active],
        "bar": bar,
        "drawn": diverging(bar.hindering, bar.enabling, max(bar.hindering, bar.enabling)) if bar else None,
        "counted": material.counted,
        "counted_here": listed.counted,
        "help": helped(material, found.slug),
        "stories": stories(material),
        "years": years(material.statements),
        "beside": beside(material, found.slug),
        "voices": voices(material),
    }
