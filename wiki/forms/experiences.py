"""What a municipality answers to a passage, and why a moderator hides an answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiki.forms.fields import LineField
from wiki.forms.naming import NeededReasonForm
from wiki.forms.quiet import QuietForm
from wiki.models.experience import MAX_LINE
from wiki.validation import personal_number_problems, too_long

YES, NO = "ja", "nej"


class AnswerForm(QuietForm):
    """Whether it is so in one's municipality too, and one line about it."""

    applies = forms.ChoiceField(
        label=gettext_lazy("Är det så hos er?"),
        choices=((YES, gettext_lazy("Gäller även oss")), (NO, gettext_lazy("Inte hos oss"))),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj om det gäller er eller inte.")},
    )
    line = LineField(
        label=gettext_lazy("En rad om hur det är hos er"),
        required=False,
        help_text=gettext_lazy("Högst 200 tecken. Alla kan läsa den, med ditt namn och din kommun."),
    )

    def clean(self) -> dict[str, Any]:
        """One line, without personal numbers."""
        cleaned = super().clean() or {}
        line = cleaned.get("line", "")
        if len(line) > MAX_LINE:
            self.add_error("line", too_long(_("Raden"), len(line), MAX_LINE))
        for message in personal_number_problems(_("Raden"), line):
            self.add_error("line", message)
        return cleaned


class HideAnswerForm(NeededReasonForm):
    """Why an answer is hidden, or shown again."""
