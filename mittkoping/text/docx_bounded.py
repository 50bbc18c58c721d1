"""Reading of Word documents that ends: each in a child process of its own, one at a time."""

import os
import signal
import subprocess
import sys
import threading

from mittkoping.text.child_environment import child_environment
from mittkoping.text.docx_frames import Converted, unpack
from mittkoping.text.docx_package import MAX_BYTES, BadDocument

WALL_LIMIT = 40.0  # seconds for one document, on a machine that is busy with other things
PATIENCE = 10.0  # seconds that one waits for the documents of others


class _Turn:
    """Whose turn it is: a document may take a gigabyte of memory."""

    def __init__(self) -> None:
        self.lock = threading.Lock()

    def renew(self) -> None:
        """Forget who had it in the process that this one was forked from."""
        self.lock = threading.Lock()


_turn = _Turn()
os.register_at_fork(after_in_child=_turn.renew)


def convert_bounded(data: bytes) -> Converted:
    """Read a .docx file of unknown origin as HTML, within so much time and memory as docx_child allows.

    Raises BadDocument.
    """
    if len(data) > MAX_BYTES:
        raise BadDocument("large")
    lock = _turn.lock
    if not lock.acquire(timeout=PATIENCE):
        raise BadDocument("busy")
    try:
        answer = subprocess.run(
            # -P: whatever lies in the working directory is not imported.
            [sys.executable, "-P", "-m", "mittkoping.text.docx_child"],
            input=data,
            stdout=subprocess.PIPE,
            timeout=WALL_LIMIT,
            env=child_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BadDocument("time") from error
    finally:
        lock.release()
    if answer.returncode == -signal.SIGXCPU:
        raise BadDocument("time")
    return unpack(answer.stdout)
