"""What the visual editor says that it has left alone, in the form of a page."""

from typing import Any

from django import forms

from wiki.content import MAX_BODY
from wiki.models import HiddenVersion, Page

MAX_CLAIM = MAX_BODY  # characters; some twenty for each chunk


class ClaimInput(forms.HiddenInput):
    """Hidden, and empty whenever the form is drawn: it is only true of the text that it was sent with."""

    def __init__(self) -> None:
        super().__init__({"autocomplete": "off"})

    def format_value(self, value: Any) -> str | None:
        """Nothing."""
        return None


class ClaimField(forms.CharField):
    """What mittkoping.text.untouched reads; one that is too long counts for nothing, and none is refused."""

    widget = ClaimInput

    def __init__(self) -> None:
        super().__init__(required=False)
        self.validators = []

    def clean(self, value: Any) -> str:
        """Read it; nothing more is asked of it."""
        text = str(value or "")
        return text if len(text) <= MAX_CLAIM else ""


def body_of(page: Page | None, number: int | None) -> str:
    """The text of a version; empty when there is none, or it may not be read. At most one query."""
    if page is None or number is None:
        return ""
    if number == page.number:
        return page.body
    try:
        return page.edits.get(number=number).content.body
    except HiddenVersion:
        return ""
