"""Form fields for text that is kept exactly as typed, and for municipalities by name."""

import difflib
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mittkoping.municipalities.models import Municipality
from mittkoping.text.normalise import normalise, normalise_line
from mittkoping.text.swedish import sort_key

MAX_NAMES = 300  # Sweden has 290 municipalities
MAX_NAME = 60  # characters: no municipality has a longer name
# Looking for a name that is alike takes milliseconds, and nobody mistypes many names at once.
MAX_SUGGESTIONS = 5


class TextField(forms.CharField):
    """Many lines; blanks at the ends are kept; line breaks and Unicode are made uniform.

    Nothing is refused for its characters: what cannot be stored is removed, since a text with a stray NUL
    from another program is still somebody's work.
    """

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.validators = []

    def to_python(self, value: Any) -> str:
        """Normalise."""
        return normalise(super().to_python(value) or "")


class LineField(forms.CharField):
    """One line of visible text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators = []

    def to_python(self, value: Any) -> str:
        """Normalise; white space becomes single blanks."""
        return normalise_line(super().to_python(value) or "")


class MunicipalityNames:
    """Every municipality by name and by code: read once, when first asked for."""

    def __init__(self) -> None:
        self._suggestions_left = MAX_SUGGESTIONS

    @cached_property
    def _rows(self) -> list[tuple[str, str, str]]:
        return list(Municipality.objects.in_order().values_list("code", "name", "sort_key"))

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {text: code for code, _name, key in self._rows for text in (code, key)}

    def code(self, text: str) -> str:
        """The code of the municipality of this name or code.

        Raises ValidationError; the first few times it suggests a name that looks alike.
        """
        if len(text) <= MAX_NAME and (code := self._codes.get(text) or self._codes.get(sort_key(text))):
            return code
        shown = text if len(text) <= MAX_NAME else f"{text[: MAX_NAME - 1]}…"
        if alike := self._alike(text):
            message = _("Kommunen ”%(name)s” finns inte. Menade du %(alike)s?")
            raise ValidationError(message % {"name": shown, "alike": alike})
        raise ValidationError(_("Kommunen ”%(name)s” finns inte.") % {"name": shown})

    def _alike(self, text: str) -> str:
        if len(text) >= MAX_NAME or not self._suggestions_left:
            return ""
        self._suggestions_left -= 1
        return next(
            iter(difflib.get_close_matches(text, [name for _code, name, _key in self._rows], n=1)), ""
        )


class MunicipalityField(LineField):
    """One municipality by name or code; cleans to its code, or None when empty.

    names   set by the form, so that many rows share what is read
    """

    names: MunicipalityNames | None = None

    def clean(self, value: Any) -> str | None:
        """Look it up."""
        text = super().clean(value)
        return (self.names or MunicipalityNames()).code(text) if text else None


class MunicipalitiesField(LineField):
    """Municipalities by name, with commas between; cleans to a sorted tuple of codes."""

    def split(self, value: Any) -> tuple[str, ...]:
        """The names as typed, each once."""
        return tuple(dict.fromkeys(filter(None, map(str.strip, self.to_python(value).split(",")))))

    def clean(self, value: Any) -> tuple[str, ...]:
        """Look them up; every unknown name is told, not only the first."""
        typed = self.split(super().clean(value))
        if len(typed) > MAX_NAMES:
            message = _("Du har skrivit %(count)s kommuner. Gränsen är %(limit)s.")
            raise ValidationError(message % {"count": len(typed), "limit": MAX_NAMES})
        names, codes, errors = MunicipalityNames(), set(), []
        for name in typed:
            try:
                codes.add(names.code(name))
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return tuple(sorted(codes))
