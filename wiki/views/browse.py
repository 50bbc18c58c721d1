"""Finding one's way: start, all pages, recent changes, links, search."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from factors.models import Factor, Theme
from mittkoping.municipalities.models import Municipality
from wiki import rules, search
from wiki.facets import Facets
from wiki.models import Edit, Page, PageLink
from wiki.views.finding import with_page

PAGES_PER_PAGE = 24
EDITS_PER_PAGE = 50
HITS_PER_PAGE = 20
LATEST = 6
LESSONS = (Page.Kind.EXPERIENCE, Page.Kind.LESSON)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The front page."""
    pages = Page.objects.visible_to(request.user).current()
    edits = Edit.objects.visible_to(request.user).of_current_pages().with_people().select_related("page")
    context = {
        "lessons": pages.filter(kind__in=LESSONS).recent().for_cards()[:LATEST],
        "edits": edits.newest_first()[:LATEST],
        "themes": Theme.objects.with_active_factors(),
        "page_count": pages.count(),
        "factor_count": Factor.objects.active().count(),
        "municipality_count": Municipality.objects.real().count(),
    }
    return render(request, "wiki/start.html", context)


@require_safe
def page_list(request: HttpRequest) -> HttpResponse:
    """All pages, narrowed down by facets; `?arkiv=1` shows moderators those that were put away."""
    facets = Facets(request.GET)
    may_see_archive = rules.may_see_archive(request.user)
    is_archive = may_see_archive and request.GET.get("arkiv") == "1"
    visible = Page.objects.visible_to(request.user)
    pages = facets.narrow(visible.archived() if is_archive else visible.current()).in_order().for_cards()
    context = {
        "facets": facets,
        "pages": Paginator(pages, PAGES_PER_PAGE).get_page(request.GET.get("sida")),
        "may_write": rules.may_write(request.user, None),
        "may_see_archive": may_see_archive,
        "is_archive": is_archive,
    }
    return render(request, "wiki/page_list.html", context)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Recent changes of all pages; `?stora=1` leaves out the minor ones."""
    visible = Edit.objects.visible_to(request.user).of_current_pages()
    edits = visible.with_people().select_related("page").newest_first()
    only_major = request.GET.get("stora") == "1"
    if only_major:
        edits = edits.filter(is_minor=False)
    found = Paginator(edits, EDITS_PER_PAGE).get_page(request.GET.get("sida"))
    return render(request, "wiki/changes.html", {"edits": found, "only_major": only_major})


@require_safe
@with_page
def links_here(request: HttpRequest, page: Page) -> HttpResponse:
    """The pages that link to this one."""
    links = PageLink.objects.visible_to(request.user).filter(target=page).exclude(source=page)
    sources = Page.objects.current().filter(links__in=links).distinct().in_order().for_cards()
    return render(request, "wiki/links_here.html", {"page": page, "sources": sources})


@require_safe
def search_pages(request: HttpRequest) -> HttpResponse:
    """Simple search in titles, leads and texts."""
    query = request.GET.get("q", "")
    pages = Page.objects.visible_to(request.user).current()
    hits = search.ranked(pages, query) if search.words_of(query) else pages.none()
    found = Paginator(hits, HITS_PER_PAGE).get_page(request.GET.get("sida"))
    results = [(page, search.excerpt(page, query)) for page in found]
    may_write = rules.may_write(request.user, None)
    return render(
        request,
        "wiki/search.html",
        {"query": query, "hits": found, "results": results, "may_write": may_write},
    )
