"""Exports: all that a municipality has written, made in the background as one file."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality


class MunicipalityExportQuerySet(models.QuerySet["MunicipalityExport"]):
    """Questions about many exports."""

    def newest_first(self) -> Self:
        """By the order of asking."""
        return self.order_by("-pk")


class MunicipalityExport(models.Model):
    """That somebody wants all that a municipality has written, and what has come of it.

    done, total   pages written so far, of how many
    name          of the file, once it is ready; empty again when it has been thrown away
    error         what went wrong, as a sentence
    """

    class Status(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", _("väntar")
        WORKING = "working", _("görs")
        READY = "ready", _("klar")
        FAILED = "failed", _("misslyckades")

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="exports")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="exports")
    asked_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=0, help_text=_("byte"))
    name = models.CharField(max_length=120, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = MunicipalityExportQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.municipality} {self.asked_at:%Y-%m-%d %H:%M}"
