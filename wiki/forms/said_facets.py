"""What the passages of a factor are narrowed down by; the address can be shared."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiki.facets import ANY, DIRECTIONS, Narrowing, NarrowingForm
from wiki.insights import GroupFacts
from wiki.models.tag import FactorTagQuerySet

OFFERED = ("spar", "grupp", "riktning")


class SaidForm(NarrowingForm):
    """The facets as a GET form: spar, grupp, riktning."""

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
        for.
        """
        if "spar" in self.chosen:
            tags = tags.filter(page__track_key__contains=self.chosen["spar"])
        if "grupp" in self.chosen:
            tags = tags.filter(counted_for__group=self.chosen["grupp"])
        return tags
