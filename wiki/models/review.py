"""The queue: a row for everything that waits for a moderator, and who is looking at it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factors.models import FactorProposal
from mittkoping.accounts.models import User
from wiki.content import MAX_TITLE
from wiki.models.page import Page
from wiki.models.proposal import Proposal

CLAIM_TTL = timedelta(minutes=15)


def as_keys(values: Collection[str]) -> str:
    """The values as one text in which each is found by its surrounding commas: ",a,b,"."""
    return f",{','.join(sorted(values))}," if values else ""


class ReviewItemQuerySet(models.QuerySet["ReviewItem"]):
    """Questions about the queue."""

    def oldest_first(self) -> Self:
        """In the order in which they are to be looked at; keyset: (since, pk)."""
        return self.order_by("since", "pk")

    def after(self, since: datetime, primary_key: int) -> Self:
        """What comes after this row in the order of the queue."""
        later = models.Q(since__gt=since) | models.Q(since=since, pk__gt=primary_key)
        return self.filter(later)

    def with_everything(self) -> Self:
        """With page, proposal, people and claim at hand, for lists."""
        heavy = ("page__body", "page__html", "page__contents", "page__plain", "page__search_text")
        related = self.select_related(
            "page",
            "proposal__author",
            "proposal__municipality",
            "factor_proposal__author",
            "factor_proposal__municipality",
            "factor_proposal__factor",
            "claim__by",
        )
        return related.defer(*heavy, "proposal__body", "proposal__tags")


class ReviewItem(models.Model):
    """What waits for a moderator: a proposal, for a page or a factor, or the unreviewed edits of one page.

    A projection, kept in step by the operations so that the queue can be filtered and paged in constant time.

    proposal          set for a proposal
    factor_proposal   set for a proposal for the catalogue of factors
    page              the page of the edits, or of the proposal; None for a new page, and for a factor
    since             when the oldest part of it was saved
    size              by how many characters it changes the text, up or down
    authors, municipalities, tracks, factors
                      keys: primary keys, codes, tracks, slugs; see as_keys
    """

    class Kind(models.TextChoices):
        """What waits."""

        PROPOSAL = "proposal", _("förslag")
        EDITS = "edits", _("ändringar")
        FACTOR = "factor", _("förslag om en nyckelfaktor")

    kind = models.CharField(max_length=10, choices=Kind)
    proposal = models.OneToOneField(
        Proposal, on_delete=models.CASCADE, null=True, blank=True, related_name="review_item"
    )
    factor_proposal = models.OneToOneField(
        FactorProposal, on_delete=models.CASCADE, null=True, blank=True, related_name="review_item"
    )
    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, null=True, blank=True, related_name="review_items"
    )
    since = models.DateTimeField()
    title = models.CharField(max_length=MAX_TITLE)
    page_kind = models.CharField(max_length=12, choices=Page.Kind, blank=True)
    size = models.PositiveIntegerField()
    edit_count = models.PositiveIntegerField(default=1)
    authors = models.TextField(blank=True)
    municipalities = models.TextField(blank=True)
    tracks = models.CharField(max_length=40, blank=True)
    factors = models.TextField(blank=True)

    objects = ReviewItemQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(kind="edits"), name="one_review_of_edits_per_page"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="proposal", proposal__isnull=False, factor_proposal=None)
                | models.Q(kind="edits", proposal=None, factor_proposal=None, page__isnull=False)
                | models.Q(kind="factor", proposal=None, factor_proposal__isnull=False, page=None),
                name="review_item_is_about_something",
            ),
        )
        indexes = (models.Index(fields=["since", "id"], name="review_item_by_age"),)

    def __str__(self) -> str:
        return self.title


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Questions about claims."""

    def held(self) -> Self:
        """Those that have not run out."""
        return self.filter(kept_at__gt=timezone.now() - CLAIM_TTL)


class Claim(models.Model):
    """That a moderator is looking at a row of the queue; runs out CLAIM_TTL after it was last kept."""

    item = models.OneToOneField(ReviewItem, on_delete=models.CASCADE, related_name="claim")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="claims")
    taken_at = models.DateTimeField(default=timezone.now)
    kept_at = models.DateTimeField(default=timezone.now)

    objects = ClaimQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.by}: {self.item}"

    @property
    def is_held(self) -> bool:
        """Has not run out."""
        return self.kept_at > timezone.now() - CLAIM_TTL


class ReviewReason(models.Model):
    """A reason that moderators use again and again."""

    text = models.CharField(max_length=300, unique=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("text",)

    def __str__(self) -> str:
        return self.text
