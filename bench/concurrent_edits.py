"""Many people save at once, workers die, and nothing that was acknowledged may be lost.

    .venv/bin/python -m bench.concurrent_edits --database sqlite --editors 16 --seconds 60
    .venv/bin/python -m bench.concurrent_edits --database postgresql --kill-workers 2 --kill-master

Editors sign in to a real gunicorn and write with real forms. Every acknowledged save goes into a journal on
disk before the next step. Afterwards all versions are read, from outside and from the database, and held
against the journal: see bench/concurrent/verify.py for what is asked of them. The exit status is 1 when
anything was lost, torn, doubled, written over or refused, or an answer was a 5xx. Nothing is kept, unless
--folder says where.
"""

import argparse
import signal
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from bench.concurrent.editor import Clock, Editor
from bench.concurrent.history import Reader, Unreadable
from bench.concurrent.journal import Account, Journal, read
from bench.concurrent.killing import Killer
from bench.concurrent.report import lines
from bench.concurrent.site import Site, SiteFailed
from bench.concurrent.stored import read_stored
from bench.concurrent.verify import Histories, faults
from tests.postgres import SIGNALS, ServerMissing, cluster, stop


@dataclass(frozen=True)
class Run:
    """What is asked for.

    application, more   what gunicorn serves, and environment variables for it: for tests that break it
    """

    database: str = "sqlite"
    editors: int = 16
    seconds: float = 60.0
    pages: int = 1
    kill_workers: float = 0.0
    kill_master: bool = False
    workers: int = 0
    application: str = "mittkoping.wsgi:application"
    more: dict[str, str] = field(default_factory=dict)

    @property
    def slugs(self) -> list[str]:
        """The pages that are written on."""
        return [f"provsida-{number}" for number in range(1, self.pages + 1)]

    @property
    def kills(self) -> bool:
        """Whether anything is killed."""
        return bool(self.kill_workers or self.kill_master)


@dataclass(frozen=True)
class Result:
    """What came of it."""

    account: Account
    histories: Histories
    faults: list[str]


@contextmanager
def database(run: Run, folder: Path) -> Iterator[str]:
    """The address of a database: a file, or a server of its own that writes to the disk as it should."""
    if run.database == "sqlite":
        yield f"sqlite:///{folder / 'db.sqlite3'}"
    else:
        with cluster(is_durable=True) as url:
            yield url


def perform(run: Run, folder: Path, *, is_prepared: bool = False) -> Result:
    """Do all of it in a folder; `is_prepared` when its database has accounts and pages already."""
    with database(run, folder) as url:
        site = Site(folder, url, application=run.application, workers=run.workers, more=run.more)
        if not is_prepared:
            site.prepare(run.slugs, run.editors)
        journal = Journal(folder / "journal.jsonl")
        with site.served():
            _write(run, site, journal)
            reader = Reader(site.port)
            histories = {slug: reader.versions(slug) for slug in run.slugs}
            reader.browser.close()
        journal.close()
        account = read(journal.path)
        return Result(account, histories, faults(account, histories, read_stored(url), was_killed=run.kills))


def _write(run: Run, site: Site, journal: Journal) -> None:
    """Let everybody in, then let them write, and kill meanwhile."""
    clock = Clock(run.seconds)
    editors = [
        Editor(number, run.slugs[(number - 1) % run.pages], site.port, journal, clock)
        for number in range(1, run.editors + 1)
    ]
    master_after = run.seconds / 2 if run.kill_master else 0.0
    killer = Killer(site, journal, workers_every=run.kill_workers, master_after=master_after)
    killing = Thread(target=killer.work)
    with ThreadPoolExecutor(run.editors) as threads:
        list(threads.map(Editor.sign_in, editors))
        clock.start()
        killing.start()
        try:
            list(threads.map(Editor.work, editors))
        finally:
            clock.stop()  # when we are interrupted
            killer.over.set()
            killing.join()


def arguments(words: list[str]) -> tuple[Run, Path | None]:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="bench.concurrent_edits", description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--editors", type=int, default=16, metavar="M")
    parser.add_argument("--seconds", type=float, default=60.0, metavar="T")
    parser.add_argument("--pages", type=int, default=1, metavar="P", help="editors are dealt out over them")
    parser.add_argument(
        "--kill-workers", type=float, default=0.0, metavar="S", help="kill -9 one every S seconds"
    )
    parser.add_argument("--kill-master", action="store_true", help="kill -9 it once, in the middle")
    parser.add_argument(
        "--workers", type=int, default=0, metavar="N", help="gunicorn's; its own default otherwise"
    )
    parser.add_argument("--folder", type=Path, help="keep database, journal and log there")
    options = vars(parser.parse_args(words))
    folder = options.pop("folder")
    return Run(**options), folder


def main(words: list[str]) -> int:
    """Run, and report."""
    run, kept = arguments(words)
    for number in SIGNALS:
        signal.signal(number, stop)
    with tempfile.TemporaryDirectory(prefix="mk-bench-") as temporary:
        folder = kept or Path(temporary)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sys.stdout.write(f"{run.editors} editors, {run.pages} pages, {run.seconds:g} s, {run.database}\n")
        try:
            result = perform(run, folder)
        except (ServerMissing, SiteFailed, Unreadable) as problem:
            sys.stderr.write(f"{problem}\n")
            return 2
        sys.stdout.write("\n".join([*lines(result.account, result.histories, result.faults), ""]))
        return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
