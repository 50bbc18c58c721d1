"""Reading and writing a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mittkoping.accounts.http import SignedInRequest, signed_in
from mittkoping.accounts.models import Someone
from wiki import rules
from wiki.chips import directions
from wiki.marking import marked_page
from wiki.models import Edit, Page, Proposal, Topic
from wiki.models.watch import watched_by
from wiki.views.editing import Editing
from wiki.views.finding import with_page
from wiki.views.sent_form import sent_form


@require_safe
@with_page
def show(request: HttpRequest, page: Page) -> HttpResponse:
    """A page as it is published."""
    marked = marked_page(page)
    context = {
        "page": page,
        "marked": marked,
        "directions": directions(marked.chips),
        "municipalities": list(page.municipalities.in_order()),
        "edit": _published_edit(page, request.user),
        **_rights(request.user, page),
    }
    return render(request, "wiki/page.html", context)


def _published_edit(page: Page, user: Someone) -> Edit:
    """The published version's edit, with what else the page says of itself at hand. One query."""
    edits = page.edits.with_people().with_review()
    return edits.annotate(
        waiting_count=Proposal.objects.waiting().count_on("page"),
        open_topics=Topic.objects.unresolved().count_on("page"),
        is_watched=watched_by(user),
    ).get(number=page.number)


def _rights(user: Someone, page: Page) -> dict[str, bool]:
    """What the page's own links may offer."""
    return {
        "may_write": rules.may_write(user, page),
        "may_moderate": rules.may_moderate(user),
        "may_protect": rules.may_protect(user, page),
        "may_rename": rules.may_rename(user, page),
        "may_archive": rules.may_archive(user, page),
        "may_restore": rules.may_restore(user, page),
    }


@require_safe
@with_page
def source(request: HttpRequest, page: Page) -> HttpResponse:
    """The Markdown of the page, as it is stored."""
    return HttpResponse(page.body, content_type="text/markdown; charset=utf-8")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """A form for a page that does not exist yet; `?titel=` fills in its title."""
    return Editing(request, None).answer()


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def edit(request: SignedInRequest, page: Page) -> HttpResponse:
    """The form of a page."""
    return Editing(request, page).answer()


@signed_in
@require_POST
def preview(request: SignedInRequest) -> HttpResponse:
    """How a text would look, as a fragment, drawn by the same code as when it is saved.

    With `?sida=` or `?forslag=` also what becomes of the passages of the page whose form is sent; above it
    what is to be thought of before saving.
    """
    editing = sent_form(request)
    return render(request, "wiki/_preview.html", {**editing.preview(), "page": editing.page})
