"""Two edits of the same text made into one: by block, then by line, then by word inside what both changed."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from mittkoping.text.align import Budget, align
from mittkoping.text.lineup import Choice, Part, Row, joined, line_up, merged_space, respaced

# Steps that the alignments of one merge may take, for each side on each level.
STEPS = 300_000

_TOKEN = re.compile(r"[\w\u0300-\u036f]+|\s+|[^\w\s]")

Cut = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Piece:
    """Some words of a merge. Without conflict all three forms are the merged text."""

    base: str
    ours: str
    theirs: str
    is_conflict: bool


@dataclass(frozen=True)
class Stretch:
    """Some blocks of a merge: as they were, as each side has them, and merged.

    merged   None when both sides changed the same words
    pieces   the words of a conflict, in order; none without
    """

    base: str
    ours: str
    theirs: str
    merged: str | None
    pieces: tuple[Piece, ...] = ()

    @property
    def is_conflict(self) -> bool:
        """Both sides changed the same words."""
        return self.merged is None


@dataclass(frozen=True)
class MergedRow:
    """What a merge makes of one row.

    text          without the line breaks that follow it; None for nothing, and for a conflict
    is_respaced   the line breaks that follow it change, though nothing else there does
    pieces        the words of a conflict, in order; none without
    """

    row: Row
    text: str | None
    is_respaced: bool
    pieces: tuple[Piece, ...]

    @property
    def is_conflict(self) -> bool:
        """Both sides changed the same words."""
        return bool(self.pieces)

    @property
    def is_change(self) -> bool:
        """It is not what ours has."""
        return self.is_conflict or self.is_respaced or self.text != _raw(self.row.ours)


class MergeConflict(ValueError):
    """Both sides changed the same words; carries the whole text, in order."""

    def __init__(self, stretches: "tuple[Stretch, ...]") -> None:
        super().__init__(f"{sum(stretch.is_conflict for stretch in stretches)} conflicts")
        self.stretches = stretches


def merge(base: str, ours: str, theirs: str) -> str:
    """Combine two edits of the same base text.

    base    the text both started from
    ours    what the page says now
    theirs  what the writer sent

    Blocks first, then lines, then words inside a block that both changed. Raises MergeConflict, which carries
    every stretch in its three forms, when both changed the same words, when both put something at the same
    place, or when one took away what the other changed. merge(b, b, x) == x; merge(b, x, b) == x;
    merge(b, x, x) == x.

    Method: diff3 (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", FSTTCS 2007), over blocks that
    were edited rather than replaced.
    """
    parts = stretches(base, ours, theirs)
    merged = [part.merged for part in parts if part.merged is not None]
    if len(merged) < len(parts):
        raise MergeConflict(parts)
    return "".join(merged)


def stretches(base: str, ours: str, theirs: str) -> tuple[Stretch, ...]:
    """Merge as far as possible, and tell of every stretch of the text.

    The base of all stretches joined gives base, likewise ours and theirs; without a conflict, what is merged
    gives merge(…). Unchanged neighbours are one stretch; a block that anybody changed is one of its own.
    """
    merged = merge_rows(base, ours, theirs)
    rows = [part.row for part in merged]
    texts = joined(rows, [Choice(part.row, part.text, is_respaced=True) for part in merged])
    return tuple(_gathered(map(_stretch, merged, texts)))


def merge_rows(base: str, ours: str, theirs: str) -> tuple[MergedRow, ...]:
    """Merge row by row; joined(…) makes a text of what is chosen of them."""
    rows = line_up(base, ours, theirs)
    respaced_rows = respaced(rows)
    words = _Words()
    merged: list[MergedRow] = []
    for row in rows:
        text, pieces = _merge_row(row, words)
        merged.append(MergedRow(row, text, row in respaced_rows, pieces))
    return tuple(merged)


def _merge_row(row: Row, words: "_Words") -> tuple[str | None, tuple[Piece, ...]]:
    """Give the text of a row, or the pieces of its conflict."""
    base, ours, theirs = _raw(row.base), _raw(row.ours), _raw(row.theirs)
    if ours in (base, theirs):
        return theirs, ()
    if theirs == base:
        return ours, ()
    if base is None or ours is None or theirs is None:
        return None, (Piece(base or "", ours or "", theirs or "", is_conflict=True),)
    pieces = tuple(words.merged(base, ours, theirs))
    if any(piece.is_conflict for piece in pieces):
        return None, pieces
    return "".join(piece.theirs for piece in pieces), ()


def _stretch(merged: MergedRow, text: str) -> Stretch:
    """Tell of one row."""
    base, ours, theirs = map(_source, (merged.row.base, merged.row.ours, merged.row.theirs))
    return Stretch(base, ours, theirs, None if merged.is_conflict else text, merged.pieces)


def _gathered(parts: Iterator[Stretch]) -> Iterator[Stretch]:
    """Join neighbours that nobody changed."""
    same: list[str] = []
    for part in parts:
        if part.base == part.ours == part.theirs == part.merged:
            same.append(part.base)
            continue
        if same:
            yield _unchanged(same)
            same = []
        yield part
    if same:
        yield _unchanged(same)


def _unchanged(texts: list[str]) -> Stretch:
    """Make one stretch of blocks that nobody changed."""
    text = "".join(texts)
    return Stretch(text, text, text, text)


def _raw(part: Part | None) -> str | None:
    return part.raw if part else None


def _source(part: Part | None) -> str:
    return part.source if part else ""


def _lines(text: str) -> Sequence[str]:
    return text.splitlines(keepends=True)


def _tokens(text: str) -> Sequence[str]:
    return _TOKEN.findall(text)


_LEVELS: tuple[Cut, ...] = (_lines, _tokens)


@dataclass
class _Side:
    """What the alignments of one side may cost: its own, so that the sides can change places."""

    budgets: dict[Cut, Budget] = field(default_factory=lambda: {cut: Budget(STEPS) for cut in _LEVELS})


class _Words:
    """Merges inside blocks, all of one merge within one budget."""

    def __init__(self) -> None:
        self._ours, self._theirs = _Side(), _Side()

    def merged(self, base: str, ours: str, theirs: str) -> Iterator[Piece]:
        """Merge one block by lines and words; neighbours without conflict are one piece."""
        clean: list[str] = []
        for piece in self._pieces(base, ours, theirs, _LEVELS):
            if not piece.is_conflict:
                clean.append(piece.theirs)
                continue
            if clean:
                yield _clean("".join(clean))
                clean = []
            yield piece
        if clean:
            yield _clean("".join(clean))

    def _pieces(self, base: str, ours: str, theirs: str, levels: Sequence[Cut]) -> Iterator[Piece]:
        """Settle what only one side changed; cut finer what both did."""
        if ours in (theirs, base):
            yield _clean(theirs)
        elif theirs == base:
            yield _clean(ours)
        elif not (base + ours + theirs).strip():
            yield _clean(merged_space(base, ours, theirs))
        elif not levels:
            yield Piece(base, ours, theirs, is_conflict=True)
        else:
            for part in self._cut(base, ours, theirs, levels[0]):
                yield from self._pieces(*part, levels[1:])

    def _cut(self, base: str, ours: str, theirs: str, cut: Cut) -> Iterator[tuple[str, str, str]]:
        """Cut three texts where all of them have the same element; give each stretch in its three forms."""
        a, b, c = cut(base), cut(ours), cut(theirs)
        in_ours = dict(align(a, b, self._ours.budgets[cut]))
        in_theirs = dict(align(a, c, self._theirs.budgets[cut]))
        shared = [(i, in_ours[i], in_theirs[i]) for i in range(len(a)) if i in in_ours and i in in_theirs]
        i = j = k = 0
        for next_i, next_j, next_k in [*shared, (len(a), len(b), len(c))]:
            between = "".join(a[i:next_i]), "".join(b[j:next_j]), "".join(c[k:next_k])
            if any(between):
                yield between
            if next_i < len(a):
                yield a[next_i], a[next_i], a[next_i]
            i, j, k = next_i + 1, next_j + 1, next_k + 1


def _clean(text: str) -> Piece:
    """Make a piece without conflict."""
    return Piece(text, text, text, is_conflict=False)
