"""A municipality as one reads it: what it has written, what it says of factors, and who is like it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from mittkoping.accounts.models import Someone
from mittkoping.municipalities.models import Municipality
from mittkoping.text.slugs import slugify
from wiki import insights, rules
from wiki.insights.likeness import alike, written_by
from wiki.models import Edit, Experience, FactorTag, Page
from wiki.views.said import with_answers

LATEST = 10
PAGES_SHOWN = 12
ANSWERS_SHOWN = 10
OPEN_ROWS = 3  # of the profile, where there are no more


@dataclass(frozen=True)
class Answered:
    """An answer that the municipality has given. tag: what it is about; None when it is no longer there."""

    experience: Experience
    tag: FactorTag | None


@require_safe
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """A municipality, its pages, what it says of factors, whom it is like and its latest edits."""
    if (canonical := slugify(slug)) and canonical != slug:
        return redirect("wiki:municipality", slug=canonical, permanent=True)
    found = get_object_or_404(Municipality.objects.select_related("county", "group"), slug=canonical)
    context = {
        "municipality": found,
        "may_export": rules.may_export(request.user, found),
        "may_write": rules.may_write(request.user, None),
        "answered": _answered(found, request.user),
        "OPEN_ROWS": OPEN_ROWS,
    }
    context |= _written(found, request.user) | _insight(found)
    return render(request, "wiki/municipality.html", context)


def _written(found: Municipality, user: Someone) -> dict[str, Any]:
    """Its pages and edits. Three queries."""
    pages = Page.objects.visible_to(user).current().from_municipality(found)
    edits = Edit.objects.visible_to(user).of_current_pages().with_people().select_related("page")
    return {
        "pages": pages.recent().for_cards().prefetch_related(None)[:PAGES_SHOWN],
        "page_count": pages.count(),
        "edits": edits.filter(municipality=found).newest_first()[:LATEST],
    }


def _insight(found: Municipality) -> dict[str, Any]:
    """Its profile, and those like it; of those, when it has said nothing itself, what they say. Ten queries
    at most.
    """
    scope = insights.Scope(with_fictional=settings.DEMO or found.is_fictional)
    profile = insights.profile(scope, found.code)
    neighbours = alike(scope, found.code)
    return {
        "profile": profile,
        "neighbours": neighbours,
        "theirs": with_answers(written_by(neighbours)) if not profile.rows else [],
    }


def _answered(found: Municipality, user: Someone) -> list[Answered]:
    """The latest answers to passages of others. Two queries."""
    experiences = Experience.objects.shown().filter(
        municipality=found, page__in=Page.objects.visible_to(user).current()
    )
    heavy = ("body", "html", "contents", "plain", "search_text")
    latest = list(
        experiences.select_related("page")
        .defer(*(f"page__{field}" for field in heavy))
        .order_by("-updated_at", "-pk")[:ANSWERS_SHOWN]
    )
    tags = FactorTag.objects.filter(key__in=[answer.key for answer in latest]).for_lists()
    rows = {(tag.page_id, tag.key): tag for tag in tags}
    return [Answered(answer, rows.get((answer.page_id, answer.key))) for answer in latest]
