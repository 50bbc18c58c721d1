"""Every change of an account: who somebody is, where, and what they may do. Each is logged."""

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import Membership, User, email_key
from mittkoping.municipalities.models import Municipality

logger = logging.getLogger(__name__)


def add(email: str, *, name: str, password: str, is_demo: bool = False) -> User:
    """Make an account, after looking at everything in it. Raises ValidationError with the sentences to show.

    The password of a demo account is not judged: everybody knows it.
    """
    user = User(email=email_key(email), name=name, is_demo=is_demo)
    user.set_password(password)
    if User.objects.filter(email=user.email).exists():
        raise ValidationError(_("Det finns redan ett konto med adressen %s.") % user.email)
    user.full_clean()
    user.save()
    logger.log(_level(user), "account %s added", user.pk)
    return user


@transaction.atomic
def join(user: User, municipality: Municipality, role: Membership.Role) -> Membership:
    """Make the user a member of the municipality in this role; the earlier membership ends, and is kept."""
    User.objects.select_for_update().get(pk=user.pk)
    active = user.memberships.filter(ended_at=None)
    if same := active.filter(municipality=municipality, role=role).first():
        return same
    now = timezone.now()
    active.update(ended_at=now)
    membership = Membership.objects.create(user=user, municipality=municipality, role=role, started_at=now)
    # The user in hand must not go on as the member that they were.
    user.__dict__.pop("membership", None)
    logger.log(_level(user), "account %s is %s of municipality %s", user.pk, role.value, municipality.pk)
    return membership


def make_moderator(user: User) -> None:
    """Give the user the rights of a moderator."""
    user.is_moderator = True
    user.save(update_fields=["is_moderator"])
    logger.log(_level(user), "account %s is a moderator", user.pk)


def _level(user: User) -> int:
    """Demo accounts come by the dozen, and nobody needs to know when."""
    return logging.DEBUG if user.is_demo else logging.INFO
