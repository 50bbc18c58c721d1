"""Take words that must not be read any more out of drafts: nobody but their writer may see these, so that is
done unseen.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from mittkoping.text.names import title_key
from wiki.models import Draft, Page
from wiki.operations.finding_words import contains, phrases

_JOINS = re.compile("M|Cf")  # categories of Unicode: marks, and what takes no room


def count_drafts(page: Page, words: str) -> int:
    """How many drafts of the page hold the words, thrown away or not."""
    wanted = phrases(words)
    return (
        sum(_holds(draft, wanted) for draft in Draft.objects.touching(page).iterator(chunk_size=10))
        if wanted
        else 0
    )


def wipe(page: Page, words: str) -> None:
    """Put a mark in the place of the words, in all that drafts of the page hold; in a transaction."""
    wanted = phrases(words)
    drafts = Draft.objects.touching(page).select_for_update(of=("self",)).order_by("pk")
    for draft in drafts.iterator(chunk_size=10) if wanted else ():
        if _holds(draft, wanted):
            draft.fields = {
                without(name, wanted): [without(value, wanted) for value in values]
                for name, values in draft.fields.items()
            }
            draft.title = without(draft.title, wanted)
            draft.save(update_fields=["fields", "title"])


def without(text: str, wanted: Collection[str]) -> str:
    """The text with a mark in the place of the folded phrases, however they are spaced and written there."""
    if not contains(text, wanted):
        return text
    mark = _("[borttaget]")
    parts, at = [], 0
    for start, stop in _places(text, wanted):
        parts += [text[at:start], mark]
        at = stop
    wiped = "".join([*parts, text[at:]])
    # Should a way of writing have been missed, nothing is left rather than the words.
    return mark if contains(wiped, wanted) else wiped


def _holds(draft: Draft, wanted: Collection[str]) -> bool:
    texts = (draft.title, *draft.fields, *(value for values in draft.fields.values() for value in values))
    return any(contains(text, wanted) for text in texts)


def _places(text: str, wanted: Collection[str]) -> list[tuple[int, int]]:
    """Where the phrases stand, from the first to the last; none overlaps another."""
    folded, starts, stops = _folded(text)
    found = sorted(
        (starts[match.start()], stops[match.end() - 1])
        for phrase in wanted
        for match in re.finditer(re.escape(phrase), folded)
    )
    places: list[tuple[int, int]] = []
    for start, stop in found:
        if places and start < places[-1][1]:
            places[-1] = (places[-1][0], max(stop, places[-1][1]))
        else:
            places.append((start, stop))
    return places


def _folded(text: str) -> tuple[str, list[int], list[int]]:
    """The text as title_key folds it, and where each of its characters began and ended before."""
    folded: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    for start, stop in _clusters(text):
        piece = _fold(text[start:stop])
        if piece == " " and folded[-1:] == [" "]:
            piece = ""
        folded += piece
        starts += [start] * len(piece)
        stops += [stop] * len(piece)
    return "".join(folded), starts, stops


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """What folding may change together: a character, and what combines with it or takes no room."""
    start = 0
    for at in range(1, len(text)):
        if text[at] < "\x7f" or not _JOINS.match(unicodedata.category(text[at])):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _fold(cluster: str) -> str:
    if cluster[0].isspace():
        return " "
    return cluster.lower() if cluster.isascii() else title_key(cluster)
