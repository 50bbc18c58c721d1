"""One's own drafts: what was typed and not sent. Nobody else reads them, moderators neither."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki import operations
from wiki.models import Draft
from wiki.views.answers import as_file
from wiki.views.draft_reading import DraftReading, DraftRow
from wiki.views.drafting import number as number_in

SHOWN = 50  # of those that were thrown away


@cache_control(private=True, no_store=True)
@signed_in
@require_safe
def drafts(request: SignedInRequest) -> HttpResponse:
    """What the user has typed and not sent, the newest first; `?borttaget=` has just been thrown away."""
    own = Draft.objects.filter(user=request.user).for_lists()
    thrown_away = list(own.thrown_away().order_by("-deleted_at", "-pk")[:SHOWN])
    just_now = number_in(request.GET.get("borttaget"))
    context = {
        "rows": [DraftRow(draft, request.user) for draft in own.kept().newest_first()],
        "thrown_away": [DraftRow(draft, request.user) for draft in thrown_away],
        "just_now": next((draft for draft in thrown_away if draft.pk == just_now), None),
    }
    return render(request, "wiki/drafts.html", context)


@cache_control(private=True, no_store=True)
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: SignedInRequest, number: int) -> HttpResponse:
    """A draft beside what is published; POST throws it away, or brings it back."""
    own = _own(request, number)
    deed = request.POST.get("do")
    if request.method != "POST":
        return render(request, "wiki/draft.html", {"reading": DraftReading(request, own)})
    if deed == "undo":
        operations.restore_draft(own, by=request.user)
        return redirect("wiki:drafts")
    if deed == "delete":
        operations.delete_draft(own, by=request.user)
        return redirect(f"{reverse('wiki:drafts')}?borttaget={own.pk}")
    messages.error(request, _("Utkastet är som det var: det gick inte att se vad som skulle göras med det."))
    return redirect(own)


@cache_control(private=True, no_store=True)
@signed_in
@require_safe
def draft_source(request: SignedInRequest, number: int) -> HttpResponse:
    """A draft as a file, with every mistake that is still in it."""
    reading = DraftReading(request, _own(request, number))
    return as_file(reading.content, reading.row.page)


def _own(request: SignedInRequest, number: int) -> Draft:
    """404 for that of somebody else, as for none at all."""
    drafts = Draft.objects.select_related("page", "proposal__author", "proposal__page")
    return get_object_or_404(drafts, pk=number, user=request.user)
