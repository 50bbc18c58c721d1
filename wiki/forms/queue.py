"""Which part of the queue a moderator wants to see."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factors.models import Factor
from mittkoping.accounts.naming import MAX_NAME
from mittkoping.municipalities.models import Municipality
from wiki.facets import Active
from wiki.forms.fields import LineField
from wiki.models import Page
from wiki.queue import ACCOUNTS, EDITS, PROPOSALS, Filters

ANY = ("", gettext_lazy("Alla"))
KINDS = (
    (PROPOSALS, gettext_lazy("förslag")),
    (EDITS, gettext_lazy("ändringar")),
    (ACCOUNTS, gettext_lazy("konton")),
)
SIZES = (
    ("liten", gettext_lazy("liten: under 200 tecken")),
    ("mellan", gettext_lazy("mellan")),
    ("stor", gettext_lazy("stor: minst 2 000 tecken")),
)
DAYS = (
    ("1", gettext_lazy("mer än 1 dag")),
    ("3", gettext_lazy("mer än 3 dagar")),
    ("7", gettext_lazy("mer än 7 dagar")),
)


class QueueForm(forms.Form):
    """The filters of the queue as a GET form: slag, spar, kommun, faktor, forfattare, storlek, alder."""

    slag = forms.ChoiceField(label=gettext_lazy("Vad"), choices=[ANY, *KINDS], required=False)
    spar = forms.ChoiceField(
        label=gettext_lazy("Inriktning"), choices=[ANY, *Page.Track.choices], required=False
    )
    kommun = forms.ModelChoiceField(
        label=gettext_lazy("Kommun"),
        queryset=Municipality.objects.in_order().only("code", "name", "slug"),
        to_field_name="slug",
        required=False,
        empty_label=str(ANY[1]),
    )
    faktor = forms.ModelChoiceField(
        label=gettext_lazy("Nyckelfaktor"),
        queryset=Factor.objects.in_order().select_related("merged_into"),
        to_field_name="slug",
        required=False,
        empty_label=str(ANY[1]),
    )
    forfattare = LineField(
        label=gettext_lazy("Författare"), help_text=gettext_lazy("Hela namnet eller en del."), required=False
    )
    storlek = forms.ChoiceField(
        label=gettext_lazy("Storlek"),
        help_text=gettext_lazy("Hur mycket längre eller kortare texten blir."),
        choices=[ANY, *SIZES],
        required=False,
    )
    alder = forms.ChoiceField(label=gettext_lazy("Har väntat"), choices=[ANY, *DAYS], required=False)

    def clean_faktor(self) -> Factor | None:
        """Any factor may be asked for; a merged one means the one that it is part of now."""
        asked: Factor | None = self.cleaned_data["faktor"]
        return asked.merged_into or asked if asked else None

    def clean_forfattare(self) -> str:
        """No name is longer."""
        return str(self.cleaned_data["forfattare"])[:MAX_NAME]


class QueueFilters:
    """The filters of one address, with the ways to be rid of them."""

    def __init__(self, data: QueryDict) -> None:
        self.form = QueueForm(data.copy())
        self.form.is_valid()
        found: dict[str, Any] = self.form.cleaned_data
        self.chosen = {name: value for name, value in found.items() if value}
        self._offer_factors(self.chosen.get("faktor"))

    def _offer_factors(self, chosen: Factor | None) -> None:
        """Only active factors are there to choose from, and the chosen one."""
        offered = Q(status=Factor.Status.ACTIVE) | Q(pk=chosen.pk if chosen else None)
        field = self.form.fields["faktor"]
        field.queryset = Factor.objects.filter(offered).in_order()  # type: ignore[attr-defined]  # it has one
        if chosen:
            self.form.data["faktor"] = chosen.slug  # type: ignore[index]  # a copy, which may be changed

    @cached_property
    def filters(self) -> Filters:
        """As the queue understands them; what does not exist narrows nothing."""
        chosen = self.chosen
        return Filters(
            kind=chosen.get("slag", ""),
            track=chosen.get("spar", ""),
            municipality=chosen.get("kommun"),
            factor=chosen.get("faktor"),
            author=chosen.get("forfattare", ""),
            size=chosen.get("storlek", ""),
            days=int(chosen.get("alder", 0)),
        )

    @property
    def query(self) -> str:
        """The query string of all filters in use."""
        return self._query_without("")

    @property
    def active(self) -> list[Active]:
        """The filters in use, each with the way to be rid of it."""
        return [
            Active(str(self.form.fields[name].label), self._text(name, value), self._query_without(name))
            for name, value in self.chosen.items()
        ]

    @property
    def problems(self) -> list[str]:
        """What was asked for and does not exist."""
        return [
            _("%(facet)s: det du valde finns inte, så listan är inte begränsad av det.")
            % {"facet": self.form.fields[name].label}
            for name in self.form.errors
        ]

    def _query_without(self, name: str) -> str:
        return urlencode({other: self.form.data.get(other, "") for other in self.chosen if other != name})

    def _text(self, name: str, value: Any) -> str:
        choices = {"slag": KINDS, "spar": Page.Track.choices, "storlek": SIZES, "alder": DAYS}.get(name)
        return str(dict(choices)[value]) if choices else str(value)
