"""Tag a passage: which words, and what they say."""

import uuid
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.naming import MunicipalityNames
from mittkoping.text.anchors import find
from mittkoping.text.passages import paragraphs
from wiki.content import MAX_NOTE, MAX_TAGS, MAX_TRIED, Passage, Tag
from wiki.forms.fields import LineField, MunicipalityField
from wiki.models import Edit, FactorTag, HiddenVersion, Page
from wiki.passages import NoPassage, choose
from wiki.validation import personal_number_problems, too_long

LARGEST = 2**31 - 1
MAX_WORDS = 500  # characters that are typed to choose a part of a paragraph; an address holds no more
QUOTATION_MARKS = "\"'”“’»«„ "


class ChosenForm(forms.Form):
    """Words of a version, by where they are in its plain text."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST)
    start = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST)
    end = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST)

    def __init__(self, data: Mapping[str, Any] | None = None, *, page: Page, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.page = page
        self.passage: Passage | None = None

    def clean(self) -> dict[str, Any]:
        """The words must be there; at most eight queries."""
        cleaned = super().clean() or {}
        places = [cleaned.get(name) for name in ("version", "start", "end")]
        if None in places:
            raise forms.ValidationError(_("Markera några ord i texten."))
        number, start, end = (int(place or 0) for place in places)
        try:
            self.passage = choose(self.page, number, start, end)
        except NoPassage as error:
            raise forms.ValidationError(str(error)) from error
        except (Edit.DoesNotExist, HiddenVersion) as error:
            raise forms.ValidationError(_("Versionen finns inte. Välj orden i texten igen.")) from error
        return cleaned


class FactorSelect(forms.Select):
    """A list of factors by theme; each carries what a script needs to show it and to find it.

    facts   definition and synonyms, by slug
    """

    facts: Mapping[str, tuple[str, str]] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add them."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if fact := self.facts.get(str(value)):
            option["attrs"] |= {"data-definition": fact[0], "data-aliases": fact[1]}
        return option


class TaggingForm(ChosenForm):
    """What the words say: which factor, and which way.

    The key is made with the form, so that a form that is sent twice makes one tag.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    direction = forms.ChoiceField(
        label=gettext_lazy("Vad säger orden?"),
        choices=FactorTag.Direction,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj om det främjar eller hämmar.")},
    )
    factor = forms.CharField(
        label=gettext_lazy("Vilken nyckelfaktor?"),
        widget=FactorSelect,
        error_messages={"required": gettext_lazy("Välj en nyckelfaktor.")},
    )
    strength = forms.TypedChoiceField(
        label=gettext_lazy("Hur sägs det?"),
        help_text=gettext_lazy(
            "Ett konkret exempel berättar om något som har hänt. Allmänt är en åsikt eller en"
            " iakttagelse utan exempel. Indelningen kommer från forskningsramverket CFIR."
        ),
        choices=FactorTag.Strength,
        coerce=int,
        initial=FactorTag.Strength.GENERAL,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj hur det sägs.")},
    )
    phase = forms.ChoiceField(
        label=gettext_lazy("När var det så?"),
        help_text=gettext_lazy("Före, under eller efter förändringen."),
        choices=[("", gettext_lazy("Vet inte")), *FactorTag.Phase.choices],
        required=False,
    )
    tried = LineField(
        label=gettext_lazy("Vad provade ni?"),
        help_text=gettext_lazy("Om något hämmade: vad gjorde ni åt det? Andra letar efter just det."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = LineField(
        label=gettext_lazy("Motivering"),
        help_text=gettext_lazy("Behövs bara om orden inte talar för sig själva."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    municipality = MunicipalityField(
        label=gettext_lazy("Gäller kommun"),
        required=False,
        widget=forms.TextInput(attrs={"list": "kommuner", "autocomplete": "off"}),
    )

    field_order = ("direction", "factor", "strength", "phase", "tried", "note", "municipality")

    def __init__(self, data: Mapping[str, Any] | None = None, *, page: Page, by: User, **kwargs: Any) -> None:
        if data is None:
            kwargs["initial"] = {"key": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(data, page=page, **kwargs)
        self.by = by
        self.names = MunicipalityNames()
        self.fields["municipality"].names = self.names  # type: ignore[attr-defined]  # MunicipalityField
        self.fields["municipality"].help_text = whose(page, by)
        self._offer_factors()

    def clean_factor(self) -> str:
        """A slug of the catalogue."""
        slug: str = self.cleaned_data["factor"].strip()
        if slug not in self._slugs:
            message = _("Nyckelfaktorn ”%(slug)s” finns inte i katalogen. Välj en i listan.")
            raise forms.ValidationError(message % {"slug": slug})
        return slug

    def clean_tried(self) -> str:
        """Not too long, and about no person by number."""
        return _checked(_("Det ni provade"), self.cleaned_data["tried"], MAX_TRIED)

    def clean_note(self) -> str:
        """Not too long, and about no person by number."""
        return _checked(_("Motiveringen"), self.cleaned_data["note"], MAX_NOTE)

    def clean(self) -> dict[str, Any]:
        """The page must have room for one more."""
        cleaned = super().clean()
        known = {tag.key for tag in self.page.content.tags}
        if len(known) >= MAX_TAGS and str(cleaned.get("key")) not in known:
            message = _("En sida kan ha högst %(limit)s märkningar. Ta bort någon först.")
            raise forms.ValidationError(message % {"limit": MAX_TAGS})
        return cleaned

    def tag(self) -> Tag:
        """The tag of a valid form, by its author."""
        sent = self.cleaned_data
        return Tag(
            key=str(sent["key"]),
            factor=sent["factor"],
            direction=sent["direction"],
            strength=sent["strength"],
            note=sent["note"],
            municipality=sent["municipality"],
            author=self.by.pk,
            passage=self.passage,
            phase=sent["phase"],
            tried=sent["tried"],
        )

    def _offer_factors(self) -> None:
        """Active factors by theme. One query."""
        active = Factor.objects.active().in_order().select_related("theme")
        themes: dict[str, list[tuple[str, str]]] = {}
        facts: dict[str, tuple[str, str]] = {}
        for factor in active:
            themes.setdefault(factor.theme.name, []).append((factor.slug, factor.name))
            facts[factor.slug] = (factor.definition, ", ".join(factor.aliases))
        self._slugs: Collection[str] = facts.keys()
        widget: Any = self.fields["factor"].widget
        widget.choices = [("", _("Välj nyckelfaktor")), *themes.items()]
        widget.facts = facts


class ParagraphForm(forms.Form):
    """Choose a paragraph of the page, or some words of it, without a mouse and without a script.

    Cleans to where they are: `start` and `end` in the plain text.
    """

    stycke = forms.ChoiceField(
        label=gettext_lazy("Välj ett stycke"), required=False, widget=forms.RadioSelect
    )
    ord = LineField(
        label=gettext_lazy("Bara en del av stycket?"),
        help_text=gettext_lazy("Klistra in eller skriv orden precis som de står i texten."),
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, page: Page) -> None:
        super().__init__(data)
        self.plain = page.plain
        lines = [(start, end) for start, end in paragraphs(page.plain) if page.plain[start:end].strip()]
        choices = [(f"{start}-{end}", page.plain[start:end]) for start, end in lines]
        self.fields["stycke"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Look for the words in the paragraph, or, when none is chosen, in the whole text."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        start, end = self._range(cleaned["stycke"])
        words: str = cleaned["ord"].strip(QUOTATION_MARKS)
        if not words and not cleaned["stycke"]:
            raise forms.ValidationError(_("Välj ett stycke, eller skriv de ord som du vill märka."))
        if words:
            start, end = self._find(words, start, end)
        return cleaned | {"start": start, "end": end}

    def _range(self, choice: str) -> tuple[int, int]:
        start, _dash, end = choice.partition("-")
        return (int(start), int(end)) if choice else (0, len(self.plain))

    def _find(self, words: str, start: int, end: int) -> tuple[int, int]:
        if len(words) > MAX_WORDS:
            raise forms.ValidationError({"ord": too_long(_("Det du har skrivit"), len(words), MAX_WORDS)})
        text = self.plain[start:end]
        if text.count(words) > 1:
            raise forms.ValidationError({"ord": _("Orden står på flera ställen. Ta med några ord till.")})
        place = find(text, words)
        if place is None:
            raise forms.ValidationError({"ord": _("Orden finns inte där. Skriv dem precis som i texten.")})
        return start + place[0], start + place[1]


class SeeToForm(forms.Form):
    """What is done with a tag that is there; base is the version that it was looked at in."""

    base = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=LARGEST,
        error_messages={"required": gettext_lazy("Ladda om sidan och försök igen.")},
    )


def whose(page: Page, by: User) -> str:
    """For whom a tag counts that names no municipality."""
    names = [municipality.name for municipality in page.municipalities.all()]
    if len(names) == 1:
        return _("Lämna fältet tomt om det gäller %(name)s, som sidan handlar om.") % {"name": names[0]}
    member = by.membership
    if member is None:
        return _("Lämnar du fältet tomt räknas märkningen inte för någon kommun.")
    name = member.municipality.name
    if not member.is_confirmed:
        return _("Lämnar du fältet tomt gäller det %(name)s, och räknas när någon har bekräftat dig.") % {
            "name": name
        }
    return _("Lämna fältet tomt om det gäller %(name)s.") % {"name": name}


def _checked(name: str, text: str, most: int) -> str:
    if len(text) > most:
        raise forms.ValidationError(too_long(name, len(text), most))
    for message in personal_number_problems(name, text):
        raise forms.ValidationError(message)
    return text
