"""A factor's questions on a sheet of paper, for a meeting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from factors.models import Factor
from mittkoping.text.slugs import slugify
from wiki.views.factor_finding import led_to


@require_safe
def worksheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet, and the way from its notes to a page."""
    canonical = slugify(slug)
    found = get_object_or_404(Factor.objects.select_related("theme", "merged_into"), slug=canonical)
    if found.slug != slug:
        return redirect("wiki:worksheet", slug=found.slug, permanent=True)
    if found.merged_into:
        return led_to(reverse("wiki:worksheet", args=[found.merged_into.slug]), request)
    related = Factor.objects.active().filter(slug__in=found.related).in_order()
    return render(request, "wiki/worksheet.html", {"factor": found, "related": related})
