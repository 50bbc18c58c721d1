"""Ways to narrow down the list of pages; each has its word in the address."""

from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factors.models import Factor
from mittkoping.municipalities.models import Group, Municipality
from wiki import search
from wiki.content import ENABLING, HINDERING
from wiki.models import Page
from wiki.models.page import PageQuerySet

DIRECTIONS = {"framjar": ENABLING, "hammar": HINDERING}
ANY = ("", gettext_lazy("Alla"))


class NarrowingForm(forms.Form):
    """What every list can be narrowed down by."""

    spar = forms.ChoiceField(
        label=gettext_lazy("Inriktning"), choices=[ANY, *Page.Track.choices], required=False
    )
    faktor = forms.ModelChoiceField(
        label=gettext_lazy("Nyckelfaktor"),
        queryset=Factor.objects.in_order().select_related("merged_into"),
        to_field_name="slug",
        required=False,
        empty_label=str(ANY[1]),
    )
    kommun = forms.ModelChoiceField(
        label=gettext_lazy("Kommun"),
        queryset=Municipality.objects.in_order().only("code", "name", "slug"),
        to_field_name="slug",
        required=False,
        empty_label=str(ANY[1]),
    )

    def clean_faktor(self) -> Factor | None:
        """Any factor may be asked for; a merged one means the one that it is part of now."""
        asked: Factor | None = self.cleaned_data["faktor"]
        return asked.merged_into or asked if asked else None


class FacetForm(NarrowingForm):
    """The facets as a GET form: q, spar, typ, faktor, riktning, kommun, grupp."""

    field_order = ("q", "spar", "typ", "faktor", "riktning", "kommun", "grupp")

    q = forms.CharField(label=gettext_lazy("Ord"), required=False)
    typ = forms.ChoiceField(label=gettext_lazy("Sidtyp"), choices=[ANY, *Page.Kind.choices], required=False)
    riktning = forms.ChoiceField(
        label=gettext_lazy("Riktning"),
        choices=[ANY, ("framjar", gettext_lazy("främjar")), ("hammar", gettext_lazy("hämmar"))],
        required=False,
    )
    grupp = forms.ModelChoiceField(
        label=gettext_lazy("Kommungrupp"),
        queryset=Group.objects.all(),
        required=False,
        empty_label=str(ANY[1]),
    )


@dataclass(frozen=True)
class Active:
    """A facet in use: what it says, and the query string of the list without it."""

    label: str
    value: str
    query_without: str


class Narrowing:
    """What one address asks of a list, with the ways to be rid of it."""

    form_class: ClassVar[type[NarrowingForm]]

    def __init__(self, data: QueryDict) -> None:
        self.form = self.form_class(data.copy())
        self.form.is_valid()
        chosen: dict[str, Any] = self.form.cleaned_data
        self.chosen = {name: value for name, value in chosen.items() if value}
        self._offer_factors(self.chosen.get("faktor"))

    def _offer_factors(self, chosen: Factor | None) -> None:
        """Only active factors are there to choose from, and the chosen one."""
        offered = Q(status=Factor.Status.ACTIVE) | Q(pk=chosen.pk if chosen else None)
        field = self.form.fields["faktor"]
        field.queryset = Factor.objects.filter(offered).in_order()  # type: ignore[attr-defined]  # it has one
        if chosen:
            self.form.data["faktor"] = chosen.slug  # type: ignore[index]  # a copy, which may be changed

    @property
    def query(self) -> str:
        """The query string of all facets in use, for links to other pages of the list."""
        return self._query_without("")

    @property
    def active(self) -> list[Active]:
        """The facets in use, each with the way to be rid of it."""
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
        kept = {other: self.form.data.get(other, "") for other in self.chosen if other != name}
        return urlencode(kept)

    def _text(self, name: str, value: Any) -> str:
        field = self.form.fields[name]
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            return str(dict(field.choices)[value])  # type: ignore[arg-type]  # flat choices
        return str(value)


class Facets(Narrowing):
    """The facets of one address."""

    form_class = FacetForm

    def narrow(self, pages: PageQuerySet) -> PageQuerySet:
        """Only the pages that fit every facet."""
        chosen = self.chosen
        if "q" in chosen:
            pages = search.matching(pages, chosen["q"])
        if "spar" in chosen:
            pages = pages.in_track(chosen["spar"])
        if "typ" in chosen:
            pages = pages.filter(kind=chosen["typ"])
        if "kommun" in chosen:
            pages = pages.from_municipality(chosen["kommun"])
        if "grupp" in chosen:
            pages = pages.from_group(chosen["grupp"].pk)
        return self._narrow_by_tag(pages)

    def _narrow_by_tag(self, pages: PageQuerySet) -> PageQuerySet:
        direction = DIRECTIONS.get(self.chosen.get("riktning", ""), "")
        if factor := self.chosen.get("faktor"):
            return pages.about(factor, direction)
        return pages.tagged(direction) if direction else pages
