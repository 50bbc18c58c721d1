"""Versions of a page: listed, shown, compared, brought back."""

import re

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mittkoping.accounts.http import SignedInRequest, signed_in
from mittkoping.accounts.models import Someone
from wiki import operations, passages, rules
from wiki.comparing import compare_contents
from wiki.fates import states_of
from wiki.forms import RevertForm
from wiki.labels import labels
from wiki.marking import marked_version
from wiki.models import Edit, HiddenVersion, Page
from wiki.rendering import render_cached
from wiki.views.answers import against, saved
from wiki.views.finding import with_page
from wiki.views.too_many import too_many

PER_PAGE = 50
NUMBER = "[1-9][0-9]{0,8}"  # from 1, and never more than a database can hold


class HiddenVersionPage(Http404):
    """The version held what nobody may read any more; carries why it is hidden."""

    title = ""

    def __init__(self, edit: Edit) -> None:
        super().__init__()
        sentence = _("Version %(number)s är dold för alla. Skälet är: ”%(reason)s”")
        self.heading = _("Versionen är dold")
        self.reason = sentence % {"number": edit.number, "reason": edit.hidden_reason}


def readable(page: Page, number: int) -> Edit:
    """A version that may be read, with people and review at hand. Raises HiddenVersionPage or Http404."""
    edit = get_object_or_404(page.edits.with_people().with_review(), number=number)
    if edit.is_hidden:
        raise HiddenVersionPage(edit)
    return edit


@require_safe
@with_page
def history(request: HttpRequest, page: Page) -> HttpResponse:
    """All versions, newest first; `?fran=1&till=3`, from the form of the list, leads to a comparison."""
    old, new = request.GET.get("fran", ""), request.GET.get("till", "")
    if _is_number(old) and _is_number(new):
        return redirect("wiki:compare", slug=page.slug, old=int(old), new=int(new))
    hidden = Edit.objects.filter(page=OuterRef("page"), hidden_at__isnull=False)
    follows_hidden = Exists(hidden.filter(number=OuterRef("number") - 1))
    rows = page.edits.with_people().annotate(follows_hidden=follows_hidden)
    edits = Paginator(rows, PER_PAGE).get_page(request.GET.get("sida"))
    may_revert = rules.may_write(request.user, page)
    return render(request, "wiki/history.html", {"page": page, "edits": edits, "may_revert": may_revert})


def _is_number(text: str) -> bool:
    """Whether the text can be the number of a version, as in addresses."""
    return re.fullmatch(NUMBER, text) is not None


@require_safe
@with_page
def version(request: HttpRequest, page: Page, number: int) -> HttpResponse:
    """One version, at its permanent address."""
    return _show_version(request, page, number)


def _show_version(
    request: HttpRequest, page: Page, number: int, form: RevertForm | None = None, status: int = 200
) -> HttpResponse:
    edit = readable(page, number)
    content = edit.content
    rendering = render_cached(content.body)
    context = {
        "page": page,
        "edit": edit,
        "content": content,
        **labels(content),
        "rendering": rendering,
        "marked": marked_version(page, edit, content, rendering),
        **_rights(request.user, page, edit),
        "form": form or RevertForm(initial={"base": page.number}),
    }
    return render(request, "wiki/version.html", context, status=status)


def _rights(user: Someone, page: Page, edit: Edit) -> dict[str, bool]:
    """What the reader of a version may do with it."""
    is_old = edit.number != page.number
    return {
        "is_old": is_old,
        "may_revert": rules.may_write(user, page) and is_old,
        "may_publish": rules.may_publish(user, page),
        "may_purge": rules.may_purge(user, edit),
    }


@require_safe
@with_page
def version_source(request: HttpRequest, page: Page, number: int) -> HttpResponse:
    """The Markdown of one version, as it is stored."""
    return HttpResponse(readable(page, number).content.body, content_type="text/markdown; charset=utf-8")


@require_safe
@with_page
def compare(request: HttpRequest, page: Page, old: int, new: int) -> HttpResponse:
    """What differs between two versions."""
    before, after = readable(page, old), readable(page, new)
    shown = (passages.readable(edit.content, page) for edit in (before, after))
    comparison = compare_contents(*shown)
    context = {"page": page, "old": before, "new": after, "comparison": comparison}
    return render(request, "wiki/compare.html", context)


@signed_in
@require_POST
@with_page
def revert(request: SignedInRequest, page: Page, number: int) -> HttpResponse:
    """Publish an older version again."""
    readable(page, number)
    form = RevertForm(request.POST)
    if not form.is_valid():
        return _show_version(request, page, number, form)
    return _revert(request, page, number, form)


def _revert(request: SignedInRequest, page: Page, number: int, form: RevertForm) -> HttpResponse:
    before = states_of(page)
    try:
        result = operations.revert(page, number, **form.cleaned_data, by=request.user)
    except operations.TooMany as limit:
        return too_many(request, limit)
    except operations.EditConflict as conflict:
        again = against(form, request.POST, conflict)
        return _show_version(request, conflict.page, number, again, status=409)
    except (operations.Refusal, HiddenVersion) as refusal:
        # A version that somebody has just hidden is told of by showing it.
        form.add_error(None, str(refusal))
        return _show_version(request, page, number, form)
    return saved(request, result, _("Version %(number)s är återställd.") % {"number": number}, before=before)
