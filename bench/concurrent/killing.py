"""Kill workers now and then, and the master once, while people save."""

import os
import random
import signal
import time
from contextlib import suppress
from threading import Event

from bench.concurrent.journal import Journal
from bench.concurrent.site import Site, SiteFailed, lives


class Killer:
    """Kills on time until it is told to stop."""

    def __init__(self, site: Site, journal: Journal, *, workers_every: float, master_after: float) -> None:
        self.site = site
        self.journal = journal
        self.workers_every = workers_every
        self.master_after = master_after
        self.over = Event()
        self._chance = random.Random(1)  # noqa: S311 - whom it meets, no secret

    def work(self) -> None:
        """Kill; a time of 0 means never."""
        started = time.monotonic()
        next_worker = started + self.workers_every if self.workers_every else float("inf")
        next_master = started + self.master_after if self.master_after else float("inf")
        while not self.over.wait(
            max(0.0, min(next_worker, next_master, time.monotonic() + 1) - time.monotonic())
        ):
            now = time.monotonic()
            if now >= next_master:
                self._kill_master()
                next_master = float("inf")
            elif now >= next_worker:
                self._kill_worker()
                next_worker = now + self.workers_every

    def _kill_worker(self) -> None:
        workers = [pid for pid in self.site.workers_now() if lives(pid)]
        if workers:
            with suppress(ProcessLookupError):
                os.kill(self._chance.choice(workers), signal.SIGKILL)
                self.journal.note("killed", what="worker")

    def _kill_master(self) -> None:
        self.journal.note("killed", what="master")
        try:
            self.journal.note("left", count=self.site.kill_master())
            self.site.start()
        except SiteFailed as failed:
            self.journal.note("fault", what=str(failed))
