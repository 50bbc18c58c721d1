"""Django with a database of its own, for measuring; import this before anything of the project.

In memory, or the one that BENCH_DATABASE_URL names; its files are in BENCH_VAR_DIR, if that is given.
"""

import os
import tempfile

import django
from django.core.management import call_command

os.environ.update(
    ALLOWED_HOSTS="localhost",
    DATABASE_URL=os.environ.get("BENCH_DATABASE_URL", "sqlite://:memory:"),
    DEBUG="0",
    DEMO="0",
    DJANGO_SETTINGS_MODULE="mittkoping.settings",
    SECRET_KEY="a-key-for-measuring-that-is-long-enough-and-guards-nothing",  # noqa: S106 - guards nothing
    VAR_DIR=os.environ.get("BENCH_VAR_DIR", tempfile.gettempdir()),
)
django.setup()


def make_database() -> None:
    """Make the tables."""
    call_command("migrate", verbosity=0)
