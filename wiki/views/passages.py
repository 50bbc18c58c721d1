"""One tag of a page, mostly one of a passage: what it says, where, by whom; and what is done with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mittkoping.accounts.http import SignedInRequest, signed_in
from mittkoping.accounts.models import Someone
from wiki import operations, rules
from wiki.chips import Chip, chips
from wiki.experiences import answers_to
from wiki.forms.tagging import ChosenForm, SeeToForm
from wiki.marking import last_version_with, surroundings
from wiki.models import Edit, FactorTag, Page, Proposal
from wiki.operations.publishing import require_writing
from wiki.passages import hidden_numbers, readable_tags
from wiki.views.answers import saved
from wiki.views.finding import with_page
from wiki.views.too_many import too_many

Deed = Callable[[SignedInRequest, FactorTag], HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def passage(request: HttpRequest, page: Page, key: UUID) -> HttpResponse:
    """One tag, at its own address; one that the page has no more says which version had it."""
    if request.method == "POST":
        return _change(request, page, key)
    tag = _find(page, key)
    return _show(request, page, tag) if tag else _show_former(request, page, key)


def _find(page: Page, key: UUID) -> FactorTag | None:
    tags = page.factor_tags.with_hidden().select_related(
        "factor__merged_into", "factor__theme", "municipality", "counted_for", "claimed_for", "author"
    )
    tag = tags.filter(key=key).first()
    if tag:
        tag.page = page
    return tag


def _show(
    request: HttpRequest, page: Page, tag: FactorTag, form: Form | None = None, status: int = 200
) -> HttpResponse:
    place = tag.anchor
    context = {
        "page": page,
        "tag": tag,
        "chip": Chip.of(tag, tag.factor, tag.municipality),
        "factor": tag.factor.merged_into or tag.factor,
        "edit": page.edits.with_people().filter(number=tag.made_number).first(),
        "around": surroundings(page.plain, place.start, place.end) if place and place.pieces else None,
        "form": form,
        **_answering(request, tag),
        **_rights(request.user, page),
    }
    return render(request, "wiki/tag.html", context, status=status)


def _rights(user: Someone, page: Page) -> dict[str, bool]:
    """What may be done with the tag."""
    return {"may_write": rules.may_write(user, page), "may_publish": rules.may_publish(user, page)}


def _answering(request: HttpRequest, tag: FactorTag) -> dict[str, Any]:
    """What other municipalities say of the passage, and who may; of a whole page nobody is asked."""
    if tag.anchor is None:
        return {"answers": None}
    return {
        "answers": answers_to(tag, request.user),
        "may_answer": rules.may_answer(request.user, tag),
        "may_moderate": rules.may_moderate(request.user),
        "login_href": "" if request.user.is_authenticated else _login_href(tag),
    }


def _login_href(tag: FactorTag) -> str:
    """Where a reader signs in, and comes back."""
    return f"{reverse('account_login')}?{urlencode({'next': tag.own_url})}"


def _show_former(request: HttpRequest, page: Page, key: UUID) -> HttpResponse:
    """A tag that has been taken away, as the last readable version with it had it. Raises Http404."""
    edit = last_version_with(page, str(key))
    if edit is None:
        raise Http404
    content = edit.content
    tags = [tag for tag in content.tags if tag.key == str(key)]
    hidden = hidden_numbers(page, tags)
    [chip] = chips(readable_tags(tags, hidden, content.body), hidden)
    context = {"page": page, "tag": None, "chip": chip, "edit": edit}
    return render(request, "wiki/tag.html", context)


@signed_in
def _change(request: SignedInRequest, page: Page, key: UUID) -> HttpResponse:
    """Do what the pressed button says."""
    require_writing(request.user, page)
    tag = _find(page, key)
    if tag is None:
        messages.info(request, _("Märkningen finns inte kvar på sidan."))
        return redirect(page)
    deeds: dict[str, Deed] = {"confirm": _confirm, "move": _move, "remove": _remove}
    deed = deeds.get(request.POST.get("do", ""))
    if deed is None:
        messages.warning(request, _("Välj vad du vill göra med märkningen."))
        return _show(request, page, tag)
    return _try(request, tag, deed)


def _try(request: SignedInRequest, tag: FactorTag, deed: Deed) -> HttpResponse:
    """Answer for a deed: it was done, or it says why not."""
    try:
        return deed(request, tag)
    except (operations.AlreadySaved, operations.NothingChanged) as nothing:
        messages.info(request, str(nothing))
        return redirect(tag.page)
    except operations.AlreadyProposed as again:
        messages.info(request, str(again))
        return redirect(again.proposal)
    except operations.TooMany as limit:
        return too_many(request, limit)
    except operations.Refusal as refusal:
        return _refuse(request, tag, refusal)


def _refuse(request: SignedInRequest, tag: FactorTag, refusal: operations.Refusal) -> HttpResponse:
    """Say why nothing was done, with the page and the tag as they are now."""
    form = SeeToForm({"base": tag.page.number})
    form.add_error(None, str(refusal))
    if isinstance(refusal, operations.EditConflict):
        return _show(request, refusal.page, _find(refusal.page, tag.key) or tag, form, status=409)
    return _show(request, tag.page, tag, form)


def _confirm(request: SignedInRequest, tag: FactorTag) -> HttpResponse:
    """What the passage says now is what it is about."""
    return _choose_anew(request, tag, _("Märkningen stämmer fortfarande"))


def _move(request: SignedInRequest, tag: FactorTag) -> HttpResponse:
    """Other words say it."""
    return _choose_anew(request, tag, _("Valde andra ord till en märkning"))


def _choose_anew(request: SignedInRequest, tag: FactorTag, summary: str) -> HttpResponse:
    form = ChosenForm(request.POST, page=tag.page)
    if not form.is_valid():
        return _show(request, tag.page, tag, form)
    result = operations.change_tag(
        tag.page,
        str(tag.key),
        base=form.cleaned_data["version"],
        summary=summary,
        by=request.user,
        passage=form.passage,
    )
    return _done(request, tag, result)


def _remove(request: SignedInRequest, tag: FactorTag) -> HttpResponse:
    """Take the tag away; older versions keep it."""
    form = SeeToForm(request.POST)
    if not form.is_valid():
        return _show(request, tag.page, tag, form)
    result = operations.untag(tag.page, str(tag.key), base=form.cleaned_data["base"], by=request.user)
    return saved(request, result, _("Märkningen är borttagen."))


def _done(request: SignedInRequest, tag: FactorTag, result: Edit | Proposal) -> HttpResponse:
    """Lead to the passage on the page, or to the proposal."""
    response = saved(request, result)
    if isinstance(result, Edit):
        response["Location"] = tag.permanent_url
    return response
