"""Tags: a page says that a factor enables or hinders."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from factors.models import Factor
from mittkoping.accounts.models import Someone, User
from mittkoping.municipalities.models import Municipality
from wiki.content import ENABLING, HINDERING, MAX_NOTE
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

    def for_lists(self) -> Self:
        """With page, factor and municipality at hand, by the page's title."""
        related = self.select_related("page", "factor__merged_into", "municipality")
        heavy = ("body", "html", "contents", "plain", "search_text")
        return related.defer(*(f"page__{field}" for field in heavy)).order_by(
            "page__sort_key", "page", "order"
        )


class FactorTag(models.Model):
    """A row per tag of a published page: a projection of `Page.tags`, kept for queries."""

    class Direction(models.TextChoices):
        """What the page says of the factor."""

        ENABLING = ENABLING, _("främjar")
        HINDERING = HINDERING, _("hämmar")

    class Strength(models.IntegerChoices):
        """How it is said, after CFIR's rating rules."""

        GENERAL = 1, _("allmänt")
        EXAMPLE = 2, _("konkret exempel")

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

    objects = FactorTagQuerySet.as_manager()

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=["page", "key"], name="one_tag_per_page_and_key"),)
        indexes = (models.Index(fields=["factor", "direction", "page"], name="tag_by_factor"),)

    def __str__(self) -> str:
        return f"{self.factor} {self.get_direction_display()}"
