"""Sign-in by e-mail address."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from mittkoping.accounts.models import User


class EmailBackend(AuthenticationBackend):
    """Active users; demo accounts, whose password everybody knows, only in demo mode.

    Asked again at every request, so that a blocked account is out at once.
    """

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        """Whether the account may sign in, and stay signed in."""
        if isinstance(user, User) and user.is_demo and not settings.DEMO:
            return False
        return bool(super().user_can_authenticate(user))
