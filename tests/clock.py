"""A clock that stands until a test moves it."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone


class Clock:
    """What `timezone.now()` says while a test runs. It starts at noon of an ordinary Wednesday."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = datetime(2031, 3, 5, 12, 0, tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def forward(self, **duration: float) -> None:
        """Let time pass: forward(minutes=5)."""
        self.now = (self.now.astimezone() + timedelta(**duration)).astimezone(self.now.tzinfo)

    def set(self, year: int, month: int, day: int, hour: int, minute: int = 0) -> None:
        """Set the clock, by the time of Stockholm."""
        self.now = datetime(year, month, day, hour, minute, tzinfo=timezone.get_default_timezone())
