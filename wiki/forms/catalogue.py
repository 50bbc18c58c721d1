"""The forms of the catalogue: a factor's text, with whom it is merged, why it is put out of use."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factors.content import (
    LABELS,
    MAX_ALIAS,
    MAX_ALIASES,
    MAX_AREA,
    MAX_DEFINITION,
    MAX_NAME,
    MAX_QUESTION,
    MAX_QUESTIONS,
    MAX_RELATED,
    MAX_SIGNS,
    MAX_SOURCE,
    MAX_SOURCES,
    MAX_SUMMARY,
    FactorContent,
)
from factors.models import Factor, Theme
from mittkoping.text.names import title_key
from mittkoping.text.normalise import is_visible, normalise_line
from mittkoping.text.slugs import slugify
from wiki.forms.fields import LineField, TextField
from wiki.forms.naming import NeededReasonForm
from wiki.validation import personal_number_problems, too_long

FOR_MODERATORS = ("informed_by", "leda_area")
NOTHING = FactorContent(name="", theme="")
LIMITS: Mapping[str, int] = {
    "name": MAX_NAME,
    "definition": MAX_DEFINITION,
    "enables": MAX_SIGNS,
    "hinders": MAX_SIGNS,
    "leda_area": MAX_AREA,
    "summary": MAX_SUMMARY,
}
MISSING = {
    "name": _("Skriv vad nyckelfaktorn heter."),
    "definition": _("Skriv en definition: en eller ett par meningar."),
    "enables": _("Skriv hur det märks när den främjar."),
    "hinders": _("Skriv hur det märks när den hämmar."),
}


class LinesField(TextField):
    """One text per line; cleans to a tuple of them, each once.

    longest, most   characters of a line, and how many lines
    """

    def __init__(self, *, longest: int, most: int, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.longest = longest
        self.most = most

    def prepare_value(self, value: Any) -> Any:
        """Lists are shown as lines."""
        return "\n".join(value) if isinstance(value, tuple | list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another text stands in the field than it began with."""
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> Any:
        """Split, and see that they fit."""
        found = map(normalise_line, super().clean(value).split("\n"))
        lines = tuple(dict.fromkeys(line for line in found if is_visible(line)))
        if len(lines) > self.most:
            sentence = gettext("Du har skrivit %(count)s rader. Gränsen är %(limit)s.")
            raise forms.ValidationError(sentence % {"count": len(lines), "limit": self.most})
        for number, line in enumerate(lines, start=1):
            if len(line) > self.longest:
                what = gettext("Rad %(number)s") % {"number": number}
                raise forms.ValidationError(too_long(what, len(line), self.longest))
        return lines


def _long(name: str, *, rows: int, help_text: Any = "") -> TextField:
    widget = forms.Textarea(attrs={"rows": rows})
    return TextField(label=LABELS[name], help_text=help_text, required=False, widget=widget)


class FactorForm(forms.Form):
    """Everything that a factor says. What is not sent stays as it is in `start`.

    start          what the writer started from
    factor         None for a new one
    is_moderator   shows what only moderators write
    """

    name = LineField(label=LABELS["name"], required=False)
    theme = forms.ModelChoiceField(
        label=LABELS["theme"],
        queryset=Theme.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label=_("Välj ett tema"),
        error_messages={"invalid_choice": _("Det temat finns inte. Välj ett i listan.")},
    )
    definition = _long("definition", rows=3, help_text=_("En eller ett par meningar som alla förstår."))
    enables = _long("enables", rows=4, help_text=_("Vad ser man där den finns?"))
    hinders = _long("hinders", rows=4, help_text=_("Vad ser man där den saknas?"))
    questions = LinesField(
        label=LABELS["questions"],
        help_text=_("En fråga per rad, högst tio."),
        longest=MAX_QUESTION,
        most=MAX_QUESTIONS,
        rows=5,
    )
    aliases = LinesField(
        label=LABELS["aliases"],
        help_text=_("Andra ord för samma sak, ett per rad, så att fler hittar hit."),
        longest=MAX_ALIAS,
        most=MAX_ALIASES,
    )
    related = LinesField(
        label=LABELS["related"],
        help_text=_("Namnet på en annan nyckelfaktor per rad."),
        longest=MAX_NAME,
        most=MAX_RELATED,
    )
    informed_by = LinesField(
        label=LABELS["informed_by"],
        help_text=_("Begrepp i forskningens ramverk, ett per rad."),
        longest=MAX_SOURCE,
        most=MAX_SOURCES,
        rows=3,
    )
    leda_area = LineField(
        label=LABELS["leda_area"],
        help_text=_(
            "Tomt om du inte vet. Fyll bara i det som står i LEDA:s rapport: katalogen är wikins eget "
            "utkast, inte LEDA:s elva områden."
        ),
        required=False,
    )
    summary = LineField(label=_("Vad ändrar du, och varför?"), required=False)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**9)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        start: FactorContent = NOTHING,
        factor: Factor | None = None,
        base: int = 0,
        summary: str = "",
        is_moderator: bool = False,
    ) -> None:
        shown = {**vars(start), "related": _names_of(start.related), "base": base, "summary": summary}
        super().__init__(None if data is None else _completed(data, shown), initial=shown)
        self.start = start
        self.factor = factor
        if not is_moderator:
            for name in FOR_MODERATORS:
                del self.fields[name]

    def clean_base(self) -> int:
        """The version that the text started from; 0 for a new factor."""
        base: int | None = self.cleaned_data["base"]
        if self.factor is None:
            return 0
        if base is None or not 0 < base <= self.factor.number:
            raise forms.ValidationError(gettext("Nyckelfaktorn har ingen sådan version. Ladda om sidan."))
        return base

    def clean_theme(self) -> str:
        """The slug."""
        theme: Theme | None = self.cleaned_data["theme"]
        if theme is None:
            raise forms.ValidationError(gettext("Välj ett tema."))
        return theme.slug

    def clean_related(self) -> tuple[str, ...]:
        """Names, or slugs, as slugs."""
        lines: tuple[str, ...] = self.cleaned_data["related"]
        known = list(Factor.objects.all()) if lines else []
        # A name that two have had means the one that is not merged.
        known.sort(key=lambda factor: factor.status != Factor.Status.MERGED)
        by_name = {title_key(factor.name): factor for factor in known}
        by_slug = {factor.slug: factor for factor in known}
        slugs, unknown = [], []
        for line in lines:
            found = by_name.get(title_key(line)) or by_slug.get(slugify(line))
            if found is None:
                unknown.append(line)
            elif found.pk != (self.factor.pk if self.factor else None):
                slugs.append(found.slug)
        if unknown:
            sentence = gettext("Det finns ingen nyckelfaktor som heter %(names)s.")
            raise forms.ValidationError(sentence % {"names": ", ".join(f"”{name}”" for name in unknown)})
        return tuple(dict.fromkeys(slugs))

    def clean(self) -> dict[str, Any]:
        """What must be said is said, nothing is too long, and nobody is told of by number."""
        cleaned = super().clean() or {}
        for name, value in list(cleaned.items()):
            text = "\n".join(value) if isinstance(value, tuple) else value
            if isinstance(text, str):
                for sentence in self._problems(name, text):
                    self.add_error(name, sentence)
        return cleaned

    @property
    def content(self) -> FactorContent:
        """What is wanted."""
        values = {name: self.cleaned_data[name] for name in LABELS if name in self.cleaned_data}
        return replace(self.start, **values)

    def _problems(self, name: str, text: str) -> list[str]:
        if name in MISSING and not is_visible(text):
            return [str(MISSING[name])]
        what = str(self.fields[name].label)
        if len(text) > LIMITS.get(name, len(text)):
            return [too_long(gettext("Texten"), len(text), LIMITS[name])]
        return personal_number_problems(what if name != "summary" else gettext("Texten"), text)


class RevertFactorForm(NeededReasonForm):
    """Which version was the newest when the button was pressed, and why."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)

    missing = _("Skriv varför du återställer. Alla kan läsa det.")


class TargetForm(forms.Form):
    """With which factor another is merged; a GET form: `?till=`."""

    till = forms.ModelChoiceField(
        label=_("Slå ihop med"),
        help_text=_("Den som blir kvar. Den andra leder sedan dit."),
        queryset=Factor.objects.none(),
        to_field_name="slug",
        empty_label=_("Välj en nyckelfaktor"),
        error_messages={
            "required": _("Välj vilken nyckelfaktor den ska slås ihop med."),
            "invalid_choice": _("Den går inte att slå ihop med. Välj en i listan."),
        },
    )

    def __init__(self, *args: Any, source: Factor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["till"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Factor.objects.active().exclude(pk=source.pk).in_order()


class MergeForm(NeededReasonForm):
    """Why two factors are merged."""

    missing = _("Skriv varför de slås ihop. Alla kan läsa det.")


class UnmergeForm(NeededReasonForm):
    """Why a merge is taken back."""

    missing = _("Skriv varför sammanslagningen ångras. Alla kan läsa det.")


class RetireForm(NeededReasonForm):
    """Why a factor is taken out of use."""

    missing = _("Skriv varför nyckelfaktorn avslutas. Alla kan läsa det.")


class ReviveForm(NeededReasonForm):
    """Why a factor is brought back."""

    missing = _("Skriv varför nyckelfaktorn tas tillbaka. Alla kan läsa det.")


def _names_of(slugs: tuple[str, ...]) -> tuple[str, ...]:
    """For the form: names say more than slugs."""
    names = dict(Factor.objects.filter(slug__in=slugs).values_list("slug", "name")) if slugs else {}
    return tuple(names.get(slug, slug) for slug in slugs)


def _completed(data: QueryDict, shown: Mapping[str, Any]) -> QueryDict:
    """What was sent; a text that was not sent at all is as it was."""
    whole = data.copy()
    for name, value in shown.items():
        if name not in data and name != "base":
            whole[name] = "\n".join(value) if isinstance(value, tuple) else str(value)
    return whole
