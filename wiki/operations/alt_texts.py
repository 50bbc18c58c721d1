"""A picture that nothing is said of is not saved: who does not see it would be left out."""

from wiki import rendering
from wiki.operations.errors import MissingAlt
from wiki.rendering import Rendering

_IMAGE = "!["  # without it no text has a picture


def check_alt_texts(drawn: Rendering) -> None:
    """Raise MissingAlt if a picture of ours has neither words nor is said to be decorative."""
    if drawn.silent:
        raise MissingAlt(drawn.html, drawn.silent)


def check_alt_texts_of(body: str) -> None:
    """As check_alt_texts, of a body that is not drawn yet: not inside transactions, for that takes time."""
    if _IMAGE in body:
        check_alt_texts(rendering.render_cached(body))
