"""Users and their memberships."""

import unicodedata
from functools import cached_property
from typing import Any, ClassVar, Self

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mittkoping.municipalities.models import Municipality


def email_key(email: str) -> str:
    """The form in which an address is stored and compared: NFKC, casefolded, no white space around."""
    return unicodedata.normalize("NFKC", email).casefold().strip()


# Recovery codes are for when the second factor is lost.
SECOND_FACTORS = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)


class UserManager(BaseUserManager["User"]):
    """Makes users."""

    def with_rights(self) -> "models.QuerySet[User]":
        """With the active membership, if any, as `active_membership`, and `has_second_factor` at hand."""
        active = models.FilteredRelation("memberships", condition=models.Q(memberships__ended_at=None))
        factors = SECOND_FACTORS.filter(user=models.OuterRef("pk"))
        # The plugin knows neither relations that are filtered nor that an annotation fills a cached property.
        at_hand = {"active_membership": active, "has_second_factor": models.Exists(factors)}
        users = self.annotate(**at_hand)
        return users.select_related(*["active_membership__municipality"])

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Save a new user; without a password the account cannot sign in."""
        user = self.model(email=email_key(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Save a new administrator."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by e-mail address, however it was typed."""
        return self.get(email=email_key(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who may sign in, by e-mail address. The address is never shown to others."""

    email = models.EmailField(_("e-postadress"), unique=True)
    name = models.CharField(_("namn som visas"), max_length=80)
    job_title = models.CharField(_("roll i arbetet"), max_length=80, blank=True)
    terms_accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    blocked_until = models.DateTimeField(null=True, blank=True)
    block_reason = models.CharField(max_length=200, blank=True)
    is_moderator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name that others see."""
        return self.name

    def get_short_name(self) -> str:
        """The name that others see."""
        return self.name

    @cached_property
    def membership(self) -> "Membership | None":
        """The active membership, if any."""
        return self.memberships.filter(ended_at=None).select_related("municipality").first()

    @property
    def municipality(self) -> Municipality | None:
        """The municipality that the user writes for."""
        return self.membership.municipality if self.membership else None

    @property
    def is_blocked(self) -> bool:
        """May read, and appeal, but change nothing."""
        return self.blocked_until is not None and self.blocked_until > timezone.now()

    @cached_property
    def has_second_factor(self) -> bool:
        """Signs in with a password and something else: a code of an app, or a passkey."""
        return SECOND_FACTORS.filter(user=self).exists()

    @property
    def is_appointed(self) -> bool:
        """Moderators, and administrators, who are moderators in all rules; with a second factor or not."""
        return self.is_moderator or self.is_superuser

    @property
    def lacks_second_factor(self) -> bool:
        """Is to moderate, but cannot until there is a second factor."""
        return settings.SECOND_FACTOR_REQUIRED and self.is_appointed and not self.has_second_factor

    @property
    def moderates(self) -> bool:
        """Has the rights of a moderator now: appointed, with the second factor that this asks for."""
        return self.is_appointed and not self.is_blocked and not self.lacks_second_factor

    @property
    def edits(self) -> bool:
        """Editors and moderators: those whose text is published at once on an open page."""
        confirmed = self.membership is not None and self.membership.role == Membership.Role.EDITOR
        return (self.is_appointed or confirmed) and not self.is_blocked


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about many memberships."""

    def active(self) -> Self:
        """Those that have not ended."""
        return self.filter(ended_at=None)

    def waiting(self) -> Self:
        """Asked for, by somebody whose address is confirmed, and not answered yet; oldest first."""
        waiting = self.active().filter(asked_at__isnull=False, answered_at=None)
        return waiting.filter(role=Membership.Role.CONTRIBUTOR, user__is_active=True).order_by(
            "asked_at", "pk"
        )


class Membership(models.Model):
    """A user's place in one municipality; at most one is active at a time.

    asked_at      when the user, whose address was confirmed then, asked to be confirmed as an editor
    answered_at   when a moderator confirmed that, or said not now
    """

    class Role(models.TextChoices):
        """What a moderator has confirmed."""

        CONTRIBUTOR = "contributor", _("bidragsgivare")
        EDITOR = "editor", _("redaktör")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role, default=Role.CONTRIBUTOR)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ended_at=None), name="one_active_membership_per_user"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.municipality}"

    @property
    def is_confirmed(self) -> bool:
        """A moderator has confirmed that the user works there: editors. Others say so themselves."""
        return self.role == Membership.Role.EDITOR


Someone = User | AnonymousUser
