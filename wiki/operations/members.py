"""Answer those who say that they work in a municipality. Each answer is logged, and told to them."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from mittkoping.accounts import operations
from mittkoping.accounts.models import Membership, User
from mittkoping.municipalities.models import Municipality
from wiki import rules
from wiki.operations.errors import Refusal
from wiki.operations.notifying import tell_of_membership, tell_of_waiting
from wiki.operations.projecting import count_confirmed
from wiki.operations.publishing import require
from wiki.operations.transactions import in_transaction


class MembershipChanged(Refusal):
    """Somebody else has answered, or the member has moved, meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("Det har redan ändrats. Se efter vad som gäller nu."))


class MemberReasonMissing(Refusal):
    """An answer that needs a reason came without."""

    def __init__(self) -> None:
        super().__init__(_("Skriv ett skäl. Medlemmen får läsa det, och det står i loggen."))


@in_transaction
def confirm(membership: Membership, *, by: User) -> Membership:
    """Make a contributor an editor; returns the new membership.

    Raises PermissionDenied or MembershipChanged.
    """
    membership = _lock(membership, by)
    if not rules.may_confirm(by, membership):
        raise MembershipChanged
    confirmed = operations.confirm(membership, by=by)
    count_confirmed(confirmed)
    tell_of_membership(confirmed, by=by)
    return confirmed


@in_transaction
def unconfirm(membership: Membership, *, reason: str, by: User) -> Membership:
    """Make an editor a contributor again, from the next request; returns the new membership.

    Raises PermissionDenied, MemberReasonMissing or MembershipChanged.
    """
    membership = _lock(membership, by)
    if not rules.may_unconfirm(by, membership):
        raise MembershipChanged
    unconfirmed = operations.unconfirm(membership, reason=_required(reason), by=by)
    tell_of_membership(unconfirmed, by=by)
    return unconfirmed


@in_transaction
def decline(membership: Membership, *, reason: str, by: User) -> None:
    """Tell a contributor who waits: not now. They stay a contributor, and may be confirmed later.

    Raises PermissionDenied, MemberReasonMissing or MembershipChanged.
    """
    membership = _lock(membership, by)
    if not rules.may_confirm(by, membership) or not membership.asked_at or membership.answered_at:
        raise MembershipChanged
    operations.decline(membership, reason=_required(reason), by=by)
    tell_of_membership(membership, by=by)


@in_transaction
def change_profile(
    user: User, *, name: str, job_title: str, municipality: Municipality | None, by: User
) -> Membership | None:
    """Change what others see of somebody; another municipality asks the moderators anew.

    municipality   None keeps the one there is, if any

    Returns the new membership, if there is one. Raises PermissionDenied.
    """
    moved = operations.change_profile(user, name=name, job_title=job_title, municipality=municipality, by=by)
    if moved:
        tell_of_waiting(by=by)
    return moved


def _lock(membership: Membership, by: User) -> Membership:
    """The membership as it is now, its user's row locked. Raises PermissionDenied."""
    require(rules.may_moderate(by), _("Bara moderatorer svarar på vem som arbetar i en kommun."))
    if membership.user_id == by.pk:
        raise PermissionDenied(_("Du kan inte svara på din egen fråga. Be en annan moderator."))
    User.objects.select_for_update(no_key=True).get(pk=membership.user_id)
    return Membership.objects.select_related("user", "municipality").get(pk=membership.pk)


def _required(reason: str) -> str:
    if not reason.strip():
        raise MemberReasonMissing
    return reason
