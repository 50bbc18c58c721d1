"""`make run` for real: started twice in an empty folder, read from, and stopped."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.source_tree import ROOT

SECONDS_TO_START = 240
TABLES = (
    "wiki_page",
    "wiki_edit",
    "reversion_version",
    "factors_factor",
    "factors_factoredit",
    "accounts_user",
)


def free_port() -> int:
    """A port that nobody has right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(port: int, path: str) -> int:
    """The status of a GET; 0 when nobody listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@contextmanager
def served(var: Path, said: Path) -> Iterator[int]:
    """The site, served from a folder; gives the port, and stops it as Ctrl-C does."""
    port = free_port()
    inherited = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    environment = {**inherited, "VAR_DIR": str(var), "PORT": str(port)}
    command = (sys.executable, str(ROOT / "scripts" / "serve.py"))
    with (
        said.open("w") as output,
        subprocess.Popen(command, env=environment, stdout=output, stderr=output) as process,
    ):
        try:
            deadline = time.monotonic() + SECONDS_TO_START
            while answer(port, "/-/live") != 200 and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.2)
            yield port
        finally:
            process.send_signal(signal.SIGINT)
    assert process.returncode == 0, said.read_text()


def rows(var: Path) -> dict[str, int]:
    """How many rows the tables have."""
    with closing(sqlite3.connect(var / "db.sqlite3")) as database:
        return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}  # noqa: S608 - names from above


def processes_of(var: Path) -> list[str]:
    """The commands that still run with this folder in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"VAR_DIR={var}".encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def test_make_run_serves_a_wiki_with_content_and_leaves_nothing_running(tmp_path: Path) -> None:
    var, said = tmp_path / "a folder", tmp_path / "said"
    with served(var, said) as port:
        assert answer(port, "/") == 200
        assert answer(port, "/finns-inte/") == 404
        assert "db_worker" in " ".join(processes_of(var))
        assert f"http://127.0.0.1:{port}/" in said.read_text()
        assert "eva@mittkoping.example" in said.read_text()
    first = rows(var)
    assert processes_of(var) == []
    assert first["wiki_page"] >= 24
    assert first["reversion_version"] >= 80
    assert first["factors_factor"] == 36
    assert {oct(path.stat().st_mode & 0o077) for path in var.iterdir()} == {"0o0"}

    started = time.monotonic()
    with served(var, said) as port:
        assert answer(port, "/sidor/") == 200
        assert time.monotonic() - started < 60
    assert rows(var) == first
