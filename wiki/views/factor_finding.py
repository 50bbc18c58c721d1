"""From the slug in an address to the factor that it means."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from factors.models import Factor, FactorEdit
from mittkoping.text.slugs import slugify
from wiki.views.finding import SAFE_METHODS


def with_factor(
    view: Callable[Concatenate[Any, Factor, ...], HttpResponse],
) -> Callable[Concatenate[Any, str, ...], HttpResponse]:
    """Give the view the factor instead of its slug; a reader with another spelling is sent to the right one.

    A merged factor is itself here: what has been said of it stays readable.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        factors = Factor.objects.select_related("theme", "merged_into")
        factor = get_object_or_404(factors, slug=slugify(slug))
        if factor.slug != slug and request.method in SAFE_METHODS and request.resolver_match:
            address = reverse(request.resolver_match.view_name, kwargs={"slug": factor.slug, **kwargs})
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            return HttpResponsePermanentRedirect(address + query)
        return view(request, factor, **kwargs)

    return wrapped


def led_to(address: str, request: HttpRequest) -> HttpResponse:
    """Send a reader of a merged factor on, for now: a merge can be undone, so nothing remembers it."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    response = HttpResponseRedirect(address + query)
    add_never_cache_headers(response)
    return response


def version_of(factor: Factor, number: int) -> FactorEdit:
    """A version, with people at hand; 404 when there is none."""
    edits = factor.edits.select_related("author", "reviewer", "factor")
    return get_object_or_404(edits, number=number)
