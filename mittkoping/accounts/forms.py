"""Forms in which somebody says who they are."""

from functools import cached_property
from typing import Any

from allauth.account import forms as account
from allauth.socialaccount import forms as social
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mittkoping.accounts import operations
from mittkoping.accounts.models import User, email_key
from mittkoping.accounts.naming import clean_job_title, clean_name
from mittkoping.accounts.sign_in_forms import PASSWORD_HELP
from mittkoping.municipalities.models import Municipality
from mittkoping.municipalities.naming import MunicipalityNames
from mittkoping.text.normalise import normalise_line


class PersonForm(forms.Form):
    """Name, role at work and municipality; the last has a datalist, whose names the form knows."""

    name = forms.CharField(
        label=_("Namn som visas"),
        help_text=_("Ditt namn, som kollegor känner igen det. Alla kan läsa det."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Skriv ditt namn.")},
    )
    municipality = forms.CharField(
        label=_("Kommun"),
        required=False,
        help_text=_("Den kommun du arbetar i."),
        widget=forms.TextInput(attrs={"list": "kommuner", "autocomplete": "off"}),
    )
    job_title = forms.CharField(
        label=_("Roll i arbetet"),
        required=False,
        help_text=_("Till exempel rektor, verksamhetsutvecklare eller undersköterska. Alla kan läsa det."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    user: User | None = None

    @cached_property
    def municipalities(self) -> MunicipalityNames:
        """To choose from, and to look up in."""
        return MunicipalityNames()

    def clean_name(self) -> str:
        """As names are."""
        return clean_name(self.cleaned_data["name"], of=self.user)

    def clean_job_title(self) -> str:
        """As roles are."""
        return clean_job_title(self.cleaned_data["job_title"])

    def clean_municipality(self) -> Municipality | None:
        """By name or code."""
        typed = normalise_line(self.cleaned_data["municipality"])
        return Municipality.objects.get(code=self.municipalities.code(typed)) if typed else None


class ProfileForm(PersonForm):
    """The same, for somebody who is here already. Nobody leaves a municipality but for another."""

    def __init__(self, data: QueryDict | None, *, user: User) -> None:
        municipality = user.municipality
        initial = {
            "name": user.name,
            "job_title": user.job_title,
            "municipality": municipality.name if municipality else "",
        }
        super().__init__(data, initial=initial)
        self.user = user

    def clean_municipality(self) -> Municipality | None:
        """Kept, exchanged, or chosen for the first time."""
        chosen = super().clean_municipality()
        if chosen is None and self.user and self.user.municipality:
            sentence = gettext("Skriv en kommun. Du kan byta kommun, men inte vara utan när du har valt en.")
            raise ValidationError(sentence)
        return chosen


class SigningUp(PersonForm):
    """What every new account is asked, whichever way it comes."""

    terms = forms.BooleanField(
        label=_("Jag godkänner villkoren"),
        error_messages={"required": _("Du behöver godkänna villkoren för att få ett konto.")},
    )
    field_order = [
        "email",
        "name",
        "municipality",
        "job_title",
        "password1",
        "password2",
        "terms",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = gettext("E-postadress")
        self.fields["email"].error_messages["required"] = gettext("Skriv din e-postadress.")
        self.fields["email"].widget.attrs.pop("placeholder", None)
        self.fields["email"].help_text = gettext(
            "Den du har i arbetet. Vi skickar ett mejl för att se att den är din. Ingen annan får se den."
        )
        municipality = gettext("Den kommun du arbetar i. Lämnar du det tomt föreslår din adress vilken.")
        self.fields["municipality"].help_text = municipality
        licence = gettext("Det du skriver får licensen CC BY 4.0 och dina märkningar CC0.")
        link = format_html('<a href="{}">{}</a>', reverse("terms"), gettext("Läs villkoren"))
        self.fields["terms"].help_text = format_html("{} {}", licence, link)

    def clean_email(self) -> str:
        """In the one form of an address, so that look-alikes are the same."""
        self.cleaned_data["email"] = email_key(self.cleaned_data["email"])
        return str(super().clean_email())  # type: ignore[misc]  # a mixin of allauth's forms

    def signup(self, request: HttpRequest, user: User) -> None:
        """Fill it in; allauth calls this once it has saved the user, in the transaction of the view."""
        operations.sign_up(
            user,
            name=self.cleaned_data["name"],
            job_title=self.cleaned_data["job_title"],
            municipality=self.cleaned_data["municipality"],
        )


class SignUpForm(SigningUp, account.SignupForm):  # type: ignore[misc]  # allauth is untyped
    """Sign-up with a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, missing in (
            ("password1", gettext("Lösenord"), gettext("Välj ett lösenord.")),
            ("password2", gettext("Lösenordet igen"), gettext("Skriv lösenordet en gång till.")),
        ):
            if name in self.fields:
                self.fields[name].label = label
                self.fields[name].error_messages["required"] = missing
                self.fields[name].help_text = PASSWORD_HELP if name == "password1" else ""
                self.fields[name].widget.attrs.pop("placeholder", None)


class ProviderSignUpForm(SigningUp, social.SignupForm):  # type: ignore[misc]  # allauth is untyped
    """Sign-up by somebody whom an identity provider has sent."""
