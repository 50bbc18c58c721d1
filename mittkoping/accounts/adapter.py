"""How django-allauth behaves here: who may make an account, what is trusted, how mail leaves."""

import html
import time
from typing import Any, cast

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context as current
from allauth.core import ratelimit
from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mittkoping.accounts import operations
from mittkoping.accounts.models import User, email_key
from mittkoping.outbox.operations import queue

NO_ADDRESS = "0.0.0.0"  # noqa: S104 - stands for a client that the server in front has told us nothing of


def vouch_for(account: AbstractBaseUser | None) -> None:
    """Trust the address of an account that has none on django-allauth's list.

    Who signs up is put on that list in the same transaction, with an address to confirm. So an account that
    is not there was made by the operator, who says whose address it is.
    """
    user = cast(User, account)
    if not EmailAddress.objects.filter(user=user).exists():
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def is_open_demo_account(user: User | None) -> bool:
    """A demo account where demo accounts may be used: free from limits, as its password is known anyway."""
    return user is not None and user.is_demo and settings.DEMO


class AccountAdapter(DefaultAccountAdapter):
    """Open sign-up, addresses in one form, limits per account, moderators led to a second factor."""

    error_messages: dict[str, Any] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("Kontot är avstängt."),
        "duplicate_email": gettext_lazy("Det är redan din e-postadress."),
        "email_password_mismatch": gettext_lazy(
            "E-postadressen eller lösenordet stämmer inte. Försök igen, eller välj ett nytt lösenord."
        ),
        "email_taken": gettext_lazy("Det finns redan ett konto med den adressen."),
        "enter_current_password": gettext_lazy("Det är inte lösenordet du har nu."),
        "incorrect_code": gettext_lazy("Koden stämmer inte. Ta en ny från appen och försök igen."),
        "incorrect_password": gettext_lazy("Lösenordet stämmer inte."),
        "invalid_password_reset": gettext_lazy("Länken är redan använd eller för gammal."),
        "max_email_addresses": gettext_lazy("Du kan ha högst %d e-postadresser."),
        "rate_limited": gettext_lazy("Det blev många försök på kort tid. Vänta några minuter."),
        "too_many_login_attempts": gettext_lazy(
            "Det blev många misslyckade försök. Vänta en kvart och försök igen, eller välj ett nytt lösenord."
        ),
        "unverified_primary_email": gettext_lazy("Bekräfta din e-postadress först."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Unless the operator has closed it."""
        return bool(settings.SIGN_UP)

    def is_safe_url(self, url: str) -> bool:
        """Whether it is an address on this site; one that cannot be read is not, where allauth would fail."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def clean_email(self, email: str) -> str:
        """The one form of an address, so that look-alikes are the same."""
        return email_key(email)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a request comes from, as far as it is known: a unix socket has no address."""
        return get_client_ip(request) or NO_ADDRESS

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords per account and sender, so that nobody can shut an account for its owner."""
        return f"{email_key(credentials.get('email', ''))}|{self.get_client_ip(request)}"

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Forget them after a new password has been chosen from a mail."""
        key = self._get_login_attempts_cache_key(request, **credentials)
        ratelimit.clear(request, action="login_failed", key=key)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse when there have been too many wrong passwords; raises ValidationError."""
        user = User.objects.filter(email=email_key(credentials.get("email", ""))).first()
        if not is_open_demo_account(user):
            super().pre_authenticate(request, **credentials)

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Whether it is the password of the user who has signed in."""
        vouch_for(user)
        return bool(super().reauthenticate(user, password))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again, but not of somebody who has just signed in."""
        request = current.request
        records = get_authentication_records(request, request.user)
        if records and time.time() - records[-1]["at"] < account_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        """Stop accounts that may not sign in, before anything else is asked of them."""
        if cast(User, user).is_demo and not settings.DEMO:
            return self.respond_user_inactive(request, user)
        vouch_for(user)
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Lead a moderator who lacks a second factor to where one is added."""
        response = super().post_login(request, user, **kwargs)
        if not cast(User, user).lacks_second_factor:
            return response
        text = _("Du är moderator, men får en redaktörs rättigheter tills du har lagt till ett andra steg.")
        messages.warning(request, text)
        return redirect(f"{reverse('mfa_index')}?{urlencode({'next': response['Location']})}")

    def format_email_subject(self, subject: str) -> str:
        """The subject alone: the sender's name already says who we are."""
        return subject

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm an address: its owner now waits to be confirmed as well."""
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed:
            operations.verified(email_address.user)
        return confirmed

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put a mail into the outbox; what the templates escape for HTML becomes plain text again."""
        request = current.request
        message = self.render_mail(template_prefix, email, {"request": request, "email": email, **context})
        queue(email, html.unescape(str(message.subject)), html.unescape(str(message.body)) + "\n")
