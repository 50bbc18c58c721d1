"""The environment in which tests run. A pytest plugin, so that it is there before Django's settings are read.

Everything is as in production but for plain http, static files without hashed names, and a folder that is
thrown away. DATABASE_URL is kept when it is set: tests/postgres.py sets it.
"""

import os
import shutil
import tempfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

# Fixtures that bring a database without a mark, and without asking for `db` by name.
DATABASE_FIXTURES = frozenset({"db", "transactional_db", "django_db_reset_sequences", "live_server"})
# Files that look at everything, with patience; `make check` leaves them out.
THOROUGH = (
    "accounts/test_*",
    "factors/test_loading.py",
    "municipalities/test_*",
    "outbox/test_*",
    "test_canary.py",
    "test_concurrent_edits.py",
    "test_every_page.py",
    "test_failed_posts*.py",
    "test_faults_*.py",
    "test_rights.py",
    "test_s3_storage.py",
    "test_serving.py",
    "test_session_ended.py",
    "test_settings.py",
    "text/test_anchors*.py",
    "text/test_bounded.py",
    "text/test_diff.py",
    "text/test_docx*",
    "text/test_links.py",
    "text/test_marked.py",
    "text/test_merge.py",
    "text/test_passages.py",
    "text/test_sanitize.py",
    "text/test_to_markdown.py",
    "wiki/files/*",
    "wiki/test_*_at_once.py",
    "wiki/test_alt_texts.py",
    "wiki/test_at_once.py",
    "wiki/test_changes.py",
    "wiki/test_deciding*",
    "wiki/test_demo*",
    "wiki/test_draft_*",
    "wiki/test_export.py",
    "wiki/test_factor_*",
    "wiki/test_hostile_*",
    "wiki/test_impact.py",
    "wiki/test_import_*",
    "wiki/test_insight_*",
    "wiki/test_mail*",
    "wiki/test_member*",
    "wiki/test_merging.py",
    "wiki/test_orphans_told.py",
    "wiki/test_purge*",
    "wiki/test_queue*",
    "wiki/test_review_*",
    "wiki/test_sections.py",
    "wiki/test_settling_*",
    "wiki/test_statistics.py",
    "wiki/test_watching.py",
    "wiki/test_word.py",
)
VAR_DIR = tempfile.mkdtemp(prefix="mittkoping-test-")

# whitenoise warns of a folder that is not there, and warnings are errors.
Path(VAR_DIR, "static").mkdir()

os.environ.update(
    SECRET_KEY="a-key-for-tests-that-is-long-enough-and-guards-nothing",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    CSRF_TRUSTED_ORIGINS="",
    DEBUG="0",
    DEMO="0",
    HTTPS="0",
    MANIFEST_STATIC="0",
    TRUSTED_PROXY_HEADER="",
    EMAIL_URL="consolemail://",
    VAR_DIR=VAR_DIR,
)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{VAR_DIR}/db.sqlite3")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --only-db."""
    parser.addoption(
        "--only-db", action="store_true", help="run the tests that touch the database, without a browser"
    )


def touches_the_database(item: pytest.Item) -> bool:
    """Whether a test may reach the database at all; without this, pytest-django refuses it the connection."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


def is_selected(item: pytest.Item) -> bool:
    """Whether --only-db keeps a test."""
    return touches_the_database(item) and item.get_closest_marker("browser") is None


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the tests of the thorough files."""
    path = item.path.relative_to(Path(__file__).parent).as_posix()
    if any(fnmatch(path, pattern) for pattern in THOROUGH):
        item.add_marker("thorough")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what --only-db does not ask for; last, when every mark is set."""
    if not config.getoption("only_db"):
        return
    left_out = [item for item in items if not is_selected(item)]
    items[:] = [item for item in items if is_selected(item)]
    config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say on which database the tests ran, and whether the large set of hostile inputs was there."""
    engine = os.environ["DATABASE_URL"].split(":", 1)[0]
    passed = len(terminalreporter.stats.get("passed", []))
    which = "tests that touch the database" if config.getoption("only_db") else "tests"
    terminalreporter.write_line(f"{engine}: {passed} {which} passed")
    if not os.environ.get("CORPORA"):
        terminalreporter.write_line(
            "!!! CORPORA is not set: only this project's own small set of hostile inputs ran !!!", yellow=True
        )


def pytest_unconfigure() -> None:
    """Throw the folder away."""
    shutil.rmtree(VAR_DIR, ignore_errors=True)
