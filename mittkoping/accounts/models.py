"""Users and their memberships."""

import unicodedata
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mittkoping.municipalities.models import Municipality


def email_key(email: str) -> str:
    """The form in which an address is stored and compared: NFKC, casefolded, no white space around."""
    return unicodedata.normalize("NFKC", email).casefold().strip()


class UserManager(BaseUserManager["User"]):
    """Makes users."""

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
    def moderates(self) -> bool:
        """Moderators, and administrators, who are moderators in all rules."""
        return self.is_moderator or self.is_superuser

    @property
    def edits(self) -> bool:
        """Editors and moderators: those whose text is published at once on an open page."""
        confirmed = self.membership is not None and self.membership.role == Membership.Role.EDITOR
        return self.moderates or confirmed


class Membership(models.Model):
    """A user's place in one municipality; at most one is active at a time."""

    class Role(models.TextChoices):
        """What a moderator has confirmed."""

        CONTRIBUTOR = "contributor", _("bidragsgivare")
        EDITOR = "editor", _("redaktör")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role, default=Role.CONTRIBUTOR)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ended_at=None), name="one_active_membership_per_user"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.municipality}"


Someone = User | AnonymousUser
