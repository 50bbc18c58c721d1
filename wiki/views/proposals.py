"""What authors do with their own proposals; the review is elsewhere."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki import operations
from wiki.durations import in_words
from wiki.merging import ContentConflict
from wiki.models import HiddenVersion, Proposal
from wiki.queue import place_of
from wiki.statistics import typical_wait
from wiki.views.revising import Revising

PER_PAGE = 25


@signed_in
@require_safe
def own_proposals(request: SignedInRequest) -> HttpResponse:
    """All that one has proposed, newest first, with what has become of it."""
    proposals = request.user.proposals.visible_to(request.user).for_lists().newest_first()
    found = Paginator(proposals, PER_PAGE).get_page(request.GET.get("sida"))
    rows = [(proposal, place_of(proposal) if proposal.is_pending else None) for proposal in found]
    wait = typical_wait()
    context = {
        "proposals": found,
        "rows": rows,
        "typical_wait": in_words(wait) if wait else "",
        "factor_proposals": request.user.factor_proposals.select_related("factor", "reviewer").newest_first(),
    }
    return render(request, "wiki/own_proposals.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, primary_key: int) -> HttpResponse:
    """The form of one's own proposal."""
    return Revising(request, _own(request, primary_key)).answer()


@signed_in
@require_POST
def withdraw(request: SignedInRequest, primary_key: int) -> HttpResponse:
    """Take one's own proposal back; sending it twice does it once."""
    proposal = _own(request, primary_key)
    if proposal.status != Proposal.Status.WITHDRAWN:
        operations.withdraw(proposal, by=request.user)
    messages.success(request, _("Förslaget är tillbakadraget. Texten finns kvar här."))
    return redirect(proposal)


@signed_in
@require_POST
def bring_up_to_date(request: SignedInRequest, primary_key: int) -> HttpResponse:
    """Merge one's own proposal with what has been published since; what cannot be merged is shown."""
    proposal = _own(request, primary_key)
    try:
        operations.bring_up_to_date(proposal, revision=_revision(request), by=request.user)
        messages.success(request, _("Förslaget utgår nu från den senaste versionen av sidan."))
    except operations.Refusal as refusal:
        messages.warning(request, str(refusal))
    except (ContentConflict, HiddenVersion):
        sentence = _(
            "Sidan och förslaget har ändrat samma ord. Ändra i förslaget, eller låt granskaren välja."
        )
        messages.warning(request, sentence)
    return redirect(proposal)


def _own(request: SignedInRequest, primary_key: int) -> Proposal:
    """One's own proposal, which one may still see; 404 for that of somebody else."""
    proposals = request.user.proposals.visible_to(request.user)
    return get_object_or_404(proposals.select_related("page", "author", "municipality"), pk=primary_key)


def _revision(request: SignedInRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
