"""Diverging bars: how many municipalities say that a factor enables, and how many that it hinders."""

from dataclasses import dataclass
from enum import Enum

from wiki.insights.material import Counted, FactorFacts, Material, sides


class BarOrder(Enum):
    """What the viewer puts first; the value is what the address says."""

    CATALOGUE = "katalog"
    HINDERING = "hammar"
    ENABLING = "framjar"


@dataclass(frozen=True)
class Bar:
    """One factor, in numbers of municipalities. One that says both is in enabling, in hindering and in both,
    and once in `municipalities`.
    """

    factor: FactorFacts
    enabling: int
    hindering: int
    both: int
    municipalities: int


@dataclass(frozen=True)
class Bars:
    """A bar for each factor that somebody has written about; silent: the others, in the catalogue's order.

    longest   the longest side of any bar: what the picture is scaled by; 0 when there is no bar
    """

    order: BarOrder
    bars: tuple[Bar, ...]
    silent: tuple[FactorFacts, ...]
    longest: int
    counted: Counted


def bars(material: Material, order: BarOrder = BarOrder.CATALOGUE) -> Bars:
    """Count municipalities on both sides of every factor; alike ones stay in the catalogue's order."""
    said = material.by_factor
    found = [_bar(material, factor) for factor in material.shown_factors if factor.slug in said]
    if order is BarOrder.HINDERING:
        found.sort(key=lambda bar: -bar.hindering)
    elif order is BarOrder.ENABLING:
        found.sort(key=lambda bar: -bar.enabling)
    silent = tuple(factor for factor in material.shown_factors if factor.slug not in said)
    longest = max((max(bar.enabling, bar.hindering) for bar in found), default=0)
    return Bars(order, tuple(found), silent, longest, material.counted)


def _bar(material: Material, factor: FactorFacts) -> Bar:
    enabling, hindering = sides(material.by_factor[factor.slug])
    return Bar(factor, len(enabling), len(hindering), len(enabling & hindering), len(enabling | hindering))
