"""The form of a page that a script has sent, to be told something of it and not to be saved."""

from mittkoping.accounts.http import SignedInRequest
from wiki.models import Page
from wiki.views.editing import Editing
from wiki.views.revising import Revising


def sent_form(request: SignedInRequest) -> Editing:
    """The form of the page of `?sida=`, of the writer's own proposal `?forslag=`, or of a new page."""
    slug, number = request.GET.get("sida", ""), request.GET.get("forslag", "")
    if number.isascii() and number.isdigit() and len(number) < 10:
        own = request.user.proposals.visible_to(request.user).select_related("page", "author", "municipality")
        if proposal := own.filter(pk=number).first():
            return Revising(request, proposal)
    page = Page.objects.visible_to(request.user).filter(slug=slug).first() if slug else None
    return Editing(request, page)
