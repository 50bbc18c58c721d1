"""The process that reads one Word document and ends: python -m mittkoping.text.docx_child."""

import os
import resource
import signal
import sys
import time

from mittkoping.text.docx import convert
from mittkoping.text.docx_frames import Converted, pack
from mittkoping.text.docx_package import MAX_BYTES, BadDocument, Reason
from mittkoping.text.word_text import LONGEST, word_text

MEMORY_LIMIT = 1 << 30
TIME_LIMIT = 20  # seconds of work
WRITING_LIMIT = 3.0  # seconds of work, of what our parent has to do with the answer, once or twice
# A parent that dies leaves nobody to kill us; a little longer than any parent waits.
ORPHAN_SECONDS = 45
MAX_RECURSION = 5000  # calls; the parts of a document stand at most so deep that a fraction is used


def main() -> None:
    """Read a document on standard input, answer on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(ORPHAN_SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT, TIME_LIMIT + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(MAX_RECURSION)
    with os.fdopen(os.dup(1), "wb") as answers:
        # Whatever prints must not end up in the answer.
        os.dup2(2, 1)
        answers.write(pack(_answer(sys.stdin.buffer.read(MAX_BYTES + 1))))


def _answer(data: bytes) -> Converted | Reason:
    try:
        converted = convert(data)
        return converted if _is_soon_written(converted) else "time"
    except BadDocument as bad:
        return bad.reason
    except MemoryError:
        return "memory"
    except Exception as error:  # noqa: BLE001  # a document that breaks the converter is a broken document
        sys.stderr.write(f"mittkoping.text.docx_child: {type(error).__name__}\n")
        return "broken"


def _is_soon_written(converted: Converted) -> bool:
    """Write it as Markdown for a trial: here it can be ended, in a request it cannot."""
    start = time.process_time()
    word_text(converted, [LONGEST] * len(converted.pictures), takes_title=True)
    return time.process_time() - start <= WRITING_LIMIT


if __name__ == "__main__":
    main()
