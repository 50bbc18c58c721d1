"""Experiences: whether what a passage says is so in other municipalities too."""

from typing import Self

from django.db import models
from django.utils import timezone

from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from wiki.models.page import Page

MAX_LINE = 200  # characters


class ExperienceQuerySet(models.QuerySet["Experience"]):
    """Questions about many experiences."""

    def shown(self) -> Self:
        """Those that no moderator has hidden."""
        return self.filter(hidden_at=None)

    def counted(self, *, with_fictional: bool) -> Self:
        """Those shown, of real municipalities unless the invented ones are included."""
        shown = self.shown()
        return shown if with_fictional else shown.filter(municipality__is_fictional=False)


class Experience(models.Model):
    """One municipality's answer to a passage: so it is here too, or it is not.

    key      of the tag that the answer is about; it outlives the row of the tag, as the tag may come back
    line     one line of experience
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="experiences")
    key = models.UUIDField()
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="experiences")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="experiences")
    applies = models.BooleanField()
    line = models.CharField(max_length=MAX_LINE, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hidden_reason = models.CharField(max_length=200, blank=True)

    objects = ExperienceQuerySet.as_manager()

    class Meta:
        ordering = ("municipality__sort_key",)
        constraints = (
            models.UniqueConstraint(
                fields=["page", "key", "municipality"], name="one_experience_per_passage_and_municipality"
            ),
        )

    def __str__(self) -> str:
        return f"{self.municipality}: {self.line}"

    @property
    def is_hidden(self) -> bool:
        """A moderator has hidden it."""
        return self.hidden_at is not None
