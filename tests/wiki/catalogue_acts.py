"""What tests of the catalogue look at: a factor as it is stored, and what the log says."""

from typing import Any

from factors.models import Factor
from mittkoping.log.models import LogEntry


def now(factor: Factor) -> Factor:
    """As it is stored."""
    return Factor.objects.get(pk=factor.pk)


def acts() -> list[tuple[str, Any, str]]:
    """What the log says, newest first: act, target, reason."""
    return [(entry.act, entry.target, entry.reason) for entry in LogEntry.objects.newest_first()]
