"""What a user wants to be told by mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wiki.models import Notification, NotificationSettings


class NotificationSettingsForm(forms.Form):
    """When mail comes, and of what."""

    mail = forms.ChoiceField(
        label=_("När vill du få mejl?"),
        choices=NotificationSettings.Mail.choices,
        widget=forms.RadioSelect,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Vad vill du få mejl om?"),
        help_text=_("Det du väljer bort syns ändå bland dina aviseringar."),
        choices=Notification.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    watches_own = forms.BooleanField(
        label=_("Bevaka sidor som jag skriver på eller föreslår ändringar i"), required=False
    )

    @classmethod
    def filled_in(cls, settings: NotificationSettings) -> "NotificationSettingsForm":
        """The form as the user has it now."""
        kinds = [kind for kind in Notification.Kind.values if kind not in settings.muted]
        initial = {"mail": settings.mail, "kinds": kinds, "watches_own": settings.watches_own}
        return cls(initial=initial)

    def choices(self) -> dict[str, Any]:
        """What was chosen, as operations.set_mail takes it."""
        wanted = set(self.cleaned_data["kinds"])
        return {
            "mail": NotificationSettings.Mail(self.cleaned_data["mail"]),
            "muted": [kind for kind in Notification.Kind if kind.value not in wanted],
            "watches_own": self.cleaned_data["watches_own"],
        }
