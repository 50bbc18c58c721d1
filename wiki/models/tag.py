"""Tags: a page says that a factor enables or hinders."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factors.models import Factor
from mittkoping.accounts.models import Someone, User
from mittkoping.municipalities.models import Municipality
from mittkoping.text.anchors import Anchor
from wiki.content import AFTER, BEFORE, DURING, ENABLING, HINDERING, MAX_NOTE, MAX_TRIED
from wiki.models.edit import Edit
from wiki.models.page import Page


class FactorTagQuerySet(models.QuerySet["FactorTag"]):
    """Questions about many tags."""

    def visible_to(self, user: Someone) -> Self:
        """Tags of pages that the user may read."""
        return self.filter(page__in=Page.objects.visible_to(user))

    def of_current_pages(self) -> Self:
        """Of pages that have not been put away: for lists."""
        return self.filter(page__archived_at=None)

    def of(self, factor: Factor) -> Self:
        """Tags of the factor, and of those merged into it."""
        return self.filter(models.Q(factor=factor) | models.Q(factor__merged_into=factor))

    def enabling(self) -> Self:
        """Where the factor is said to enable."""
        return self.filter(direction=ENABLING)

    def hindering(self) -> Self:
        """Where the factor is said to hinder."""
        return self.filter(direction=HINDERING)

    def with_passages(self) -> Self:
        """Those that point at words."""
        return self.exclude(state=FactorTag.State.WHOLE)

    def with_hidden(self) -> Self:
        """With what `is_from_hidden` and `is_made_hidden` need at hand."""
        hidden = Edit.objects.filter(page=models.OuterRef("page")).exclude(hidden_at=None)
        return self.annotate(
            passage_is_hidden=models.Exists(hidden.filter(number=models.OuterRef("passage_version"))),
            made_is_hidden=models.Exists(hidden.filter(number=models.OuterRef("made_number"))),
        )

    def counted(self, *, with_fictional: bool) -> Self:
        """Those that count for a municipality: a real one, unless the invented ones are included."""
        counted = self.exclude(counted_for=None)
        return counted if with_fictional else counted.filter(counted_for__is_fictional=False)

    def for_lists(self) -> Self:
        """With page, factor and municipalities at hand, by the page's title."""
        related = self.with_hidden().select_related(
            "page", "factor__merged_into", "municipality", "counted_for", "claimed_for"
        )
        heavy = ("body", "html", "contents", "plain", "search_text")
        return related.defer(*(f"page__{field}" for field in heavy)).order_by(
            "page__sort_key", "page", "order"
        )


class FactorTag(models.Model):
    """A row per tag of a published page: a projection of `Page.tags`, kept for queries.

    counted_for       the municipality that it counts for; None when it counts for none
    claimed_for       the one that its author says to work in, whom nobody has confirmed: not counted
    made_at           when the version that first had the tag was saved
    made_number       that version
    passage_version   the version that the words were chosen in; None when the whole page says it
    state             whether the words are still there
    pieces            spans [start, end] of the page's plain text: the chosen words that are there still
    word_count        how many words were chosen
    is_sure           False when somebody should look whether these are the words
    words             what the passage says now; what it said when it was chosen, when that is gone
    """

    class Direction(models.TextChoices):
        """What the page says of the factor."""

        ENABLING = ENABLING, _("främjar")
        HINDERING = HINDERING, _("hämmar")

    class Strength(models.IntegerChoices):
        """How it is said, after CFIR's rating rules."""

        GENERAL = 1, _("allmänt")
        EXAMPLE = 2, _("konkret exempel")

    class Phase(models.TextChoices):
        """When it was so."""

        BEFORE = BEFORE, _("före")
        DURING = DURING, _("under")
        AFTER = AFTER, _("efter")

    class State(models.TextChoices):
        """What has become of the words."""

        WHOLE = "", _("hela sidan")
        HERE = "here", _("finns i texten")
        LOOK = "look", _("behöver ses över")
        GONE = "gone", _("finns inte längre i texten")

    key = models.UUIDField()
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="factor_tags")
    order = models.PositiveSmallIntegerField()
    factor = models.ForeignKey(Factor, on_delete=models.PROTECT, related_name="tags")
    direction = models.CharField(max_length=10, choices=Direction)
    strength = models.PositiveSmallIntegerField(choices=Strength)
    note = models.CharField(max_length=MAX_NOTE, blank=True)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="tags"
    )
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="tags")
    phase = models.CharField(max_length=6, choices=Phase, blank=True)
    tried = models.CharField(max_length=MAX_TRIED, blank=True)
    counted_for = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="counted_tags"
    )
    claimed_for = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    made_number = models.PositiveIntegerField(default=1)
    passage_version = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=4, choices=State, blank=True)
    pieces = models.JSONField(default=list, blank=True)
    word_count = models.PositiveSmallIntegerField(default=0)
    is_sure = models.BooleanField(default=True)
    words = models.TextField(blank=True)

    objects = FactorTagQuerySet.as_manager()

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=["page", "key"], name="one_tag_per_page_and_key"),)
        indexes = (
            models.Index(fields=["factor", "direction", "page"], name="tag_by_factor"),
            models.Index(fields=["counted_for", "factor", "direction"], name="tag_by_municipality"),
        )

    def __str__(self) -> str:
        return f"{self.factor} {self.get_direction_display()}"

    @property
    def anchor(self) -> Anchor | None:
        """Where its words are in the page's plain text; None when the whole page says it."""
        if self.state == FactorTag.State.WHOLE:
            return None
        return Anchor(tuple((start, end) for start, end in self.pieces), self.word_count, self.is_sure)

    @property
    def is_from_hidden(self) -> bool:
        """The version that its words were chosen in is hidden. Needs `with_hidden`."""
        return bool(getattr(self, "passage_is_hidden", False))

    @property
    def is_made_hidden(self) -> bool:
        """The version that first had it is hidden. Needs `with_hidden`."""
        return bool(getattr(self, "made_is_hidden", False))

    @property
    def own_url(self) -> str:
        """The tag's own page."""
        return reverse("wiki:passage", args=[self.page.slug, self.key])

    @property
    def permanent_url(self) -> str:
        """Where the passage is read on its page, for ever."""
        return f"{self.page.get_absolute_url()}#p-{self.key}"
