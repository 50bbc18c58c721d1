"""Appeals: what a blocked user writes to the moderators."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mittkoping.accounts.models import User
from wiki.models.proposal import MAX_COMMENT


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Questions about many appeals."""

    def waiting(self) -> Self:
        """Not answered yet, oldest first."""
        return self.filter(outcome=Appeal.Outcome.WAITING).order_by("pk")

    def newest_first(self) -> Self:
        """By the order of writing, never by clock."""
        return self.order_by("-pk")


class Appeal(models.Model):
    """That somebody asks to be let in again, and what a moderator answered. Read by these two only."""

    class Outcome(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("väntar på svar")
        GRANTED = "granted", _("avstängningen upphörde")
        KEPT = "kept", _("avstängningen står fast")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appeals")
    text = models.CharField(max_length=MAX_COMMENT)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    answer = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = AppealQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(outcome="waiting"), name="one_waiting_appeal_per_user"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.made_at:%Y-%m-%d}"

    @property
    def is_waiting(self) -> bool:
        """No moderator has answered."""
        return self.outcome == Appeal.Outcome.WAITING
