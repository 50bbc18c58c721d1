"""How many municipalities have said something of each factor, in templates of the catalogue."""

from collections.abc import Mapping

from django import template
from django.conf import settings

from factors.models import Factor
from wiki.insights.tallies import Tally, tallies

register = template.Library()


@register.simple_tag
def tallies_of_factors() -> Mapping[str, Tally]:
    """The numbers by slug, for the filter `tally`. One query."""
    return tallies(with_fictional=settings.DEMO)


@register.filter
def tally(found: Mapping[str, Tally], factor: Factor) -> Tally | None:
    """The numbers of one factor; None when nobody has written about it."""
    return found.get(factor.slug)
