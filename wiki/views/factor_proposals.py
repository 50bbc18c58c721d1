"""What is proposed for the catalogue: read, revised, taken back, decided on."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factors.models import FactorProposal
from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki.operations import factor_proposals
from wiki.views.factor_deciding import DecidingFactor
from wiki.views.factor_proposal_screens import find_factor_proposal, show_factor_proposal
from wiki.views.factor_revising import RevisingFactor


@require_safe
def proposal(request: HttpRequest, primary_key: int) -> HttpResponse:
    """A proposal, field by field; moderators who may decide on it do that here."""
    return show_factor_proposal(request, find_factor_proposal(primary_key, request.user))


@signed_in
@require_POST
def decide(request: SignedInRequest, primary_key: int) -> HttpResponse:
    """Publish a proposal, with the moderator's own words or without, or reject it."""
    return DecidingFactor(request, find_factor_proposal(primary_key, request.user)).answer()


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, primary_key: int) -> HttpResponse:
    """The form of one's own proposal."""
    return RevisingFactor(request, find_factor_proposal(primary_key, request.user)).answer()


@signed_in
@require_POST
def withdraw(request: SignedInRequest, primary_key: int) -> HttpResponse:
    """Take one's own proposal back; sending it twice does it once. Somebody else's is not found."""
    found = find_factor_proposal(primary_key, request.user)
    if found.author_id != request.user.pk:
        raise Http404
    if found.status != FactorProposal.Status.WITHDRAWN:
        factor_proposals.withdraw_factor_proposal(found, by=request.user)
    messages.success(request, _("Förslaget är tillbakadraget. Texten finns kvar här."))
    return redirect(found)
