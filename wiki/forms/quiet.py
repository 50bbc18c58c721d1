"""Forms that can be shown again without a word about mistakes."""

from django import forms
from django.forms.utils import ErrorDict


class QuietForm(forms.Form):
    """A form that is not always sent in order to be saved."""

    def hush(self) -> None:
        """Say nothing of mistakes; what has not been looked at is not looked at to be shown."""
        self._errors = ErrorDict()
