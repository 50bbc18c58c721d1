"""Say that one is looking at a row of the queue, so that no two moderators do the same work."""

from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record
from wiki import rules
from wiki.models import Claim, ReviewItem
from wiki.operations.errors import ClaimLost
from wiki.operations.notifying import tell_of_take_over
from wiki.operations.publishing import require
from wiki.operations.transactions import in_transaction


@in_transaction
def take_claim(item: ReviewItem, *, by: User) -> Claim:
    """Hold the row for CLAIM_TTL, or go on holding it.

    Raises PermissionDenied, ReviewItem.DoesNotExist when it waits no more, or ClaimLost while somebody else
    holds it.
    """
    claim = _lock(item, by)
    if claim and claim.is_held and claim.by_id != by.pk:
        raise ClaimLost(claim.by)
    return _hold(item, claim, by)


@in_transaction
def take_over_claim(item: ReviewItem, *, by: User) -> Claim:
    """Hold the row although somebody else does; that is logged. Raises as take_claim, but not ClaimLost."""
    claim = _lock(item, by)
    if claim and claim.is_held and claim.by_id != by.pk:
        target = item.proposal or item.factor_proposal or item.page
        record(LogEntry.Act.TAKE_OVER, by=by, user=claim.by, target=target)
        tell_of_take_over(
            claim.by, proposal=item.proposal, page=item.page, factor_proposal=item.factor_proposal, by=by
        )
        claim.delete()
        claim = None
    return _hold(item, claim, by)


@in_transaction
def keep_claim(item: ReviewItem, *, by: User) -> Claim:
    """Hold the row for another CLAIM_TTL. Raises as take_claim; ClaimLost also when one's own has run out."""
    claim = _lock(item, by)
    if claim is None or not claim.is_held:
        raise ClaimLost(None)
    if claim.by_id != by.pk:
        raise ClaimLost(claim.by)
    return _hold(item, claim, by)


@in_transaction
def release_claim(item: ReviewItem, *, by: User) -> None:
    """Let go of the row, if one holds it."""
    Claim.objects.filter(item=item, by=by).delete()


def check_claim(item: ReviewItem | None, by: User) -> None:
    """Raise ClaimLost unless the row is free, or the user's own; one that ran out is not."""
    claim = Claim.objects.filter(item=item).select_related("by").first() if item else None
    if claim is None:
        return
    if claim.is_held and claim.by_id != by.pk:
        raise ClaimLost(claim.by)
    if not claim.is_held and claim.by_id == by.pk:
        raise ClaimLost(None)


def _lock(item: ReviewItem, by: User) -> Claim | None:
    """The row's claim, run out or not; the row is locked until the transaction ends."""
    require(rules.may_moderate(by), _("Bara moderatorer granskar."))
    proposal = item.proposal or item.factor_proposal
    is_own = proposal is not None and proposal.author_id == by.pk
    require(not is_own, _("Du kan inte avgöra ditt eget förslag. Be en annan moderator."))
    ReviewItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    return Claim.objects.filter(item=item).select_related("by").first()


def _hold(item: ReviewItem, claim: Claim | None, by: User) -> Claim:
    now = timezone.now()
    is_own = claim is not None and claim.by_id == by.pk and claim.is_held
    taken_at = claim.taken_at if claim and is_own else now
    values = {"by": by, "taken_at": taken_at, "kept_at": now}
    return Claim.objects.update_or_create(item=item, defaults=values)[0]
