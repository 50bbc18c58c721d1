"""Hostile inputs that are kept outside the repository, in the folder that CORPORA names.

All run on SQLite. On the second database every tenth does: it sees what is stored and asked for, and the
screens are the same.
"""

import json
import os
from pathlib import Path
from typing import Any

STEP = 1 if os.environ["DATABASE_URL"].startswith("sqlite") else 10


def load(name: str) -> list[dict[str, Any]]:
    """Read the lines of <CORPORA>/<name>.jsonl; none when CORPORA is not set."""
    folder = os.environ.get("CORPORA")
    if not folder:
        return []
    with Path(folder, f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][::STEP]


def load_titles() -> list[str]:
    """Read the titles of <CORPORA>/unicode-titles.txt; none when CORPORA is not set."""
    folder = os.environ.get("CORPORA")
    if not folder:
        return []
    lines = Path(folder, "unicode-titles.txt").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line and not line.startswith("#")][::STEP]


def pathological() -> list[str]:
    """Build the texts of markdown-pathological.jsonl."""
    entries = load("markdown-pathological")
    return ["".join(part * count for part, count in entry["parts"]) for entry in entries]


def xss() -> list[str]:
    """Give the vectors of xss.jsonl."""
    return [entry["input"] for entry in load("xss")]
