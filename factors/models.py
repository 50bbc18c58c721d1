"""The catalogue: themes, factors and the history of each factor."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mittkoping import versions
from mittkoping.accounts.models import User


class ThemeQuerySet(models.QuerySet["Theme"]):
    """Questions about many themes."""

    def with_active_factors(self) -> Self:
        """With the factors that a writer may choose at hand as `active_factors`, in order."""
        active = models.Prefetch("factors", Factor.objects.active().in_order(), to_attr="active_factors")
        return self.prefetch_related(active)


class Theme(models.Model):
    """A group of factors, in a fixed order."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    description = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField()

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return self.name


class FactorQuerySet(models.QuerySet["Factor"]):
    """Questions about many factors."""

    def active(self) -> Self:
        """Those that a writer may choose."""
        return self.filter(status=Factor.Status.ACTIVE)

    def in_order(self) -> Self:
        """By theme, then in Swedish alphabetical order."""
        return self.order_by("theme__order", "sort_key")


class Factor(models.Model):
    """One key factor: something that enables change where it is present and hinders where it is missing."""

    class Status(models.TextChoices):
        """A factor's life."""

        PROPOSED = "proposed", _("föreslagen")
        ACTIVE = "active", _("aktiv")
        MERGED = "merged", _("sammanslagen")
        RETIRED = "retired", _("avslutad")

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("namn"), max_length=80)
    sort_key = models.CharField(max_length=400, db_index=True)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="factors")
    definition = models.TextField(_("definition"))
    enables = models.TextField(_("så märks det när den främjar"))
    hinders = models.TextField(_("så märks det när den hämmar"))
    questions = models.JSONField(_("frågor att ställa sig"), default=list)
    related = models.JSONField(_("närliggande faktorer"), default=list, help_text=_("slugar"))
    aliases = models.JSONField(_("synonymer"), default=list)
    informed_by = models.JSONField(_("intryck från"), default=list)
    leda_area = models.CharField(_("LEDA:s nyckelområde"), max_length=120, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    number = models.PositiveIntegerField(default=0, editable=False, help_text=_("senaste versionens nummer"))

    objects = FactorQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The factor's own page."""
        return reverse("wiki:factor", args=[self.slug])


class FactorEdit(models.Model):
    """The facts about one version of a factor."""

    revision = models.OneToOneField(
        "reversion.Revision", on_delete=models.PROTECT, related_name="factor_edit"
    )
    factor = models.ForeignKey(Factor, on_delete=models.PROTECT, related_name="edits")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="factor_edits"
    )
    created_at = models.DateTimeField(default=timezone.now)
    summary = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["factor", "number"], name="one_edit_per_factor_number"),
        )

    def __str__(self) -> str:
        return f"{self.factor} {self.number}"


versions.register(
    Factor,
    fields=(
        "name",
        "theme",
        "definition",
        "enables",
        "hinders",
        "questions",
        "related",
        "aliases",
        "informed_by",
        "leda_area",
        "status",
        "merged_into",
    ),
)
