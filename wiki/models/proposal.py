"""Proposals: text that waits for review."""

from typing import Self

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mittkoping.accounts.models import Someone, User
from mittkoping.municipalities.models import Municipality
from wiki.content import MAX_SUMMARY, MAX_TITLE, Content
from wiki.models.edit import Edit
from wiki.models.page import Page

MAX_COMMENT = 1000  # characters


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Questions about many proposals."""

    def visible_to(self, user: Someone) -> Self:
        """What this user may read.

        Everybody reads the proposals of somebody who has had something accepted; before that, those who have
        signed in. Hidden ones are for moderators; those for archived pages for moderators and their author.
        """
        if user.is_authenticated and user.moderates:
            return self
        own = models.Q(author=user) if user.is_authenticated else models.Q(pk__in=())
        current = models.Q(page=None) | models.Q(page__archived_at=None)
        shown = self.filter(models.Q(hidden_at=None) & (current | own))
        if user.is_authenticated:
            return shown
        has_published = Edit.objects.filter(author=models.OuterRef("author"))
        return shown.filter(models.Exists(has_published))

    def waiting(self) -> Self:
        """For a moderator: pending, not hidden, and not for an archived page."""
        return self.filter(status=Proposal.Status.PENDING, hidden_at=None).exclude(
            page__archived_at__isnull=False
        )

    def count_on(self, page: str) -> Coalesce:
        """How many there are on each row's page: to annotate with; `page` is the row's field."""
        on_page = self.filter(page=models.OuterRef(page)).order_by().values("page")
        return Coalesce(models.Subquery(on_page.annotate(count=models.Count("pk")).values("count")), 0)

    def unfinished(self) -> Self:
        """Waiting for a moderator or, after changes were asked for, for the author."""
        return self.filter(status__in=UNFINISHED)

    def for_lists(self) -> Self:
        """With people, page and municipality at hand, without the text."""
        return self.select_related("author", "municipality", "reviewer", "page", "edit__page").defer(
            "body", "tags", "page__body", "page__html", "page__contents", "page__plain", "page__search_text"
        )

    def newest_first(self) -> Self:
        """By the order of proposing, never by clock."""
        return self.order_by("-pk")


class ProposedContent(models.Model):
    """The columns of a Content that is not published, and what it started from.

    base   the version of the page that it started from; 0 for a new page
    """

    title = models.CharField(_("titel"), max_length=MAX_TITLE)
    lead = models.TextField(blank=True)
    body = models.TextField(blank=True)
    kind = models.CharField(max_length=12, choices=Page.Kind, default=Page.Kind.PAGE)
    tracks = models.JSONField(default=list, blank=True)
    municipality_codes = models.JSONField(default=list, blank=True)
    tags = models.JSONField(default=list, blank=True)
    base = models.PositiveIntegerField(default=0)
    summary = models.CharField(max_length=MAX_SUMMARY, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @property
    def content(self) -> Content:
        """The proposed content."""
        fields = ("title", "lead", "body", "kind", "tracks", "municipality_codes", "tags")
        return Content.from_fields({field: getattr(self, field) for field in fields})


class Proposal(ProposedContent):
    """Text for a page, old or new (page is None), that waits for a moderator, or has been decided on.

    revision   counts every change of the text; a decision names the one that was looked at
    comment    the moderator's latest: why it was rejected, what is asked for, a word on the way
    waits_from since when the author waits; being asked for changes ends the wait, sending again starts it
    edit       the version that it became
    chosen     how many of its changes were published, of how many, when it was decided change by change
    """

    class Status(models.TextChoices):
        """What has become of it."""

        PENDING = "pending", _("väntar på granskning")
        CHANGES_ASKED = "changes_asked", _("ändringar önskas")
        ACCEPTED = "accepted", _("godkänt")
        REJECTED = "rejected", _("avslaget")
        WITHDRAWN = "withdrawn", _("tillbakadraget")

    page = models.ForeignKey(Page, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposals")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    is_minor = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    waits_from = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=14, choices=Status, default=Status.PENDING)
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    comment = models.CharField(max_length=MAX_COMMENT, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    edit = models.OneToOneField(
        Edit, on_delete=models.PROTECT, null=True, blank=True, related_name="proposal"
    )
    chosen = models.PositiveIntegerField(null=True, blank=True)
    change_count = models.PositiveIntegerField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hidden_reason = models.CharField(max_length=200, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["status", "waits_from", "id"], name="proposal_by_status"),
            models.Index(fields=["author", "-id"], name="proposal_by_author"),
            models.Index(fields=["decided_at"], name="proposal_by_decision"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is read, and decided on."""
        return reverse("wiki:proposal", args=[self.pk])

    @property
    def is_pending(self) -> bool:
        """A moderator has to decide."""
        return self.status == Proposal.Status.PENDING

    @property
    def is_unfinished(self) -> bool:
        """The author may still change the text, or take it back."""
        return self.status in UNFINISHED

    @property
    def is_hidden(self) -> bool:
        """Only moderators see it."""
        return self.hidden_at is not None

    @property
    def base_content(self) -> Content | None:
        """What it started from; None for a new page. Opens the stored version. Raises HiddenVersion."""
        if self.page is None or not self.base:
            return None
        return self.page.edits.get(number=self.base).content


UNFINISHED = (Proposal.Status.PENDING, Proposal.Status.CHANGES_ASKED)


class ProposalText(ProposedContent):
    """An earlier text of a proposal, kept when the author sends another."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="earlier_texts")
    replaced_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["proposal", "revision"], name="one_text_per_proposal_revision"),
        )

    def __str__(self) -> str:
        return f"{self.proposal} {self.revision}"
