"""Words that must not fly out: each is in one part of one thing, and in nothing else."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

from tests.conftest import tag
from wiki.content import AFTER, BEFORE, HINDERING, Content, Passage, Tag

BIRD = "Kanariefågel"  # beside each of them, so that one search would find them all
TAGGED = ("quote", "gone")
WORD = re.compile(r"kvitter[a-z]+|\b[a-z]+@(?:mittkoping|granneby|skl)\.example\b")
AROUND = 60  # characters shown on either side of a word that was found


def canary(thing: str, part: str) -> str:
    """The word in that part of that thing: small letters only, so that it looks the same in every address."""
    return f"kvitter{thing}{part}"


def say(thing: str, part: str) -> str:
    """A text with the word in it."""
    return f"{BIRD} {canary(thing, part)}"


def content(thing: str, **fields: Any) -> Content:
    """A content with a word in each of its parts; the summary is told apart.

    One tag points at words of the body, the other at words that are not there any more. Together they tell of
    a change: what hindered, what was tried, what enables.
    """
    words = {"title": say(thing, "title"), "lead": say(thing, "lead"), "body": body(thing)}
    return Content(**{**words, "tags": _tags(thing), "municipalities": ("9901",), **fields})


def body(thing: str, more: str = "") -> str:
    """The text, with the words that a tag points at."""
    return f"{say(thing, 'body')}{more}\n\n{say(thing, 'quote')}"


def key_of(thing: str, part: str) -> str:
    """Of the tag that points at these words of the thing."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{thing}/{part}"))


def _tags(thing: str) -> tuple[Tag, ...]:
    quote, gone = (Passage(exact=say(thing, part)) for part in TAGGED)
    return (
        tag(
            key_of(thing, "quote"),
            direction=HINDERING,
            phase=BEFORE,
            passage=quote,
            note=say(thing, "note"),
            tried=say(thing, "tried"),
            municipality="9901",
        ),
        tag(key_of(thing, "gone"), phase=AFTER, passage=gone, municipality="9901"),
    )


def words_in(text: str) -> Iterator[tuple[str, str]]:
    """The words in a text, and addresses of people, each with what stands around it."""
    folded = text.casefold()
    for found in WORD.finditer(folded):
        around = folded[max(0, found.start() - AROUND) : found.end() + AROUND]
        yield found[0], " ".join(around.split())
