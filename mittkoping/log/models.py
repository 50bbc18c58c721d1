"""The public log: a row for every act that keeps order. Rows are never edited.

What an act is about stands as a generic key, so that every app can log without the log knowing them.
"""

from typing import Any, NoReturn, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAX_REASON = 1000  # characters


class FrozenRows(RuntimeError):
    """Somebody tried to change the log."""


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    """Questions about many entries. They can be added, and nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise FrozenRows

    def delete(self) -> NoReturn:
        """Refuse."""
        raise FrozenRows

    def about(self, target: models.Model) -> Self:
        """What was done to one thing."""
        return self.filter(target_type=ContentType.objects.get_for_model(target), target_id=target.pk)

    def newest_first(self) -> Self:
        """By the order of writing, never by clock."""
        return self.order_by("-pk")


class LogEntry(models.Model):
    """Who did what, to what or whom, when and why.

    actor    who did it; None for the operator at the command line, or the system itself
    user     the account that it was done to, if any
    target   the page, proposal, comment … that it was done to, if any
    number   the version that it was done to, if any
    facts    small plain values that the act's sentence needs, never text that somebody wrote
    """

    class Act(models.TextChoices):
        """What was done."""

        SIGN_UP = "sign_up", _("nytt konto")
        JOIN = "join", _("medlem i en kommun")
        CONFIRM = "confirm", _("bekräftade en redaktör")
        UNCONFIRM = "unconfirm", _("tog tillbaka en bekräftelse")
        DECLINE = "decline", _("bekräftade inte en medlem")
        MAKE_MODERATOR = "make_moderator", _("utsåg en moderator")
        UNMAKE_MODERATOR = "unmake_moderator", _("tog tillbaka en moderators rättigheter")
        BLOCK = "block", _("stängde av ett konto")
        UNBLOCK = "unblock", _("släppte in ett konto igen")
        APPEAL = "appeal", _("överklagade en avstängning")
        ACCEPT = "accept", _("godkände ett förslag")
        REJECT = "reject", _("avslog ett förslag")
        ASK_CHANGES = "ask_changes", _("bad om ändringar i ett förslag")
        WITHDRAW = "withdraw", _("drog tillbaka sitt förslag")
        HIDE_PROPOSAL = "hide_proposal", _("dolde ett förslag")
        SHOW_PROPOSAL = "show_proposal", _("visade ett dolt förslag")
        REVIEW = "review", _("granskade ändringar")
        RESTORE_REVIEWED = "restore_reviewed", _("återställde till den granskade versionen")
        TAKE_OVER = "take_over", _("tog över en granskning")
        RENAME = "rename", _("bytte namn på en sida")
        ARCHIVE = "archive", _("arkiverade en sida")
        RESTORE = "restore", _("tog tillbaka en sida ur arkivet")
        PROTECT = "protect", _("ändrade en sidas skydd")
        ROLL_BACK = "roll_back", _("rullade tillbaka ändringar")
        PURGE = "purge", _("dolde en version")
        HIDE_COMMENT = "hide_comment", _("dolde ett inlägg")
        SHOW_COMMENT = "show_comment", _("visade ett dolt inlägg")
        HIDE_REASON = "hide_reason", _("dolde ett skäl i loggen")
        HIDE_EXPERIENCE = "hide_experience", _("dolde en kommuns svar")
        SHOW_EXPERIENCE = "show_experience", _("visade en kommuns dolda svar")
        CREATE_FACTOR = "create_factor", _("skapade en nyckelfaktor")
        EDIT_FACTOR = "edit_factor", _("ändrade en nyckelfaktor")
        MERGE_FACTORS = "merge_factors", _("slog ihop nyckelfaktorer")
        UNMERGE_FACTORS = "unmerge_factors", _("ångrade en sammanslagning av nyckelfaktorer")
        RETIRE_FACTOR = "retire_factor", _("avslutade en nyckelfaktor")
        REVIVE_FACTOR = "revive_factor", _("tog tillbaka en nyckelfaktor")
        DELETE_FILE = "delete_file", _("tog bort en fil")
        CREATE_TEMPLATE = "create_template", _("skapade en sidmall")
        EDIT_TEMPLATE = "edit_template", _("ändrade en sidmall")
        RETIRE_TEMPLATE = "retire_template", _("tog bort en sidmall")
        REVIVE_TEMPLATE = "revive_template", _("tog tillbaka en sidmall")

    at = models.DateTimeField(default=timezone.now, editable=False)
    act = models.CharField(max_length=20, choices=Act)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="acts"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="logged"
    )
    target_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, blank=True)
    target_id = models.PositiveBigIntegerField(null=True, blank=True)
    target = GenericForeignKey("target_type", "target_id")
    number = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=MAX_REASON, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=["target_type", "target_id", "-id"], name="log_by_target"),
            models.Index(fields=["act", "-id"], name="log_by_act"),
        )

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.at:%Y-%m-%d %H:%M}"


class HiddenReason(models.Model):
    """That the reason of an entry is not shown any more: it held personal data. The entry itself stays."""

    entry = models.OneToOneField(LogEntry, on_delete=models.PROTECT, related_name="hidden_reason")
    hidden_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.entry)
