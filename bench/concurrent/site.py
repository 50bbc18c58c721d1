"""The site itself: prepared in a folder of its own, served by gunicorn, and killed."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 25.0
SECONDS_TO_GO = 10.0  # for what was killed
RESTART = 2.0  # seconds after which a supervisor starts a dead master again
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL")


class SiteFailed(RuntimeError):
    """The site does not start, or does not end."""


def free_port() -> int:
    """A port that nobody has right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name, which may hold anything, ends at the last bracket; the state and the parent follow.
            parent = stat.read_text().rpartition(")")[2].split()[1]
            if int(parent) == pid:
                found.append(int(stat.parent.name))
    return sorted(found)


def lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@dataclass
class Site:
    """One installation on this machine.

    folder        its VAR_DIR
    database      its DATABASE_URL
    application   what gunicorn serves
    workers       how many; 0 leaves it to deploy/gunicorn.conf.py
    more          environment variables on top
    """

    folder: Path
    database: str
    application: str = "mittkoping.wsgi:application"
    workers: int = 0
    more: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    _master: subprocess.Popen[bytes] | None = None

    def prepare(self, pages: list[str], editors: int) -> None:
        """Make tables, accounts and pages."""
        (self.folder / "static").mkdir(parents=True, exist_ok=True)
        command = (sys.executable, "-m", "bench.concurrent.preparing", str(editors), *pages)
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ours

    @property
    def environment(self) -> dict[str, str]:
        """What the site's processes know; nothing of ours gets into them."""
        secret = self.folder / "secret_key"
        if not secret.exists():
            secret.write_text(secrets.token_urlsafe(64))
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        return inherited | {
            "DATABASE_URL": self.database,
            "DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "mittkoping.settings",
            "HTTPS": "0",
            "MANIFEST_STATIC": "0",
            "PORT": str(self.port),
            "SECRET_KEY": secret.read_text(),
            "VAR_DIR": str(self.folder),
            **({"WEB_WORKERS": str(self.workers)} if self.workers else {}),
            **self.more,
        }

    @property
    def log(self) -> Path:
        """What gunicorn and the site said."""
        return self.folder / "gunicorn.log"

    @contextmanager
    def served(self) -> Iterator[None]:
        """Serve it, and leave nothing running."""
        self.start()
        try:
            yield
        finally:
            self.stop()

    def start(self) -> None:
        """Start the master and wait until it answers. Raises SiteFailed."""
        config = str(ROOT / "deploy" / "gunicorn.conf.py")
        command = (sys.executable, "-m", "gunicorn", "--config", config, self.application)
        with self.log.open("ab") as log:
            self._master = subprocess.Popen(  # noqa: S603 - ours
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, process_group=0
            )
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self._master.poll() is None:
            if self._answers():
                return
            time.sleep(0.05)
        self.stop()
        raise SiteFailed(f"The site did not start:\n{self.log.read_text()[-2000:]}")

    def stop(self) -> None:
        """End the master as a supervisor does, and then whatever it left."""
        if self._master is None:
            return
        self._master.terminate()
        try:
            self._master.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._master.kill()
            self._master.wait()
        with suppress(ProcessLookupError):
            os.killpg(self._master.pid, signal.SIGKILL)
        self._master = None

    def workers_now(self) -> list[int]:
        """The workers' process ids."""
        return children(self._master.pid) if self._master else []

    def kill_master(self) -> int:
        """kill -9 the master; RESTART seconds later whatever it left, as supervisors do: gives how many.

        Raises SiteFailed.
        """
        if self._master is None:
            raise SiteFailed("There is no master.")
        group = self._master.pid
        theirs = [pid for worker in self.workers_now() for pid in (worker, *children(worker))]
        self._master.kill()
        self._master.wait()
        self._master = None
        time.sleep(RESTART)
        left = sum(map(lives, theirs))
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
        deadline = time.monotonic() + SECONDS_TO_GO
        while any(map(lives, theirs)):
            if time.monotonic() > deadline:
                raise SiteFailed("Processes outlive their master and kill -9.")
            time.sleep(0.02)
        return left

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/-/live", timeout=5) as response:
                return bool(response.status == 200)
        except OSError:
            return False
