"""What a page says to somebody who has signed in: whether they watch it, whether it was news to them."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from factors.models import Factor, FactorProposal
from mittkoping.municipalities.models import Municipality
from wiki.models import Page, Proposal, Topic, Watch
from wiki.models.watch import Watchable

register = template.Library()


@dataclass(frozen=True)
class WatchState:
    """Whether somebody watches something, and where the button for it sends."""

    is_watched: bool
    action: str


@register.simple_tag(takes_context=True)
def watch_state(
    context: Context, target: Watchable | str, known: bool | str | None = None
) -> WatchState | None:
    """Whether the user watches the target: a page, factor, municipality, or the word of a track.

    known   the answer, where a view has it already; without it one query

    None for who has not signed in, and for what cannot be watched.
    """
    user = context.get("user")
    wanted = _track(target) if isinstance(target, str) else target
    if not wanted or user is None or not user.is_authenticated:
        return None
    if not isinstance(known, bool):
        known = Watch.objects.active().on(wanted).filter(user=user).exists()
    return WatchState(known, _action(wanted))


@register.simple_tag(takes_context=True)
def unseen(context: Context, target: Page | Proposal | Topic | FactorProposal) -> str:
    """The target's word, page-12, if the user has been told of it and has not seen it; else empty."""
    word = f"{target._meta.model_name}-{target.pk}"
    bell: Any = context.get("bell")
    return word if bell and word in bell.about else ""


def _track(word: str) -> Page.Track | None:
    return Page.Track(word) if word in Page.Track.values else None


def _action(target: Watchable) -> str:
    if isinstance(target, Page):
        return reverse("wiki:watch_page", args=[target.slug])
    if isinstance(target, Factor):
        return reverse("wiki:watch_factor", args=[target.slug])
    if isinstance(target, Municipality):
        return reverse("wiki:watch_municipality", args=[target.slug])
    return reverse("wiki:watch_track", args=[target.value])
