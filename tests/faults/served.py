"""The site as people meet it: gunicorn in processes of its own, with a small wiki in a folder of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
import requests

from tests.faults.forms import form_with
from tests.source_tree import ROOT
from tests.test_serving import free_port

SECONDS_TO_START = 60
EMAIL = "eva@mittkoping.example"
PASSWORD = "ett-langt-losenord"
EDIT = "/sidor/skolan/redigera/"
HERE = {"Sec-Fetch-Site": "same-origin"}
PREPARE = f"""
import django
django.setup()
from django.core.management import call_command
from mittkoping.accounts.models import Membership, User
from mittkoping.municipalities.models import Group, Municipality
from wiki import operations
from wiki.content import Content
call_command("migrate", verbosity=0)
group = Group.objects.create(code="B3", name="Pendlingskommun")
place = Municipality.objects.create(
    code="9901", name="Mittköping", slug="mittkoping", sort_key="mittkoping", group=group, is_fictional=True
)
eva = User.objects.create_user("{EMAIL}", "{PASSWORD}", name="Eva Berg")
Membership.objects.create(user=eva, municipality=place, role=Membership.Role.EDITOR)
operations.create(Content(title="Skolan", body="Första stycket."), by=eva, summary="")
"""


@dataclass(frozen=True)
class Site:
    """A site that is served.

    log   what it has said
    """

    port: int
    pid: int
    log: Path

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def read(self, path: str = "/sidor/skolan/") -> requests.Response:
        """What a reader gets who has never been here."""
        return requests.get(self.url + path, timeout=30)


class Writer:
    """A person who writes: a browser with cookies of its own."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.session = requests.Session()

    def get(self, path: str) -> requests.Response:
        """Open a page."""
        return self.session.get(self.site.url + path, timeout=30)

    def send(self, path: str, fields: Sequence[tuple[str, str]], **headers: str) -> requests.Response:
        """Send a form; the browser says that it is from this site."""
        return self.session.post(
            self.site.url + path,
            data=list(fields),
            headers=HERE | headers,
            timeout=60,
            allow_redirects=False,
        )

    def sign_in(self) -> None:
        """Sign in by the form."""
        form = form_with(self.get("/konto/login/").text, "Lösenord")
        answer = self.send("/konto/login/", form.filled(login=EMAIL, password=PASSWORD))
        assert answer.status_code == 302, answer.text

    def form(self, **values: str) -> list[tuple[str, str]]:
        """The form of the page, filled in."""
        answer = self.get(EDIT)
        assert answer.status_code == 200
        return form_with(answer.text, "Spara ändringen").filled(do="save", **values)

    def send_again(self, answer: requests.Response) -> requests.Response:
        """Press the button of a page that has handed a form back."""
        form = form_with(answer.text, "Skicka igen")
        return self.send(form.action, form.fields)


def environment(var: Path, database: str, **more: str) -> dict[str, str]:
    """All that the processes know."""
    inherited = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    ours = {
        "DJANGO_SETTINGS_MODULE": "mittkoping.settings",
        "SECRET_KEY": "a-key-for-tests-that-is-long-enough-and-guards-nothing",
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "0",
        "MANIFEST_STATIC": "0",
        "VAR_DIR": str(var),
        "DATABASE_URL": database,
    }
    return {**inherited, **ours, **more}


def prepare(var: Path, database: str) -> None:
    """Make a wiki with one page, by eva."""
    (var / "static").mkdir(parents=True, exist_ok=True)
    command = (sys.executable, "-c", PREPARE)
    done = subprocess.run(
        command, cwd=ROOT, env=environment(var, database), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def served(var: Path, database: str, log: Path, *, within: Sequence[str] = ()) -> Iterator[Site]:
    """Serve it by one worker with one thread, so that one connection does everything.

    within   a command that runs the server as its last arguments
    """
    port = free_port()
    gunicorn = (sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py"))
    command = (*within, *gunicorn, "mittkoping.wsgi:application")
    variables = environment(var, database, BIND=f"127.0.0.1:{port}", WEB_WORKERS="1", WEB_THREADS="1")
    with (
        log.open("w") as output,
        subprocess.Popen(command, cwd=ROOT, env=variables, stdout=output, stderr=output) as process,
    ):
        try:
            _wait(port, process, log)
            yield Site(port, process.pid, log)
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            requests.get(f"http://127.0.0.1:{port}/-/live", timeout=5)
        except requests.ConnectionError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"the server did not start:\n{log.read_text()}")


def cannot_run(reason: str) -> NoReturn:
    """Say loudly that a test did not run; where everything has to run, that is a failure."""
    sys.__stderr__ and sys.__stderr__.write(f"\n!!! DID NOT RUN: {reason} !!!\n")
    if os.environ.get("CI", "").casefold() in {"1", "true"}:
        pytest.fail(reason)
    pytest.skip(reason)
