"""A mail as it goes out, with nothing in it that could add a header of its own."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What is sent to one person, as plain text; html is the same as HTML, if there is any.

    Line breaks in the subject and in headers become blanks. Raises ValidationError for a bad address.
    """

    to: str
    subject: str
    body: str
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        validate_email(self.to)
        for name in self.headers:
            if not name.isascii() or not name.replace("-", "").isalnum():
                raise ValidationError(f"{name!r} is not the name of a header")
        headers = {name: _one_line(value) for name, value in self.headers.items()}
        object.__setattr__(self, "subject", _one_line(self.subject))
        object.__setattr__(self, "headers", headers)


def _one_line(text: str) -> str:
    # split() knows every line break of Unicode, and the separators that some mail programs take for one.
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
