"""When two titles are the same title."""

import re
import unicodedata

from mittkoping.text.normalise import normalise

_SPACES = re.compile(r"\s+")


def title_key(text: str) -> str:
    """What two titles must differ in: letters, not their case, invisible characters or spacing.

    title_key("Skolan ") == title_key("skolan"). Idempotent.
    """
    shown = "".join(ch for ch in normalise(text) if unicodedata.category(ch) != "Cf")
    folded = normalise(normalise(shown.casefold()).casefold())
    return _SPACES.sub(" ", folded).strip()
