"""Versions of a page: listed, shown, compared, brought back."""

import re

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki import operations, rules
from wiki.chips import chips
from wiki.comparing import compare_contents
from wiki.forms import RevertForm
from wiki.labels import labels
from wiki.models import Page
from wiki.rendering import render_cached
from wiki.views.answers import against, saved
from wiki.views.finding import with_page

PER_PAGE = 50
NUMBER = "[1-9][0-9]{0,8}"  # from 1, and never more than a database can hold


@require_safe
@with_page
def history(request: HttpRequest, page: Page) -> HttpResponse:
    """All versions, newest first; `?fran=1&till=3`, from the form of the list, leads to a comparison."""
    old, new = request.GET.get("fran", ""), request.GET.get("till", "")
    if _is_number(old) and _is_number(new):
        return redirect("wiki:compare", slug=page.slug, old=int(old), new=int(new))
    edits = Paginator(page.edits.with_people(), PER_PAGE).get_page(request.GET.get("sida"))
    may_revert = rules.may_publish(request.user, page)
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
    edit = get_object_or_404(page.edits.with_people().with_review(), number=number)
    content = edit.content
    context = {
        "page": page,
        "edit": edit,
        "content": content,
        **labels(content),
        "rendering": render_cached(content.body),
        "chips": chips(content.tags),
        "may_revert": rules.may_publish(request.user, page) and number != page.number,
        "form": form or RevertForm(initial={"base": page.number}),
    }
    return render(request, "wiki/version.html", context, status=status)


@require_safe
@with_page
def version_source(request: HttpRequest, page: Page, number: int) -> HttpResponse:
    """The Markdown of one version, as it is stored."""
    edit = get_object_or_404(page.edits, number=number)
    return HttpResponse(edit.content.body, content_type="text/markdown; charset=utf-8")


@require_safe
@with_page
def compare(request: HttpRequest, page: Page, old: int, new: int) -> HttpResponse:
    """What differs between two versions."""
    before = get_object_or_404(page.edits.with_people(), number=old)
    after = get_object_or_404(page.edits.with_people(), number=new)
    comparison = compare_contents(before.content, after.content)
    context = {"page": page, "old": before, "new": after, "comparison": comparison}
    return render(request, "wiki/compare.html", context)


@signed_in
@require_POST
@with_page
def revert(request: SignedInRequest, page: Page, number: int) -> HttpResponse:
    """Publish an older version again."""
    get_object_or_404(page.edits, number=number)
    form = RevertForm(request.POST)
    if not form.is_valid():
        return _show_version(request, page, number, form)
    try:
        edit = operations.revert(page, number, **form.cleaned_data, by=request.user)
    except operations.EditConflict as conflict:
        return _show_version(
            request, conflict.page, number, against(form, request.POST, conflict), status=409
        )
    except operations.Refusal as refusal:
        form.add_error(None, str(refusal))
        return _show_version(request, page, number, form)
    return saved(request, edit, _("Version %(number)s är återställd.") % {"number": number})
