"""Which factors may be another name of the same thing."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from factors.models import Factor
from mittkoping.text.names import title_key

LIKENESS = 0.72  # of two names; "tid att lära" and "tid för lärande" have 0.74
MIN_STEM = 5  # letters that two words begin with in common
MAX_SHOWN = 6

_WORD = re.compile(r"\w+")


def sounding_alike(name: str, aliases: Iterable[str] = (), *, besides: Factor | None = None) -> list[Factor]:
    """The factors that have a name or a synonym like these, most alike first. One query."""
    wanted = [title_key(text) for text in (name, *aliases) if text.strip()]
    factors = Factor.objects.exclude(status=Factor.Status.MERGED).in_order()
    others = factors.exclude(pk=besides.pk) if besides else factors
    weighed = [(_likeness(wanted, factor), factor) for factor in others]
    alike = [(likeness, factor) for likeness, factor in weighed if likeness >= LIKENESS]
    alike.sort(key=lambda pair: -pair[0])
    return [factor for _likeness, factor in alike[:MAX_SHOWN]]


def _likeness(wanted: Iterable[str], factor: Factor) -> float:
    known = [title_key(text) for text in (factor.name, *factor.aliases)]
    return max((_of_two(one, other) for one in wanted for other in known), default=0.0)


def _of_two(one: str, other: str) -> float:
    """From 0 to 1: how alike two names are, by their letters, or by words with a common beginning."""
    if one == other:
        return 1.0
    return max(_in_letters(one, other), _in_words(one, other), _in_beginning(one, other))


def _in_letters(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _in_beginning(one: str, other: str) -> float:
    """How alike the shorter name is to what the longer one begins with; a bit less than the same."""
    short, long = sorted((one, other), key=len)
    return 0.95 * _in_letters(short, long[: len(short)]) if len(short) >= 2 * MIN_STEM else 0.0


def _in_words(one: str, other: str) -> float:
    """How many of the shorter name's long words begin as a word of the other: a share below 1."""
    first, second = (
        {word[:MIN_STEM] for word in _WORD.findall(text) if len(word) >= MIN_STEM} for text in (one, other)
    )
    shorter = min(len(first), len(second))
    return 0.95 * len(first & second) / shorter if shorter else 0.0
