"""Versions of a factor: listed, shown, compared, brought back."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from factors import operations as factor_operations
from factors import rules
from factors.comparing import compare_factors, readable
from factors.models import Factor
from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki.forms.catalogue import RevertFactorForm
from wiki.operations import catalogue
from wiki.views.factor_finding import version_of, with_factor
from wiki.views.history import NUMBER

PER_PAGE = 50


@require_safe
@with_factor
def history(request: HttpRequest, factor: Factor) -> HttpResponse:
    """All versions, newest first; `?fran=1&till=3`, from the form of the list, leads to a comparison."""
    old, new = request.GET.get("fran", ""), request.GET.get("till", "")
    if re.fullmatch(NUMBER, old) and re.fullmatch(NUMBER, new):
        return redirect("wiki:factor_compare", slug=factor.slug, old=int(old), new=int(new))
    rows = factor.edits.select_related("author", "reviewer")
    context = {
        "factor": factor,
        "edits": Paginator(rows, PER_PAGE).get_page(request.GET.get("sida")),
        "may": rules.rights(request.user, factor),
    }
    return render(request, "factors/history.html", context)


@require_safe
@with_factor
def version(request: HttpRequest, factor: Factor, number: int) -> HttpResponse:
    """One version, at its permanent address."""
    return _show_version(request, factor, number)


@require_safe
@with_factor
def compare(request: HttpRequest, factor: Factor, old: int, new: int) -> HttpResponse:
    """What differs between two versions."""
    before, after = version_of(factor, old), version_of(factor, new)
    changes = compare_factors(before.content, after.content)
    context = {
        "factor": factor,
        "old": before,
        "new": after,
        "changes": changes,
        "may": rules.rights(request.user, factor),
    }
    return render(request, "factors/compare.html", context)


@signed_in
@require_POST
@with_factor
def revert(request: SignedInRequest, factor: Factor, number: int) -> HttpResponse:
    """Publish an older version again."""
    version_of(factor, number)
    if not rules.may_edit_factor(request.user, factor):
        raise PermissionDenied(factor_operations.why_not(request.user, factor))
    form = RevertFactorForm(request.POST)
    if not form.is_valid():
        return _show_version(request, factor, number, form)
    return _revert(request, factor, number, form)


def _revert(request: SignedInRequest, factor: Factor, number: int, form: RevertFactorForm) -> HttpResponse:
    base, reason = form.cleaned_data["base"], form.cleaned_data["reason"]
    try:
        edit = catalogue.revert_factor(factor, number, base=base, by=request.user, summary=reason)
    except factor_operations.FactorConflict as conflict:
        again = RevertFactorForm({"base": conflict.factor.number, "reason": reason})
        again.add_error(None, str(conflict))
        return _show_version(request, conflict.factor, number, again, status=409)
    except factor_operations.FactorRefusal as refusal:
        form.add_error(None, str(refusal))
        return _show_version(request, factor, number, form)
    words = {"number": number, "new": edit.number}
    messages.success(request, _("Version %(number)s är återställd, som version %(new)s.") % words)
    return redirect(factor)


def _show_version(
    request: HttpRequest,
    factor: Factor,
    number: int,
    form: RevertFactorForm | None = None,
    status: int = 200,
) -> HttpResponse:
    edit = version_of(factor, number)
    content = edit.content
    context = {
        "factor": factor,
        "edit": edit,
        "content": content,
        "lines": readable(content),
        "may": rules.rights(request.user, factor),
        "form": form or RevertFactorForm(initial={"base": factor.number}),
    }
    return render(request, "factors/version.html", context, status=status)
