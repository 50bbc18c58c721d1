"""Help while writing, asked for by the form's script."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki.views.advising import advice_in
from wiki.views.sent_form import sent_form


@signed_in
@require_POST
def advice(request: SignedInRequest) -> HttpResponse:
    """What the writer of the form may want to think of, as a fragment; saves nothing."""
    editing = sent_form(request)
    found = advice_in(editing.form, editing.tags, by=request.user)
    return render(request, "wiki/_advice.html", {"advice": found})
