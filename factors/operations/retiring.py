"""Take a factor out of use, and bring it back. Tags that have it stay."""

from django.db import transaction
from django.utils.translation import gettext as _

from factors import rules
from factors.models import Factor, FactorEdit
from factors.operations.publishing import lock_factor, publish, require
from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record


@transaction.atomic
def retire(factor: Factor, *, by: User, reason: str = "") -> FactorEdit:
    """Stop offering the factor to those who tag. Raises PermissionDenied, also if it is not in use."""
    factor = lock_factor(factor)
    require(rules.may_retire_factor(by, factor), _("Bara moderatorer avslutar nyckelfaktorer som är i bruk."))
    return _change(
        factor, Factor.Status.RETIRED, FactorEdit.Act.RETIRE, LogEntry.Act.RETIRE_FACTOR, by, reason
    )


@transaction.atomic
def revive(factor: Factor, *, by: User, reason: str = "") -> FactorEdit:
    """Offer a retired factor again. Raises PermissionDenied, also if it is not retired."""
    factor = lock_factor(factor)
    require(rules.may_revive_factor(by, factor), _("Bara moderatorer tar tillbaka avslutade nyckelfaktorer."))
    return _change(
        factor, Factor.Status.ACTIVE, FactorEdit.Act.REVIVE, LogEntry.Act.REVIVE_FACTOR, by, reason
    )


def _change(
    factor: Factor,
    status: Factor.Status,
    act: FactorEdit.Act,
    logged: LogEntry.Act,
    by: User,
    reason: str,
) -> FactorEdit:
    factor.status = status
    edit = publish(factor, by=by, summary=reason, act=act)
    record(logged, by=by, target=factor, number=edit.number, reason=reason)
    return edit
