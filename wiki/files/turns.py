"""One picture at a time in each process: the largest takes up to 400 MB while it is decoded."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from wiki.files.refusing import NotTaken

PATIENCE = 10.0  # seconds that one waits for the pictures of others


class _Turn:
    """Whose turn it is."""

    def __init__(self) -> None:
        self.lock = threading.Lock()

    def renew(self) -> None:
        """Forget who had it in the process that this one was forked from."""
        self.lock = threading.Lock()


_turn = _Turn()
os.register_at_fork(after_in_child=_turn.renew)


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn, and have it. Raises NotTaken if it takes too long to come."""
    lock = _turn.lock
    if not lock.acquire(timeout=PATIENCE):
        raise NotTaken(_("Flera bilder laddas upp just nu. Vänta en stund och försök igen."))
    try:
        yield
    finally:
        lock.release()
