"""Sign-in by e-mail address."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from mittkoping.accounts.models import User


class EmailBackend(AuthenticationBackend):
    """Active users; demo accounts, whose password everybody knows, only in demo mode.

    Asked again at every request, so that a closed account is out at once.
    """

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, with what every page asks of them at hand. One query."""
        user = User.objects.with_rights().filter(pk=user_id).first()
        if user is None:
            return None
        user.membership = getattr(user, "active_membership", None)
        return user if self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        """Whether the account may sign in, and stay signed in."""
        if isinstance(user, User) and user.is_demo and not settings.DEMO:
            return False
        return bool(super().user_can_authenticate(user))
