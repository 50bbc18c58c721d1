"""Somebody's page, which everybody reads, and everybody's own page about themselves."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mittkoping.accounts.domains import belongs_to
from mittkoping.accounts.forms import ProfileForm
from mittkoping.accounts.http import SignedInRequest, signed_in
from mittkoping.accounts.models import Membership
from mittkoping.accounts.people import known_people
from mittkoping.accounts.rules import may_change_profile
from mittkoping.log.models import LogEntry
from wiki import rules
from wiki.models import Edit, Proposal
from wiki.operations.members import change_profile

PER_PAGE = 30
ANSWERS = (LogEntry.Act.DECLINE, LogEntry.Act.UNCONFIRM)


@require_safe
def profile(request: HttpRequest, number: int) -> HttpResponse:
    """Who somebody is, and what they have written that the reader may read."""
    person = get_object_or_404(known_people(), pk=number)
    written = Edit.objects.visible_to(request.user).of_current_pages().filter(author=person, hidden_at=None)
    edits = written.with_people().select_related("page").defer("page__body", "page__html").newest_first()
    accepted = Proposal.objects.visible_to(request.user).filter(author=person)
    context = {
        "person": person,
        "edits": Paginator(edits, PER_PAGE).get_page(request.GET.get("sida")),
        "accepted_count": accepted.filter(status=Proposal.Status.ACCEPTED).count(),
        "is_own": request.user == person,
        "may_moderate": rules.may_moderate(request.user),
        "may_block": rules.may_block(request.user, person),
        "may_roll_back": rules.may_roll_back(request.user, person),
    }
    return render(request, "wiki/profile.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: SignedInRequest) -> HttpResponse:
    """What I am here, what others see of me, and the ways to change it."""
    form = ProfileForm(request.POST or None, user=request.user)
    if form.is_valid():
        moved = change_profile(request.user, **form.cleaned_data, by=request.user)
        messages.success(request, _moved(moved) if moved else _("Dina uppgifter är sparade."))
        return redirect("wiki:account")
    membership = request.user.membership
    context = {
        "form": form,
        "membership": membership,
        "is_in_domain": membership and belongs_to(request.user.email, membership.municipality),
        "answer": _answer(membership) if membership else None,
        "may_change": may_change_profile(request.user, request.user),
    }
    return render(request, "wiki/account.html", context)


def _moved(membership: Membership) -> str:
    sentence = _("Sparat. Du är bidragsgivare i %(municipality)s tills en moderator har bekräftat dig där.")
    return sentence % {"municipality": membership.municipality.name}


def _answer(membership: Membership) -> LogEntry | None:
    """Why a moderator has not confirmed the membership, or not any more."""
    entries = LogEntry.objects.about(membership).filter(act__in=ANSWERS)
    return entries.select_related("hidden_reason").newest_first().first()
