"""How django-allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the operator, not by sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No: sign-up is closed."""
        return False
