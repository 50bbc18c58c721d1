"""What a process of ours that reads strangers' text is given of the environment."""

import os
from pathlib import Path

# A child that reads strangers' text has no use for secrets in the environment.
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONHOME", "TMPDIR", "TZ")


def child_environment() -> dict[str, str]:
    """Give a child what it needs to find its libraries and this package, and nothing else."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, os.environ.get("PYTHONPATH", "")]
    environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    return environment
