"""The second factor: an app's codes, passkeys, and recovery codes that are shown once."""

import base64
import json
import logging
from typing import Any, cast

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import ContextMixin

from mittkoping.accounts.models import User

logger = logging.getLogger(__name__)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Our words for what django-allauth says of the second factor."""

    error_messages: dict[str, Any] = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": gettext_lazy("Ta bort tvåstegsinloggningen innan du lägger till en adress."),
        "cannot_delete_authenticator": gettext_lazy("Tvåstegsinloggningen kan inte stängas av."),
        "cannot_generate_recovery_codes": gettext_lazy("Lägg till en app eller en passnyckel först."),
        "incorrect_code": gettext_lazy("Det stämmer inte. Försök igen med en ny kod eller med passnyckeln."),
        "unverified_email": gettext_lazy("Bekräfta din e-postadress först."),
    }

    def get_totp_issuer(self) -> str:
        """The name that the app shows."""
        return "Mittköping"

    def _get_site_name(self) -> str:
        """The name that the browser shows beside a passkey."""
        return "Mittköping"

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's
        """A name for a new passkey, until its owner has a better one."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passnyckel %d") % (count + 1)


class OptionsForScript(ContextMixin):
    """What the browser needs to use a passkey, in one attribute of the form: nothing inline."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add `options`, a JSON object."""
        context = super().get_context_data(**kwargs)
        data = context.get("js_data", {})
        options = data.get("request_options") or data.get("creation_options")
        return context | {"options": json.dumps(options, cls=DjangoJSONEncoder) if options else ""}


class AuthenticateView(OptionsForScript, base.AuthenticateView):
    """The second step of signing in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer only what the account has."""
        context = super().get_context_data(**kwargs)
        types = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        return context | {"has_passkey": "webauthn" in types, "has_codes": bool(types - {"webauthn"})}


class ActivateTOTPView(totp.ActivateTOTPView):
    """Connect an app."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Connect it; who else has come in with the password alone is out."""
        response = super().form_valid(form)
        end_other_sessions(self.request, cast(User, self.request.user))
        return response


class AddPasskeyView(OptionsForScript, webauthn.AddWebAuthnView):
    """Add a passkey. It can also be used alone, if it can be kept and asks who its owner is."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the browser to let the passkey be found without a name, where that is possible."""
        context = super().get_context_data(**kwargs)
        options = json.loads(context["options"])
        wanted = {"residentKey": "preferred", "requireResidentKey": False}
        options["publicKey"]["authenticatorSelection"] |= wanted
        return context | {"options": json.dumps(options)}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Add it; who else has come in with the password alone is out."""
        response = super().form_valid(form)
        end_other_sessions(self.request, cast(User, self.request.user))
        return response


class ReauthenticatePasskeyView(OptionsForScript, webauthn.ReauthenticateWebAuthnView):
    """Show a passkey once more, before something that matters."""


class RecoveryCodesView(recovery_codes.ViewRecoveryCodesView):
    """The recovery codes: a button shows them, once. Looking at the page alone uses nothing up."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say how many are left, and whether they can still be shown."""
        kind = Authenticator.Type.RECOVERY_CODES
        codes = get_object_or_404(Authenticator, user_id=request.user.pk, type=kind)
        wrapped = RecoveryCodes(codes)
        context = {"left": len(wrapped.get_unused_codes()), "can_be_shown": not wrapped.did_view}
        return self.render_to_response(context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show them, the first time."""
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the codes as a file that the browser can keep."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if not context["can_view_codes"]:
            return {"left": len(context["unused_codes"]), "can_be_shown": False}
        text = "".join(f"{code}\n" for code in context["unused_codes"])
        return {
            "codes": context["unused_codes"],
            "file": "data:text/plain;base64," + base64.b64encode(text.encode()).decode(),
            "left": len(context["unused_codes"]),
        }


def forget(user: User) -> int:
    """Remove everything of a user's second factor, for somebody who has lost it: how many there were."""
    count, _by_model = Authenticator.objects.filter(user=user).delete()
    logger.info("the second factor of account %s is forgotten", user.pk)
    return count


authenticate = AuthenticateView.as_view()
activate_totp = ActivateTOTPView.as_view()
add_passkey = AddPasskeyView.as_view()
reauthenticate_passkey = ReauthenticatePasskeyView.as_view()
view_recovery_codes = RecoveryCodesView.as_view()
