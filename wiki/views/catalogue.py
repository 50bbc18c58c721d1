"""A factor, a municipality: what they are, and the pages about them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from factors.models import Factor
from mittkoping.municipalities.models import Municipality
from mittkoping.text.slugs import slugify
from wiki.models import Edit, FactorTag, Page

LATEST = 10


@require_safe
def factor(request: HttpRequest, slug: str) -> HttpResponse:
    """A factor, and the pages that say it enables or hinders."""
    if (canonical := slugify(slug)) and canonical != slug:
        return redirect("wiki:factor", slug=canonical, permanent=True)
    found = get_object_or_404(Factor.objects.select_related("theme", "merged_into"), slug=canonical)
    if found.merged_into:
        return redirect(found.merged_into, permanent=True)
    tags = FactorTag.objects.visible_to(request.user).of_current_pages().of(found).for_lists()
    context = {
        "factor": found,
        "related": Factor.objects.active().filter(slug__in=found.related).in_order(),
        "enabling": tags.enabling(),
        "hindering": tags.hindering(),
    }
    return render(request, "wiki/factor.html", context)


@require_safe
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """A municipality, its pages, what it says of factors and its latest edits."""
    if (canonical := slugify(slug)) and canonical != slug:
        return redirect("wiki:municipality", slug=canonical, permanent=True)
    found = get_object_or_404(Municipality.objects.select_related("county", "group"), slug=canonical)
    edits = Edit.objects.visible_to(request.user).of_current_pages().with_people().select_related("page")
    tags = FactorTag.objects.visible_to(request.user).of_current_pages().for_lists()
    pages = Page.objects.visible_to(request.user).current()
    context = {
        "municipality": found,
        "pages": pages.from_municipality(found).in_order().for_cards(),
        "tags": tags.filter(municipality=found),
        "edits": edits.filter(municipality=found).newest_first()[:LATEST],
    }
    return render(request, "wiki/municipality.html", context)
