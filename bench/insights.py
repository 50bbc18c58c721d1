"""How long the insights take when the wiki is large: on SQLite, or on a PostgreSQL server of its own.

Run as `.venv/bin/python -m bench.insights --database postgresql` in the project's folder. Nothing is kept.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import cluster


@contextmanager
def database(kind: str, folder: str) -> Iterator[str]:
    """An empty database that is gone afterwards: its DATABASE_URL."""
    if kind == "sqlite":
        yield f"sqlite:///{Path(folder) / 'db.sqlite3'}"
        return
    with cluster() as url:
        yield url


def main() -> int:
    """Make the database and measure in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--tags", type=int, default=60_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, database(given.database, folder) as url:
        (Path(folder) / "static").mkdir()
        command = (sys.executable, "-m", "bench.insight_times", str(given.pages), str(given.tags))
        environment = {**os.environ, "BENCH_DATABASE_URL": url, "BENCH_VAR_DIR": folder}
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - ours


if __name__ == "__main__":
    sys.exit(main())
