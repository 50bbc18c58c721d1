"""Tags of a page as a formset; it works without JavaScript."""

from collections.abc import Callable, Collection
from dataclasses import asdict
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.forms.renderers import get_default_renderer
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factors.models import Factor
from mittkoping.municipalities.naming import MunicipalityNames
from mittkoping.text.normalise import normalise_line
from wiki.content import MAX_NOTE, MAX_TAGS, MAX_TRIED, Tag
from wiki.forms.fields import LineField, MunicipalityField
from wiki.forms.quiet import QuietForm
from wiki.forms.tag_rows import Round, complete, fields_of
from wiki.models import FactorTag
from wiki.validation import personal_number_problems, too_long

PREFIX = "tags"
SAYING = ("factor", "direction", "note", "municipality", "phase", "tried")  # a row with none of them is empty
NOT_CHOSEN = ("", gettext_lazy("Välj nyckelfaktor"))


class TagForm(QuietForm):
    """One tag. A row that says nothing of what a tag is about is an empty row."""

    key = forms.UUIDField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": gettext_lazy("Nyckeln är ingen UUID. Lämna den tom för en ny märkning.")},
    )
    factor = forms.CharField(label=gettext_lazy("Nyckelfaktor"), required=False, widget=forms.Select)
    direction = forms.ChoiceField(
        label=gettext_lazy("Riktning"), choices=FactorTag.Direction, required=False, widget=forms.RadioSelect
    )
    strength = forms.TypedChoiceField(
        label=gettext_lazy("Hur sägs det?"),
        choices=FactorTag.Strength,
        coerce=int,
        required=False,
    )
    note = LineField(label=gettext_lazy("Motivering"), required=False)
    municipality = MunicipalityField(label=gettext_lazy("Gäller kommun"), required=False)
    phase = forms.ChoiceField(
        label=gettext_lazy("När var det så?"),
        choices=[("", gettext_lazy("Vet inte")), *FactorTag.Phase.choices],
        required=False,
    )
    tried = LineField(label=gettext_lazy("Vad provade ni?"), required=False)

    def __init__(
        self, *args: Any, factors: "FactorChoices", municipalities: MunicipalityNames, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.factors = factors
        self.fields["municipality"].names = municipalities  # type: ignore[attr-defined]  # MunicipalityField
        self.fields["factor"].widget.choices = factors.offered(self["factor"].value())

    def clean_factor(self) -> str:
        """A slug of the catalogue, or nothing."""
        slug: str = self.cleaned_data["factor"].strip()
        if slug and slug not in self.factors.slugs:
            raise forms.ValidationError(
                _("Nyckelfaktorn ”%(slug)s” finns inte i katalogen. Välj en i listan.") % {"slug": slug}
            )
        return slug

    def clean(self) -> dict[str, Any]:
        """A row that says something must say of what, and which way."""
        cleaned = super().clean() or {}
        if cleaned.get("factor") and not cleaned.get("direction") and "direction" not in self.errors:
            self.add_error("direction", _("Välj om nyckelfaktorn främjar eller hämmar."))
        says = any(cleaned.get(field) for field in SAYING)
        if says and not cleaned.get("factor") and "factor" not in self.errors:
            self.add_error("factor", _("Välj en nyckelfaktor, eller ta bort märkningen."))
        if len(cleaned.get("note", "")) > MAX_NOTE:
            self.add_error("note", too_long(_("Motiveringen"), len(cleaned["note"]), MAX_NOTE))
        if len(cleaned.get("tried", "")) > MAX_TRIED:
            self.add_error("tried", too_long(_("Det ni provade"), len(cleaned["tried"]), MAX_TRIED))
        for field, name in (("note", _("Motiveringen")), ("tried", _("Det ni provade"))):
            for message in personal_number_problems(name, cleaned.get(field, "")):
                self.add_error(field, message)
        return cleaned

    @property
    def is_deleted(self) -> bool:
        """The writer has asked for this tag to be taken away."""
        return bool(self["DELETE"].value())

    def typed(self) -> dict[str, Any]:
        """What was sent in the shape of `cleaned_data`, with what is wrong in it as typed."""
        row: dict[str, Any] = {
            field: normalise_line(str(self[field].value() or "")) for field in ("key", *SAYING)
        }
        row |= {"municipality": row["municipality"] or None, "strength": None}
        wrong = self.errors
        row |= {field: value for field, value in self.cleaned_data.items() if field not in wrong}
        return row | {"key": str(row["key"] or "")}


class FactorChoices:
    """The factors that may be chosen, by theme; one query for the whole formset."""

    def __init__(self) -> None:
        self.factors = list(Factor.objects.in_order().select_related("theme"))
        self.slugs = {factor.slug for factor in self.factors}

    def offered(self, chosen: Any) -> list[Any]:
        """Choices for a select: active factors, and the chosen one whatever its status or spelling."""
        themes: dict[str, list[tuple[str, str]]] = {}
        for factor in self.factors:
            if factor.status == Factor.Status.ACTIVE or factor.slug == chosen:
                themes.setdefault(factor.theme.name, []).append((factor.slug, factor.name))
        unknown = [(chosen, chosen)] if chosen and chosen not in self.slugs else []
        return [NOT_CHOSEN, *unknown, *themes.items()]


class TagFormSet(BaseFormSet[TagForm]):
    """All tags of a page.

    factors   slugs: a new tag for each is begun, unless the form was sent
    """

    form = TagForm
    renderer = get_default_renderer()
    extra = 1
    min_num = 0
    max_num = MAX_TAGS
    absolute_max = MAX_TAGS + 50
    validate_min = False
    validate_max = True
    can_order = False
    can_delete = True
    can_delete_extra = True

    def __init__(
        self, data: QueryDict | None = None, *, writing: Round, factors: Collection[str] = ()
    ) -> None:
        self.writing = writing
        self.before = writing.tags
        published = writing.published.tags if writing.published else ()
        is_sent = data is not None and f"{PREFIX}-TOTAL_FORMS" in data
        super().__init__(
            data if is_sent else None,
            prefix=PREFIX,
            initial=None if is_sent else [*fields_of(published), *({"factor": slug} for slug in factors)],
            form_kwargs={"factors": FactorChoices(), "municipalities": MunicipalityNames()},
        )
        if is_sent and data is not None:
            prefixes = [self.add_prefix(number) for number in range(self.total_form_count())]
            self.data = complete(data, prefixes, self.before)

    def is_valid(self) -> bool:
        """Tags that were not sent are left alone, and so are valid."""
        return not self.is_bound or super().is_valid()

    def tags(self) -> tuple[Tag, ...]:
        """The tags that were sent, in order; known keys keep their author, others are new and `by`'s.

        In place of a row with mistakes stands the tag as it was before, if it was.
        """
        return self._tags(lambda form: form.typed() if not form.errors else self._row_before(form))

    def typed(self) -> tuple[Tag, ...]:
        """As `tags`, but every row as typed, whatever is wrong with it."""
        return self._tags(TagForm.typed)

    def kept(self) -> tuple[Tag, ...]:
        """The tags that were there and are not taken away, as they were; the form is looked at no further."""
        if not self.is_bound:
            return tuple(self.before.values())
        keys = {str(form["key"].value() or "") for form in self.forms if not form.is_deleted}
        return tuple(tag for key, tag in self.before.items() if key in keys)

    def _row_before(self, form: TagForm) -> dict[str, Any]:
        tag = self.before.get(form.typed()["key"])
        return asdict(tag) if tag else {}

    def _tags(self, row_of: Callable[[TagForm], dict[str, Any]]) -> tuple[Tag, ...]:
        if not self.is_bound:
            return self.writing.published.tags if self.writing.published else ()
        rows = {at: row_of(form) for at, form in enumerate(self.forms) if not form.is_deleted}
        rows = {at: row for at, row in rows.items() if any(row.get(field) for field in SAYING)}
        given = {str(row["key"]) for row in rows.values()}
        tags: dict[str, Tag] = {}
        for at, row in rows.items():
            key = str(row["key"] or "")
            if key not in self.before or key in tags:
                about = (row["factor"], row["direction"], row["municipality"])
                key = self.writing.new_key(at, about, taken=given | tags.keys())
            tags[key] = self._tag(key, row)
        return tuple(tags.values())

    def _tag(self, key: str, row: dict[str, Any]) -> Tag:
        before = self.before.get(key)
        return Tag(
            key=key,
            factor=row["factor"],
            direction=row["direction"],
            strength=row["strength"] or FactorTag.Strength.GENERAL.value,
            note=row["note"],
            municipality=row["municipality"],
            author=before.author if before else self.writing.by.pk,
            passage=before.passage if before else None,
            phase=row["phase"],
            tried=row["tried"],
        )
