"""Who may do what with the catalogue. Obeyed by the operations and asked by the templates."""

from dataclasses import dataclass

from factors.models import Factor, FactorProposal
from mittkoping.accounts.models import Someone

Status = Factor.Status
OPEN = (Status.ACTIVE, Status.PROPOSED)


@dataclass(frozen=True)
class Rights:
    """What somebody may do with one factor."""

    edit: bool
    propose: bool
    merge: bool
    unmerge: bool
    retire: bool
    revive: bool


def rights(user: Someone, factor: Factor) -> Rights:
    """All rules of a factor's page at once, for its links."""
    return Rights(
        edit=may_edit_factor(user, factor),
        propose=may_propose_factor(user, factor),
        merge=may_merge_factor(user, factor),
        unmerge=may_unmerge_factor(user, factor),
        retire=may_retire_factor(user, factor),
        revive=may_revive_factor(user, factor),
    )


def is_open(factor: Factor) -> bool:
    """In use, or about to be: neither merged nor retired."""
    return factor.status in OPEN


def may_edit_factor(user: Someone, factor: Factor | None) -> bool:
    """Moderators write the catalogue (factor is None for a new one), but not what is merged into another."""
    return _moderates(user) and (factor is None or factor.status != Status.MERGED)


def may_propose_factor(user: Someone, factor: Factor | None) -> bool:
    """Everybody else who has signed in proposes: new factors (None), and changes of those in use."""
    if not user.is_authenticated or user.is_blocked or _moderates(user):
        return False
    return factor is None or is_open(factor)


def may_merge_factor(user: Someone, factor: Factor) -> bool:
    """Moderators merge what is not merged yet."""
    return _moderates(user) and factor.status != Status.MERGED


def may_unmerge_factor(user: Someone, factor: Factor) -> bool:
    """Moderators take a merge back."""
    return _moderates(user) and factor.status == Status.MERGED


def may_retire_factor(user: Someone, factor: Factor) -> bool:
    """Moderators take factors out of use."""
    return _moderates(user) and is_open(factor)


def may_revive_factor(user: Someone, factor: Factor) -> bool:
    """Moderators bring retired factors back."""
    return _moderates(user) and factor.status == Status.RETIRED


def may_review_factor(user: Someone, proposal: FactorProposal) -> bool:
    """Moderators decide on pending proposals, never on their own."""
    return _moderates(user) and proposal.is_pending and not _is_own(user, proposal)


def may_revise_factor_proposal(user: Someone, proposal: FactorProposal) -> bool:
    """Authors change their own proposals until these are decided."""
    return _is_own(user, proposal) and proposal.is_pending and user.is_authenticated and not user.is_blocked


def may_withdraw_factor_proposal(user: Someone, proposal: FactorProposal) -> bool:
    """Authors take back their own proposals until these are decided."""
    return _is_own(user, proposal) and proposal.is_pending


def _moderates(user: Someone) -> bool:
    return user.is_authenticated and user.moderates


def _is_own(user: Someone, proposal: FactorProposal) -> bool:
    return user.is_authenticated and user.pk == proposal.author_id
