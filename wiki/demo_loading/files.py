"""What the demo's files say: lists of what happened, and times."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone
from django.utils.translation import gettext as _

Entry = Mapping[str, Any]


class DemoRefused(Exception):
    """The demo cannot be loaded here; the sentence says why."""


def read_yaml(path: Path) -> Any:
    """What the file holds."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def as_time(text: str) -> datetime:
    """A local time, written as 2026-03-17T09:42. Raises ValueError, with a sentence."""
    try:
        return timezone.make_aware(datetime.fromisoformat(text))
    except ValueError as error:
        raise ValueError(_("Tiden (date) ska skrivas utan tidszon, som 2026-03-17T09:42.")) from error
