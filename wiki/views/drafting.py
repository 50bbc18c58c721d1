"""Drafts and the form: save what stands in it, by its button or by the script; fill it with a draft again."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.cache import patch_cache_control
from django.utils.html import format_html
from django.utils.translation import gettext as _

from mittkoping.accounts.http import SignedInRequest
from mittkoping.posted import to_script, wants_json
from mittkoping.text.normalise import normalise, normalise_line
from wiki import operations
from wiki.forms import EditForm
from wiki.models import Draft, Page, Proposal

# What belongs to the sending of a form, not to what was typed.
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "do", "once", "tab", "seq", "draft", "counter", "untouched"})
OFFERED = 5  # drafts; more are found under Mina utkast


@dataclass(frozen=True)
class FormDrafts:
    """What a form has to say of drafts.

    opened        the one that the form is filled with
    newest        what has been published since that one was begun, as newest_of says it
    asked         its number, when it was asked for by address
    offered       the user's drafts of this form, newest first; it begins without them
    has_more      than are offered
    thrown_away   the one that was asked for, when it can be brought back
    """

    opened: Draft | None = None
    newest: dict[str, Any] | None = None
    asked: int = 0
    offered: list[Draft] = field(default_factory=list)
    has_more: bool = False
    thrown_away: Draft | None = None

    @property
    def is_gone(self) -> bool:
        """One was asked for that is not there: it has been sent, or thrown away."""
        return bool(self.asked and not self.opened and not self.thrown_away)

    @property
    def data(self) -> QueryDict | None:
        """What the form is filled with, if not by itself."""
        return form_data(self.opened) if self.opened else None


def drafts_of(request: SignedInRequest, page: Page | None, proposal: Proposal | None) -> FormDrafts:
    """The drafts that a form is opened with: the one of `?utkast=`, or those that can be gone on with."""
    if request.method == "POST":
        return FormDrafts()
    own = Draft.objects.filter(user=request.user).about(page, proposal)
    asked = number(request.GET.get("utkast"))
    found = own.kept().filter(pk=asked).first() if asked else None
    if found:
        return FormDrafts(opened=found, newest=None if proposal else newest_of(page, found.base))
    offered = list(own.kept().for_lists().newest_first()[: OFFERED + 1])
    thrown_away = own.thrown_away().filter(pk=asked).first() if asked else None
    is_more = len(offered) > OFFERED
    return FormDrafts(asked=asked, offered=offered[:OFFERED], has_more=is_more, thrown_away=thrown_away)


def form_data(draft: Draft) -> QueryDict:
    """What the form of a draft would send: exactly what was typed, from the version that it goes on from."""
    data = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        data.setlist(name, values)
    # The version that the text became when it was sent takes the place of the one that was typed against.
    if draft.base and draft.base >= number(data.get("base")):
        data["base"] = str(draft.base)
        data.pop("first_base", None)
    data["once"] = str(uuid.uuid4())
    data["draft"], data["counter"] = str(draft.pk), str(draft.counter)
    return data


def keep(
    request: SignedInRequest, form: EditForm, *, page: Page | None, proposal: Proposal | None
) -> HttpResponse:
    """Save what stands in the form; the script is answered in JSON, a person is led on.

    Raises DraftRefused or TooMany, for a person only.
    """
    answer = _keep_for_script if wants_json(request) else _keep_by_hand
    response = answer(request, typed_in(form, request.POST, page=page, proposal=proposal), form.sending)
    patch_cache_control(response, private=True, no_store=True)
    return response


def typed_in(
    form: EditForm, data: QueryDict, *, page: Page | None, proposal: Proposal | None
) -> operations.Typed:
    """What stands in a form that was sent."""
    return operations.Typed(
        page=page,
        proposal=proposal,
        fields=typed_fields(data),
        title=normalise_line(form["title"].value() or ""),
        base=form.started_from or 0,
    )


def tell_of_left(request: SignedInRequest) -> None:
    """Say where the own words are that are not in what was saved. One query."""
    left = Draft.objects.filter(user=request.user).thrown_away().order_by("-deleted_at", "-pk").first()
    if left:
        sentence = _("Dina egna ord från sammanslagningen ligger kvar bland borttagna utkast.")
        facts = (sentence, left.get_absolute_url(), _("Läs dem, eller ta tillbaka dem"))
        messages.info(request, format_html('{} <a href="{}">{}</a>', *facts))


def _keep_for_script(
    request: SignedInRequest, typed: operations.Typed, sending: operations.Sending
) -> HttpResponse:
    try:
        kept = operations.save_draft(typed, sending=sending, by=request.user)
        return JsonResponse(_facts(kept, typed.page))
    except operations.FormSent as again:
        return JsonResponse({"is_sent": True, "url": _address(again, typed)})
    except operations.TooMany as limit:
        response = to_script(str(limit), 429)
        response["Retry-After"] = str(limit.retry_after)
        return response
    except operations.DraftRefused as refusal:
        return to_script(str(refusal), 409)


def _keep_by_hand(
    request: SignedInRequest, typed: operations.Typed, sending: operations.Sending
) -> HttpResponse:
    kept = operations.save_draft(typed, sending=sending, by=request.user, is_by_hand=True)
    messages.success(request, _told(kept))
    return redirect(kept.draft.form_url)


def typed_fields(data: QueryDict) -> dict[str, list[str]]:
    """What was typed: name → values, as they can be stored."""
    return {
        normalise_line(name): [normalise(value) for value in values]
        for name, values in data.lists()
        if name not in NOT_TYPED
    }


def newest_of(page: Page | None, base: int) -> dict[str, Any] | None:
    """The newest version of the page, if it is newer than the base. One query."""
    if page is None or not 0 < base < page.number:
        return None
    edits = {edit.number: edit for edit in page.edits.with_people().filter(number__in=(base, page.number))}
    newest = edits[page.number]
    compare = reverse("wiki:compare", args=[page.slug, base, newest.number])
    is_compared = not (edits[base].is_hidden or newest.is_hidden)
    return {
        "number": newest.number,
        "by": newest.author.name,
        "compare": compare if is_compared else page.get_absolute_url(),
    }


def number(text: str | None) -> int:
    """The number that a text is; 0 for what is none, or more than a database can hold."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _facts(kept: operations.Kept, page: Page | None) -> dict[str, Any]:
    draft = kept.draft
    return {
        "draft": draft.pk,
        "counter": draft.counter,
        "at": formats.date_format(timezone.localtime(draft.saved_at), "H.i"),
        "is_forked": kept.is_forked,
        "newest": None if draft.proposal_id else newest_of(page, draft.base),
    }


def _told(kept: operations.Kept) -> str:
    if kept.is_forked:
        return _(
            "Utkastet är sparat. Det som ett annat fönster har sparat finns också kvar, under Mina utkast."
        )
    return _("Utkastet är sparat. Det ligger under Mina utkast tills du skickar det.")


def _address(again: operations.FormSent, typed: operations.Typed) -> str:
    """What the form has become; what it was about, when it changed nothing."""
    became = again.sent.edit.page if again.sent.edit else again.sent.proposal or typed.proposal or typed.page
    return became.get_absolute_url() if became else reverse("wiki:start")
