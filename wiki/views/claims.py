"""Claims: a moderator says to be looking at a row of the queue; buttons and static/js/claim.js send it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mittkoping.accounts.http import SignedInRequest, signed_in
from mittkoping.accounts.models import User
from wiki import operations
from wiki.models import ReviewItem
from wiki.queue_rows import address_of
from wiki.views.moderating import for_moderators

DONE, SAID, REFUSED = 204, 200, 409


@signed_in
@require_POST
@for_moderators
def claim(request: SignedInRequest, item_id: int) -> HttpResponse:
    """Take, keep, take over or release; leads back to the item, or to the queue when it is let go of.

    A script is answered 204, 200 with a sentence for the moderator, or 409 with one.
    """
    deed = DEEDS.get(request.POST.get("do", ""))
    if deed is None:
        raise BadRequest
    try:
        item = ReviewItem.objects.select_related("page", "proposal").get(pk=item_id)
        sentence = deed(item, request.user)
    except ReviewItem.DoesNotExist:
        return _answer(request, None, REFUSED, _("Det väntar inte längre på granskning."))
    except operations.ClaimLost as lost:
        return _answer(request, item, REFUSED, _why(lost, deed))
    return _answer(request, item if deed is not _release else None, SAID if sentence else DONE, sentence)


def _take(item: ReviewItem, by: User) -> str:
    operations.take_claim(item, by=by)
    return ""


def _keep(item: ReviewItem, by: User) -> str:
    """One's own that has run out is taken again, as long as nobody else has it."""
    try:
        operations.keep_claim(item, by=by)
    except operations.ClaimLost as lost:
        if lost.holder:
            raise
        operations.take_claim(item, by=by)
        return _("Din granskning hade gått ut. Du har den igen.")
    return ""


def _take_over(item: ReviewItem, by: User) -> str:
    operations.take_over_claim(item, by=by)
    return ""


def _release(item: ReviewItem, by: User) -> str:
    operations.release_claim(item, by=by)
    return ""


def _why(lost: operations.ClaimLost, deed: Callable[[ReviewItem, User], str]) -> str:
    """Nothing is lost by one who has not held it."""
    if deed is _take and lost.holder:
        return _("%(name)s granskar redan.") % {"name": lost.holder.name}
    return str(lost)


DEEDS = {"take": _take, "keep": _keep, "take_over": _take_over, "release": _release}


def _answer(request: SignedInRequest, item: ReviewItem | None, status: int, sentence: str) -> HttpResponse:
    """To a script in its own terms; to a form by leading to the item, or to the queue when there is none."""
    if _is_from_script(request):
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    if sentence:
        messages.add_message(request, messages.WARNING if status == REFUSED else messages.INFO, sentence)
    response = redirect(address_of(item) if item else reverse("wiki:review_queue"))
    response.status_code = 303
    return response


def _is_from_script(request: SignedInRequest) -> bool:
    """A beacon has no headers of its own, but the browser says that nothing is to be shown."""
    headers = request.headers
    return (
        "X-Requested-With" in headers or "HX-Request" in headers or headers.get("Sec-Fetch-Dest") == "empty"
    )
