"""Settings as a process reads them that has just been started, with HTTPS and without what it needs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.source_tree import ROOT

NEEDED = {
    "SECRET_KEY": "a-key-that-is-long-enough-for-a-test-and-guards-nothing",
    "ALLOWED_HOSTS": "wiki.example",
}
SHOW = """
import json
import django
from django.conf import settings
django.setup()
from django.test import Client
answer = Client().get("/-/live", secure=True, headers={"host": "wiki.example"})
plain = Client().get("/om/", headers={"host": "wiki.example"})
token = Client().get("/konto/login/", secure=True, headers={"host": "wiki.example"}).cookies
print(json.dumps({
    "status": answer.status_code,
    "hsts": answer.headers["Strict-Transport-Security"],
    "plain": [plain.status_code, plain.headers["Location"]],
    "session": [
        settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY
    ],
    "cookies": {
        name: [cookie[key] for key in ("secure", "httponly", "samesite", "path", "domain")]
        for name, cookie in token.items()
    },
}))
"""


def run(*command: str, var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, with these variables and no others of ours."""
    inherited = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    ours = {"DJANGO_SETTINGS_MODULE": "mittkoping.settings", "VAR_DIR": str(var)}
    return subprocess.run(
        (sys.executable, *command),
        cwd=ROOT,
        env={**inherited, **ours, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        umask=0o022,
    )


def refusal(tmp_path: Path, **environment: str) -> list[str]:
    """What `manage.py check` says, line by line, when the settings must stop it."""
    done = run("manage.py", "check", var=tmp_path, **environment)
    assert done.returncode == 1
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_over_https_cookies_and_transport_are_locked(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    done = run("-c", SHOW, var=tmp_path, HTTPS="1", MANIFEST_STATIC="0", **NEEDED)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "status": 200,
        "hsts": "max-age=31536000; includeSubDomains; preload",
        "plain": [301, "https://wiki.example/om/"],
        "session": ["__Host-sessionid", True, True],
        "cookies": {"__Host-csrftoken": [True, True, "Lax", "/", ""]},
    }


def test_https_is_the_default(tmp_path: Path) -> None:
    ask = "from django.conf import settings; print(settings.HTTPS, settings.CSRF_COOKIE_NAME)"
    assert run("-c", ask, var=tmp_path, **NEEDED).stdout == "True __Host-csrftoken\n"
    assert run("-c", ask, var=tmp_path, HTTPS="0", **NEEDED).stdout == "False csrftoken\n"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        (NEEDED | {"SECRET_KEY": ""}, "SECRET_KEY is empty. Set it to a long random text."),
        ({"ALLOWED_HOSTS": "wiki.example"}, "SECRET_KEY is empty. Set it to a long random text."),
        (
            {"SECRET_KEY": NEEDED["SECRET_KEY"]},
            "ALLOWED_HOSTS is empty. Set it to the names that the site answers to.",
        ),
        (
            NEEDED | {"DEMO": "true"},
            "DEMO=1 has known passwords: ALLOWED_HOSTS may then only name this machine.",
        ),
    ],
)
def test_a_start_that_would_be_unsafe_stops_with_a_sentence(
    tmp_path: Path, environment: dict[str, str], sentence: str
) -> None:
    assert refusal(tmp_path, **environment) == [sentence]


def test_the_secret_that_was_made_for_an_installation_is_found(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text(NEEDED["SECRET_KEY"] + "\n")
    ask = "from django.conf import settings; print(settings.SECRET_KEY)"
    assert run("-c", ask, var=tmp_path, ALLOWED_HOSTS="wiki.example").stdout == NEEDED["SECRET_KEY"] + "\n"


@pytest.mark.parametrize("demo", ["1", "true", "yes", "On"])
def test_demo_mode_is_not_served_to_others_however_it_is_written(tmp_path: Path, demo: str) -> None:
    done = run("scripts/serve.py", var=tmp_path, DEMO=demo, BIND="0.0.0.0:8000")
    assert done.returncode == 1
    assert done.stderr == ("DEMO=1 has known passwords and is for this machine only: unset BIND or DEMO.\n")


def test_a_database_that_is_made_by_hand_is_private(tmp_path: Path) -> None:
    done = run("manage.py", "migrate", "--verbosity", "0", var=tmp_path, **NEEDED)
    assert done.returncode == 0, done.stderr
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()}
    assert modes["db.sqlite3"] == "0o600"
    assert set(modes.values()) == {"0o600"}


def test_what_a_web_server_writes_is_private(tmp_path: Path) -> None:
    ask = "import mittkoping.wsgi, pathlib, sys; pathlib.Path(sys.argv[1]).touch()"
    done = run("-c", ask, str(tmp_path / "upload"), var=tmp_path, **NEEDED)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "upload").stat().st_mode & 0o777 == 0o600
