"""From the slug in an address to the page that it means."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from mittkoping.accounts.models import Someone
from mittkoping.text.normalise import normalise
from mittkoping.text.slugs import slugify
from wiki.models import FormerName, Page

SAFE_METHODS = ("GET", "HEAD")


class NoSuchPage(Http404):
    """No page has the slug; carries a title that one could be made under."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.title = slug.replace("-", " ").strip().capitalize()[:100]


def find_page(slug: str, user: Someone) -> Page:
    """The page that has the slug, or has had it, in whatever spelling; raises NoSuchPage."""
    visible = Page.objects.visible_to(user)
    slug = normalise(slug)
    for spelling in dict.fromkeys((slug, slugify(slug))):
        if page := visible.filter(slug=spelling).first():
            return page
        former = FormerName.objects.filter(key=spelling, is_slug=True).values("page")
        if page := visible.filter(pk__in=former).first():
            return page
    raise NoSuchPage(slug)


def with_page(
    view: Callable[Concatenate[Any, Page, ...], HttpResponse],
) -> Callable[Concatenate[Any, str, ...], HttpResponse]:
    """Give the view the page instead of its slug; a reader with an old spelling is sent to the right one."""

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        page = find_page(slug, request.user)
        if page.slug != slug and request.method in SAFE_METHODS and request.resolver_match:
            address = reverse(request.resolver_match.view_name, kwargs={"slug": page.slug, **kwargs})
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            return HttpResponsePermanentRedirect(address + query)
        return view(request, page, **kwargs)

    return wrapped
