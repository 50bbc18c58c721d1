"""Members: who says that they work where, and a moderator's answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mittkoping.accounts.domains import belongs_to, domain_of
from mittkoping.accounts.http import SignedInRequest, signed_in
from mittkoping.accounts.models import Membership, MembershipQuerySet
from mittkoping.accounts.people import known_people
from mittkoping.log.models import LogEntry
from wiki import rules
from wiki.forms.members import AnswerForm, MemberFilterForm
from wiki.operations import Refusal
from wiki.operations import members as operations

PER_PAGE = 50


@dataclass(frozen=True)
class Row:
    """A member as a moderator sees them.

    domain        of the address, never the address itself
    is_outside    the domain is not the municipality's
    may_decline   they wait for an answer
    """

    membership: Membership
    domain: str
    is_outside: bool
    may_confirm: bool
    may_decline: bool
    may_unconfirm: bool


@signed_in
@require_safe
def members(request: SignedInRequest) -> HttpResponse:
    """Those who wait for an answer, oldest first, then everybody; narrowed down by name, place and role."""
    _require_moderator(request)
    form = MemberFilterForm(request.GET)
    found = Paginator(_in_order(form.narrow(_known().active())), PER_PAGE).get_page(request.GET.get("sida"))
    query = request.GET.copy()
    query.pop("sida", None)
    context = {
        "form": form,
        "found": found,
        "rows": [_row(request, membership) for membership in found],
        "query": query.urlencode(),
        "is_narrowed": any(query.values()),
        "waiting_count": Membership.objects.waiting().count(),
    }
    return render(request, "wiki/members.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: SignedInRequest, number: int) -> HttpResponse:
    """One member: their places, what has been answered, and the answers that can be given."""
    _require_moderator(request)
    membership = get_object_or_404(_known(), pk=number)
    if request.method != "POST":
        return _show(request, membership)
    deeds = {"confirm": _confirm, "unconfirm": _unconfirm, "decline": _decline}
    deed = deeds.get(request.POST.get("do", ""))
    if deed is None:
        return _show(request, membership, problem=_("Välj vad du vill göra."))
    try:
        return deed(request, membership)
    except Refusal as refusal:
        return _show(request, membership, problem=str(refusal), status=409)


def _confirm(request: SignedInRequest, membership: Membership) -> HttpResponse:
    operations.confirm(membership, by=request.user)
    return _done(request, _("%(name)s är redaktör för %(municipality)s."), membership)


def _unconfirm(request: SignedInRequest, membership: Membership) -> HttpResponse:
    sentence = _("%(name)s är bidragsgivare igen. Det gäller från och med nu.")
    return _with_reason(request, membership, operations.unconfirm, sentence)


def _decline(request: SignedInRequest, membership: Membership) -> HttpResponse:
    sentence = _("%(name)s har fått svaret och är kvar som bidragsgivare.")
    return _with_reason(request, membership, operations.decline, sentence)


def _with_reason(
    request: SignedInRequest, membership: Membership, answer: Callable[..., Any], sentence: str
) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, membership, form)
    answer(membership, **form.cleaned_data, by=request.user)
    return _done(request, sentence, membership)


def _done(request: SignedInRequest, sentence: str, membership: Membership) -> HttpResponse:
    """Say it, and lead back to where the button was."""
    names = {"name": membership.user.name, "municipality": membership.municipality.name}
    messages.success(request, sentence % names)
    came_from = request.POST.get("next", "")
    if came_from.startswith("/") and url_has_allowed_host_and_scheme(came_from, allowed_hosts=None):
        return redirect(came_from)
    return redirect("wiki:members")


def _show(
    request: SignedInRequest,
    membership: Membership,
    form: AnswerForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    person = membership.user
    current = membership if membership.ended_at is None else person.memberships.active().first()
    context = {
        "person": person,
        "row": _row(request, membership),
        "current": current,
        "memberships": person.memberships.select_related("municipality").order_by("-started_at", "-pk"),
        "entries": LogEntry.objects.filter(user=person).select_related("actor", "hidden_reason"),
        "form": form or AnswerForm(initial={"reason": request.POST.get("reason", "")}),
        "problem": problem,
        "list_href": reverse("wiki:members"),
    }
    return render(request, "wiki/member.html", context, status=status)


def _known() -> MembershipQuerySet:
    people = known_people().filter(pk=OuterRef("user"))
    return Membership.objects.filter(Exists(people)).select_related("user", "municipality")


def _in_order(members: QuerySet[Membership]) -> QuerySet[Membership]:
    """Those who wait first, the oldest question first; then by municipality and name."""
    is_waiting = Membership.objects.waiting().filter(pk=OuterRef("pk"))
    place = Case(When(Exists(is_waiting), then=Value(0)), default=Value(1), output_field=IntegerField())
    since = Case(When(Exists(is_waiting), then="asked_at"))
    return members.alias(place=place, since=since).order_by(
        "place", "since", "municipality__sort_key", "user__name", "pk"
    )


def _row(request: SignedInRequest, membership: Membership) -> Row:
    email, may_confirm = membership.user.email, rules.may_confirm(request.user, membership)
    return Row(
        membership=membership,
        domain=domain_of(email),
        is_outside=bool(membership.municipality.domain) and not belongs_to(email, membership.municipality),
        may_confirm=may_confirm,
        may_decline=may_confirm and membership.asked_at is not None and membership.answered_at is None,
        may_unconfirm=rules.may_unconfirm(request.user, membership),
    )


def _require_moderator(request: SignedInRequest) -> None:
    if not rules.may_moderate(request.user):
        raise PermissionDenied(_("Bara moderatorer ser medlemmarna."))
