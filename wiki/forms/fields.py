"""Form fields for text that is kept exactly as typed, and for municipalities by name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mittkoping.municipalities.naming import MunicipalityNames
from mittkoping.text.normalise import normalise, normalise_line
from wiki.models.draft import MAX_KEY

MAX_NAMES = 300  # Sweden has 290 municipalities


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


class KeyField(LineField):
    """What a script or a form is known by; whatever it is, it is cut to what can be stored."""

    def to_python(self, value: Any) -> str:
        """Normalise and cut."""
        return super().to_python(value)[:MAX_KEY]


class CountField(forms.Field):
    """A number that a script counts; 0 for what is none."""

    def clean(self, value: Any) -> int:
        """Read it; nothing more is asked of it."""
        text = str(value or "").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


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
