"""Every change of an account: who somebody is, where, and what they may do. Each is logged."""

import logging
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from mittkoping.accounts import rules
from mittkoping.accounts.domains import suggested_municipality
from mittkoping.accounts.models import Membership, User, email_key
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record
from mittkoping.municipalities.models import Municipality

logger = logging.getLogger(__name__)

Act = LogEntry.Act


@transaction.atomic
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
    record(Act.SIGN_UP, by=None, user=user)
    logger.log(_level(user), "account %s added", user.pk)
    return user


@transaction.atomic
def sign_up(user: User, *, name: str, job_title: str, municipality: Municipality | None) -> None:
    """Fill in an account that its owner has just made, and accepted the terms for.

    municipality   as chosen; without one it is what the domain of the address suggests, if anything

    It is logged by `verified`: before that the account is nobody's, and what it calls itself is not shown.
    """
    user.name, user.job_title, user.terms_accepted_at = name, job_title, timezone.now()
    user.save(update_fields=["name", "job_title", "terms_accepted_at"])
    if place := municipality or suggested_municipality(user.email):
        _move(user, place, Membership.Role.CONTRIBUTOR)
    logger.log(_level(user), "account %s signed up", user.pk)


@transaction.atomic
def verified(user: User) -> None:
    """Somebody has shown that the address is theirs: they now wait to be confirmed. May be repeated."""
    _lock(user)
    signed_up = user.terms_accepted_at is not None
    is_new = signed_up and not LogEntry.objects.filter(act=Act.SIGN_UP, user=user).exists()
    if is_new:
        record(Act.SIGN_UP, by=user, user=user)
    membership = user.memberships.active().first()
    if membership and is_new:
        _record_membership(Act.JOIN, membership, by=user)
    if membership and not membership.is_confirmed and membership.asked_at is None:
        membership.asked_at = timezone.now()
        membership.save(update_fields=["asked_at"])
        import_string(settings.WHEN_A_MEMBER_WAITS)(by=user)
    user.__dict__.pop("membership", None)


@transaction.atomic
def join(
    user: User, municipality: Municipality, role: Membership.Role, *, by: User | None = None
) -> Membership:
    """Make the user a member of the municipality in this role; the earlier membership ends, and is kept.

    by   None for the operator at the command line
    """
    _lock(user)
    if same := user.memberships.active().filter(municipality=municipality, role=role).first():
        return same
    # Whom the operator adds is known to the operator: a contributor waits to be confirmed at once.
    asked_at = timezone.now() if role == Membership.Role.CONTRIBUTOR else None
    membership = _move(user, municipality, role, asked_at=asked_at)
    _record_membership(Act.JOIN, membership, by=by)
    return membership


@transaction.atomic
def change_profile(
    user: User, *, name: str, job_title: str, municipality: Municipality | None, by: User
) -> Membership | None:
    """Change what others see of somebody. Another municipality asks anew to be confirmed.

    municipality   None keeps the one there is, if any

    Returns the new membership, if there is one. Raises PermissionDenied.
    """
    if not rules.may_change_profile(by, user):
        raise PermissionDenied(_("Ditt konto är avstängt, så du kan inte ändra dina uppgifter nu."))
    _lock(user)
    user.name, user.job_title = name, job_title
    user.save(update_fields=["name", "job_title"])
    active = user.memberships.active().first()
    if municipality is None or (active and active.municipality_id == municipality.pk):
        return None
    # Whoever has signed in has confirmed their address.
    membership = _move(user, municipality, Membership.Role.CONTRIBUTOR, asked_at=timezone.now())
    _record_membership(Act.JOIN, membership, by=by)
    return membership


@transaction.atomic
def confirm(membership: Membership, *, by: User) -> Membership:
    """Make an active contributor an editor. The caller has locked the user and asked the rule."""
    return _answer(membership, Membership.Role.EDITOR, Act.CONFIRM, by=by, reason="")


@transaction.atomic
def unconfirm(membership: Membership, *, reason: str, by: User) -> Membership:
    """Make an active editor a contributor again. The caller has locked the user and asked the rule."""
    return _answer(membership, Membership.Role.CONTRIBUTOR, Act.UNCONFIRM, by=by, reason=reason)


@transaction.atomic
def decline(membership: Membership, *, reason: str, by: User) -> None:
    """Answer a contributor who waits: not now. The caller has locked the user and asked the rule."""
    membership.answered_at = timezone.now()
    membership.save(update_fields=["answered_at"])
    _record_membership(Act.DECLINE, membership, by=by, reason=reason)


@transaction.atomic
def make_moderator(user: User, *, by: User | None = None) -> None:
    """Give the user the rights of a moderator. May be repeated."""
    if not user.is_moderator:
        _set_moderator(user, is_moderator=True)
        record(Act.MAKE_MODERATOR, by=by, user=user)
        logger.log(_level(user), "account %s is a moderator", user.pk)


@transaction.atomic
def unmake_moderator(user: User, *, by: User | None = None) -> None:
    """Take the rights of a moderator from the user. May be repeated."""
    if user.is_moderator:
        _set_moderator(user, is_moderator=False)
        record(Act.UNMAKE_MODERATOR, by=by, user=user)
        logger.log(_level(user), "account %s is no longer a moderator", user.pk)


def _lock(user: User) -> None:
    """Hold the user's row, so that there is one active membership; others may still point at it."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _set_moderator(user: User, *, is_moderator: bool) -> None:
    user.is_moderator = is_moderator
    user.save(update_fields=["is_moderator"])


def _move(
    user: User,
    municipality: Municipality,
    role: Membership.Role,
    *,
    asked_at: datetime | None = None,
    is_answered: bool = False,
) -> Membership:
    """End the active membership, and start another."""
    now = timezone.now()
    user.memberships.active().update(ended_at=now)
    membership = Membership.objects.create(
        user=user,
        municipality=municipality,
        role=role,
        started_at=now,
        asked_at=asked_at,
        answered_at=now if is_answered else None,
    )
    # The user in hand must not go on as the member that they were.
    user.__dict__.pop("membership", None)
    message = "account %s is %s of municipality %s"
    logger.log(_level(user), message, user.pk, role.value, municipality.pk)
    return membership


def _answer(
    membership: Membership, role: Membership.Role, act: LogEntry.Act, *, by: User, reason: str
) -> Membership:
    answered = _move(
        membership.user, membership.municipality, role, asked_at=membership.asked_at, is_answered=True
    )
    _record_membership(act, answered, by=by, reason=reason)
    return answered


def _record_membership(
    act: LogEntry.Act, membership: Membership, *, by: User | None, reason: str = ""
) -> None:
    record(
        act,
        by=by,
        target=membership,
        user=membership.user,
        reason=reason,
        municipality=membership.municipality_id,
        role=membership.role,
    )


def _level(user: User) -> int:
    """Demo accounts come by the dozen, and nobody needs to know when."""
    return logging.DEBUG if user.is_demo else logging.INFO
