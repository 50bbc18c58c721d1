"""The forms of keeping order: protect, block, appeal, roll back, hide, and look into the log."""

import re
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.text.normalise import is_visible
from wiki.forms.fields import LineField, TextField
from wiki.forms.naming import NeededReasonForm
from wiki.models import Page
from wiki.models.proposal import MAX_COMMENT
from wiki.operations.finding_words import contains, phrases
from wiki.validation import personal_number_problems, too_long

LONGEST = timedelta(days=10 * 365)
FIRST_YEAR = 2000  # nothing here is older, and databases and time zones quarrel about the first centuries
LEVELS = (
    (Page.Protection.OPEN, _("Öppen: redaktörer publicerar direkt")),
    (Page.Protection.REVIEWED, _("Granskas: bara moderatorer publicerar direkt, andra lämnar förslag")),
    (Page.Protection.LOCKED, _("Låst: bara moderatorer kan ändra sidan")),
)
_NUMBER = re.compile("[0-9]{1,9}")
_PAGE = re.compile("([0-9]{1,9}):([0-9]{1,9})")


class UntilField(forms.DateField):
    """The day on which something ends, at its beginning; cleans to that moment, or None for no end."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def prepare_value(self, value: Any) -> Any:
        """A moment is shown as the day here."""
        return timezone.localtime(value).date() if isinstance(value, datetime) else value

    def clean(self, value: Any) -> datetime | None:
        """Not over already, and not beyond what anybody means."""
        day = super().clean(value)
        if day is None:
            return None
        today = timezone.localdate()
        if day <= today:
            raise forms.ValidationError(gettext("Dagen är redan här eller förbi. Välj tidigast i morgon."))
        if day > today + LONGEST:
            raise forms.ValidationError(
                gettext("Dagen är mer än tio år bort. Lämna fältet tomt om det gäller tills vidare.")
            )
        return timezone.make_aware(datetime.combine(day, time.min))


class NumbersField(forms.Field):
    """Check boxes of the same name: cleans to their numbers, each once; what is no number is left out."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        """Read them."""
        return list(dict.fromkeys(int(text) for text in value or () if _NUMBER.fullmatch(text)))


class ProtectForm(NeededReasonForm):
    """Who may publish on a page, until when, and why."""

    level = forms.ChoiceField(
        label=_("Skydd"), choices=LEVELS, initial=Page.Protection.OPEN, widget=forms.RadioSelect
    )
    until = UntilField(
        label=_("Slutar"),
        help_text=_("Den dagen blir sidan öppen igen. Tomt fält: tills vidare."),
        required=False,
    )

    field_order = ("level", "until", "reason")
    missing = _("Skriv varför skyddet ändras. Alla kan läsa det.")

    def clean_level(self) -> Page.Protection:
        """One of the levels."""
        return Page.Protection(self.cleaned_data["level"])


class BlockForm(NeededReasonForm):
    """Why an account is blocked, and until when."""

    until = UntilField(
        label=_("Slutar"),
        help_text=_("Den dagen kan personen skriva igen. Tomt fält: tills vidare."),
        required=False,
    )

    field_order = ("reason", "until")
    missing = _("Skriv varför kontot stängs av. Den som stängs av läser det.")


class UnblockForm(NeededReasonForm):
    """Why an account is let in again."""

    missing = _("Skriv varför kontot släpps in igen.")


class AppealForm(forms.Form):
    """What a blocked user says. The field is called as what the error pages hand back."""

    comment = TextField(
        label=_("Ditt meddelande till moderatorerna"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_comment(self) -> str:
        """Something that can be seen, and not too much of it."""
        text: str = self.cleaned_data["comment"].strip()
        if not is_visible(text):
            raise forms.ValidationError(gettext("Skriv varför du tycker att avstängningen är fel."))
        if len(text) > MAX_COMMENT:
            raise forms.ValidationError(too_long(gettext("Texten"), len(text), MAX_COMMENT))
        for message in personal_number_problems(gettext("Texten"), text):
            raise forms.ValidationError(message)
        return text


class AnswerForm(NeededReasonForm):
    """What a moderator answers, and to whom."""

    appeal = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31)

    missing = _("Skriv ett svar. Den som överklagade läser det, och det står i loggen.")


class SinceForm(forms.Form):
    """Since when; in the address, so that the preview can be shared."""

    sedan = forms.DateTimeField(
        label=_("Sedan"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )

    def clean_sedan(self) -> datetime:
        """A moment that has been."""
        since: datetime = self.cleaned_data["sedan"]
        if since > timezone.now():
            raise forms.ValidationError(gettext("Tiden har inte varit än. Välj en tidigare."))
        if since.year < FIRST_YEAR:
            raise forms.ValidationError(gettext("Så gammalt är inget här. Välj en senare tid."))
        return since


class RollBackForm(NeededReasonForm):
    """Which pages and proposals, and why. A page is sent with the newest version that was seen: `3:17`."""

    PROPOSALS = (
        ("keep", _("Låt dem vara")),
        ("reject", _("Avslå dem")),
        ("hide", _("Dölj dem")),
    )

    pages = forms.Field(widget=forms.MultipleHiddenInput, required=False)
    proposals = forms.ChoiceField(
        label=_("Förslag som väntar"),
        choices=PROPOSALS,
        required=False,
        initial="keep",
        widget=forms.RadioSelect,
    )

    missing = _("Skriv varför ändringarna rullas tillbaka. Alla kan läsa det.")

    def clean_pages(self) -> dict[int, int]:
        """Version by page; what cannot be read is left out."""
        found = (_PAGE.fullmatch(text) for text in self.cleaned_data["pages"] or ())
        return {int(match[1]): int(match[2]) for match in found if match}

    def clean(self) -> dict[str, Any]:
        """Something must have been chosen."""
        cleaned = super().clean() or {}
        if not cleaned.get("pages") and cleaned.get("proposals") not in {"reject", "hide"}:
            raise forms.ValidationError(gettext("Välj minst en sida, eller vad som ska hända med förslagen."))
        return cleaned


class FindForm(forms.Form):
    """What is to be hidden: versions that hold certain words, or those from one to another."""

    ord = LineField(
        label=_("Vilka ord ska bort?"),
        help_text=_("Till exempel ett namn. Skriv flera med komma emellan."),
        required=False,
        max_length=200,
    )
    fran = forms.IntegerField(label=_("Från version"), required=False, min_value=1, max_value=10**9)
    till = forms.IntegerField(label=_("Till version"), required=False, min_value=1, max_value=10**9)


class PurgeForm(NeededReasonForm):
    """Which versions, what is to be seen in their place, and why.

    words   what was looked for: the reason must not say it again
    """

    versions = NumbersField(required=False)
    instead = forms.IntegerField(
        label=_("Version som ska gälla i stället"), required=False, min_value=1, max_value=10**9
    )
    proposals = NumbersField(required=False)
    entries = NumbersField(required=False)
    base = forms.IntegerField(widget=forms.HiddenInput)

    missing = _("Skriv varför versionerna döljs. Alla kan läsa det.")

    def __init__(self, *args: Any, words: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words

    def clean_reason(self) -> str:
        """Everybody reads it, so it says nothing of what is hidden."""
        reason = super().clean_reason()
        if contains(reason, phrases(self.words)):
            raise forms.ValidationError(
                gettext("Skälet upprepar det som ska döljas. Skriv det på annat sätt.")
            )
        return reason

    def clean_versions(self) -> list[int]:
        """At least one."""
        versions: list[int] = self.cleaned_data["versions"]
        if not versions:
            raise forms.ValidationError(gettext("Välj minst en version att dölja."))
        return versions


class LogForm(forms.Form):
    """What of the log is shown: which act, about which page, by which moderator."""

    vad = forms.ChoiceField(
        label=_("Händelse"), choices=[("", _("Alla")), *LogEntry.Act.choices], required=False
    )
    om = LineField(label=_("Sida"), help_text=_("Sidans titel eller adress."), required=False)
    av = forms.ModelChoiceField(
        label=_("Moderator"),
        queryset=User.objects.filter(Q(is_moderator=True) | Q(is_superuser=True)).order_by("name", "pk"),
        required=False,
        empty_label=str(_("Alla")),
    )
