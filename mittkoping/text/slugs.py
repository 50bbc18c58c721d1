"""Addresses: lower-case ASCII letters, digits and single hyphens."""

import itertools
import re
import unicodedata
from collections.abc import Callable

from mittkoping.text.letters import PLAIN

MAX_LENGTH = 80
RESERVED = frozenset({"ny"})

# Far more than a title may have; NFKD is slow on long runs of marks.
_READ = 1000
_TABLE = str.maketrans(PLAIN)
_DROPPED = frozenset({"Mn", "Me", "Cf"})
_OTHERS = re.compile(r"[^a-z0-9]+")


def slugify(text: str) -> str:
    """Write a text as a slug of at most 80 characters; "" when no letter or digit of it is left.

    å and ä become a, ö o, é e, ø o, æ ae, ß ss … slugify(slugify(x)) == slugify(x).
    """
    letters = unicodedata.normalize("NFKD", text[:_READ].casefold().translate(_TABLE))
    bare = "".join(ch for ch in letters if unicodedata.category(ch) not in _DROPPED)
    # Some compatibility forms (ª, Ⅳ, ﬁ) only show their letters after NFKD.
    return _cut(_OTHERS.sub("-", bare.casefold().translate(_TABLE)).strip("-"), MAX_LENGTH)


def unique_slug(title: str, is_taken: Callable[[str], bool]) -> str:
    """Find the first free slug for a title: the slug itself, then -2, -3 …

    A title without a letter or digit becomes sida-1, sida-2 … Reserved words count as taken.
    """
    base = slugify(title)
    candidates = _numbered(base) if base else (f"sida-{n}" for n in itertools.count(1))
    return next(slug for slug in candidates if slug not in RESERVED and not is_taken(slug))


def _numbered(base: str) -> itertools.chain[str]:
    """Give the base, then the base with 2, 3 …, never longer than a slug may be."""
    numbers = (f"-{n}" for n in itertools.count(2))
    return itertools.chain([base], (_cut(base, MAX_LENGTH - len(end)) + end for end in numbers))


def _cut(slug: str, length: int) -> str:
    """Shorten a slug, between two of its words if there is such a place."""
    if len(slug) <= length:
        return slug
    head = slug[:length]
    if slug[length] != "-" and "-" in head:
        head = head.rpartition("-")[0]
    return head.rstrip("-")
