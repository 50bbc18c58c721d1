"""From what somebody typed to the municipality that it means."""

import difflib
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mittkoping.municipalities.models import Municipality
from mittkoping.text.swedish import sort_key

MAX_NAME = 60  # characters: no municipality has a longer name
# Looking for a name that is alike takes milliseconds, and nobody mistypes many names at once.
MAX_SUGGESTIONS = 5


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

    @property
    def in_order(self) -> list[str]:
        """The names in Swedish order, to choose from."""
        return [name for _code, name, _key in self._rows]

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
        return next(iter(difflib.get_close_matches(text, self.in_order, n=1)), "")
