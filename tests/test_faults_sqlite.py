"""SQLite's file cannot be written, or its disk is full, while people read and write."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from tests.faults.served import EDIT, Site, Writer, cannot_run, prepare, served

MINE = "Min text, som ingen får tappa bort."
# The superuser may write anything; not without these.
WITHOUT_PRIVILEGES = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
# A disk of its own, which is gone when the server is.
SMALL_DISK = """
mount -t tmpfs -o size=24m tmpfs "$1" && cp "$2" "$1/db.sqlite3" && mkdir "$1/static" && shift 2 && exec "$@"
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a wiki in it."""
    var = tmp_path_factory.mktemp("prepared")
    prepare(var, f"sqlite:///{var}/db.sqlite3")
    return var / "db.sqlite3"


LOOK = """
import json, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
ask = lambda query: [row[0] for row in connection.execute(query)]
print(json.dumps([
    ask("PRAGMA integrity_check"),
    ask("SELECT count(*) FROM reversion_version"),
    ask("SELECT number FROM wiki_edit ORDER BY number"),
]), flush=True)
sys.stdin.read()
"""


def versions(database: Path, *, within: Sequence[str] = ()) -> list[int]:
    """The numbers of the versions, of a database that is whole; fails when it is not."""
    command = (*within, sys.executable, "-c", LOOK, str(database))
    said = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    whole, stored, numbers = json.loads(said.stdout)
    assert (whole, stored) == (["ok"], [len(numbers)])
    return [int(number) for number in numbers]


def can(*command: str) -> bool:
    """Whether a command works here."""
    return shutil.which(command[0]) is not None and not subprocess.run(command, check=False).returncode


@pytest.fixture
def unprivileged(prepared: Path, tmp_path: Path) -> Iterator[tuple[Site, Path]]:
    """The wiki, served by somebody whom the modes of files stop."""
    within: tuple[str, ...] = WITHOUT_PRIVILEGES if os.geteuid() == 0 else ()
    if within and not can(*within, "true"):
        cannot_run("the superuser's privileges cannot be taken away here, so no file is unwritable")
    var = tmp_path / "var"
    (var / "static").mkdir(parents=True)
    database = Path(shutil.copy(prepared, var / "db.sqlite3"))
    with served(var, f"sqlite:///{database}", tmp_path / "log", within=within) as site:
        yield site, var
        var.chmod(0o700)


def test_a_file_that_cannot_be_written_is_read_and_the_text_is_kept(unprivileged: tuple[Site, Path]) -> None:
    site, var = unprivileged
    database = var / "db.sqlite3"
    writer = Writer(site)
    writer.sign_in()
    fields = writer.form(body=MINE, summary="Bättre så")
    database.chmod(0o400)
    assert site.read().status_code == 200
    answer = writer.send(EDIT, fields)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "Just nu går det bara att läsa" in answer.text
    assert f">\n{MINE}</textarea>" in answer.text
    assert 'value="Bättre så"' in answer.text
    # The whole folder, as when a disk is mounted to be read only.
    var.chmod(0o500)
    assert site.read().status_code == 200
    still = writer.send_again(answer)
    assert (still.status_code, MINE in still.text) == (503, True)
    assert site.log.read_text().count(f"Service Unavailable: {EDIT}") == 2
    assert MINE not in site.log.read_text()

    var.chmod(0o700)
    database.chmod(0o600)
    # SQLite gives the files beside it the mode that the database had then: they have to be put right as well.
    still = writer.send_again(still)
    assert (still.status_code, MINE in still.text) == (503, True)
    for path in var.glob("db.sqlite3-*"):
        path.chmod(0o600)
    # Not looked at before: a privileged look would tidy up.
    assert writer.send_again(still).status_code == 302
    assert MINE in site.read().text
    assert versions(database) == [1, 2]


@dataclass(frozen=True)
class Disk:
    """A small disk that only the processes of a site see.

    within   a command that lets its last arguments see it as well
    """

    pid: int
    var: Path
    within: tuple[str, ...]

    @property
    def _ballast(self) -> Path:
        return Path(f"/proc/{self.pid}/root", self.var.relative_to("/"), "ballast")

    def versions(self) -> list[int]:
        """The numbers of the versions on it."""
        return versions(self.var / "db.sqlite3", within=self.within)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Keep the database open, as the task worker does: SQLite's files beside it stay there."""
        command = (*self.within, sys.executable, "-c", LOOK, str(self.var / "db.sqlite3"))
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdout
            assert process.stdout.readline()
            yield
            process.communicate()

    def fill(self) -> None:
        """Leave not a byte."""
        with self._ballast.open("ab", buffering=0) as ballast:
            for size in (2**16, 2**12, 1):
                while self._takes(ballast.fileno(), b"x" * size):
                    pass

    def free(self) -> None:
        """Make room."""
        self._ballast.unlink()

    @staticmethod
    def _takes(descriptor: int, data: bytes) -> bool:
        try:
            return os.write(descriptor, data) == len(data)
        except OSError:
            return False


@pytest.fixture
def on_small_disk(prepared: Path, tmp_path: Path) -> Iterator[tuple[Site, Disk]]:
    """The wiki, served from a disk that can be filled."""
    var = tmp_path / "var"
    var.mkdir()
    own = () if os.geteuid() == 0 else ("--map-root-user",)
    if not can("unshare", "--mount", *own, "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(var)):
        cannot_run("no small disk can be mounted here, so none can be filled")
    within = ("unshare", "--mount", *own, "sh", "-c", SMALL_DISK, "sh", str(var), str(prepared))
    with served(var, f"sqlite:///{var}/db.sqlite3", tmp_path / "log", within=within) as site:
        join = ("nsenter", f"--target={site.pid}", "--mount")
        joined = join if os.geteuid() == 0 else (*join, "--user", "--preserve-credentials")
        yield site, Disk(site.pid, var, joined)


def test_a_full_disk_refuses_the_save_and_keeps_the_text(on_small_disk: tuple[Site, Disk]) -> None:
    site, disk = on_small_disk
    writer = Writer(site)
    writer.sign_in()
    fields = writer.form(body=MINE * 3000, summary="Bättre så")
    with disk.in_use():
        disk.fill()
        answer = writer.send(EDIT, fields)
        assert (answer.status_code, answer.headers["Retry-After"]) == (507, "60")
        assert "Servern har slut på utrymme" in answer.text
        assert f">\n{MINE * 3000}</textarea>" in answer.text
        assert 'value="Bättre så"' in answer.text
        assert site.read().status_code == 200
        still = writer.send_again(answer)
        assert (still.status_code, MINE in still.text) == (507, True)
        assert disk.versions() == [1]
        disk.free()
        assert_it_works_again(writer, disk, still)


def test_a_full_disk_without_room_for_reading_keeps_the_text_as_well(
    on_small_disk: tuple[Site, Disk],
) -> None:
    site, disk = on_small_disk
    writer = Writer(site)
    writer.sign_in()
    fields = writer.form(body=MINE)
    disk.fill()
    answer = writer.send(EDIT, fields)
    assert (answer.status_code, MINE in answer.text) == (503, True)
    assert site.read().status_code == 503

    disk.free()
    assert_it_works_again(writer, disk, answer)


def assert_it_works_again(writer: Writer, disk: Disk, answer: requests.Response) -> None:
    """What was handed back is saved once, without a restart; the log does not know what it says."""
    assert writer.send_again(answer).status_code == 302
    assert MINE in writer.site.read().text
    assert disk.versions() == [1, 2]
    assert MINE not in writer.site.log.read_text()
