"""Keeping order on a page: another name, the archive, protection, versions that are hidden."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki import operations, rules
from wiki.forms import ArchiveForm, RenameForm
from wiki.forms.keeping import FindForm, ProtectForm, PurgeForm
from wiki.models import Edit, Page, Proposal
from wiki.operations import finding_words, naming, protecting, purging, wiping
from wiki.views.answers import against, saved
from wiki.views.finding import with_page
from wiki.views.history import HiddenVersionPage


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def rename(request: SignedInRequest, page: Page) -> HttpResponse:
    """Another title, and the address that goes with it."""
    naming.require_renaming(request.user, page)
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


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def protect(request: SignedInRequest, page: Page) -> HttpResponse:
    """Who may publish on a page, until when, and why."""
    if not rules.may_protect(request.user, page):
        raise PermissionDenied(_("Bara moderatorer ändrar en sidas skydd, och inte på arkiverade sidor."))
    now = {"level": page.level, "until": page.protected_until, "reason": page.protection_reason}
    form = ProtectForm(request.POST or None, initial=now if page.level != page.Protection.OPEN else {})
    if not form.is_valid():
        return render(request, "wiki/protect.html", {"page": page, "form": form})
    protecting.protect(page, **form.cleaned_data, by=request.user)
    messages.success(request, _("Sidans skydd är ändrat."))
    return redirect(page)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def purge(request: SignedInRequest, page: Page, number: int) -> HttpResponse:
    """Hide a version, and others that say the same; `?ord=`, `?fran=` and `?till=` find them."""
    if not rules.may_moderate(request.user):
        raise PermissionDenied(_("Bara moderatorer döljer versioner."))
    edit = get_object_or_404(page.edits, number=number)
    if edit.is_hidden and request.method != "POST":
        raise HiddenVersionPage(edit)
    return Purging(request, page, edit).answer()


class Purging:
    """The screen on which versions are chosen to be hidden."""

    def __init__(self, request: SignedInRequest, page: Page, edit: Edit) -> None:
        self.request = request
        self.page = page
        self.edit = edit
        self.find = FindForm(request.GET)
        self.find.is_valid()
        chosen: dict[str, Any] = self.find.cleaned_data
        self.words: str = chosen.get("ord") or ""
        ends = (chosen.get("fran") or chosen.get("till"), chosen.get("till") or chosen.get("fran"))
        self.first, self.last = sorted(end or edit.number for end in ends)

    def answer(self) -> HttpResponse:
        """Show what would be hidden, or hide what was chosen."""
        if self.request.method != "POST":
            return self._show(None)
        form = PurgeForm(self.request.POST, words=self.words)
        if not form.is_valid():
            return self._show(form)
        try:
            made = self._purge(form)
        except purging.NothingToHide as nothing:
            messages.info(self.request, str(nothing))
            return redirect("wiki:history", self.page.slug)
        except operations.EditConflict as conflict:
            return self._meet(conflict)
        except operations.Refusal as refusal:
            form.add_error(None, str(refusal))
            return self._show(form)
        return self._hidden(form.cleaned_data["versions"], made)

    def _purge(self, form: PurgeForm) -> Edit | None:
        sent = form.cleaned_data
        entries = finding_words.reasons_of(self.page, self.words)
        what = purging.Purge(
            numbers=sent["versions"],
            instead=sent["instead"] or 0,
            base=sent["base"],
            words=self.words,
            proposals=Proposal.objects.filter(page=self.page, pk__in=sent["proposals"]),
            entries=[entry for entry in entries if entry.pk in sent["entries"]],
        )
        return purging.purge(self.page, what, reason=sent["reason"], by=self.request.user)

    def _meet(self, conflict: operations.EditConflict) -> HttpResponse:
        """Somebody has saved meanwhile, perhaps the same words: look again, with all that was typed."""
        renewed = self.request.POST.copy()
        renewed["base"] = str(conflict.page.number)
        self.page = conflict.page
        form = PurgeForm(renewed, words=self.words)
        form.add_error(None, str(conflict))
        return self._show(form, status=409)

    def _show(self, form: PurgeForm | None, *, status: int = 200) -> HttpResponse:
        found = finding_words.versions_of(self.page, self.words, first=self.first, last=self.last)
        numbers = [one.edit.number for one in found]
        proposals = finding_words.proposals_of(self.page, self.words, numbers)
        reasons = finding_words.reasons_of(self.page, self.words)
        instead = purging.instead_of(self.page, numbers)
        initial = {"base": self.page.number, "instead": instead or None}
        context = {
            "page": self.page,
            "edit": self.edit,
            "find": self.find,
            "form": form or PurgeForm(initial=initial),
            "found": found,
            "is_cut": len(found) == finding_words.MOST,
            "proposals": proposals,
            "reasons": reasons,
            "tags": finding_words.tags_with(self.page, self.words),
            "names": finding_words.names_with(self.page, self.words),
            "draft_count": wiping.count_drafts(self.page, self.words),
            "covers_newest": self.page.number in numbers,
            "is_stuck": self.page.number in numbers and not instead,
            "checked": self._checked(form, numbers, proposals, reasons),
        }
        return render(self.request, "wiki/purge.html", context, status=status)

    def _checked(
        self,
        form: PurgeForm | None,
        numbers: list[int],
        proposals: list[finding_words.FoundProposal],
        reasons: list[Any],
    ) -> dict[str, list[int]]:
        """What is ticked: at first all that was found, then what the moderator left ticked."""
        if form is None:
            keys = [one.proposal.pk for one in proposals], [entry.pk for entry in reasons]
            return {"versions": numbers, "proposals": keys[0], "entries": keys[1]}
        return {
            name: form.fields[name].clean(form[name].value()) for name in ("versions", "proposals", "entries")
        }

    def _hidden(self, numbers: list[int], made: Edit | None) -> HttpResponse:
        shown = ", ".join(map(str, sorted(numbers)))
        messages.success(self.request, _("Dolt för alla: version %(numbers)s.") % {"numbers": shown})
        if made:
            sentence = _("Version %(source)s gäller igen, som version %(number)s.")
            told = sentence % {"source": made.source_number, "number": made.number}
            messages.info(self.request, told)
        left = finding_words.versions_of(self.page, self.words) if self.words else []
        if left:
            numbers_left = ", ".join(str(one.edit.number) for one in left)
            sentence = _("Orden finns kvar i version %(numbers)s.")
            messages.warning(self.request, sentence % {"numbers": numbers_left})
        return redirect("wiki:history", self.page.slug)
