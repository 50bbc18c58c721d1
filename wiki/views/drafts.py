"""One's own drafts: what was typed and not sent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki import operations
from wiki.models import Draft


@signed_in
@require_safe
def drafts(request: SignedInRequest) -> HttpResponse:
    """What the user has typed and not sent, the newest first."""
    own = Draft.objects.filter(user=request.user).kept().for_lists().newest_first()
    return render(request, "wiki/drafts.html", {"drafts": list(own)})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: SignedInRequest, number: int) -> HttpResponse:
    """A draft beside what is published; POST throws it away, or brings it back."""
    own = get_object_or_404(Draft, pk=number, user=request.user)
    if request.method != "POST":
        return render(request, "wiki/draft.html", {"draft": own})
    if request.POST.get("do") == "undo":
        operations.restore_draft(own)
        messages.success(request, _("Utkastet är tillbaka."))
    else:
        operations.delete_draft(own)
        messages.info(request, _("Utkastet är borttaget."))
    return redirect("wiki:drafts")
