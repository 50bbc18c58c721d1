"""The public log: every act that keeps order, and as much of it as its reader may see."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mittkoping.accounts.models import Someone
from mittkoping.log.models import LogEntry, LogEntryQuerySet
from wiki.content import MAX_TITLE
from wiki.forms.keeping import LogForm
from wiki.models import Comment, Page, Proposal
from wiki.names import pages_named
from wiki.views.log_rows import Rows

PER_PAGE = 50


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """All acts, newest first; `?vad=`, `?om=` and `?av=` choose among them, `?fore=` goes further back."""
    form = LogForm(request.GET)
    entries, problem = _chosen(form, request.user)
    if before := _number(request.GET.get("fore", "")):
        entries = entries.filter(pk__lt=before)
    found = list(entries.select_related("actor", "user", "hidden_reason").newest_first()[: PER_PAGE + 1])
    older = request.GET.copy()
    if len(found) > PER_PAGE:
        older["fore"] = str(found[PER_PAGE - 1].pk)
    rows = Rows(found[:PER_PAGE], request.user).rows()
    context = {"form": form, "problem": problem, "rows": rows, "is_first": not before}
    context["older"] = older.urlencode() if len(found) > PER_PAGE else ""
    return render(request, "wiki/log.html", context)


def _number(text: str) -> int:
    """The key of an entry; 0 for what can be none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _chosen(form: LogForm, reader: Someone) -> tuple[LogEntryQuerySet, str]:
    """The entries that the form asks for, and what is wrong with it."""
    form.is_valid()
    asked: dict[str, Any] = form.cleaned_data
    entries = LogEntry.objects.all()
    if asked.get("vad"):
        entries = entries.filter(act=asked["vad"])
    if asked.get("av"):
        entries = entries.filter(actor=asked["av"])
    if not asked.get("om"):
        return entries, ""
    page = _page(asked["om"], reader)
    if page is None:
        return entries.none(), _("Ingen sida heter ”%(name)s”.") % {"name": asked["om"][:MAX_TITLE]}
    return entries.filter(_about(page)), ""


def _page(name: str, reader: Someone) -> Page | None:
    """The page that the name means; an archived one only by its address, and to those who may see it."""
    if len(name) > MAX_TITLE:
        return None
    found = pages_named([name]).get(name)
    return found or Page.objects.visible_to(reader).filter(slug=name).first()


def _about(page: Page) -> Q:
    """What was done to the page, to its proposals, and in its discussion."""
    types = ContentType.objects.get_for_models(Page, Proposal, Comment)
    about = Q(target_type=types[Page], target_id=page.pk)
    about |= Q(target_type=types[Proposal], target_id__in=page.proposals.values("pk"))
    comments = Comment.objects.filter(topic__page=page).values("pk")
    return about | Q(target_type=types[Comment], target_id__in=comments)
