"""How gunicorn serves Mittköping: `gunicorn --config deploy/gunicorn.conf.py mittkoping.wsgi:application`.

Environment: BIND (address or `unix:/path`), or PORT on 127.0.0.1; WEB_WORKERS and WEB_THREADS; LOG_LEVEL;
ACCESS_LOG (a file, or `-` for standard output).
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or '8000'}"

# Measured on two cores: more threads fight for the interpreter lock, and `sync` starves with slow clients.
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS") or 3)
threads = int(os.environ.get("WEB_THREADS") or 4)
# Each worker starts a child of its own that renders text and can be killed; nothing is loaded before it.
preload_app = False
# No restarts by count: the workers do not grow, and a restart would throw away a warm render child.
max_requests = 0

timeout = 60
graceful_timeout = 20
keepalive = 5
# A worker shows that it is alive through a file. In memory, a slow disk does not look like a dead worker.
MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn makes a private file in it
worker_tmp_dir = str(MEMORY) if MEMORY.is_dir() else None

# Who may say that a request came over https is decided in one place, the setting TRUSTED_PROXY_HEADER.
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""
forwarded_allow_ips = "127.0.0.1,::1"

# For gunicorn's own files, a unix socket among them; mittkoping/wsgi.py sets the site's.
umask = 0o077

# The proxy in front writes the access log; addresses of readers are not kept twice.
accesslog = os.environ.get("ACCESS_LOG") or None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL") or "info"

# A door for remote control that nobody here uses.
control_socket_disable = True

PR_SET_PDEATHSIG = 1  # prctl(2)


def post_fork(_server: object, _worker: object) -> None:
    """A worker does not outlive a master that was killed: it would keep the port from the next one.

    What was being saved is saved whole or not at all, and a form that is sent again is saved once.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
