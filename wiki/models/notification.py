"""Notifications: what somebody is told, on screen and by mail."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factors.models import FactorProposal
from mittkoping.accounts.models import Membership, User
from mittkoping.log.models import LogEntry
from mittkoping.outbox.models import Mail
from wiki.models.comment import Comment
from wiki.models.edit import Edit
from wiki.models.page import Page
from wiki.models.proposal import Proposal


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Questions about many notifications."""

    def shown_to(self, user: User) -> Self:
        """The user's own, but for those of what they may not read any more."""
        pages = models.Q(page=None) | models.Q(page__in=Page.objects.visible_to(user))
        proposals = models.Q(proposal=None) | models.Q(proposal__in=Proposal.objects.visible_to(user))
        comments = models.Q(comment=None) | models.Q(comment__hidden_at=None)
        return self.filter(pages, proposals, comments, user=user)

    def unseen(self) -> Self:
        """Those that have not been opened, nor what they are about."""
        return self.filter(seen_at=None)

    def with_everything(self) -> Self:
        """With all that their sentences need at hand."""
        heavy = ("body", "html", "contents", "plain", "search_text", "tags")
        pages = ("page", "edit__page", "proposal__edit__page", "comment__topic__page")
        related = self.select_related(
            *pages,
            "actor",
            "proposal",
            "factor_proposal__factor",
            "membership__municipality",
            "entry__hidden_reason",
        )
        deferred = [f"{page}__{field}" for page in pages for field in heavy]
        return related.defer(*deferred, "proposal__body", "proposal__tags", "comment__html")

    def newest_first(self) -> Self:
        """By the order of writing, never by clock."""
        return self.order_by("-pk")


class Notification(models.Model):
    """That one person is told of one thing.

    about          what one has to visit for it to be seen: page-12, topic-3, proposal-7, factorproposal-2,
                   account, review
    page           the page that it is about, for one that belongs to a page
    outcome        of a decision: see Outcome; of a membership: the act in the log
    entry          the row of the log that holds the reason
    is_for_digest  waits for the next daily digest
    mail           the mail that tells of it, sent or to be sent
    holds_mail     a mail has told of the page, and until it is visited no other mail does
    """

    class Kind(models.TextChoices):
        """What has happened."""

        EDIT = "edit", _("En sida som du bevakar har ändrats")
        DECISION = "decision", _("Ditt förslag är avgjort")
        FACTOR = "factor", _("Ditt förslag om en nyckelfaktor är avgjort")
        REPLY = "reply", _("Någon skriver i en diskussion som du deltar i eller bevakar")
        MENTION = "mention", _("Någon nämner dig")
        MEMBERSHIP = "membership", _("Dina rättigheter har ändrats")
        CLAIM = "claim", _("Någon har tagit över en granskning från dig")

    class Outcome(models.TextChoices):
        """How a proposal was decided."""

        ACCEPTED = "accepted", _("publicerat")
        ADJUSTED = "adjusted", _("publicerat med ändringar")
        PART = "part", _("publicerat till en del")
        CHANGES_ASKED = "changes_asked", _("ändringar önskas")
        REJECTED = "rejected", _("avslaget")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=12, choices=Kind)
    about = models.CharField(max_length=40)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    edit = models.ForeignKey(Edit, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    factor_proposal = models.ForeignKey(
        FactorProposal, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    entry = models.ForeignKey(LogEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    is_for_digest = models.BooleanField(default=False)
    mail = models.ForeignKey(Mail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    mailed_at = models.DateTimeField(null=True, blank=True)
    holds_mail = models.BooleanField(default=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=["user", "-id"], name="notification_by_user"),
            models.Index(
                fields=["user", "about"], condition=models.Q(seen_at=None), name="notification_unseen"
            ),
            models.Index(fields=["user", "mailed_at"], name="notification_by_mail"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.about}"

    @property
    def is_seen(self) -> bool:
        """It has been opened, or what it is about."""
        return self.seen_at is not None


class NotificationSettings(models.Model):
    """What a user wants to be told by mail; who has no row wants what the defaults say.

    muted        kinds that are shown on screen only
    watches_own  pages that one writes or proposes to are watched by themselves
    """

    class Mail(models.TextChoices):
        """When mail comes."""

        NOW = "now", _("Genast (högst fyra om dagen, resten samlat på morgonen)")
        DAILY = "daily", _("Samlat en gång om dagen, klockan 7")
        NONE = "none", _("Aldrig")

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="notification_settings")
    mail = models.CharField(max_length=5, choices=Mail, default=Mail.NOW)
    muted = models.JSONField(default=list, blank=True)
    watches_own = models.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.user)
