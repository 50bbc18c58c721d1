"""Block accounts and let them in again. A blocked user reads, and may appeal."""

from datetime import UTC, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record
from wiki import rules
from wiki.models.appeal import Appeal
from wiki.operations.errors import ReasonMissing, Refusal
from wiki.operations.publishing import require
from wiki.operations.transactions import in_transaction

UNTIL_FURTHER_NOTICE = datetime(9999, 1, 1, tzinfo=UTC)


class AlreadyAppealed(Refusal):
    """One appeal waits already."""

    def __init__(self) -> None:
        super().__init__(_("Du har redan ett överklagande som väntar på svar."))


class AlreadyAnswered(Refusal):
    """Another moderator has answered meanwhile."""

    def __init__(self, appeal: Appeal) -> None:
        sentence = _("Överklagandet är redan besvarat: %(outcome)s.")
        super().__init__(sentence % {"outcome": Appeal.Outcome(appeal.outcome).label})


@in_transaction
def block(user: User, *, reason: str, until: datetime | None = None, by: User) -> bool:
    """Take away the right to change anything, from the next request; sessions stay, so that one can appeal.

    Tells whether anything changed. Raises PermissionDenied or ReasonMissing.

    until   when it ends by itself; None is until further notice
    """
    user = _lock(user)
    require(rules.may_block(by, user), _("Bara moderatorer stänger av konton, och inte moderatorers."))
    if not reason:
        raise ReasonMissing
    until = until or UNTIL_FURTHER_NOTICE
    if user.is_blocked and (user.blocked_until, user.block_reason) == (until, reason):
        return False
    User.objects.filter(pk=user.pk).update(blocked_until=until, block_reason=reason)
    record(LogEntry.Act.BLOCK, by=by, user=user, reason=reason, until=_shown(until))
    return True


@in_transaction
def unblock(user: User, *, reason: str, by: User) -> bool:
    """Let somebody in again; answers the appeal that waits, if any. Tells whether anything changed.

    Raises PermissionDenied or ReasonMissing.
    """
    user = _lock(user)
    require(rules.may_block(by, user), _("Bara moderatorer släpper in avstängda konton igen."))
    if not reason:
        raise ReasonMissing
    if not user.is_blocked:
        return False
    _let_in(user, reason, by)
    for waiting in Appeal.objects.waiting().filter(user=user):
        _settle(waiting, Appeal.Outcome.GRANTED, reason, by)
    return True


@in_transaction
def appeal(text: str, *, by: User) -> Appeal:
    """Ask the moderators to be let in again. Raises PermissionDenied, AlreadyAppealed or ReasonMissing."""
    user = _lock(by)
    require(user.is_blocked, _("Ditt konto är inte avstängt, så det finns inget att överklaga."))
    if not text:
        raise ReasonMissing
    if Appeal.objects.waiting().filter(user=user).exists():
        raise AlreadyAppealed
    record(LogEntry.Act.APPEAL, by=user, user=user)
    asked: Appeal = Appeal.objects.create(user=user, text=text)
    return asked


@in_transaction
def answer_appeal(asked: Appeal, *, grant: bool, reason: str, by: User) -> None:
    """Let the one who appealed in again, or say why not.

    Raises PermissionDenied, AlreadyAnswered or ReasonMissing.
    """
    locked = Appeal.objects.select_for_update(no_key=True, of=("self",))
    asked = locked.select_related("user").get(pk=asked.pk)
    user = _lock(asked.user)
    require(rules.may_block(by, user), _("Bara moderatorer svarar på överklaganden."))
    if not asked.is_waiting:
        raise AlreadyAnswered(asked)
    if not reason:
        raise ReasonMissing
    _settle(asked, Appeal.Outcome.GRANTED if grant else Appeal.Outcome.KEPT, reason, by)
    if grant:
        _let_in(user, reason, by)
    else:
        until = _shown(user.blocked_until)
        record(LogEntry.Act.BLOCK, by=by, user=user, reason=reason, is_kept=True, until=until)


def _lock(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _let_in(user: User, reason: str, by: User) -> None:
    User.objects.filter(pk=user.pk).update(blocked_until=None, block_reason="")
    record(LogEntry.Act.UNBLOCK, by=by, user=user, reason=reason)


def _settle(asked: Appeal, outcome: Appeal.Outcome, reason: str, by: User) -> None:
    asked.outcome, asked.answer, asked.answered_by = outcome, reason, by
    asked.answered_at = timezone.now()
    asked.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])


def _shown(until: datetime | None) -> str:
    """When it ends, for the log; empty for until further notice."""
    return until.isoformat() if until and until < UNTIL_FURTHER_NOTICE else ""
