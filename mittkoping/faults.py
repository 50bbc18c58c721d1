"""What it means for people when the database cannot do its part: busy, away, full, or only to be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from traceback import clear_frames

from django.db import (
    DataError,
    Error,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Fault:
    """What keeps the database from its work.

    status        of the answer
    retry_after   seconds after which it may go well
    """

    heading: str | Promise
    advice: str | Promise
    status: int
    retry_after: int


BUSY = Fault(_("Databasen är upptagen"), _("Vänta några sekunder och försök igen."), 503, 5)
AWAY = Fault(
    _("Databasen svarar inte just nu"),
    _("Det brukar gå över på några minuter. Vänta en stund och försök igen."),
    503,
    10,
)
READ_ONLY = Fault(
    _("Just nu går det bara att läsa"),
    _("Databasen tar inte emot något nytt. Vänta en stund och försök igen."),
    503,
    60,
)
FULL = Fault(
    _("Servern har slut på utrymme"),
    _("Den som sköter webbplatsen måste göra plats innan något kan sparas. Försök igen senare."),
    507,
    60,
)

# PostgreSQL's classes and codes of errors, the longest that fits first.
SQLSTATES = {
    "55P03": BUSY,  # lock_not_available
    "40001": BUSY,  # serialization_failure
    "40P01": BUSY,  # deadlock_detected
    "57014": BUSY,  # query_canceled, by a limit on its time
    "53300": BUSY,  # too_many_connections
    "53100": FULL,  # disk_full
    "25006": READ_ONLY,  # read_only_sql_transaction
}
# SQLite's primary result codes.
SQLITE_ERROR = 1  # no such table: our own mistake
SQLITE_CODES = {5: BUSY, 6: BUSY, 8: READ_ONLY, 13: FULL}
# Where a connection is refused, the words are all there is.
WORDS = {
    "locked": BUSY,
    "too many clients": BUSY,
    "connection slots are reserved": BUSY,
    "is full": FULL,
    "no space left": FULL,
    "readonly": READ_ONLY,
    "read-only": READ_ONLY,
}
# These quote what was to be saved, and are our own mistakes.
MISTAKES = (DataError, IntegrityError, NotSupportedError, ProgrammingError)


def fault_of(error: BaseException | None) -> Fault | None:
    """What keeps the database from its work, if that is why something has failed."""
    for each in _with_causes(error):
        if isinstance(each, Error) and not isinstance(each, MISTAKES) and (fault := _read(each)):
            return fault
    return None


def is_busy(error: BaseException) -> bool:
    """Whether somebody else held what was to be changed, so that it may go well in a moment."""
    return fault_of(error) is BUSY


def let_go(error: BaseException | None) -> None:
    """Close what an attempt to connect has left open.

    A connection that fails while it is set up is known to the frames of the error alone, which may live long.
    SQLite shares what it knows of the files beside the database within the process: as long as one connection
    from bad times is left, all new ones are as bad.
    """
    for each in _with_causes(error):
        clear_frames(each.__traceback__)


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and what it was raised for: a session that cannot be saved only says that it is gone."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _read(error: Error) -> Fault | None:
    cause = error.__cause__
    by_code = SQLSTATES.get(getattr(cause, "sqlstate", None) or "")
    number = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if number == SQLITE_ERROR:
        return None
    by_number = SQLITE_CODES.get(number)
    by_words = next((fault for words, fault in WORDS.items() if words in str(error).casefold()), None)
    other = AWAY if isinstance(error, OperationalError | InterfaceError) else None
    return by_code or by_number or by_words or other
