"""Forms about members: which of them a list shows, and why one is not confirmed."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mittkoping.accounts.models import Membership
from mittkoping.accounts.naming import MAX_NAME
from mittkoping.municipalities.models import Municipality
from mittkoping.text.normalise import normalise_line
from wiki.forms.fields import LineField
from wiki.operations.members import MemberReasonMissing
from wiki.validation import too_long

MAX_REASON = 300  # characters
WAITING = "vantar"
ROLES = (
    ("", _("Alla")),
    (WAITING, _("Väntar på svar")),
    (Membership.Role.CONTRIBUTOR.value, _("Bidragsgivare")),
    (Membership.Role.EDITOR.value, _("Redaktörer")),
)


class MemberFilterForm(forms.Form):
    """Which members a list shows, as a GET form: q, kommun, roll."""

    q = forms.CharField(label=_("Namn"), required=False)
    kommun = forms.ModelChoiceField(
        label=_("Kommun"),
        queryset=Municipality.objects.in_order().only("code", "name", "slug"),
        to_field_name="slug",
        required=False,
        empty_label=_("Alla"),
    )
    roll = forms.ChoiceField(label=_("Roll"), choices=ROLES, required=False)

    def narrow(self, members: QuerySet[Membership]) -> QuerySet[Membership]:
        """Only those that fit what was asked for; what does not exist narrows nothing."""
        chosen: dict[str, Any] = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        if name := normalise_line(chosen.get("q") or "")[:MAX_NAME]:
            members = members.filter(_is_called(name))
        if municipality := chosen.get("kommun"):
            members = members.filter(municipality=municipality)
        role = chosen.get("roll")
        if role == WAITING:
            return members.filter(pk__in=Membership.objects.waiting().values("pk"))
        return members.filter(role=role) if role else members


def _is_called(name: str) -> Q:
    """Spelt in three ways, since SQLite knows no other letters than a–z in both cases."""
    return Q(
        *(Q(user__name__icontains=spelt) for spelt in (name, name.lower(), name.title())), _connector=Q.OR
    )


class AnswerForm(forms.Form):
    """Why somebody is not confirmed, or not any more."""

    reason = LineField(
        label=_("Skäl"),
        help_text=_("Medlemmen får läsa det, och det står i den öppna loggen."),
        required=False,
    )

    def clean_reason(self) -> str:
        """Needed, and short."""
        reason: str = self.cleaned_data["reason"]
        if not reason:
            raise forms.ValidationError(str(MemberReasonMissing()))
        if len(reason) > MAX_REASON:
            raise forms.ValidationError(too_long(gettext("Skälet"), len(reason), MAX_REASON))
        return reason
