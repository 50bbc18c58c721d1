"""Drafts: unsent text of one user, and the forms that have been sent."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone

from mittkoping.accounts.models import User
from wiki.models.edit import Edit
from wiki.models.page import Page
from wiki.models.proposal import Proposal

MAX_KEY = 64  # characters of what a form is known by
UNDO_FOR = timedelta(days=30)  # what has been thrown away can be brought back
COUNTED = ("lead", "body")  # fields whose words are counted


class DraftQuerySet(models.QuerySet["Draft"]):
    """Questions about many drafts."""

    def kept(self) -> Self:
        """Those that have not been thrown away."""
        return self.filter(deleted_at=None)

    def thrown_away(self) -> Self:
        """Those that have been, and can still be brought back."""
        return self.filter(deleted_at__gt=timezone.now() - UNDO_FOR)

    def expired(self) -> Self:
        """Those that can not be brought back any more."""
        return self.filter(deleted_at__lte=timezone.now() - UNDO_FOR)

    def about(self, page: Page | None, proposal: Proposal | None = None) -> Self:
        """Of the same form: of a proposal, of a page, or of a new page when both are None.

        The proposal alone, if there is one: that of a new page gets its page when it is accepted.
        """
        return self.filter(proposal=proposal) if proposal else self.filter(page=page, proposal=None)

    def touching(self, page: Page) -> Self:
        """Whose text is of the page, or of a proposal for it."""
        return self.filter(models.Q(page=page) | models.Q(proposal__page=page))

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
    word_count   of lead and text, for lists
    base       the version of the page that the text started from; 0 for a new page
    counter    counts every time it was saved; who saves names the one they have seen
    tab, seq   which window saved it last, and which time in that window; "" and 0 without JavaScript
    minute, saves_in_minute   in which minute it was saved last, since 1970, and how many times in that
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts")
    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    fields = models.JSONField(default=dict)
    title = models.TextField(blank=True)
    word_count = models.PositiveIntegerField(default=0)
    base = models.PositiveIntegerField(default=0)
    counter = models.PositiveIntegerField(default=1)
    tab = models.CharField(max_length=MAX_KEY, blank=True)
    seq = models.PositiveIntegerField(default=0)
    minute = models.PositiveIntegerField(default=0)
    saves_in_minute = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["user", "-saved_at"], name="draft_by_user"),
            models.Index(
                fields=["deleted_at"], name="draft_thrown_away", condition=models.Q(deleted_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is compared with what is published."""
        return reverse("wiki:draft", args=[self.pk])

    def fill(self, fields: dict[str, list[str]], *, title: str, base: int) -> None:
        """Hold what stands in a form now."""
        self.fields = fields
        self.title = title
        self.word_count = sum(len(value.split()) for name in COUNTED for value in fields.get(name, ()))
        self.base = base
        self.saved_at = timezone.now()

    @property
    def form_address(self) -> str:
        """The form that it is a draft of."""
        if self.proposal_id:
            return reverse("wiki:proposal_edit", args=[self.proposal_id])
        return reverse("wiki:edit", args=[self.page.slug]) if self.page else reverse("wiki:new")

    @property
    def form_url(self) -> str:
        """Where it is gone on with."""
        return f"{self.form_address}?utkast={self.pk}"

    @property
    def is_thrown_away(self) -> bool:
        """It waits to be brought back, or forgotten."""
        return self.deleted_at is not None


class SentForm(models.Model):
    """That a form has been sent, and what came of it: the same form once more makes nothing new.

    once     the form's own key
    tab, seq   the window that sent it, and up to which of its savings; "" and 0 without JavaScript
    digest   of the content that was sent
    edit, proposal   what came of it; neither when it changed nothing
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sent_forms")
    once = models.CharField(max_length=MAX_KEY)
    tab = models.CharField(max_length=MAX_KEY, blank=True)
    seq = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    edit = models.ForeignKey(Edit, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "once"], name="one_sent_form_per_key"),)
        indexes = (models.Index(fields=["user", "sent_at"], name="sent_form_by_user"),)

    def __str__(self) -> str:
        return self.once
