"""What an insight is narrowed down by: its address can be shared."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mittkoping.municipalities.models import Group, Municipality
from wiki.facets import ANY, Active, Narrowing, NarrowingForm
from wiki.insights import BarOrder, Columns, Scope

FICTIONAL = "pahittade"
COLUMNS = (
    (Columns.GROUP.value, gettext_lazy("Kommungrupp")),
    (Columns.TRACK.value, gettext_lazy("Inriktning")),
    (Columns.MUNICIPALITY.value, gettext_lazy("Kommun")),
)
ORDERS = (
    (BarOrder.CATALOGUE.value, gettext_lazy("Som i katalogen")),
    (BarOrder.HINDERING.value, gettext_lazy("Hämmar flest först")),
    (BarOrder.ENABLING.value, gettext_lazy("Främjar flest först")),
)
# Fields that links on the screen change, so that the form only carries them.
CHOICES = {"kolumner": COLUMNS, "ordning": ORDERS}


def with_fictional(data: QueryDict) -> bool:
    """Whether invented municipalities count: as the address says; otherwise only in the demo."""
    asked: bool = {"1": True, "0": False}.get(data.get(FICTIONAL, ""), settings.DEMO)
    return asked


def fictional_field() -> forms.ChoiceField:
    """The field that asks for it."""
    return forms.ChoiceField(
        label=gettext_lazy("Påhittade kommuner"),
        choices=[("1", gettext_lazy("Räknas med")), ("0", gettext_lazy("Räknas inte med"))],
        required=False,
    )


def show_fictional(form: forms.Form, asked: str) -> None:
    """Let the field say what is so; where nobody has invented any it is not there."""
    if FICTIONAL not in form.fields or asked in {"1", "0"}:
        return
    if settings.DEMO:
        form.data[FICTIONAL] = "1"  # type: ignore[index]  # a copy, which may be changed
    elif not asked:
        del form.fields[FICTIONAL]


class InsightForm(NarrowingForm):
    """The facets as a GET form: only those of `offered`. `us`: the municipality is who asks, not a limit."""

    field_order = ("kommun", "faktor", "spar", "grupp", FICTIONAL)

    grupp = forms.ModelChoiceField(
        label=gettext_lazy("Kommungrupp"),
        queryset=Group.objects.all(),
        required=False,
        empty_label=str(ANY[1]),
    )
    pahittade = fictional_field()
    kolumner = forms.ChoiceField(
        label=gettext_lazy("Kolumner"), choices=COLUMNS, required=False, widget=forms.HiddenInput
    )
    ordning = forms.ChoiceField(
        label=gettext_lazy("Ordning"), choices=ORDERS, required=False, widget=forms.HiddenInput
    )

    def __init__(self, data: QueryDict, *, offered: Collection[str], us: bool) -> None:
        super().__init__(data)
        for name in [name for name in self.fields if name not in offered]:
            del self.fields[name]
        if us:
            self.fields["kommun"].label = _("Er kommun")
            self._name_nothing("kommun", _("Välj kommun"))
            if "faktor" in self.fields:
                self._name_nothing("faktor", _("De som hämmar oss"))

    def _name_nothing(self, name: str, label: str) -> None:
        self.fields[name].empty_label = label  # type: ignore[attr-defined]  # it is one of a model


class InsightFacets(Narrowing):
    """The facets of one address.

    offered   the names of those that the insight has
    us        the municipality is who asks, not a limit
    """

    form: InsightForm

    def __init__(self, data: QueryDict, *, offered: Collection[str], us: bool = False) -> None:
        self.form = InsightForm(data.copy(), offered=offered, us=us)
        asked = data.get(FICTIONAL, "")
        self.with_fictional = with_fictional(data)
        if "kommun" in offered and not self.with_fictional:
            found = Municipality.objects.real().in_order().only("code", "name", "slug")
            self.form.fields["kommun"].queryset = found  # type: ignore[attr-defined]  # it has one
        self.form.is_valid()
        chosen: dict[str, Any] = self.form.cleaned_data
        self.chosen = {name: value for name, value in chosen.items() if value}
        if "faktor" in offered:
            self._offer_factors(self.chosen.get("faktor"))
        show_fictional(self.form, asked)

    @property
    def query_of_factor(self) -> str:
        """What links by factors' names carry: whether invented municipalities count."""
        return self.query_of((FICTIONAL,))

    @property
    def us(self) -> str:
        """The code of the chosen municipality, or nothing."""
        return self.chosen["kommun"].code if "kommun" in self.chosen else ""

    @property
    def factor(self) -> str:
        """The slug of the chosen factor, or nothing."""
        return self.chosen["faktor"].slug if "faktor" in self.chosen else ""

    def scope(self, *, municipality: str = "", factor: str = "") -> Scope:
        """What is counted: of one municipality and one factor only when that is said here."""
        group: Group | None = self.chosen.get("grupp")
        return Scope(
            with_fictional=self.with_fictional,
            track=self.chosen.get("spar", ""),
            group=group.code if group else "",
            municipality=municipality,
            factor=factor,
        )

    @property
    def columns(self) -> Columns:
        """What the matrix has columns for."""
        return Columns(self.chosen.get("kolumner", Columns.GROUP.value))

    @property
    def order(self) -> BarOrder:
        """What the bars are sorted by."""
        return BarOrder(self.chosen.get("ordning", BarOrder.CATALOGUE.value))

    @property
    def active(self) -> list[Active]:
        """The facets in use, but for those that have links of their own."""
        hidden = {str(self.form.fields[name].label) for name in CHOICES if name in self.form.fields}
        return [active for active in super().active if active.label not in hidden]

    @property
    def problems(self) -> list[str]:
        """What was asked for and does not exist."""
        return [
            _("%(facet)s: det du valde finns inte, så allt visas.") % {"facet": self.form.fields[name].label}
            for name in self.form.errors
        ]

    def query_with(self, **changes: str) -> str:
        """The query string with other values of some facets; an empty one takes the facet away."""
        kept = {name: self.form.data.get(name, "") for name in self.chosen} | changes
        return urlencode({name: value for name, value in kept.items() if value})

    def query_of(self, offered: Collection[str], **changes: str) -> str:
        """The query string of the facets in use that another screen offers too, with other values of some."""
        return self.query_with(**{name: "" for name in self.chosen if name not in offered} | changes)
