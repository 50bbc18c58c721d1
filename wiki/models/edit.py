"""Edits: the facts about one version of a page."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mittkoping import versions
from mittkoping.accounts.models import Someone, User
from mittkoping.municipalities.models import Municipality
from wiki.content import MAX_SUMMARY, Content
from wiki.models.page import Page


class HiddenVersion(Exception):
    """The text of the version is hidden, because it held personal data."""


class EditQuerySet(models.QuerySet["Edit"]):
    """Questions about many edits."""

    def visible_to(self, user: Someone) -> Self:
        """Edits of pages that the user may read."""
        return self.filter(page__in=Page.objects.visible_to(user))

    def of_current_pages(self) -> Self:
        """Of pages that have not been put away: for lists."""
        return self.filter(page__archived_at=None)

    def with_people(self) -> Self:
        """With author and municipality at hand, for lists."""
        return self.select_related("author", "municipality", "reviewer")

    def with_review(self) -> Self:
        """With what `reviewed_to` needs at hand: the first version up to this one that nobody has reviewed,
        and the last one before that which may be read.
        """
        unreviewed = Edit.objects.filter(
            page=models.OuterRef("page"),
            number__lte=models.OuterRef("number"),
            review_state=Edit.ReviewState.UNREVIEWED,
        )
        first = unreviewed.order_by("number").values("number")[:1]
        before = Edit.objects.filter(
            page=models.OuterRef("page"), number__lt=models.OuterRef("first_unreviewed"), hidden_at=None
        )
        last = before.order_by("-number").values("number")[:1]
        found = self.annotate(first_unreviewed=models.Subquery(first))
        return found.annotate(last_reviewed=models.Subquery(last))

    def unreviewed(self) -> Self:
        """That no moderator has looked at."""
        return self.filter(review_state=Edit.ReviewState.UNREVIEWED)

    def newest_first(self) -> Self:
        """Over all pages: by the order of saving, never by clock."""
        return self.order_by("-pk")


class Edit(models.Model):
    """Who saved version `number` of a page, for which municipality, when and why."""

    class Act(models.TextChoices):
        """What was done."""

        CREATE = "create", _("ny sida")
        EDIT = "edit", _("ändring")
        REVERT = "revert", _("återställning")
        RENAME = "rename", _("nytt namn")
        IMPORT = "import", _("inläsning")

    class ReviewState(models.TextChoices):
        """Whether a moderator has looked at this version."""

        UNREVIEWED = "unreviewed", _("ännu inte granskad")
        REVIEWED = "reviewed", _("granskad")

    revision = models.OneToOneField("reversion.Revision", on_delete=models.PROTECT, related_name="edit")
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="edits")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=10, choices=Act, default=Act.EDIT)
    source_number = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("den version som återställdes")
    )
    base = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("den version som texten utgick från; tomt när det inte är känt")
    )
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="page_edits")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="edits"
    )
    created_at = models.DateTimeField(default=timezone.now)
    summary = models.CharField(max_length=MAX_SUMMARY, blank=True)
    is_minor = models.BooleanField(default=False)
    size_before = models.PositiveIntegerField()
    size_after = models.PositiveIntegerField()
    review_state = models.CharField(max_length=12, choices=ReviewState, default=ReviewState.UNREVIEWED)
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    is_adjusted = models.BooleanField(
        default=False, help_text=_("granskaren ändrade i förslaget innan det publicerades")
    )
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hidden_reason = models.CharField(max_length=200, blank=True)

    objects = EditQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["page", "number"], name="one_edit_per_page_number"),)
        indexes = (
            models.Index(fields=["review_state", "page", "number"], name="edit_by_review_state"),
            models.Index(fields=["author", "-id"], name="edit_by_author"),
        )

    def __str__(self) -> str:
        return f"{self.page} {self.number}"

    def get_absolute_url(self) -> str:
        """The permanent address of this version."""
        return reverse("wiki:version", args=[self.page.slug, self.number])

    @property
    def growth(self) -> int:
        """Change of size, in characters."""
        return self.size_after - self.size_before

    @property
    def is_merged(self) -> bool:
        """It was written from an older version than the one before it, and merged with what came between."""
        return self.base is not None and 0 < self.base < self.number - 1

    @property
    def is_reviewed(self) -> bool:
        """A moderator has looked at this version, or wrote it."""
        return self.review_state == Edit.ReviewState.REVIEWED

    @property
    def reviewed_to(self) -> int:
        """Up to which version everything is reviewed: its own number when all is; 0 when nothing is.

        Needs `with_review`. Of hidden versions, the readable one before them. What a moderator saves on top
        of an unreviewed edit does not make that reviewed.
        """
        first: int | None = getattr(self, "first_unreviewed")  # noqa: B009 - annotated, unknown to the type
        last: int | None = getattr(self, "last_reviewed")  # noqa: B009 - annotated, unknown to the type
        return self.number if first is None else last or 0

    @property
    def is_hidden(self) -> bool:
        """The text and the summary are seen by nobody; that there was a version, and why it is hidden, is."""
        return self.hidden_at is not None

    @property
    def shown_summary(self) -> str:
        """The summary, unless the version is hidden."""
        return "" if self.is_hidden else self.summary

    @property
    def content(self) -> Content:
        """The content of this version; opens the stored version: one query. Raises HiddenVersion."""
        if self.is_hidden:
            raise HiddenVersion
        return Content.from_fields(versions.fields(self.revision_id))
