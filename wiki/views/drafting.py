"""Save a form as a draft, by its button or by the script, and say what became of it."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.http import SignedInRequest
from mittkoping.text.normalise import normalise, normalise_line
from wiki import operations
from wiki.forms import EditForm
from wiki.models import Draft, Page, Proposal

# What belongs to the sending of a form, not to what was typed.
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "do", "once", "tab", "seq", "draft", "counter"})


def keep(
    request: SignedInRequest, form: EditForm, *, page: Page | None, proposal: Proposal | None
) -> HttpResponse:
    """Save what stands in the form; the script is answered in JSON, a person is led on."""
    typed = operations.Typed(
        page=page,
        proposal=proposal,
        fields=typed_fields(request.POST),
        title=normalise_line(form["title"].value() or ""),
        base=form.started_from or 0,
    )
    try:
        kept = operations.save_draft(typed, sending=form.sending, by=request.user)
    except operations.FormSent as again:
        return _sent(request, again)
    except operations.DraftRefused as refusal:
        return _refused(request, str(refusal))
    if wants_json(request):
        return JsonResponse(_facts(kept, page))
    messages.success(request, _("Utkastet är sparat. Det ligger under Mina utkast tills du skickar det."))
    return redirect(kept.draft.form_url)


def typed_fields(data: QueryDict) -> dict[str, list[str]]:
    """What was typed: name → values, as they can be stored."""
    return {
        normalise_line(name): [normalise(value) for value in values]
        for name, values in data.lists()
        if name not in NOT_TYPED
    }


def wants_json(request: SignedInRequest) -> bool:
    """Whether a script asks."""
    return request.headers.get("Accept", "") == "application/json"


def newest_of(page: Page | None, base: int) -> dict[str, object] | None:
    """The newest version of the page, if it is newer than the base. One query."""
    if page is None or not 0 < base < page.number:
        return None
    edit = page.edits.with_people().get(number=page.number)
    compare = reverse("wiki:compare", args=[page.slug, base, page.number])
    return {"number": edit.number, "by": edit.author.name, "compare": compare}


def _facts(kept: operations.Kept, page: Page | None) -> dict[str, object]:
    draft = kept.draft
    return {
        "draft": draft.pk,
        "counter": draft.counter,
        "at": clock(draft),
        "is_forked": kept.is_forked,
        "newest": newest_of(page, draft.base),
    }


def clock(draft: Draft) -> str:
    """When the draft was saved, as a clock says it: 14.32."""
    return formats.date_format(timezone.localtime(draft.saved_at), "H.i")


def _sent(request: SignedInRequest, again: operations.FormSent) -> HttpResponse:
    became = again.sent.edit.page if again.sent.edit else again.sent.proposal
    address = became.get_absolute_url() if became else reverse("wiki:start")
    if wants_json(request):
        return JsonResponse({"is_sent": True, "url": address})
    messages.info(request, str(again))
    return redirect(address)


def _refused(request: SignedInRequest, reason: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": reason}, status=409)
    messages.error(request, reason)
    return redirect("wiki:drafts")
