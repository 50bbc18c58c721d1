"""The workshop itself: locks, what is vendored, the test environment, and how `make run` refuses."""

import configparser
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import environ
import psycopg
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pip._internal.models.index import PyPI

from tests.environment import is_selected, touches_the_database
from tests.postgres import ServerMissing, cluster, find_program
from tests.source_tree import ROOT, files, name

VENDOR = ROOT / "static" / "vendor"
SERVE = (sys.executable, str(ROOT / "scripts" / "serve.py"))


def pinned(lock: str) -> dict[str, tuple[str, str]]:
    """Every package of a lock: name → version, and the lines that say its hashes and who wants it."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    blocks = re.findall(r"(?m)^([\w.-]+)==(\S+) \\\n((?:^    .*\n)+)", text)
    return {canonicalize_name(package): (version, rest) for package, version, rest in blocks}


def wanted(lock: str) -> dict[str, Requirement]:
    """What a person asked for."""
    lines = (ROOT / "requirements" / f"{lock}.in").read_text().splitlines()
    requirements = [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_the_lock_fits_what_is_asked_for(lock: str) -> None:
    locked, asked = pinned(lock), wanted(lock)
    direct = {package for package, (_, rest) in locked.items() if f"requirements/{lock}.in" in rest}
    assert direct == set(asked)
    assert [
        str(asked[package]) for package in asked if locked[package][0] not in asked[package].specifier
    ] == []


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_every_pin_has_hashes(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    assert len(pinned(lock)) == len(re.findall(r"(?m)^[\w.-]+==", text)) > 20
    assert [package for package, (_, rest) in pinned(lock).items() if "--hash=sha256:" not in rest] == []


def test_both_locks_pin_the_same_versions() -> None:
    run, dev = pinned("run"), pinned("dev")
    assert {package for package in run.keys() & dev.keys() if run[package][0] != dev[package][0]} == set()


def output(*command: str) -> str:
    """What a command prints; nothing when it is not there or fails."""
    if shutil.which(command[0]) is None:
        return ""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def registry_hosts() -> set[str]:
    """Where this machine gets packages from, as its own tools tell."""
    addresses = output("npm", "config", "get", "registry").split()
    for setting in ("index-url", "extra-index-url"):
        addresses += output(sys.executable, "-m", "pip", "config", "get", f"global.{setting}").split()
    hosts = {urlsplit(address).hostname for address in addresses}
    return {PyPI.netloc, PyPI.file_storage_domain, *(host for host in hosts if host)}


def test_no_file_names_where_packages_come_from() -> None:
    hosts = registry_hosts()
    assert hosts
    texts = {
        name(path): path.read_text(errors="replace")
        for path in files()
        if path.suffix not in {".woff2", ".png", ".jpg", ".ico", ".mo"}
    }
    assert "requirements/run.txt" in texts
    assert [f"{path}: {host}" for path, text in texts.items() for host in hosts if host in text] == []


@pytest.mark.parametrize(
    "lock", ["requirements/run.txt", "requirements/dev.txt", "frontend/package-lock.json"]
)
def test_locks_have_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "sha" in text
    found = re.findall(r'"resolved"|--(?:extra-)?index-url|--find-links|--trusted-host|file://', text)
    assert found == []


def test_vendored_files_are_the_ones_that_were_built() -> None:
    listed = {
        path: digest
        for package in json.loads((VENDOR / "vendor.json").read_text())
        for path, digest in package["files"].items()
    }
    there = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files(below=("static/vendor",))
        if path.name != "vendor.json"
    }
    assert listed
    assert there == listed


def test_every_vendored_package_brings_its_licence() -> None:
    folders = [path for path in VENDOR.iterdir() if path.is_dir()]
    assert folders
    assert [folder.name for folder in folders if not (folder / "LICENSE").is_file()] == []


def test_a_test_that_asks_for_the_database_is_seen(request: pytest.FixtureRequest, db: None) -> None:
    assert touches_the_database(request.node)
    assert is_selected(request.node)


@pytest.mark.django_db
def test_a_test_that_is_marked_for_the_database_is_seen(request: pytest.FixtureRequest) -> None:
    assert touches_the_database(request.node)
    request.node.add_marker("browser")
    assert not is_selected(request.node)


def test_a_test_without_the_database_is_left_out(request: pytest.FixtureRequest) -> None:
    assert not touches_the_database(request.node)


def has_postgresql() -> bool:
    """Whether a server can be started here; scripts/test.sh is loud when not."""
    try:
        return bool(find_program("initdb"))
    except ServerMissing:
        return False


@pytest.mark.skipif(not has_postgresql(), reason="PostgreSQL is not installed")
def test_a_cluster_answers_by_its_socket_and_leaves_nothing() -> None:
    with cluster() as url:
        config = environ.Env.db_url_config(url)
        folder = Path(config["HOST"])
        assert folder.stat().st_mode & 0o777 == 0o700
        with psycopg.connect(host=config["HOST"], user=config["USER"], dbname=config["NAME"]) as connection:
            asked = "SELECT current_setting('server_encoding'), current_setting('listen_addresses')"
            assert connection.execute(asked).fetchone() == ("UTF8", "")
    assert not folder.exists()


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[..., str]:
    """Start `make run`'s script with an environment that it must refuse; gives its sentence."""

    def refuse(**environment: str) -> str:
        inherited = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        done = subprocess.run(
            SERVE,
            env={**inherited, "VAR_DIR": str(tmp_path / "var"), **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        return done.stderr.strip()

    return refuse


def test_a_port_that_is_none_is_refused(refusal: Callable[..., str]) -> None:
    assert refusal(PORT="wiki") == (
        "“127.0.0.1:wiki” is not an address to listen on. Example: make run PORT=9000"
    )


def test_demo_mode_is_not_served_to_others(refusal: Callable[..., str]) -> None:
    assert refusal(BIND="0.0.0.0:8000", DEMO="1").startswith(
        "DEMO=1 has known passwords and is for this machine only"
    )


def test_a_site_without_names_does_not_start(refusal: Callable[..., str]) -> None:
    assert refusal(BIND="0.0.0.0:8000").startswith("ALLOWED_HOSTS is empty.")


def test_the_secret_is_made_once_and_kept_private(refusal: Callable[..., str], tmp_path: Path) -> None:
    secret = tmp_path / "var" / "secret_key"
    refusal(BIND="0.0.0.0:8000")
    first = secret.read_text()
    refusal(BIND="0.0.0.0:8000")
    assert len(first) > 60
    assert secret.read_text() == first
    assert [path.stat().st_mode & 0o777 for path in (secret.parent, secret)] == [0o700, 0o600]


def test_ci_runs_the_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().rstrip().endswith("exec make test")
    assert "make test" in (ROOT / "README.md").read_text().split("\n## ")[0]


def test_frontend_installs_without_writing_addresses() -> None:
    config = configparser.ConfigParser()
    config.read_string("[npm]\n" + (ROOT / "frontend" / ".npmrc").read_text())
    assert config["npm"]["omit-lockfile-registry-resolved"] == "true"
