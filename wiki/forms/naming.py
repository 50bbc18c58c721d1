"""The small forms: another name, another version, the archive."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mittkoping.text.normalise import is_visible
from wiki.content import MAX_SUMMARY
from wiki.forms.fields import LineField
from wiki.validation import personal_number_problems, title_problems


class ReasonForm(forms.Form):
    """A reason that others will read."""

    reason = LineField(label=_("Skäl"), required=False)

    def clean_reason(self) -> str:
        """Within the length of an edit's summary, and about no person by number."""
        reason: str = self.cleaned_data["reason"]
        if len(reason) > MAX_SUMMARY:
            message = gettext("Skälet är %(length)s tecken långt. Gränsen är %(limit)s.")
            raise forms.ValidationError(message % {"length": len(reason), "limit": MAX_SUMMARY})
        for message in personal_number_problems(gettext("Skälet"), reason):
            raise forms.ValidationError(message)
        return reason


class RenameForm(ReasonForm):
    """A page's new title."""

    title = LineField(label=_("Ny titel"), required=False)
    base = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("title", "reason", "base")

    def clean_title(self) -> str:
        """The same demands as in the form of a page."""
        title: str = self.cleaned_data["title"]
        for message in title_problems(title):
            raise forms.ValidationError(message)
        return title


class RevertForm(ReasonForm):
    """Which version was the newest when the button was pressed."""

    base = forms.IntegerField(widget=forms.HiddenInput)


class NeededReasonForm(ReasonForm):
    """A reason that cannot be left out: others must be able to understand what was done.

    missing   what is said when it is
    """

    missing = _("Skriv ett skäl. Alla kan läsa det i loggen.")

    def clean_reason(self) -> str:
        """Needed."""
        reason = super().clean_reason()
        if not is_visible(reason):
            raise forms.ValidationError(self.missing)
        return reason


class ArchiveForm(NeededReasonForm):
    """Why a page is put away."""

    missing = _("Skriv varför sidan arkiveras.")
