"""The hub of the insights: each with a small true picture or a number."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wiki import insights
from wiki.charts import Diverging, Field
from wiki.forms.insight_facets import InsightFacets
from wiki.insights import Bars, Material
from wiki.insights.material import municipalities, sides
from wiki.insights.timeline import turns_of
from wiki.views.insight_answers import drawn_bars, gaps_field, matrix_field
from wiki.views.insight_catalogue import INSIGHTS, Insight


@dataclass(frozen=True)
class Shows:
    """What a card shows: a number and what it is of, or a picture and what it shows in words."""

    said: str
    number: str = ""
    field: Field | None = None
    bars: tuple[Diverging, ...] = ()


@dataclass(frozen=True)
class Card:
    """One insight on the hub; query: the facets of the hub that it has too."""

    insight: Insight
    query: str
    shows: Shows


def cards(material: Material, facets: InsightFacets) -> list[Card]:
    """A card for each insight, made of the same material."""
    found = {
        "matris": _matrix(material),
        "staplar": _bars(material),
        "omnamnda": _salience(material),
        "samvariation": _pairs(material),
        "hinder-och-mojliggorare": _elsewhere(material),
        "liknande-kommuner": _neighbours(material),
        "over-tid": _stories(material),
        "karta": _map(material),
        "vita-flackar": _gaps(material),
    }
    return [Card(insight, facets.query_of(insight.offered), found[insight.name]) for insight in INSIGHTS]


def _matrix(material: Material) -> Shows:
    found = insights.matrix(material)
    filled = sum(cell is not None for theme in found.themes for row in theme.rows for cell in row.cells)
    said = ngettext("%d ruta är ifylld hittills", "%d rutor är ifyllda hittills", filled) % filled
    return Shows(said, field=matrix_field(found))


def _bars(material: Material) -> Shows:
    found: Bars = insights.bars(material)
    count = len(found.bars)
    said = ngettext("%d nyckelfaktor har en stapel", "%d nyckelfaktorer har en stapel", count) % count
    return Shows(said, bars=tuple(bar for _bar, bar in drawn_bars(found.bars, found.longest)))


def _salience(material: Material) -> Shows:
    found = insights.salience(material)
    parts = {"n": len(found.shares), "of": len(found.shares) + len(found.silent)}
    return Shows(_("nyckelfaktorer är omnämnda"), _("%(n)d av %(of)d") % parts)


def _pairs(material: Material) -> Shows:
    count = len(insights.cooccurrence(material).pairs)
    return Shows(
        ngettext("par finns på minst tre sidor", "par finns på minst tre sidor var", count), str(count)
    )


def _elsewhere(material: Material) -> Shows:
    """Factors that hinder one and enable another."""
    count = 0
    for said in material.by_factor.values():
        enabling, hindering = sides(said)
        count += bool(enabling and hindering and len(enabling | hindering) > 1)
    sentence = ngettext(
        "nyckelfaktor hämmar någon och främjar någon annan",
        "nyckelfaktorer hämmar någon och främjar någon annan",
        count,
    )
    return Shows(sentence, str(count))


def _neighbours(material: Material) -> Shows:
    count = len(material.places)
    return Shows(ngettext("kommun att jämföra med", "kommuner att jämföra med", count), str(count))


def _stories(material: Material) -> Shows:
    count = len(turns_of(material))
    return Shows(
        ngettext("gång har ett hinder vänt", "gånger har ett hinder vänt till något som främjar", count),
        str(count),
    )


def _map(material: Material) -> Shows:
    codes = municipalities(material.statements)
    real = sum(not material.places[code].is_fictional for code in codes)
    of = sum(not place.is_fictional for place in material.places.values())
    parts = {"n": real, "of": of}
    return Shows(_("kommuner har märkt vad som främjar eller hämmar"), _("%(n)d av %(of)d") % parts)


def _gaps(material: Material) -> Shows:
    found = insights.gaps(material)
    parts = {"n": found.blank_cells, "of": found.all_cells}
    return Shows(_("%(n)d av %(of)d rutor är vita") % parts, field=gaps_field(material, found).on_its_side())
