"""The ways in, where we ask more than django-allauth does: GET changes nothing, 429 is said."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account import views
from allauth.account.mixins import LogoutFunctionalityMixin
from allauth.account.models import EmailAddress
from allauth.account.stages import LoginStage
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from csp.decorators import csp_update
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from requests import RequestException

from mittkoping.accounts import operations
from mittkoping.accounts.adapter import vouch_for
from mittkoping.accounts.models import User
from mittkoping.posted import handed_back, keeps_text

logger = logging.getLogger(__name__)

WAIT_SECONDS = 15 * 60

View = Callable[..., HttpResponseBase]


def may_lead_to_provider(view: View) -> View:
    """Let a page's forms end at the identity provider: to the browser, a redirect is the form's target."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.SOCIALACCOUNT_PROVIDERS:
            return view(request, *args, **kwargs)
        answer: View = csp_update({"form-action": settings.OIDC_ORIGINS})(view)
        return answer(request, *args, **kwargs)

    return wrapped


def answers_for_provider(view: View) -> View:
    """Say in a sentence that the identity provider is down, or says what cannot be read."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (RequestException, KeyError, TypeError, ValueError):
            logger.exception("the identity provider could not be used")
            return render(request, "socialaccount/authentication_error.html", status=503)

    return wrapped


def ways_in(request: HttpRequest) -> dict[str, Any]:
    """Context processor: may one make an account, and what is the identity provider called, if any."""
    provider = settings.OIDC_NAME if settings.SOCIALACCOUNT_PROVIDERS else ""
    return {"sign_up": settings.SIGN_UP, "identity_provider": provider}


class LogsOutByPostOnly(LogoutFunctionalityMixin):
    """Opening a link for another account does not sign anybody out; going through with it does."""

    def logout(self) -> None:
        """End the session of somebody else, once a form has been sent."""
        if self.request.method == "POST":
            super().logout()


class LoginView(views.LoginView):
    """Signing in; too many tries are answered as such, with what was typed.

    A form whose session has ended may come along (mittkoping.accounts.http.sign_in_again): it is shown again
    afterwards, to be sent, instead of the page that a reader would come back to.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hand the form back at once to somebody who has signed in elsewhere meanwhile."""
        if keeps_text(request) and request.user.is_authenticated:
            return self._hand_back()
        return super().dispatch(request, *args, **kwargs)

    def _redirect_to_pending_stage(
        self, request: HttpRequest, stage: LoginStage
    ) -> HttpResponseRedirect | None:
        """Begin anew rather than leave the form behind."""
        return None if keeps_text(request) else super()._redirect_to_pending_stage(request, stage)

    def get_template_names(self) -> list[str]:
        """The page that a kept form is on."""
        names: list[str] = super().get_template_names()
        return ["account/sign_in_again.html"] if keeps_text(self.request) else names

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keep the form."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | handed_back(self.request) if keeps_text(self.request) else context

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Sign in."""
        response: HttpResponse = super().form_valid(form)
        return self._hand_back(response) if keeps_text(self.request) else response

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """The form again."""
        response: HttpResponse = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, "too_many_login_attempts"):
            response.status_code = 429
            response["Retry-After"] = str(WAIT_SECONDS)
        return response

    def _hand_back(self, response: HttpResponse | None = None) -> HttpResponse:
        """What was typed, to be sent now; or after the step that the response leads to, if one is left."""
        next_step = response["Location"] if response and not self.request.user.is_authenticated else ""
        context = {"next_step": next_step, **handed_back(self.request)}
        return render(self.request, "account/signed_in_again.html", context)


class SignUpView(views.SignupView):
    """Making an account: user, place, address to confirm and mail come together or not at all."""

    @transaction.atomic
    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Make it."""
        return super().form_valid(form)


class ProviderSignUpView(social.SignupView):
    """The same for somebody whom an identity provider has sent, with the address that it has confirmed."""

    def get_form(self, form_class: type[BaseForm] | None = None) -> BaseForm:
        """The address is the provider's to say."""
        form: BaseForm = super().get_form(form_class)  # type: ignore[no-untyped-call]  # allauth is untyped
        form.fields["email"].disabled = True
        form.fields["email"].help_text = _("Den kommer från din inloggning. Ingen annan får se den.")
        return form

    @transaction.atomic
    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Make it; the address needs no mail."""
        response: HttpResponse = super().form_valid(form)
        user = self.sociallogin.user
        if user and EmailAddress.objects.filter(user_id=user.pk, verified=True).exists():
            operations.verified(cast(User, user))
        return response


class ConfirmEmailView(LogsOutByPostOnly, views.ConfirmEmailView):
    """Confirming an address, by a button: a program that opens links in mail confirms nothing."""


class ResetPasswordView(LogsOutByPostOnly, views.PasswordResetFromKeyView):
    """Choosing a new password from a mail."""


class EmailView(views.EmailView):
    """Changing one's address."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Know the address that the account has, before allauth asks for it to be confirmed."""
        if isinstance(request.user, User):
            vouch_for(request.user)
        return super().dispatch(request, *args, **kwargs)


login = may_lead_to_provider(LoginView.as_view())
sign_up = may_lead_to_provider(SignUpView.as_view())
connections = may_lead_to_provider(social.connections)
provider_login = may_lead_to_provider(answers_for_provider(openid_connect.login))
provider_callback = answers_for_provider(openid_connect.callback)
provider_sign_up = ProviderSignUpView.as_view()
confirm_email = ConfirmEmailView.as_view()
reset_password = ResetPasswordView.as_view()
email = EmailView.as_view()
