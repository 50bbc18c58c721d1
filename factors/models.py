"""The catalogue: themes, factors, the history of each factor, and what is proposed for them."""

from collections.abc import Mapping
from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factors.content import FactorContent
from mittkoping import versions
from mittkoping.accounts.models import Someone, User
from mittkoping.municipalities.models import Municipality


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

    @property
    def content(self) -> FactorContent:
        """What it says now. Needs its theme at hand."""
        return _content(vars(self), self.theme.slug)


class FactorEdit(models.Model):
    """The facts about one version of a factor.

    source_number   the version that was brought back, if that is what was done
    reviewer        the moderator who accepted it, if it was proposed
    """

    class Act(models.TextChoices):
        """What was done."""

        LOAD = "load", _("inläst")
        CREATE = "create", _("skapad")
        EDIT = "edit", _("ändrad")
        MERGE = "merge", _("sammanslagen")
        UNMERGE = "unmerge", _("sammanslagningen ångrad")
        RETIRE = "retire", _("avslutad")
        REVIVE = "revive", _("åter aktiv")
        REVERT = "revert", _("återställd")

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
    act = models.CharField(max_length=8, choices=Act, default=Act.LOAD)
    source_number = models.PositiveIntegerField(null=True, blank=True)
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["factor", "number"], name="one_edit_per_factor_number"),
        )

    def __str__(self) -> str:
        return f"{self.factor} {self.number}"

    def get_absolute_url(self) -> str:
        """The permanent address of this version."""
        return reverse("wiki:factor_version", args=[self.factor.slug, self.number])

    @property
    def content(self) -> FactorContent:
        """What this version said; opens the stored version: two queries."""
        values = versions.fields(self.revision_id)
        return _content(values, Theme.objects.get(pk=values["theme_id"]).slug)


class FactorProposalQuerySet(models.QuerySet["FactorProposal"]):
    """Questions about many proposals."""

    def visible_to(self, user: Someone, *, trusted: models.QuerySet[User]) -> Self:
        """What this user may read: all that have signed in, everything; others, that of trusted authors.

        trusted   those who have had something accepted; who that is, is not known here
        """
        return self if user.is_authenticated else self.filter(author__in=trusted)

    def waiting(self) -> Self:
        """For a moderator."""
        return self.filter(status=FactorProposal.Status.PENDING)

    def newest_first(self) -> Self:
        """By the order of proposing."""
        return self.order_by("-pk")


class FactorProposal(models.Model):
    """A change of a factor, or a new one (factor is None), that waits for a moderator or has been decided on.

    fields     the wanted text: a FactorContent as it is stored
    base       the version of the factor that it started from; 0 for a new one
    revision   counts every change of the text; a decision names the one that was looked at
    comment    the moderator's: why it was rejected, or a word on the way
    number     the version of the factor that it became
    """

    class Status(models.TextChoices):
        """What has become of it."""

        PENDING = "pending", _("väntar på granskning")
        ACCEPTED = "accepted", _("godkänt")
        REJECTED = "rejected", _("avslaget")
        WITHDRAWN = "withdrawn", _("tillbakadraget")

    factor = models.ForeignKey(
        Factor, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    fields = models.JSONField()
    base = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    summary = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="factor_proposals")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="factor_proposals"
    )
    created_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=9, choices=Status, default=Status.PENDING)
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    comment = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)

    objects = FactorProposalQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["status", "id"], name="factor_proposal_by_status"),)

    def __str__(self) -> str:
        return str(self.fields.get("name", ""))

    def get_absolute_url(self) -> str:
        """Where it is read, and decided on."""
        return reverse("wiki:factor_proposal", args=[self.pk])

    @property
    def is_pending(self) -> bool:
        """A moderator has to decide."""
        return self.status == FactorProposal.Status.PENDING

    @property
    def content(self) -> FactorContent:
        """The wanted text."""
        return FactorContent.from_fields(self.fields)

    @property
    def base_content(self) -> FactorContent | None:
        """What it started from; None for a new factor. Opens the stored version."""
        if self.factor is None or not self.base:
            return None
        return self.factor.edits.get(number=self.base).content


def _content(values: Mapping[str, Any], theme: str) -> FactorContent:
    return FactorContent.from_fields({**values, "theme": theme})


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
