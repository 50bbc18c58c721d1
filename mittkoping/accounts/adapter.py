"""How django-allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the operator, not by sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No: sign-up is closed."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether it is an address on this site; one that cannot be read is not, where allauth would fail."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False
