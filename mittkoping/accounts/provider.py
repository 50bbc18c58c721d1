"""Signing in through an identity provider (OpenID Connect), when the operator has named one."""

from typing import Any, cast

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mittkoping.accounts.adapter import vouch_for
from mittkoping.accounts.models import User, email_key
from mittkoping.text.normalise import normalise_line

NAME_LENGTH = 80


class ProviderAdapter(DefaultSocialAccountAdapter):
    """A provider vouches for addresses in the operator's list of domains, and for no others."""

    error_messages: dict[str, Any] = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": gettext_lazy(
            "Det finns redan ett konto med den adressen. Logga in på det först (%s)."
        ),
        "no_password": gettext_lazy("Välj ett lösenord först, så att du kan logga in utan kopplingen."),
        "no_verified_email": gettext_lazy("Bekräfta din e-postadress först."),
        "connected_other": gettext_lazy("Den inloggningen är redan kopplad till ett annat konto."),
    }

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Stop a sign-in whose address the provider has not confirmed, or may not vouch for."""
        if sociallogin.account.pk:
            return
        if not any(self._may_vouch_for(address) for address in sociallogin.email_addresses):
            text = _("%s har inte bekräftat någon adress som vi tar emot därifrån.") % settings.OIDC_NAME
            context = {"reason": text}
            answer = render(request, "socialaccount/authentication_error.html", context, status=403)
            raise ImmediateHttpResponse(answer)
        if sociallogin.is_existing:
            vouch_for(sociallogin.user)

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Whether the owner of an account may come in through the provider, by their address."""
        return _is_in(email, settings.OIDC_DOMAINS)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Suggest the name and the address that the provider tells of; its other facts are not kept."""
        sociallogin.account.extra_data = {}
        user = cast(User, sociallogin.user)
        user.email = email_key(data.get("email") or "")
        given = data.get("name") or f"{data.get('first_name') or ''} {data.get('last_name') or ''}"
        user.name = normalise_line(str(given))[:NAME_LENGTH]
        return user

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, str]:
        """What the form starts with."""
        user = cast(User, sociallogin.user)
        return {"email": user.email, "name": user.name}

    def _may_vouch_for(self, address: Any) -> bool:
        return address.verified is True and _is_in(address.email, settings.OIDC_DOMAINS)


def _is_in(email: str, domains: list[str]) -> bool:
    """Whether an address is in one of the domains, exactly; `*` stands for all."""
    return "*" in domains or email_key(email).rpartition("@")[2] in domains
