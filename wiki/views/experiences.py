"""Answers to a passage: so it is in our municipality too, or it is not."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki import operations, rules
from wiki.experiences import answers_to, said_of_hidden, why_no_answer
from wiki.forms.experiences import YES, AnswerForm, HideAnswerForm
from wiki.models import Experience, FactorTag, Page
from wiki.views.finding import with_page

READ_AND_WRITE = ("GET", "HEAD", "POST")


@signed_in
@require_http_methods(READ_AND_WRITE)
@with_page
def answer(request: SignedInRequest, page: Page, key: UUID) -> HttpResponse:
    """The form for one's municipality's answer to a passage; `do=take_back` takes it away."""
    tag = _find(page, key)
    if request.method == "POST" and request.POST.get("do") == "take_back":
        return _take_back(request, tag)
    form = AnswerForm(request.POST or None, initial=_initial(request, tag))
    if not (request.method == "POST" and form.is_valid()):
        return _show(request, tag, form)
    return _answer(request, tag, form)


def _answer(request: SignedInRequest, tag: FactorTag, form: AnswerForm) -> HttpResponse:
    applies, line = form.cleaned_data["applies"] == YES, form.cleaned_data["line"]
    try:
        operations.answer_passage(tag, applies=applies, line=line, by=request.user)
    except operations.NothingChanged:
        messages.info(request, _("Svaret är redan sparat."))
    except operations.TooMany as limit:
        form.add_error(None, str(limit))
        return _show(request, tag, form, status=429)
    except operations.Refusal as refusal:
        form.add_error(None, str(refusal))
        return _show(request, tag, form)
    else:
        messages.success(request, _("Tack! Svaret är sparat. Ni kan ändra det när ni vill."))
    return redirect(tag.own_url)


def _take_back(request: SignedInRequest, tag: FactorTag) -> HttpResponse:
    if operations.take_back_answer(tag, by=request.user):
        messages.success(request, _("Er kommuns svar är borttaget."))
    else:
        messages.info(request, _("Er kommun har inget svar här."))
    return redirect(tag.own_url)


def _initial(request: SignedInRequest, tag: FactorTag) -> dict[str, str]:
    own = answers_to(tag, request.user).own
    return {"applies": YES if own.applies else "nej", "line": own.line} if own else {}


def _show(request: SignedInRequest, tag: FactorTag, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    answers = answers_to(tag, request.user)
    hidden = said_of_hidden(answers.hidden.hidden_reason) if answers.hidden else ""
    context = {
        "page": tag.page,
        "tag": tag,
        "form": form,
        "answers": answers,
        "why_not": why_no_answer(request.user, tag) or hidden,
        "address": tag.own_url,
    }
    return render(request, "wiki/answer.html", context, status=status)


@signed_in
@require_http_methods(READ_AND_WRITE)
@with_page
def hide_answer(request: SignedInRequest, page: Page, key: UUID, number: int) -> HttpResponse:
    """Hide an answer, or show it again; the form says which, so that sending it twice does it once."""
    found = _find_answer(request, page, key, number)
    form = HideAnswerForm(request.POST or None)
    if request.POST.get("do") == "show":
        return _after_showing(request, found)
    if not (request.method == "POST" and form.is_valid()):
        context = {"page": page, "experience": found, "form": form, "address": _find(page, key).own_url}
        return render(request, "wiki/answer_hide.html", context)
    if operations.hide_answer(found, reason=form.cleaned_data["reason"], by=request.user):
        messages.success(request, _("Svaret är dolt. Bara moderatorer ser det, och det räknas inte."))
    else:
        messages.info(request, _("Svaret är redan dolt."))
    return redirect(_find(page, key).own_url)


def _after_showing(request: SignedInRequest, experience: Experience) -> HttpResponse:
    if operations.show_answer(experience, by=request.user):
        messages.success(request, _("Svaret visas igen."))
    else:
        messages.info(request, _("Svaret visas redan."))
    return redirect(_find(experience.page, experience.key).own_url)


def _find(page: Page, key: UUID) -> FactorTag:
    tags = FactorTag.objects.for_lists().filter(page=page, key=key)
    found: FactorTag = get_object_or_404(tags)
    return found


def _find_answer(request: HttpRequest, page: Page, key: UUID, number: int) -> Experience:
    rows = Experience.objects.filter(page=page, key=key).select_related("page", "municipality", "user")
    found: Experience = get_object_or_404(rows, pk=number)
    if not rules.may_hide_experience(request.user, found):
        raise PermissionDenied(_("Bara moderatorer döljer svar, aldrig sina egna."))
    return found
