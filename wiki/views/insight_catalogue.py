"""The insights that there are: name in the address, words, facets, and what makes screen and file of "
"each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wiki.forms.insight_facets import FICTIONAL, InsightFacets
from wiki.views import insight_answers, insight_map, insight_rules, insight_sheets
from wiki.views.insight_answers import Context
from wiki.views.insight_parts import PER_PAGE, Part
from wiki.views.insight_rules import Rule
from wiki.views.insight_sheets import Sheet

NARROWED = ("spar", "grupp", FICTIONAL)


@dataclass(frozen=True)
class Insight:
    """One insight.

    name      in the address, and of its template
    answer    what its screen shows; raises nothing for any facets
    sheet     the same as a table
    offered   its facets; with `us` the municipality among them is who asks, not a limit
    per_page  how many of a long list are shown at a time
    """

    name: str
    title: str | Promise
    lead: str | Promise
    rule: Rule
    answer: Callable[[InsightFacets, Part], Context]
    sheet: Callable[[Mapping[str, Any]], Sheet]
    offered: tuple[str, ...] = NARROWED
    us: bool = False
    per_page: int = PER_PAGE

    def facets(self, data: QueryDict) -> InsightFacets:
        """What an address asks of it."""
        return InsightFacets(data, offered=self.offered, us=self.us)

    @property
    def href(self) -> str:
        """Its own screen."""
        return reverse("wiki:insight", args=[self.name])

    @property
    def template(self) -> str:
        """What shows it."""
        return f"wiki/insights/{self.name}.html"


INSIGHTS = (
    Insight(
        "matris",
        _("Matris"),
        _("Vad som främjar och vad som hämmar, nyckelfaktor för nyckelfaktor, i olika slags kommuner."),
        insight_rules.MATRIX,
        insight_answers.matrix,
        insight_sheets.matrix,
        offered=("kolumner", *NARROWED),
        per_page=40,
    ),
    Insight(
        "staplar",
        _("Främjar eller hämmar"),
        _(
            "Hur många kommuner som säger att en nyckelfaktor hämmar, och hur många som säger att den "
            "främjar."
        ),
        insight_rules.BARS,
        insight_answers.bars,
        insight_sheets.bars,
        offered=("ordning", *NARROWED),
    ),
    Insight(
        "omnamnda",
        _("Mest omnämnt"),
        _("Hur stor andel av kommunerna som har skrivit om varje nyckelfaktor, åt vilket håll det än var."),
        insight_rules.SALIENCE,
        insight_answers.salience,
        insight_sheets.salience,
    ),
    Insight(
        "samvariation",
        _("Sådant som hör ihop"),
        _("Nyckelfaktorer som ofta nämns på samma sida."),
        insight_rules.COOCCURRENCE,
        insight_answers.cooccurrence,
        insight_sheets.cooccurrence,
        offered=("faktor", *NARROWED),
        per_page=50,
    ),
    Insight(
        "hinder-och-mojliggorare",
        _("Hinder här, möjliggörare där"),
        _("Det som hämmar hos er främjar någon annanstans. Läs vad de säger, de som liknar er mest först."),
        insight_rules.ELSEWHERE,
        insight_answers.elsewhere,
        insight_sheets.elsewhere,
        offered=("kommun", "faktor", *NARROWED),
        us=True,
    ),
    Insight(
        "liknande-kommuner",
        _("Kommuner som liknar er"),
        _("Kommuner att ringa: samma kommungrupp, lika många invånare eller samma erfarenheter."),
        insight_rules.NEIGHBOURS,
        insight_answers.neighbours,
        insight_sheets.neighbours,
        offered=("kommun", "spar", FICTIONAL),
        us=True,
    ),
    Insight(
        "over-tid",
        _("Över tid"),
        _("Först hämmade det. Sedan provade kommunen något, och nu främjar det."),
        insight_rules.TIMELINE,
        insight_answers.timeline,
        insight_sheets.timeline,
        offered=("kommun", "faktor", *NARROWED),
        per_page=10,
    ),
    Insight(
        "karta",
        _("Karta"),
        _("Vilka kommuner som har bidragit hittills. Kartan visar om, aldrig hur bra."),
        insight_rules.MAP,
        insight_map.contributors,
        insight_sheets.contributors,
        offered=("faktor", *NARROWED),
    ),
    Insight(
        "vita-flackar",
        _("Vita fläckar"),
        _("Det som ingen har skrivit om ännu. Kanske är det just ni som vet."),
        insight_rules.GAPS,
        insight_answers.gaps,
        insight_sheets.gaps,
    ),
)
BY_NAME = {insight.name: insight for insight in INSIGHTS}
