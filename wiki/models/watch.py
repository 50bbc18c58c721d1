"""Watches: what somebody wants to hear of."""

from typing import Any, Self

from django.db import models
from django.utils import timezone

from factors.models import Factor
from mittkoping.accounts.models import Someone, User
from mittkoping.municipalities.models import Municipality
from wiki.models.page import Page
from wiki.models.tag import FactorTag

Watchable = Page | Factor | Municipality | Page.Track
# The narrowest first: of several reasons to hear of a page, this is the one that is told.
FIELDS = ("page", "factor", "municipality", "track")


def as_field(target: Watchable) -> dict[str, Any]:
    """The column of Watch that holds the target, and what it holds."""
    return {"track" if isinstance(target, Page.Track) else target._meta.model_name or "": target}


class WatchQuerySet(models.QuerySet["Watch"]):
    """Questions about many watches."""

    def active(self) -> Self:
        """Those that have not been ended, of people who may sign in."""
        return self.filter(ended_at=None, user__is_active=True)

    def on(self, target: Watchable) -> Self:
        """Watches of just this."""
        return self.filter(**as_field(target))

    def matching(self, page: Page) -> Self:
        """Watches of the page, and of a factor, municipality or track that it is about."""
        tags = FactorTag.objects.filter(page=page)
        tagged = (
            models.Q(factor__in=tags.values("factor"))
            | models.Q(factor__in=tags.values("factor__merged_into"))
            | models.Q(factor__merged_into__in=tags.values("factor"))
        )
        municipalities = Page.municipalities.through.objects.filter(page=page).values("municipality")
        places = models.Q(municipality__in=municipalities) | models.Q(track__in=page.tracks)
        return self.filter(models.Q(page=page) | tagged | places)

    def with_targets(self) -> Self:
        """With what is watched at hand, for lists."""
        heavy = ("body", "html", "contents", "plain", "search_text", "tags")
        related = self.select_related("page", "factor", "municipality")
        return related.defer(*(f"page__{field}" for field in heavy))


class Watch(models.Model):
    """That a user wants to hear of edits: of one page, or of all pages about a factor, municipality or track.

    ended_at   an ended watch is kept, so that writing on the page does not begin it anew by itself
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="watches")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, null=True, blank=True, related_name="watches")
    factor = models.ForeignKey(
        Factor, on_delete=models.CASCADE, null=True, blank=True, related_name="watches"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, null=True, blank=True, related_name="watches"
    )
    track = models.CharField(max_length=12, choices=Page.Track, blank=True, db_index=True)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["user", "page"], name="one_watch_per_page"),
            models.UniqueConstraint(fields=["user", "factor"], name="one_watch_per_factor"),
            models.UniqueConstraint(fields=["user", "municipality"], name="one_watch_per_municipality"),
            models.UniqueConstraint(
                fields=["user", "track"], condition=~models.Q(track=""), name="one_watch_per_track"
            ),
            models.CheckConstraint(
                condition=models.Q(page__isnull=False, factor=None, municipality=None, track="")
                | models.Q(page=None, factor__isnull=False, municipality=None, track="")
                | models.Q(page=None, factor=None, municipality__isnull=False, track="")
                | (models.Q(page=None, factor=None, municipality=None) & ~models.Q(track="")),
                name="watch_is_of_one_thing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.target}"

    @property
    def kind(self) -> str:
        """Which of FIELDS it is about."""
        return next(field for field in FIELDS if getattr(self, field))

    @property
    def target(self) -> Watchable:
        """What is watched."""
        return Page.Track(self.track) if self.track else getattr(self, self.kind)

    @property
    def key(self) -> str:
        """The target, as a short word that can stand in an address: page-12, track-skola."""
        return f"{self.kind}-{self.track or self.target.pk}"  # type: ignore[union-attr]  # a track has no key


def watched_by(user: Someone) -> models.Exists | models.Value:
    """Whether the user watches the page of a row: `edits.annotate(is_watched=watched_by(user))`."""
    if not user.is_authenticated:
        return models.Value(value=False)
    return models.Exists(Watch.objects.active().filter(user=user, page=models.OuterRef("page")))
