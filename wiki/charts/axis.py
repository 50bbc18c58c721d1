"""A line of time that several stories share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LENGTH = 100  # units from the first moment to the last


@dataclass(frozen=True)
class Axis:
    """From the first moment to the last."""

    start: datetime
    end: datetime

    def at(self, moment: datetime) -> float:
        """Where a moment is: 0 to LENGTH; at the end when all moments are one."""
        span = self.end - self.start
        return round(LENGTH * ((moment - self.start) / span), 1) if span > timedelta() else float(LENGTH)


def axis(moments: Iterable[datetime]) -> Axis | None:
    """The axis of all the moments; None when there are none."""
    moments = list(moments)
    return Axis(min(moments), max(moments)) if moments else None
