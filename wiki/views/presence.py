"""Who else has a page open for writing, and whether it has got a newer version meanwhile."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.db import Error
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from mittkoping.accounts.http import SignedInRequest, signed_in
from mittkoping.accounts.models import User
from mittkoping.faults import fault_of
from wiki import operations, rules
from wiki.models import Edit, Page, Presence
from wiki.models.presence import MAX_TAB, Present
from wiki.views.finding import with_page
from wiki.views.history import NUMBER

TAB = rf"[A-Za-z0-9_-]{{1,{MAX_TAB}}}"


@dataclass(frozen=True)
class Newer:
    """The version that is published, when the writer started from an older one.

    by        who saved it; "" for the writer, in another window
    compare   where what is new in it is seen
    """

    number: int
    by: str
    compare: str


@dataclass(frozen=True)
class Around:
    """What a writer sees of the others: the inputs of templates/wiki/_presence.html."""

    others: Sequence[Present]
    newest: Newer | None
    url: str


@cache_control(private=True, no_store=True)
@signed_in
@require_POST
@with_page
def presence(request: SignedInRequest, page: Page) -> HttpResponse:
    """A window says that it is there (`tab`, `hidden`, `base`), or that it is closed (`leave`).

    Answered by wiki/_presence.html, or 204 on leaving; 503 when the database cannot be written just now.
    """
    tab = request.POST.get("tab", "")
    if not re.fullmatch(TAB, tab):
        raise BadRequest(_("Fönstret säger inte vilket det är."))
    try:
        return _leave(request, page, tab) if request.POST.get("leave") == "1" else _keep(request, page, tab)
    except Error as error:
        if fault_of(error) is None:
            raise
        return HttpResponse(status=503, content_type="text/plain; charset=utf-8")


def _keep(request: SignedInRequest, page: Page, tab: str) -> HttpResponse:
    operations.keep_presence(page, tab=tab, is_hidden=request.POST.get("hidden") == "1", by=request.user)
    around = _around(page, request.POST.get("base", ""), request.user)
    return render(request, "wiki/_presence.html", vars(around))


def _leave(request: SignedInRequest, page: Page, tab: str) -> HttpResponse:
    operations.end_presence(page, tab=tab, by=request.user)
    return HttpResponse(status=204)


def look_around(page: Page, *, base: object, by: User) -> Around | None:
    """Who else writes on the page and what is newer than `base`, as the form has it; None for readers.

    One query, and one more when there is a newer version.
    """
    return _around(page, str(base), by) if rules.may_write(by, page) else None


def _around(page: Page, base: str, by: User) -> Around:
    url = reverse("wiki:presence", args=[page.slug])
    return Around(Presence.objects.others(page, by), _newest(page, base, by), url)


def _newest(page: Page, base: str, by: User) -> Newer | None:
    """Nothing for a base that is the newest version, or no version at all."""
    if not re.fullmatch(NUMBER, base) or int(base) >= page.number:
        return None
    edits = page.edits.select_related("author").filter(number__in=(int(base), page.number))
    found = {edit.number: edit for edit in edits}
    newest = found[page.number]
    compare = _compare(page, found.get(int(base)), newest)
    return Newer(newest.number, "" if newest.author_id == by.pk else newest.author.name, compare)


def _compare(page: Page, before: Edit | None, newest: Edit) -> str:
    """The newest version alone when what the writer started from is hidden."""
    if before is None or before.is_hidden:
        return newest.get_absolute_url()
    return reverse("wiki:compare", args=[page.slug, before.number, newest.number])
