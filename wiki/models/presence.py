"""Presence: who has a page open for writing just now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone

from mittkoping.accounts.models import Membership, User
from wiki.models.page import Page

MAX_TAB = 64  # characters
# A window that can be seen says every 15 seconds that it is there: two of these may be lost on the way.
VISIBLE_TTL = timedelta(seconds=45)
# Browsers wake a hidden window once a minute.
HIDDEN_TTL = timedelta(seconds=150)


@dataclass(frozen=True)
class Present:
    """Somebody who has the page open, in one window or several.

    municipality     its name; "" without one
    is_unconfirmed   no moderator has confirmed that they work there
    since            when they opened the first of the windows
    """

    user_id: int
    name: str
    municipality: str
    is_unconfirmed: bool
    since: datetime

    @property
    def since_format(self) -> str:
        """How to tell since when: by the clock, and by the day unless that is today."""
        is_today = timezone.localdate(self.since) == timezone.localdate()
        return "H.i" if is_today else "j F H.i"


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Questions about who is where."""

    def here(self) -> Self:
        """Windows that have not run out."""
        now = timezone.now()
        is_visible = models.Q(is_hidden=False, seen_at__gt=now - VISIBLE_TTL)
        return self.filter(is_visible | models.Q(is_hidden=True, seen_at__gt=now - HIDDEN_TTL))

    def ran_out(self) -> Self:
        """Windows that are nowhere any more, seen or hidden."""
        return self.filter(seen_at__lte=timezone.now() - HIDDEN_TTL)

    def others(self, page: Page, user: User) -> list[Present]:
        """Who else has the page open: each once, who came first foremost. One query."""
        place = models.FilteredRelation(
            "user__memberships", condition=models.Q(user__memberships__ended_at=None)
        )
        # The plugin does not know relations that are filtered.
        at_hand: dict[str, Any] = {"place": place}
        names = ("user_id", "user__name", "place__municipality__name", "place__role")
        found = self.here().filter(page=page).exclude(user=user).annotate(**at_hand).values(*names)
        people = found.annotate(first=models.Min("since")).order_by("first", "user_id")
        return [
            Present(number, name, place or "", role != Membership.Role.EDITOR, since)
            for number, name, place, role, since in people.values_list(*names, "first")
        ]


class Presence(models.Model):
    """That somebody has a page open for writing in one window. It locks nothing, and runs out by itself.

    tab         what the window calls itself, by chance
    since       when it was opened
    seen_at     when it last said that it is there
    is_hidden   it said that nobody can see it: another window lies above, or the telephone is in a pocket
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="presences")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="presences")
    tab = models.CharField(max_length=MAX_TAB)
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    is_hidden = models.BooleanField(default=False)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "page", "tab"], name="one_presence_per_window"),
        )
        indexes = (models.Index(fields=["seen_at"], name="presence_by_age"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.page}"
