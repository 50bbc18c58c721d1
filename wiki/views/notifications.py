"""Notifications: the list, what is seen, settings, and the link in a mail that ends mails."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from factors.models import FactorProposal
from mittkoping.accounts.http import SignedInRequest, signed_in
from mittkoping.accounts.models import User
from wiki.forms.watching import NotificationSettingsForm
from wiki.models import Notification, NotificationSettings, Page, Proposal, Topic
from wiki.models.factor_proposal import readable_factor_proposals
from wiki.notices import sentences, unsubscribing
from wiki.operations import seeing, watching
from wiki.operations.notifying import about

AT_A_TIME = 30
MAX_DIGITS = 18  # of a primary key; a database holds no more


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request: SignedInRequest) -> HttpResponse:
    """What one has been told; a POST marks all of it as seen."""
    if request.method == "POST":
        seeing.see_all(by=request.user)
        return redirect("wiki:notifications")
    shown = Notification.objects.shown_to(request.user)
    found = Paginator(shown.with_everything().newest_first(), AT_A_TIME).get_page(request.GET.get("sida"))
    rows = [(row, sentences.sentence(row), sentences.detail(row), sentences.address(row)) for row in found]
    context = {"rows": rows, "notifications": found, "has_unseen": shown.unseen().exists()}
    return render(request, "wiki/notifications.html", context)


@require_POST
@signed_in
def notification(request: SignedInRequest, number: int) -> HttpResponse:
    """Open one: what it is about is seen, and comes now."""
    shown = Notification.objects.shown_to(request.user).with_everything()
    found = get_object_or_404(shown, pk=number)
    seeing.see(found)
    return redirect(sentences.address(found))


@require_POST
@signed_in
def seen(request: SignedInRequest) -> HttpResponse:
    """Note that one has visited `om`: page-12. Sent by static/js/seen.js, or by the button it replaces."""
    found = _visited(request.POST.get("om", ""), request.user)
    seeing.see_about(about(found), by=request.user)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return redirect(found)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def notification_settings(request: SignedInRequest) -> HttpResponse:
    """What comes by mail, and when."""
    settings = NotificationSettings.objects.filter(user=request.user).first()
    form = NotificationSettingsForm.filled_in(settings or NotificationSettings(user=request.user))
    if request.method == "POST":
        form = NotificationSettingsForm(request.POST)
        if form.is_valid():
            watching.set_mail(by=request.user, **form.choices())
            messages.success(request, _("Dina val är sparade."))
            return redirect("wiki:notification_settings")
    return render(request, "wiki/notification_settings.html", {"form": form})


# A mail program presses the button, without a session: the signed link says for whom (RFC 8058).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, signed: str) -> HttpResponse:
    """The link in a mail: a GET asks, a POST ends the mails."""
    try:
        unsubscription = unsubscribing.read(signed)
    except unsubscribing.UnknownLink as unknown:
        raise Http404 from unknown
    if request.method == "POST":
        watching.unsubscribe(unsubscription)
    context = {"what": sentences.ended(unsubscription), "is_done": request.method == "POST"}
    return render(request, "wiki/unsubscribe.html", context)


def _visited(word: str, user: User) -> Page | Proposal | Topic | FactorProposal:
    """What a word like page-12 means. Raises Http404, also for what the user may not read."""
    kind, _dash, key = word.partition("-")
    readable: dict[str, QuerySet[Any]] = {
        "page": Page.objects.visible_to(user),
        "proposal": Proposal.objects.visible_to(user),
        "topic": Topic.objects.visible_to(user),
        "factorproposal": readable_factor_proposals(user),
    }
    if kind not in readable or not key.isascii() or not key.isdecimal() or len(key) > MAX_DIGITS:
        raise Http404
    found: Page | Proposal | Topic | FactorProposal = get_object_or_404(readable[kind], pk=key)
    return found
