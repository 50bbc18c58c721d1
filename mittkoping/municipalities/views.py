"""The list of municipalities."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mittkoping.municipalities.models import County, Municipality
from mittkoping.text.swedish import sort_key


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All municipalities by county; the fictional ones, if there are any, on their own."""
    context = {"counties": by_county(), "fictional": list(Municipality.objects.fictional().in_order())}
    return render(request, "municipalities/index.html", context)


def by_county() -> list[tuple[County, list[Municipality]]]:
    """The real municipalities by county, both in Swedish order; two queries."""
    counties = County.objects.prefetch_related(
        Prefetch("municipalities", Municipality.objects.real().in_order())
    )
    grouped = [(county, list(county.municipalities.all())) for county in counties]
    return sorted(
        ((county, found) for county, found in grouped if found), key=lambda pair: sort_key(pair[0].name)
    )
