"""What one version of a factor says, status and merging aside."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

MAX_NAME = 80  # characters, as all of these but the counts
MAX_DEFINITION = 1000
MAX_SIGNS = 2000
MAX_QUESTION = 300
MAX_QUESTIONS = 10
MAX_ALIAS = 80
MAX_ALIASES = 20
MAX_RELATED = 20
MAX_SOURCE = 200
MAX_SOURCES = 20
MAX_AREA = 120
MAX_SUMMARY = 200

LABELS = {
    "name": _("Namn"),
    "theme": _("Tema"),
    "definition": _("Definition"),
    "enables": _("Så märks det när den främjar"),
    "hinders": _("Så märks det när den hämmar"),
    "questions": _("Frågor att ställa sig"),
    "related": _("Närliggande nyckelfaktorer"),
    "aliases": _("Kallas också"),
    "informed_by": _("Har tagit intryck av"),
    "leda_area": _("LEDA:s nyckelområde"),
}


@dataclass(frozen=True, kw_only=True)
class FactorContent:
    """What a factor says: what people write, compare and take back.

    theme     slug
    related   slugs of other factors
    """

    name: str
    theme: str
    definition: str = ""
    enables: str = ""
    hinders: str = ""
    questions: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    informed_by: tuple[str, ...] = ()
    leda_area: str = ""

    @classmethod
    def from_fields(cls, values: Mapping[str, Any]) -> Self:
        """Build from the stored form; what it does not know is left out, what is missing is empty."""
        known = {name: values[name] for name in LABELS if name in values}
        return cls(**{name: _frozen(value) for name, value in known.items()})

    def to_fields(self) -> dict[str, Any]:
        """The stored form: texts and lists of texts."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in ((field.name, getattr(self, field.name)) for field in fields(self))
        }

    @property
    def size(self) -> int:
        """Characters of all its texts."""
        values = self.to_fields().values()
        return sum(len(value) if isinstance(value, str) else sum(map(len, value)) for value in values)


@dataclass(frozen=True)
class Settled:
    """Two edits of one content, put together.

    conflicts   the fields that both changed, each in its own way: the content has what was sent
    """

    content: FactorContent
    conflicts: tuple[str, ...]


def settle(base: FactorContent, ours: FactorContent, theirs: FactorContent) -> Settled:
    """Put two edits of the same content together, field by field.

    base     what both started from
    ours     what the factor says now
    theirs   what was sent

    settle(b, b, x) and settle(b, x, x) give x; settle(b, x, b) gives x; none of them conflicts.
    """
    taken: dict[str, Any] = {}
    conflicts = []
    for name in LABELS:
        before, now, sent = (getattr(content, name) for content in (base, ours, theirs))
        if sent not in (before, now):
            taken[name] = sent
            if now != before:
                conflicts.append(name)
    return Settled(replace(ours, **taken), tuple(conflicts))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
