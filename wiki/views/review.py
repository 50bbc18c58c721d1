"""Review: a proposal, the unreviewed edits of a page, and what is decided on them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki import operations, rules
from wiki.forms.review import HideForm, ReusableForm
from wiki.models import Page, ReviewReason
from wiki.operations.reasons import add_reason, remove_reason
from wiki.views.deciding import Deciding
from wiki.views.deciding_edits import DecidingEdits, already_reviewed
from wiki.views.finding import with_page
from wiki.views.moderating import for_moderators
from wiki.views.proposal_screens import find_proposal, read_proposal
from wiki.views.review_screens import show_edits, show_proposal


@require_safe
def proposal(request: HttpRequest, primary_key: int) -> HttpResponse:
    """A proposal: the review screen for moderators who may decide on it, its text for everybody else."""
    found = find_proposal(primary_key, request.user)
    if rules.may_review(request.user, found):
        return show_proposal(request, found)
    return read_proposal(request, found)


@signed_in
@require_POST
def decide(request: SignedInRequest, primary_key: int) -> HttpResponse:
    """Publish a proposal, all or in part, ask for changes, or reject it."""
    return Deciding(request, find_proposal(primary_key, request.user)).answer()


@signed_in
@require_POST
def proposal_hide(request: SignedInRequest, primary_key: int) -> HttpResponse:
    """Show a proposal to moderators only, or to everybody again."""
    found, form = find_proposal(primary_key, request.user), HideForm(request.POST)
    if request.POST.get("do") == "show":
        operations.show_proposal(found, by=request.user)
        messages.success(request, _("Förslaget visas igen."))
        return redirect(found)
    if not form.is_valid() and rules.may_moderate(request.user):
        return read_proposal(request, found, hide_form=form, has_errors=True)
    if operations.hide_proposal(found, reason=form.cleaned_data.get("reason", ""), by=request.user):
        messages.success(request, _("Förslaget är dolt. Bara moderatorer ser det."))
    else:
        messages.info(request, _("Förslaget är redan dolt."))
    return redirect(found)


@signed_in
@require_safe
@for_moderators
@with_page
def review_edits(request: SignedInRequest, page: Page) -> HttpResponse:
    """The edits of a page that no moderator has looked at, together."""
    try:
        return show_edits(request, page)
    except operations.NothingToReview:
        return already_reviewed(request, page)


@signed_in
@require_POST
@for_moderators
@with_page
def decide_edits(request: SignedInRequest, page: Page) -> HttpResponse:
    """Note that the edits are fine, or bring the last reviewed version back."""
    return DecidingEdits(request, page).answer()


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def reasons(request: SignedInRequest) -> HttpResponse:
    """The reasons that moderators use again and again: listed, added, removed."""
    form = ReusableForm(request.POST or None)
    if request.POST.get("do") == "remove":
        key = request.POST.get("reason", "")
        remove_reason(get_object_or_404(ReviewReason, pk=key if key.isdecimal() else 0), by=request.user)
        messages.success(request, _("Skälet är borttaget. Beslut där det har använts är som förut."))
        return redirect("wiki:review_reasons")
    if form.is_valid():
        add_reason(form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Skälet är sparat."))
        return redirect("wiki:review_reasons")
    context = {"form": form, "reasons": ReviewReason.objects.select_related("added_by")}
    return render(request, "wiki/review_reasons.html", context)
