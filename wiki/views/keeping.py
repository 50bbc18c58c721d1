"""Keeping order: another name, the archive."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki import operations, rules
from wiki.forms import ArchiveForm, RenameForm
from wiki.models import Page
from wiki.views.finding import with_page


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def rename(request: SignedInRequest, page: Page) -> HttpResponse:
    """Another title, and the address that goes with it."""
    if not rules.may_rename(request.user, page):
        raise PermissionDenied(_("Du behöver vara redaktör för att byta namn på en sida."))
    form = RenameForm(request.POST or None, initial={"title": page.title, "base": page.number})
    if form.is_valid():
        try:
            edit = operations.rename(page, **form.cleaned_data, by=request.user)
        except operations.Refusal as refusal:
            form.add_error("title", str(refusal))
        else:
            messages.success(request, _("Sidan heter nu ”%(title)s”.") % {"title": edit.page.title})
            return redirect(edit.page)
    return render(request, "wiki/rename.html", {"page": page, "form": form})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def archive(request: SignedInRequest, page: Page) -> HttpResponse:
    """Put a page away, or bring it back."""
    may = rules.may_restore if page.is_archived else rules.may_archive
    if not may(request.user, page):
        raise PermissionDenied(_("Bara moderatorer arkiverar sidor och tar tillbaka dem."))
    if page.is_archived and request.method == "POST":
        operations.restore(page, by=request.user)
        messages.success(request, _("Sidan är tillbaka ur arkivet."))
        return redirect(page)
    form = ArchiveForm(request.POST or None)
    if form.is_valid() and not page.is_archived:
        operations.archive(page, **form.cleaned_data, by=request.user)
        messages.success(request, _("Sidan är arkiverad. Bara moderatorer ser den."))
        return redirect(page)
    return render(request, "wiki/archive.html", {"page": page, "form": form})
