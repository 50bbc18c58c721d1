"""django-allauth's forms for signing in and for what guards an account, in our words."""

import struct
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError
from django.forms import Field
from django.utils.translation import gettext_lazy as _

from mittkoping.accounts.adapter import vouch_for
from mittkoping.accounts.models import email_key

PASSWORD_HELP = _(
    "Minst 12 tecken. En mening som bara du kan komma på är lätt att minnas och svår att gissa."
)

# What the libraries raise for a credential that has another shape than browsers give it.
UNREADABLE = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError, struct.error)
NOT_A_PASSKEY = ValidationError(_("Det gick inte att läsa passnyckeln. Försök igen."), code="incorrect_code")


class Worded:
    """Gives the fields of a form our labels; no placeholders, which vanish when one types."""

    fields: dict[str, Field]
    labels: ClassVar[dict[str, Any]] = {
        "login": _("E-postadress"),
        "email": _("E-postadress"),
        "password": _("Lösenord"),
        "oldpassword": _("Lösenordet du har nu"),
        "password1": _("Nytt lösenord"),
        "password2": _("Det nya lösenordet en gång till"),
        "code": _("Kod"),
        "name": _("Namn på passnyckeln"),
    }
    helps: ClassVar[dict[str, Any]] = {"password1": PASSWORD_HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            field.widget.attrs.pop("placeholder", None)

    def add_error(self, field: str | None, error: Any) -> None:
        """Say in our words that two passwords differ; allauth says it as a bare text."""
        differ = field == "password2" and not isinstance(error, ValidationError)
        super().add_error(field, _("Lösenorden är inte lika.") if differ else error)  # type: ignore[misc]  # a mixin


class LoginForm(Worded, account.LoginForm):
    """E-mail address and password."""

    def clean_login(self) -> str:
        """The address in the form in which it is stored."""
        return email_key(self.cleaned_data["login"])


class AddEmailForm(Worded, account.AddEmailForm):
    """Another address."""

    labels: ClassVar[dict[str, Any]] = {"email": _("Ny e-postadress")}


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    """The old password and the new."""


class SetPasswordForm(Worded, account.SetPasswordForm):
    """A first password."""


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    """The address to which a mail goes."""

    def clean_email(self) -> str:
        """Know the address of an account that the operator has made."""
        self.cleaned_data["email"] = email_key(self.cleaned_data["email"])
        email = str(super().clean_email())
        for user in self.users:
            vouch_for(user)
        return email


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):
    """A new password, from a mail."""


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    """The password once more."""


class CodeForm(Worded, second_factor.AuthenticateForm):
    """A code at sign-in."""

    helps: ClassVar[dict[str, Any]] = {
        "code": _("Sex siffror från appen, eller en av dina återställningskoder.")
    }


class CodeAgainForm(Worded, second_factor.ReauthenticateForm):
    """A code once more."""

    helps: ClassVar[dict[str, Any]] = CodeForm.helps


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):
    """The first code of an app."""

    helps: ClassVar[dict[str, Any]] = {"code": _("Sex siffror som appen visar.")}


class PasskeyForm(Worded, webauthn.AuthenticateWebAuthnForm):
    """A passkey in use."""

    def clean_credential(self) -> Authenticator:
        """The passkey that it is; what no browser sends is refused like a wrong one."""
        try:
            authenticator: Authenticator = super().clean_credential()
        except UNREADABLE as error:
            raise NOT_A_PASSKEY from error
        return authenticator


class PasskeySignInForm(PasskeyForm, webauthn.LoginWebAuthnForm):
    """A passkey alone, at sign-in."""


class PasskeyAgainForm(PasskeyForm, webauthn.ReauthenticateWebAuthnForm):
    """A passkey once more."""


class AddPasskeyForm(Worded, webauthn.AddWebAuthnForm):
    """A new passkey. Whether it can be used alone is up to the passkey, not to a box to tick."""

    helps: ClassVar[dict[str, Any]] = {"name": _("Till exempel ”jobbdatorn”, så att du känner igen den.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)

    def clean(self) -> dict[str, Any]:
        """Read it; what no browser sends is refused like a wrong one."""
        try:
            data: dict[str, Any] = super().clean()
        except UNREADABLE as error:
            raise NOT_A_PASSKEY from error
        return data


class RenamePasskeyForm(Worded, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""
