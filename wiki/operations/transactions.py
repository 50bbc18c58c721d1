"""Transactions that are tried again when the database had to choose between us and somebody else."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction

P = ParamSpec("P")
T = TypeVar("T")

ATTEMPTS = 3
# PostgreSQL's deadlock_detected and serialization_failure: one of two transactions is told to start again.
TRY_AGAIN = {"40P01", "40001"}


def in_transaction(change: Callable[P, T]) -> Callable[P, T]:
    """Run the change in one transaction, up to ATTEMPTS times.

    Again after a deadlock, and after a unique name was taken in the same moment: the second time the change
    sees who has it, and says so in its own words. Inside somebody else's transaction it is run once.
    """

    @wraps(change)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(ATTEMPTS - 1):
            try:
                with transaction.atomic():
                    return change(*args, **kwargs)
            except (IntegrityError, OperationalError) as error:
                if connection.in_atomic_block or not _may_pass(error):
                    raise
        with transaction.atomic():
            return change(*args, **kwargs)

    return run


def _may_pass(error: IntegrityError | OperationalError) -> bool:
    return isinstance(error, IntegrityError) or getattr(error.__cause__, "sqlstate", "") in TRY_AGAIN
