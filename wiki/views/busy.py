"""Whether a change can be tried again in a moment."""

from mittkoping.faults import BUSY, is_busy

__all__ = ["RETRY_AFTER", "is_busy"]

RETRY_AFTER = BUSY.retry_after  # seconds
