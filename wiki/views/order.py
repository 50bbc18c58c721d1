"""Keeping order among accounts: block, appeal, roll back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mittkoping.accounts.http import SignedInRequest, signed_in
from mittkoping.accounts.models import User
from wiki import rules
from wiki.forms.keeping import AnswerForm, AppealForm, BlockForm, RollBackForm, SinceForm, UnblockForm
from wiki.models.appeal import Appeal
from wiki.operations import blocking, rolling_back

SHOWN = 50  # appeals that have been answered


def _person(request: SignedInRequest, number: int) -> User:
    """The account that a moderator asks about. Raises PermissionDenied for others, whoever it is."""
    if not rules.may_moderate(request.user):
        raise PermissionDenied(_("Bara moderatorer håller ordning bland konton."))
    return get_object_or_404(User, pk=number)


def _data(request: SignedInRequest, do: str) -> QueryDict | None:
    """What was posted, if this button was pressed."""
    return request.POST if request.POST.get("do") == do else None


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: SignedInRequest, number: int) -> HttpResponse:
    """Block an account, or let it in again; the form says which, so that sending it twice does it once."""
    person = _person(request, number)
    if not rules.may_block(request.user, person):
        raise PermissionDenied(_("En moderators konto kan inte stängas av. Be en administratör om hjälp."))
    form, unblock = (
        BlockForm(_data(request, "block")),
        UnblockForm(_data(request, "unblock"), auto_id="slapp_%s"),
    )
    if form.is_valid():
        blocking.block(person, **form.cleaned_data, by=request.user)
        return _done(request, person, _("Kontot är avstängt."))
    if unblock.is_valid():
        blocking.unblock(person, **unblock.cleaned_data, by=request.user)
        return _done(request, person, _("Kontot är inte avstängt längre."))
    return render(request, "wiki/block.html", {"person": person, "form": form, "unblock": unblock})


def _done(request: SignedInRequest, person: User, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("wiki:block", person.pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: SignedInRequest) -> HttpResponse:
    """What a blocked user says to the moderators, and what they have answered."""
    form, status = AppealForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        try:
            blocking.appeal(form.cleaned_data["comment"], by=request.user)
            messages.success(request, _("Ditt överklagande är skickat."))
            return redirect("wiki:appeal")
        except blocking.AlreadyAppealed as again:
            form.add_error(None, str(again))
            status = 409
    appeals = list(Appeal.objects.filter(user=request.user).newest_first())
    context = {"form": form, "appeals": appeals, "waits": any(one.is_waiting for one in appeals)}
    return render(request, "wiki/appeal.html", context, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def appeals(request: SignedInRequest) -> HttpResponse:
    """The appeals that wait, and those that have been answered."""
    if not rules.may_moderate(request.user):
        raise PermissionDenied(_("Bara moderatorer läser överklaganden."))
    form, status = AnswerForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        try:
            return _answer(request, form)
        except blocking.AlreadyAnswered as again:
            form.add_error(None, str(again))
            status = 409
    everyone = Appeal.objects.select_related("user", "answered_by")
    answered = everyone.exclude(outcome=Appeal.Outcome.WAITING).newest_first()[:SHOWN]
    context = {"form": form, "waiting": everyone.waiting(), "answered": answered}
    return render(request, "wiki/appeals.html", context, status=status)


def _answer(request: SignedInRequest, form: AnswerForm) -> HttpResponse:
    asked = get_object_or_404(Appeal, pk=form.cleaned_data["appeal"])
    grant = request.POST.get("do") == "grant"
    blocking.answer_appeal(asked, grant=grant, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("Ditt svar är skickat."))
    return redirect("wiki:appeals")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def roll_back(request: SignedInRequest, number: int) -> HttpResponse:
    """Take back what an account has done since a time; `?sedan=` shows what that would be."""
    person = _person(request, number)
    since = SinceForm(request.GET or None)
    context = {"person": person, "since": since, "form": RollBackForm()}
    if since.is_valid():
        moment = since.cleaned_data["sedan"]
        if request.method == "POST":
            context["form"] = form = RollBackForm(request.POST)
            if form.is_valid():
                context["outcomes"] = _roll_back(request, person, since, form)
        context["plans"] = rolling_back.plans(person, moment)
        context["proposals"] = rolling_back.proposals_since(person, moment)
    return render(request, "wiki/roll_back.html", context)


def _roll_back(
    request: SignedInRequest, person: User, since: SinceForm, form: RollBackForm
) -> list[rolling_back.Outcome]:
    moment, sent = since.cleaned_data["sedan"], form.cleaned_data
    reason, by = sent["reason"], request.user
    outcomes = rolling_back.roll_back(person, since=moment, pages=sent["pages"], reason=reason, by=by)
    if sent["proposals"] not in {"reject", "hide"}:
        return outcomes
    proposals = rolling_back.proposals_since(person, moment)
    hide = sent["proposals"] == "hide"
    return outcomes + rolling_back.set_aside(proposals, hide=hide, reason=reason, by=by)
