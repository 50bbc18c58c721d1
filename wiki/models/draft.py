"""Drafts: unsent text of one user, and the forms that have been sent."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone

from mittkoping.accounts.models import User
from wiki.models.edit import Edit
from wiki.models.page import Page
from wiki.models.proposal import Proposal

MAX_KEY = 64  # characters of what a form is known by


class DraftQuerySet(models.QuerySet["Draft"]):
    """Questions about many drafts."""

    def kept(self) -> Self:
        """Those that have not been thrown away."""
        return self.filter(deleted_at=None)

    def about(self, page: Page | None, proposal: Proposal | None = None) -> Self:
        """Of the same form: of a proposal, of a page, or of a new page when both are None."""
        return self.filter(page=page, proposal=proposal)

    def for_lists(self) -> Self:
        """With page and proposal at hand, without what was typed."""
        heavy = ("body", "html", "contents", "plain", "search_text", "tags")
        related = self.select_related("page", "proposal")
        return related.defer("fields", "proposal__body", *(f"page__{field}" for field in heavy))

    def newest_first(self) -> Self:
        """The one that was saved last first; of those of one moment, the younger one."""
        return self.order_by("-saved_at", "-pk")


class Draft(models.Model):
    """What somebody has typed into the form of a page, old or new (page is None), and has not sent.

    proposal   whose text is being changed, if it is one
    fields     the form as it was typed, with every mistake that is in it: name → list of values
    title      for lists, as typed
    base       the version of the page that the text started from; 0 for a new page
    counter    counts every time it was saved; who saves names the one they have seen
    tab, seq   which window saved it last, and which time in that window; "" and 0 without JavaScript
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts")
    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    fields = models.JSONField(default=dict)
    title = models.TextField(blank=True)
    base = models.PositiveIntegerField(default=0)
    counter = models.PositiveIntegerField(default=1)
    tab = models.CharField(max_length=MAX_KEY, blank=True)
    seq = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["user", "-saved_at"], name="draft_by_user"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is compared with what is published."""
        return reverse("wiki:draft", args=[self.pk])

    @property
    def form_url(self) -> str:
        """Where it is gone on with."""
        if self.proposal_id:
            form = reverse("wiki:proposal_edit", args=[self.proposal_id])
        elif self.page:
            form = reverse("wiki:edit", args=[self.page.slug])
        else:
            form = reverse("wiki:new")
        return f"{form}?utkast={self.pk}"


class SentForm(models.Model):
    """That a form has been sent, and what came of it: the same form once more makes nothing new.

    once     the form's own key
    tab      the window that sent it; "" without JavaScript
    digest   of the content that was sent
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sent_forms")
    once = models.CharField(max_length=MAX_KEY)
    tab = models.CharField(max_length=MAX_KEY, blank=True)
    digest = models.CharField(max_length=64)
    edit = models.ForeignKey(Edit, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "once"], name="one_sent_form_per_key"),)
        indexes = (models.Index(fields=["user", "sent_at"], name="sent_form_by_user"),)

    def __str__(self) -> str:
        return self.once
