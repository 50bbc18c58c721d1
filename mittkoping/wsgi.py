"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mittkoping.settings")

# Uploads and SQLite's journals are for their owner only; gunicorn's own umask is for its own files.
os.umask(0o077)

application = get_wsgi_application()
