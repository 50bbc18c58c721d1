"""Form fields for text that is kept exactly as typed, and for municipalities by name."""

import difflib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mittkoping.municipalities.models import Municipality
from mittkoping.text.normalise import normalise, normalise_line
from mittkoping.text.swedish import sort_key


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


def find_municipality(text: str) -> Municipality:
    """The municipality of this name or code; raises ValidationError, which suggests names that look alike."""
    by_code = {"code": text} if text.isascii() and text.isdigit() else {"sort_key": sort_key(text)}
    if found := Municipality.objects.filter(**by_code).first():
        return found
    names = Municipality.objects.in_order().values_list("name", flat=True)
    if alike := difflib.get_close_matches(text, names, n=1):
        message = _("Kommunen ”%(name)s” finns inte. Menade du %(alike)s?") % {
            "name": text,
            "alike": alike[0],
        }
    else:
        message = _("Kommunen ”%(name)s” finns inte.") % {"name": text}
    raise ValidationError(message)


class MunicipalityField(LineField):
    """One municipality by name or code; cleans to its code, or None when empty."""

    def clean(self, value: Any) -> str | None:
        """Look it up."""
        text = super().clean(value)
        return find_municipality(text).code if text else None


class MunicipalitiesField(LineField):
    """Municipalities by name, with commas between; cleans to a sorted tuple of codes."""

    def clean(self, value: Any) -> tuple[str, ...]:
        """Look them up; every unknown name is told, not only the first."""
        codes, errors = set(), []
        for name in filter(None, map(str.strip, super().clean(value).split(","))):
            try:
                codes.add(find_municipality(name).code)
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return tuple(sorted(codes))
