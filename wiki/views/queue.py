"""The queue, and how long it takes to get through it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki import queue, statistics
from wiki.forms.queue import QueueFilters
from wiki.models import Appeal
from wiki.queue_rows import rows
from wiki.views.moderating import for_moderators


@signed_in
@require_safe
@for_moderators
def review_queue(request: SignedInRequest) -> HttpResponse:
    """What waits for a moderator, oldest first; `?efter=` is the key of the last row of the screen before."""
    narrowed = QueueFilters(request.GET)
    asked = request.GET.get("efter", "")
    after = queue.Key.parse(asked)
    part = queue.screenful(narrowed.filters, after)
    context = {
        "facets": narrowed,
        "count": queue.waiting_count(narrowed.filters),
        "rows": rows(part.entries, request.user),
        "after": after,
        "is_lost": bool(asked) and after is None,
        "following": part.following,
        "appeal_count": Appeal.objects.waiting().count(),
    }
    return render(request, "wiki/queue.html", context)


@require_safe
def review_statistics(request: HttpRequest) -> HttpResponse:
    """How long people wait for a moderator, and what is decided: for everybody."""
    weeks = statistics.weeks()
    context = {
        "now": statistics.waiting_now(),
        "weeks": weeks,
        "bars": statistics.bars(weeks),
        "typical_wait": statistics.typical_wait(),
    }
    return render(request, "wiki/statistics.html", context)
