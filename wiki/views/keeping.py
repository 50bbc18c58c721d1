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
from wiki.views.answers import against, saved
from wiki.views.finding import with_page


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def rename(request: SignedInRequest, page: Page) -> HttpResponse:
    """Another title, and the address that goes with it."""
    if not rules.may_rename(request.user, page):
        raise PermissionDenied(_("Du behöver vara redaktör för att byta namn på en sida."))
    form, status = RenameForm(request.POST or None, initial={"title": page.title, "base": page.number}), 200
    if form.is_valid():
        try:
            edit = operations.rename(page, **form.cleaned_data, by=request.user)
            return saved(request, edit, _("Sidan heter ”%(title)s”.") % {"title": edit.page.title})
        except operations.EditConflict as conflict:
            form, status = against(form, request.POST, conflict), 409
        except operations.Refusal as refusal:
            form.add_error("title", str(refusal))
    return render(request, "wiki/rename.html", {"page": page, "form": form}, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def archive(request: SignedInRequest, page: Page) -> HttpResponse:
    """Put a page away, or bring it back; the form says which, so that sending it twice does it once."""
    if not (rules.may_restore(request.user, page) or rules.may_archive(request.user, page)):
        raise PermissionDenied(_("Bara moderatorer arkiverar sidor och tar tillbaka dem."))
    if request.method == "POST" and request.POST.get("do") == "restore":
        return _restore(request, page)
    form = ArchiveForm(request.POST or None)
    if not form.is_valid() or page.is_archived:
        return render(request, "wiki/archive.html", {"page": page, "form": form})
    operations.archive(page, **form.cleaned_data, by=request.user)
    messages.success(request, _("Sidan är arkiverad. Bara moderatorer ser den."))
    return redirect(page)


def _restore(request: SignedInRequest, page: Page) -> HttpResponse:
    if page.is_archived:
        operations.restore(page, by=request.user)
    messages.success(request, _("Sidan är tillbaka ur arkivet."))
    return redirect(page)
