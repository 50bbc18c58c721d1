"""Set up what is missing and serve the wiki on this machine: what `make run` and `make dev` do.

Environment: PORT (8000) or BIND (address:port), VAR_DIR (var/ beside this folder), DEMO (1 on loopback), and
everything that mittkoping/settings.py reads. Running it again changes nothing that is there.
"""

import contextlib
import ctypes
import io
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.utils import OperationalError

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1  # prctl(2)
SECONDS_TO_START = 60
SECONDS_TO_STOP = 25
DEMO_PASSWORD = "mittkoping-demo"  # noqa: S105 - printed for everyone, and refused outside demo mode
DEMO_ACCOUNTS = (
    ("ada@mittkoping.example", "contributor, Mittköping"),
    ("eva@mittkoping.example", "editor, Mittköping"),
    ("bo@granneby.example", "editor, Granneby"),
    ("tor@granneby.example", "contributor who waits to be confirmed, Granneby"),
    ("rut@skl.example", "moderator"),
    ("admin@skl.example", "administrator"),
)


class CannotServe(Exception):
    """Something that a person has to put right first; the message is for them."""


def address() -> tuple[str, int]:
    """Host and port to listen on, from BIND or PORT. Raises CannotServe when they make no sense."""
    bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or '8000'}"
    host, _, port = bind.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise CannotServe(f"“{bind}” is not an address to listen on. Example: make run PORT=9000")
    return host.strip("[]"), int(port)


def check_port(host: str, port: int) -> None:
    """Raise CannotServe when somebody else has the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotServe(
                f"Cannot listen on {host}:{port} ({error.strerror}). "
                f"Stop what has it, or choose another port: make run PORT={port + 1}"
            ) from error


def secret_in(folder: Path) -> str:
    """The installation's secret, made the first time, readable by its owner only."""
    path = folder / "secret_key"
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def set_environment(host: str, *, dev: bool) -> None:
    """Fill in what settings.py needs and nobody has set. Raises CannotServe."""
    folder = Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret = os.environ.get("SECRET_KEY") or secret_in(folder)
    except OSError as error:
        raise CannotServe(f"Cannot write in {folder}: {error.strerror}. Choose another VAR_DIR.") from error
    os.environ.update(VAR_DIR=str(folder), SECRET_KEY=secret, DJANGO_SETTINGS_MODULE="mittkoping.settings")
    os.environ.setdefault("DEMO", "1" if host in LOOPBACK else "0")
    if host in LOOPBACK:
        os.environ.setdefault("HTTPS", "0")
    if dev:
        os.environ["DEBUG"] = "1"


def set_up(host: str) -> None:
    """Read the settings. Raises CannotServe for demo mode in the open."""
    django.setup()
    # Asked of the settings, which understand every way to write "yes".
    if settings.DEMO and host not in LOOPBACK:
        raise CannotServe("DEMO=1 has known passwords and is for this machine only: unset BIND or DEMO.")


def prepare(*, dev: bool) -> None:
    """Bring database, reference data and static files up to date."""
    print(f"Preparing {os.environ['VAR_DIR']} (the first time takes up to a minute) …", flush=True)
    call_command("migrate", verbosity=0)
    call_command("load_municipalities")
    call_command("load_factors")
    call_command("load_templates")
    if settings.DEMO:
        call_command("load_demo")
    call_command("render_pages")
    if not dev:
        call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()


def stop(number: int, _frame: FrameType | None) -> NoReturn:
    """Turn the first signal into an exception; the others find us putting things away."""
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise SystemExit(0 if number == signal.SIGINT else 128 + number)


def end_with_parent() -> None:
    """Ask Linux to stop this process when the one that started it is gone, even if that was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@contextlib.contextmanager
def started(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of ours that does not outlive us."""
    # Its own group: Ctrl-C reaches it once, from here, and it can finish what it is doing.
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        process_group=0,
        preexec_fn=end_with_parent,  # noqa: PLW1509 - no other thread runs when this forks
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for_port(host: str, port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when somebody answers; raise CannotServe when the server ended or takes too long."""
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            return
        time.sleep(0.1)
    raise CannotServe("The server did not start; what it said stands above.")


def welcome(host: str, port: int) -> str:
    """What a person needs to know now."""
    name = f"[{host}]" if ":" in host else host
    lines = ["", f"  Mittköping: http://{name}:{port}/", ""]
    if settings.DEMO:
        lines += [f"  Demo accounts, password {DEMO_PASSWORD}:"]
        lines += [f"    {email:<26} {role}" for email, role in DEMO_ACCOUNTS]
        lines += [""]
    return "\n".join([*lines, "  Ctrl-C stops it.", ""])


def serve(host: str, port: int, *, dev: bool) -> int:
    """Run the web server and the task worker until one ends or somebody stops us; gives the exit status."""
    manage = (sys.executable, str(ROOT / "manage.py"))
    name = f"[{host}]" if ":" in host else host
    os.environ["BIND"] = f"{name}:{port}"
    gunicorn = (sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py"))
    web = (*manage, "runserver", f"{name}:{port}") if dev else (*gunicorn, "mittkoping.wsgi:application")
    with started(*manage, "db_worker", "--queue-name", "*") as worker, started(*web) as server:
        wait_for_port(host, port, server)
        print(welcome(host, port), flush=True)
        while server.poll() is None and worker.poll() is None:
            time.sleep(0.5)
    print("The web server or the task worker ended by itself; what it said stands above.", file=sys.stderr)
    return 1


def main(arguments: list[str]) -> int:
    """Prepare, then serve; problems that a person can put right are a sentence, not a traceback."""
    dev = "--dev" in arguments
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # in step with the servers' own lines, also in a log file
    sys.path.insert(0, str(ROOT))
    os.umask(0o077)  # database, uploads and secret are for their owner only
    for number in SIGNALS:
        # Who starts us with nohup means it.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, stop)
    try:
        host, port = address()
        check_port(host, port)
        set_environment(host, dev=dev)
        set_up(host)
        prepare(dev=dev)
        return serve(host, port, dev=dev)
    except (CannotServe, CommandError, ImproperlyConfigured, OperationalError) as problem:
        print(f"{problem}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
