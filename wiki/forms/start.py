"""The version that a form begins from when its address names one (`?bas=`).

The links to the form name the newest version of their moment. Whoever comes back to the form, in the history
of the browser, finds what was typed on that version again, never on a newer one whose words it lacks.
"""

from dataclasses import dataclass

from wiki.content import Content
from wiki.models import HiddenVersion, Page


@dataclass(frozen=True)
class Start:
    """An older version, as the form shows it."""

    number: int
    content: Content


def start_of(page: Page | None, text: str | None) -> Start | None:
    """The older version that is asked for; None for the newest, a hidden one, or none at all. Two queries."""
    text = (text or "").strip()
    if page is None or not (
        text.isascii() and text.isdigit() and len(text) < 10 and 0 < int(text) < page.number
    ):
        return None
    edit = page.edits.filter(number=int(text)).first()
    try:
        return Start(edit.number, edit.content) if edit else None
    except HiddenVersion:
        return None
