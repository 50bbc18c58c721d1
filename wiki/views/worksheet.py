"""A factor's questions on a sheet of paper, for a meeting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from factors.models import Factor
from mittkoping.text.slugs import slugify


@require_safe
def worksheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet, and the way from its notes to a page."""
    canonical = slugify(slug)
    found = get_object_or_404(Factor.objects.select_related("theme", "merged_into"), slug=canonical)
    shown = found.merged_into or found
    if shown.slug != slug:
        return redirect("wiki:worksheet", slug=shown.slug, permanent=True)
    related = Factor.objects.active().filter(slug__in=found.related).in_order()
    return render(request, "wiki/worksheet.html", {"factor": found, "related": related})
