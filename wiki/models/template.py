"""Page templates: what a new page begins with."""

from typing import Self

from django.db import models
from django.utils import timezone

from mittkoping.accounts.models import User
from wiki.models.page import Page

MAX_NAME = 60  # characters
MAX_DESCRIPTION = 200  # characters


class PageTemplateQuerySet(models.QuerySet["PageTemplate"]):
    """Questions about many templates."""

    def offered(self) -> Self:
        """Those that a new page can begin with, in their order."""
        return self.filter(retired_at=None).order_by("position", "pk")


class PageTemplate(models.Model):
    """A text that a new page can begin with, looked after by moderators.

    kind       of the pages that begin with it
    position   where it stands among the others, from 1
    number     of its newest text; every change is a text of its own
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=MAX_NAME)
    description = models.CharField(max_length=MAX_DESCRIPTION, blank=True)
    kind = models.CharField(max_length=12, choices=Page.Kind)
    position = models.PositiveSmallIntegerField(default=1)
    body = models.TextField(blank=True)
    number = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = PageTemplateQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def is_retired(self) -> bool:
        """It is not offered any more."""
        return self.retired_at is not None


class PageTemplateText(models.Model):
    """What a template said from one change to the next. Never changed.

    by   None for the text that came with the wiki
    """

    template = models.ForeignKey(PageTemplate, on_delete=models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=MAX_NAME)
    description = models.CharField(max_length=MAX_DESCRIPTION, blank=True)
    kind = models.CharField(max_length=12, choices=Page.Kind)
    body = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["template", "number"], name="one_text_per_template_and_number"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"
