"""The process that renders for another one and may be killed at any time: python -m mittkoping.text.child."""

import json
import os
import resource
import signal
import sys
from typing import Any, BinaryIO

from mittkoping.text.frames import HEADER, frame, pack_rendered, unpack_request
from mittkoping.text.render import render

MEMORY_LIMIT = 1 << 30
# A parent that dies leaves nobody to kill us; a little longer than any parent waits.
ORPHAN_SECONDS = 15


def main() -> None:
    """Answer requests from standard input on standard output until the input is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    # Whatever prints must not end up between two answers.
    os.dup2(2, 1)
    _write(answers, frame("ready"))
    while (message := _read(requests)) is not None:
        _write(answers, frame(_answer(message)))


def _answer(message: bytes) -> dict[str, Any]:
    """Render one request, or say why not."""
    signal.alarm(ORPHAN_SECONDS)
    try:
        return pack_rendered(render(*unpack_request(json.loads(message))))
    except MemoryError:
        return {"refused": "memory"}
    except Exception as error:  # noqa: BLE001  # a text that breaks the parser must not take the child along
        sys.stderr.write(f"mittkoping.text.child: {type(error).__name__}\n")
        return {"refused": "crash"}
    finally:
        signal.alarm(0)


def _read(requests: BinaryIO) -> bytes | None:
    """Wait for the next message; None when there will be no more."""
    header = requests.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    (length,) = HEADER.unpack(header)
    return requests.read(length)


def _write(answers: BinaryIO, data: bytes) -> None:
    """Write all of a message."""
    view = memoryview(data)
    while view:
        view = view[answers.write(view) :]


if __name__ == "__main__":
    main()
