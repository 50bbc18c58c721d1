"""Every test has a storage of its own."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def stored(settings: Any, tmp_path: Path) -> Path:
    """The folder in which the files of the test lie."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"
