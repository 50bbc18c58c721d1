"""Tags of a page as a formset; it works without JavaScript."""

import uuid
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.forms.renderers import get_default_renderer
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from wiki.content import MAX_NOTE, MAX_TAGS, Content, Tag
from wiki.forms.fields import LineField, MunicipalityField
from wiki.models import FactorTag
from wiki.validation import too_long

PREFIX = "tags"
NOT_CHOSEN = ("", gettext_lazy("Välj nyckelfaktor"))


class TagForm(forms.Form):
    """One tag. A row without a factor and a note is an empty row."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
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
    note = LineField(label=gettext_lazy("Vad bygger du det på?"), required=False)
    municipality = MunicipalityField(label=gettext_lazy("Gäller kommun"), required=False)

    def __init__(self, *args: Any, factors: "FactorChoices", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.factors = factors
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
            self.add_error("direction", _("Välj om faktorn främjar eller hämmar."))
        if not cleaned.get("factor") and "factor" not in self.errors and cleaned.get("note"):
            self.add_error("factor", _("Välj en nyckelfaktor, eller töm raden."))
        if len(cleaned.get("note", "")) > MAX_NOTE:
            self.add_error("note", too_long(_("Motiveringen"), len(cleaned["note"]), MAX_NOTE))
        return cleaned


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
    """All tags of a page."""

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

    def __init__(self, data: QueryDict | None = None, *, content: Content | None, by: User) -> None:
        self.before = {tag.key: tag for tag in content.tags} if content else {}
        self.by = by
        is_sent = data is not None and f"{PREFIX}-TOTAL_FORMS" in data
        super().__init__(
            data if is_sent else None,
            prefix=PREFIX,
            initial=self._initial(),
            form_kwargs={"factors": FactorChoices()},
        )

    def _initial(self) -> list[dict[str, Any]]:
        codes = {tag.municipality for tag in self.before.values() if tag.municipality}
        names = dict(Municipality.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}
        return [
            {
                "key": tag.key,
                "factor": tag.factor,
                "direction": tag.direction,
                "strength": tag.strength,
                "note": tag.note,
                "municipality": names.get(tag.municipality or "", ""),
            }
            for tag in self.before.values()
        ]

    def is_valid(self) -> bool:
        """Tags that were not sent are left alone, and so are valid."""
        return not self.is_bound or super().is_valid()

    def tags(self) -> tuple[Tag, ...]:
        """The tags that were sent, in order; known keys keep their author, others are new and `by`'s."""
        if not self.is_bound:
            return tuple(self.before.values())
        rows = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        tags: dict[str, Tag] = {}
        for row in rows:
            if row.get("factor"):
                tag = self._tag(row, taken=tags.keys())
                tags[tag.key] = tag
        return tuple(tags.values())

    def _tag(self, row: dict[str, Any], taken: Any) -> Tag:
        key = str(row["key"] or "")
        if key not in self.before or key in taken:
            key = str(uuid.uuid4())
        before = self.before.get(key)
        return Tag(
            key=key,
            factor=row["factor"],
            direction=row["direction"],
            strength=row["strength"] or FactorTag.Strength.GENERAL.value,
            note=row["note"],
            municipality=row["municipality"],
            author=before.author if before else self.by.pk,
        )
