"""What the passages of a factor are narrowed down by; the address can be shared."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiki.facets import ANY, DIRECTIONS, Narrowing, NarrowingForm
from wiki.forms.insight_facets import FICTIONAL, fictional_field, show_fictional
from wiki.insights import GroupFacts, Material, Statement
from wiki.models.tag import FactorTagQuerySet

OFFERED = ("spar", "grupp", "riktning", FICTIONAL)


class SaidForm(NarrowingForm):
    """The facets as a GET form: spar, grupp, riktning, pahittade."""

    field_order = OFFERED

    grupp = forms.ChoiceField(label=gettext_lazy("Kommungrupp"), required=False)
    riktning = forms.ChoiceField(
        label=gettext_lazy("Riktning"),
        choices=[
            ("", gettext_lazy("Båda")),
            ("framjar", gettext_lazy("främjar")),
            ("hammar", gettext_lazy("hämmar")),
        ],
        required=False,
    )
    pahittade = fictional_field()

    def __init__(self, data: QueryDict, *, groups: Mapping[str, GroupFacts]) -> None:
        super().__init__(data)
        for name in [name for name in self.fields if name not in OFFERED]:
            del self.fields[name]
        choices = [ANY, *((code, group.label) for code, group in groups.items())]
        self.fields["grupp"].choices = choices  # type: ignore[attr-defined]  # it has some


class SaidFacets(Narrowing):
    """The facets of one address. groups: those that there are, by code."""

    form: SaidForm

    def __init__(self, data: QueryDict, groups: Mapping[str, GroupFacts]) -> None:
        self.form = SaidForm(data.copy(), groups=groups)
        self.form.is_valid()
        chosen: dict[str, Any] = self.form.cleaned_data
        self.chosen = {name: value for name, value in chosen.items() if value}
        show_fictional(self.form, data.get(FICTIONAL, ""))

    @property
    def direction(self) -> str:
        """The one that is asked for, or empty for both."""
        return DIRECTIONS.get(self.chosen.get("riktning", ""), "")

    @property
    def query_of_both(self) -> str:
        """The query string without the direction."""
        return self._query_without("riktning")

    @property
    def problems(self) -> list[str]:
        """What was asked for and does not exist."""
        return [
            _("%(facet)s: det du valde finns inte, så allt visas.") % {"facet": self.form.fields[name].label}
            for name in self.form.errors
        ]

    def narrow(self, tags: FactorTagQuerySet) -> FactorTagQuerySet:
        """Only the tags that fit track and group, in whatever direction. A group is of those whom they count
        for. Those of invented municipalities are left out only when that is asked for.
        """
        if "spar" in self.chosen:
            tags = tags.filter(page__track_key__contains=self.chosen["spar"])
        if "grupp" in self.chosen:
            tags = tags.filter(counted_for__group=self.chosen["grupp"])
        if self.chosen.get(FICTIONAL) == "0":
            tags = tags.exclude(counted_for__is_fictional=True).exclude(claimed_for__is_fictional=True)
        return tags

    def narrow_counted(self, material: Material) -> Material:
        """The same of what is counted."""
        return replace(
            material, statements=tuple(filter(lambda one: self._fits(material, one), material.statements))
        )

    def _fits(self, material: Material, one: Statement) -> bool:
        track, group = self.chosen.get("spar"), self.chosen.get("grupp")
        is_in_group = not group or material.places[one.municipality].group == group
        return is_in_group and (not track or track in one.tracks)
