"""The settings as the type checker sees them: the real ones, which must not need a secret for that."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-reading-types")
os.environ.setdefault("ALLOWED_HOSTS", "localhost")

from mittkoping.settings import *  # noqa: F403 - a settings module is all of its names
