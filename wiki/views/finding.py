"""From the slug in an address to the page that it means."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from mittkoping.accounts.models import Someone
from mittkoping.text.normalise import normalise
from mittkoping.text.slugs import slugify
from wiki.models import FormerName, Page
from wiki.models.page import PageQuerySet

SAFE_METHODS = ("GET", "HEAD")


class NoSuchPage(Http404):
    """No page has the slug; carries a title that one could be made under."""

    reason = ""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.title = slug.replace("-", " ").strip().capitalize()[:100]


class ArchivedPage(Http404):
    """The page has been put away; carries what to do."""

    title = ""

    def __init__(self) -> None:
        super().__init__()
        self.reason = _("Sidan är arkiverad. Fråga en moderator om du behöver den.")


def find_page(slug: str, user: Someone) -> Page:
    """The page that has the slug, or has had it, in whatever spelling.

    Raises ArchivedPage for one that the user may not see any more, NoSuchPage when there is none.
    """
    slug = normalise(slug)
    spellings = list(dict.fromkeys((slug, slugify(slug))))
    found = _find(Page.objects.visible_to(user), spellings)
    if found is None:
        raise ArchivedPage if _find(Page.objects.all(), spellings) else NoSuchPage(slug)
    return found


def _find(pages: PageQuerySet, spellings: list[str]) -> Page | None:
    for spelling in spellings:
        former = FormerName.objects.filter(key=spelling, is_slug=True).values("page")
        if page := pages.filter(slug=spelling).first() or pages.filter(pk__in=former).first():
            return page
    return None


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
