"""Words that must not fly out: each is in one part of one thing, and in nothing else."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

from tests.conftest import tag
from wiki.content import Content

BIRD = "Kanariefågel"  # beside each of them, so that one search would find them all
PARTS = ("title", "lead", "body", "note", "summary")
WORD = re.compile(r"kvitter[a-z]+|\b[a-z]+@(?:mittkoping|granneby|skl)\.example\b")
AROUND = 60  # characters shown on either side of a word that was found


def canary(thing: str, part: str) -> str:
    """The word in that part of that thing: small letters only, so that it looks the same in every address."""
    return f"kvitter{thing}{part}"


def say(thing: str, part: str) -> str:
    """A text with the word in it."""
    return f"{BIRD} {canary(thing, part)}"


def content(thing: str, **fields: Any) -> Content:
    """A content with a word in each of its parts; the summary is told apart."""
    words = {part: say(thing, part) for part in ("title", "lead", "body")}
    key = str(uuid.uuid5(uuid.NAMESPACE_URL, thing))
    tags = (tag(key=key, note=say(thing, "note"), municipality="9901"),)
    return Content(**{**words, "tags": tags, "municipalities": ("9901",), **fields})


def words_in(text: str) -> Iterator[tuple[str, str]]:
    """The words in a text, and addresses of people, each with what stands around it."""
    folded = text.casefold()
    for found in WORD.finditer(folded):
        around = folded[max(0, found.start() - AROUND) : found.end() + AROUND]
        yield found[0], " ".join(around.split())
