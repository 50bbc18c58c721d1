"""Whether a change can be tried again in a moment."""

from django.db import OperationalError

RETRY_AFTER = 5  # seconds
# PostgreSQL's lock_not_available, deadlock_detected and serialization_failure.
BUSY = {"55P03", "40P01", "40001"}


def is_busy(error: OperationalError) -> bool:
    """Whether somebody else held what was to be changed, so that it may go well in a moment."""
    return "locked" in str(error) or getattr(error.__cause__, "sqlstate", "") in BUSY
