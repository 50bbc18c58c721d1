"""A PostgreSQL server for as long as a command runs: `python tests/postgres.py -- python -m pytest`.

The server has a folder of its own, runs as an unprivileged user, listens on nothing but a socket in that
folder, and is gone afterwards, however the command ends. The command finds it by DATABASE_URL.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

NAME = "mittkoping"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SERVER_OPTIONS = ("listen_addresses=''", "max_connections=60")
# A crash of this machine may take the test's rows with it. Nothing else is unlike a server of one's own.
FAST_OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class ServerMissing(RuntimeError):
    """PostgreSQL's server is not installed."""


def find_program(name: str) -> str:
    """The path of a program of the server, which Debian keeps out of PATH. Raises ServerMissing."""
    newest_first = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = shutil.which(name) or next(map(str, newest_first), None)
    if found is None:
        raise ServerMissing(f"{name} was not found; on Debian: apt-get install postgresql")
    return found


def unprivileged_user() -> str | None:
    """Whom to run as: the server refuses root. None means: as we are."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def run(*command: str, user: str | None, folder: Path) -> None:
    """Run a program of the server quietly; what it said comes with the error when it fails."""
    # A file and no pipe: the server keeps what pg_ctl was given open, and a pipe would never end.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(command, user=user, cwd=folder, stdout=output, stderr=output, check=False)
        output.seek(0)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed ({done.returncode}):\n{output.read()}")


@contextmanager
def cluster(*, is_durable: bool = False) -> Iterator[str]:
    """A new, empty server; gives the DATABASE_URL of its database and removes everything at the end.

    is_durable   it waits for the disk, as a server does that has something to lose

    Raises ServerMissing when PostgreSQL is not installed, RuntimeError when it does not start.
    """
    initdb, pg_ctl = find_program("initdb"), find_program("pg_ctl")
    user = unprivileged_user()
    # Not below TMPDIR: the path of a socket may have 107 characters at most.
    folder = Path(tempfile.mkdtemp(prefix="mk-pg-", dir="/tmp"))
    data = folder / "data"
    try:
        if user is not None:
            shutil.chown(folder, user)
        run(
            initdb,
            f"--pgdata={data}",
            f"--username={NAME}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            user=user,
            folder=folder,
        )
        try:
            speed = () if is_durable else FAST_OPTIONS
            settings = (*SERVER_OPTIONS, *speed, f"unix_socket_directories={folder}")
            options = " ".join(f"-c {setting}" for setting in settings)
            arguments = (f"--pgdata={data}", f"--log={folder / 'log'}", f"--options={options}", "-w")
            run(pg_ctl, *arguments, "start", user=user, folder=folder)
            # A path that starts with a slash of its own is how django-environ knows a socket's folder.
            yield f"postgres://{NAME}@/{folder}/postgres"
        finally:
            if (data / "postmaster.pid").exists():
                run(pg_ctl, f"--pgdata={data}", "--mode=immediate", "-w", "stop", user=user, folder=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def stop(number: int, _frame: FrameType | None) -> NoReturn:
    """Turn the first signal into an exception, so that all is put away; no second one may disturb that."""
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise SystemExit(128 + number)


def main(arguments: list[str]) -> int:
    """Run a command beside a server; its exit status is ours."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    for number in SIGNALS:
        signal.signal(number, stop)
    try:
        with cluster() as url, subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url}) as process:
            try:
                return process.wait()
            finally:
                if process.poll() is None:
                    process.terminate()
    except ServerMissing as missing:
        sys.stderr.write(f"{missing}\n")
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
