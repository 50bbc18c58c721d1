"""What the editors were told, line by line, each on the disk before the next step."""

import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.concurrent.texts import Cells


class Journal:
    """A file that lines are added to; each is on the disk when `note` returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(self, event: str, **facts: Any) -> None:
        """Add a line, and wait for the disk."""
        line = json.dumps({"event": event, "at": time.time(), **facts}, ensure_ascii=False) + "\n"
        with self._lock:
            os.write(self._descriptor, line.encode())
            os.fsync(self._descriptor)

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)


@dataclass
class Attempt:
    """One form that somebody sent, perhaps several times, and what came of it.

    marker    its own, also in its summary
    base      the version that the form said it started from
    writes    the cells that it changes
    digest    of the whole text
    outcome   "saved", "conflict", "refused"; "unknown" when no answer came
    number    the version that the site said it became; 0 when it did not say
    """

    marker: str
    editor: int
    page: str
    kind: str
    base: int
    writes: Cells
    digest: str
    outcome: str = "unknown"
    number: int = 0
    seconds: float = 0.0


@dataclass
class Account:
    """The whole journal, read back.

    faults    what was wrong already in the answers
    trouble   answers of 500 and above: status, whether it said when to try again
    """

    attempts: dict[str, Attempt] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    trouble: list[tuple[int, bool]] = field(default_factory=list)
    lost_answers: int = 0
    kept_texts: int = 0
    given_up: int = 0
    worker_kills: int = 0
    master_kills: int = 0
    left: int = 0  # processes that a dead master had left when it was started again

    def outcomes(self, outcome: str) -> list[Attempt]:
        """The attempts that ended so."""
        return [attempt for attempt in self.attempts.values() if attempt.outcome == outcome]


def read(path: Path) -> Account:
    """Read a journal back."""
    account = Account()
    for line in _lines(path):
        event = line.pop("event")
        line.pop("at")
        _READERS[event](account, line)
    return account


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _sent(account: Account, line: dict[str, Any]) -> None:
    account.attempts[line["marker"]] = Attempt(**line)


def _saved(account: Account, line: dict[str, Any]) -> None:
    attempt = account.attempts[line["marker"]]
    attempt.outcome, attempt.seconds = "saved", line["seconds"]


def _numbered(account: Account, line: dict[str, Any]) -> None:
    account.attempts[line["marker"]].number = line["number"]


def _conflict(account: Account, line: dict[str, Any]) -> None:
    account.attempts[line["marker"]].outcome = "conflict"
    account.kept_texts += line["kept"]
    if not line["kept"]:
        account.faults.append(f"{line['marker']}: the conflict page does not hold the text that was sent")


def _refused(account: Account, line: dict[str, Any]) -> None:
    account.attempts[line["marker"]].outcome = "refused"
    account.faults.append(f"{line['marker']}: answered {line['status']} {line['why']}".rstrip())


def _trouble(account: Account, line: dict[str, Any]) -> None:
    account.trouble.append((line["status"], bool(line["retry_after"])))
    if not line["kept"]:
        account.faults.append(f"{line['path']}: {line['status']} without the text that was sent")


def _lost(account: Account, _line: dict[str, Any]) -> None:
    account.lost_answers += 1


def _gave_up(account: Account, _line: dict[str, Any]) -> None:
    account.given_up += 1


def _killed(account: Account, line: dict[str, Any]) -> None:
    account.worker_kills += line["what"] == "worker"
    account.master_kills += line["what"] == "master"


def _left(account: Account, line: dict[str, Any]) -> None:
    account.left += line["count"]


def _fault(account: Account, line: dict[str, Any]) -> None:
    account.faults.append(line["what"])


_READERS = {
    "sent": _sent,
    "saved": _saved,
    "numbered": _numbered,
    "conflict": _conflict,
    "refused": _refused,
    "trouble": _trouble,
    "lost": _lost,
    "gave_up": _gave_up,
    "killed": _killed,
    "left": _left,
    "fault": _fault,
}
