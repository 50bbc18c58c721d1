"""Where the words of a passage are, after its text was edited."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, takewhile
from typing import Literal

from mittkoping.text.descent import Descent, Trace
from mittkoping.text.words import WORD, Words

# A passage of whose words less than this part is left must be looked at.
MIN_SHARE = 0.6
_CONTEXT = 32
# So many words in a row, said once before and once after, are the same words, moved; fewer may be by chance.
_LEAST_MOVED = 5
# Among more places than this, nothing is looked for.
_MOST_PLACES = 2_000


@dataclass(frozen=True)
class Anchor:
    """Where the words of a passage are in a plain text.

    pieces    spans (start, end) in code points of the words that are still there, in order
    count     how many words the passage had when it was chosen
    is_sure   False when a look-alike may have been taken for it, or nobody knows
    """

    pieces: tuple[tuple[int, int], ...]
    count: int
    is_sure: bool = True

    @property
    def start(self) -> int:
        """Where the whole range begins; 0 when the passage is gone."""
        return self.pieces[0][0] if self.pieces else 0

    @property
    def end(self) -> int:
        """Where the whole range ends, words put inside included; 0 when the passage is gone."""
        return self.pieces[-1][1] if self.pieces else 0

    @property
    def state(self) -> Literal["here", "look", "gone"]:
        """What a reader must know of it."""
        if not self.pieces:
            return "gone"
        return "here" if self.is_sure and len(self.pieces) >= MIN_SHARE * self.count else "look"


def anchor(plain: str, start: int, end: int) -> Anchor:
    """Take the words of a range that somebody chose, those that are only partly in it too."""
    first = start
    while first > 0 and WORD.match(plain, first - 1):
        first -= 1
    words = takewhile(lambda m: m.start() < end, WORD.finditer(plain, first))
    pieces = tuple(m.span() for m in words if m.end() > start)
    return Anchor(pieces, len(pieces))


def carry(old: str, new: str, anchors: Sequence[Anchor]) -> tuple[Anchor, ...]:
    """Tell where the words of passages in an old text are in a new one.

    Lines that say the same are the same, wherever they stand; in lines that were edited, words are. A passage
    that was cut out and put elsewhere word for word is the same; not sure if it is short. Words put
    inside a passage extend its range, words taken away are lost for ever. Nothing is taken for what it only
    looks like: words that may have come from elsewhere do not count, and if too few are left without them,
    the passage is not sure. A passage of which only scattered words are left, none beside its neighbour, is
    gone; not sure if these are MIN_SHARE of it. Time is bounded: past it, passages are not sure.
    """
    if old == new or not anchors:
        return tuple(anchors)
    descent = Descent(Words(old), Words(new))
    chosen = [_numbers(descent.old, one) for one in anchors]
    traces = descent.traces({descent.old.line_of[word] for words in chosen for word in words})
    origins = _origins(descent, traces)
    kept = []
    for one, words in zip(anchors, chosen, strict=True):
        lines = dict.fromkeys(descent.old.line_of[word] for word in words)
        moved, is_sure = _survivors(words, [trace for line in lines for trace in traces[line]], one.count)
        kept.append((moved, is_sure and (not moved or _is_whole(descent, origins, words, moved))))
    places = [_pasted(descent, words, *found) for words, found in zip(chosen, kept, strict=True)]
    if max(places) >= 0:
        origins = _origins(descent, descent.traces(set(descent.vanished) - set(traces)) | traces)
    carried = []
    for one, words, (moved, is_sure), place in zip(anchors, chosen, kept, places, strict=True):
        if place >= 0:
            moved = [place + word - words[0] for word in words]
            is_sure = _is_sure_pasted(descent, origins, words, place)
        elif not moved and descent.is_short:
            moved, is_sure = _guessed(descent, words), False
        pieces = tuple(descent.new.spans[word] for word in moved)
        carried.append(replace(one, pieces=pieces, is_sure=one.is_sure and is_sure))
    return tuple(carried)


def _numbers(text: Words, one: Anchor) -> list[int]:
    """Give which words of a text the pieces of a passage are."""
    starts = (bisect_left(text.spans, piece) for piece in one.pieces)
    return [
        number
        for number, piece in zip(starts, one.pieces, strict=True)
        if number < len(text.spans) and text.spans[number] == piece
    ]


def _survivors(words: Sequence[int], traces: Sequence[Trace], count: int) -> tuple[list[int], bool]:
    """Give which words of the new text a passage is, and whether that is sure."""
    own = set(words)
    found = [trace for trace in traces if not own.isdisjoint(trace.others)]
    sure = [trace for trace in found if trace.is_sure and own.issuperset(trace.others)]
    is_sure = len(sure) == len(found) or len(sure) >= MIN_SHARE * count
    if not is_sure:
        # As many as there were: those first that were taken for words of the passage.
        known = {trace.new for trace in sure}
        doubtful = [trace for trace in found if trace.new not in known]
        doubtful.sort(key=lambda trace: trace.old not in own)
        sure += doubtful[: len(own) - len(sure)]
    if not any(trace.is_beside for trace in sure):
        is_sure = not sure
        sure = sure if len(sure) >= MIN_SHARE * count else []
    return sorted({trace.new for trace in sure}), is_sure


def _pasted(descent: Descent, words: Sequence[int], moved: Sequence[int], is_sure: bool) -> int:
    """Find where a passage that is not at its place any more was put, word for word; −1 if nobody knows."""
    if len(words) < 2 or (is_sure and len(moved) >= MIN_SHARE * len(words)):
        return -1
    said = descent.old.words[words[0] : words[-1] + 1]
    place = descent.new.only_place(said) if descent.old.only_place(said) >= 0 else -1
    return -1 if list(moved) == [place + word - words[0] for word in words] else place


def _is_sure_pasted(descent: Descent, origins: Sequence[int], words: Sequence[int], place: int) -> bool:
    """Tell whether the words at a place are too many to be by chance, and none of them stood elsewhere."""
    length = words[-1] + 1 - words[0]
    known = (origin for origin in origins[place : place + length] if origin >= 0)
    return (
        length >= _LEAST_MOVED
        and not descent.is_short
        and all(words[0] <= origin <= words[-1] for origin in known)
    )


def _guessed(descent: Descent, words: Sequence[int]) -> list[int]:
    """Find the words of a passage where they stand in the same order once: of texts too large to compare."""
    said = [descent.old.words[word] for word in words]
    first = said[0] if said else ""
    places = [number for number, word in enumerate(descent.new.words) if word == first]
    starts = [start for start in places if descent.new.words[start : start + len(said)] == said]
    return list(range(starts[0], starts[0] + len(said))) if len(starts) == 1 else []


def _origins(descent: Descent, traces: Mapping[int, Sequence[Trace]]) -> list[int]:
    """Tell of each word of the new text which old one it was; −1 where that is not known."""
    origins = [-1] * len(descent.new.words)
    for line, place in descent.same.items():
        start, end = descent.new.lines[place]
        origins[start:end] = range(*descent.old.lines[line])
    for trace in chain.from_iterable(traces.values()):
        origins[trace.new] = trace.old if trace.is_sure else -1
    return origins


def _is_whole(descent: Descent, origins: Sequence[int], words: Sequence[int], moved: Sequence[int]) -> bool:
    """Tell whether a passage has not taken in what stood outside it, nor more than it has of its own."""
    old, new = descent.old, descent.new
    if moved[-1] + 1 - moved[0] > 2 * len(moved):
        return False
    first, last = new.line_of[moved[0]], new.line_of[moved[-1]]
    if first == last:
        return True
    known = [origin for origin in origins[moved[0] : moved[-1] + 1] if origin >= 0]
    if min(known) < words[0] or max(known) > words[-1]:
        return False
    unknown = [line for line in range(first + 1, last) if max(origins[slice(*new.lines[line])]) < 0]
    outside = old.line_of[words[0]], old.line_of[words[-1]]
    return not any(descent.resembles_any(line, outside) for line in unknown)


def find(plain: str, exact: str, prefix: str = "", suffix: str = "") -> tuple[int, int] | None:
    """Find the one place where a quote stands, or the one that has this before it and this after it.

    None when in doubt. White space is alike.
    """
    words = exact.split()
    if not words:
        return None
    pattern = re.compile(r"(?=(" + r"\s+".join(map(re.escape, words)) + r"))")
    places = [m.span(1) for m in islice(pattern.finditer(plain), _MOST_PLACES)]
    if len(places) == _MOST_PLACES:
        return None
    if len(places) > 1:
        before, after = _folded(prefix), _folded(suffix)
        places = [
            (start, end)
            for start, end in places
            if _folded(plain[max(0, start - 4 * _CONTEXT) : start]).endswith(before)
            and _folded(plain[end : end + 4 * _CONTEXT]).startswith(after)
        ]
    return places[0] if len(places) == 1 else None


def _folded(text: str) -> str:
    """Take white space out: of quotes from different renderings, it is what differs."""
    return "".join(text.split())


def context(plain: str, start: int, end: int) -> tuple[str, str]:
    """Give what stands before and after a range, up to 32 characters each."""
    return plain[max(0, start - _CONTEXT) : start], plain[end : end + _CONTEXT]
