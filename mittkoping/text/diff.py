"""What changed between two texts: blocks first, then words inside blocks that changed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from mittkoping.text.align import Budget, align
from mittkoping.text.blocks import Block, split

# Steps that a comparison may take, so that two texts of 200 kB, whatever they hold, take under a second.
BLOCK_STEPS = 300_000
WORD_STEPS = 300_000
PAIRING_STEPS = 1_000_000
# Two blocks are one edited block if they share this part of their words (Dice).
SIMILARITY = 0.4
# Within these bounds every deleted block is weighed against every inserted one.
_PAIRED_PRODUCT = 900

_TOKEN = re.compile(r"[\w\u0300-\u036f]+|\s+|[^\w\s]")
_WORD = re.compile(r"[\w\u0300-\u036f]+")


@dataclass(frozen=True)
class Words:
    """A run of words (with their spaces) that stayed, came or went."""

    op: Literal["same", "insert", "delete"]
    text: str


@dataclass(frozen=True)
class BlockChange:
    """One block before and after, with the line breaks that follow it; words tell of a replaced one."""

    op: Literal["same", "insert", "delete", "replace"]
    old: str
    new: str
    words: tuple[Words, ...]


def compare(old: str, new: str) -> tuple[BlockChange, ...]:
    """Compare two texts block by block, and word by word where a block was edited.

    The old parts joined give old, the new parts joined give new. In a replaced block, words that are not
    inserted joined give its old part, words that are not deleted its new one. Blocks that differ only in the
    blank lines after them are the same. Time is bounded: past it, whole blocks or words count as replaced.
    """
    before, after = split(old), split(new)
    budget = Budget(BLOCK_STEPS)
    pairs = align([block.raw for block in before], [block.raw for block in after], budget)
    comparer = _Comparer()
    changes: list[BlockChange] = []
    i = j = 0
    for k, m in [*pairs, (len(before), len(after))]:
        changes += comparer.changed(before[i:k], after[j:m])
        if k < len(before):
            changes.append(BlockChange("same", _text(before[k]), _text(after[m]), ()))
        i, j = k + 1, m + 1
    return tuple(changes)


class _Comparer:
    """Compares stretches of changed blocks within one budget."""

    def __init__(self) -> None:
        self._pairing = Budget(PAIRING_STEPS)
        self._words = Budget(WORD_STEPS)

    def changed(self, old: Sequence[Block], new: Sequence[Block]) -> Iterator[BlockChange]:
        """Tell of blocks of which none stayed the same: which were edited, which went, which came."""
        i = j = 0
        for k, m in [*self._pairs(old, new), (len(old), len(new))]:
            yield from (BlockChange("delete", _text(block), "", ()) for block in old[i:k])
            yield from (BlockChange("insert", "", _text(block), ()) for block in new[j:m])
            if k < len(old):
                yield self._replaced(_text(old[k]), _text(new[m]))
            i, j = k + 1, m + 1

    def _pairs(self, old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
        """Pair the blocks that are alike: the best choice that keeps order, in step when there are many."""
        if not old or not new:
            return []
        if len(old) * len(new) <= _PAIRED_PRODUCT and self._pairing.spend(_effort(old) * len(new)):
            return _best_pairs([_counted(block) for block in old], [_counted(block) for block in new])
        steps = list(zip(old, new, strict=False))
        if not self._pairing.spend(_effort([block for step in steps for block in step])):
            return []
        return [(i, i) for i, (a, b) in enumerate(steps) if _likeness(_counted(a), _counted(b)) >= SIMILARITY]

    def _replaced(self, old: str, new: str) -> BlockChange:
        """Compare the words of one edited block."""
        a, b = _TOKEN.findall(old), _TOKEN.findall(new)
        runs: list[tuple[list[str], list[str], str]] = []
        i = j = 0
        for k, m in [*align(a, b, self._words), (len(a), len(b))]:
            runs.append((a[i:k], b[j:m], a[k] if k < len(a) else ""))
            i, j = k + 1, m + 1
        return BlockChange("replace", old, new, tuple(_gathered(runs)))


def _effort(blocks: Sequence[Block]) -> int:
    """Estimate how long the words of blocks take to count: some work for each block and each word."""
    return 20 * len(blocks) + sum(len(block.raw) for block in blocks) // 6


def _text(block: Block) -> str:
    """Give a block with what follows it."""
    return block.raw + block.separator


def _counted(block: Block) -> Counter[str]:
    """Count the words of a block; its signs when it has no words."""
    return Counter(_WORD.findall(block.raw) or block.raw.split())


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    """Tell how much of two blocks' words they share, 0 to 1 (Dice)."""
    total = a.total() + b.total()
    return 2 * sum(min(count, b[word]) for word, count in a.items() if word in b) / total if total else 0.0


def _best_pairs(old: Sequence[Counter[str]], new: Sequence[Counter[str]]) -> list[tuple[int, int]]:
    """Choose the pairs, rising on both sides, that are most alike in sum."""
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    taken: dict[tuple[int, int], bool] = {}
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            alike = _likeness(old[i], new[j])
            paired = alike + best[i + 1][j + 1] if alike >= SIMILARITY else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
            taken[i, j] = paired > 0 and paired == best[i][j]
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if taken[i, j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _gathered(runs: Sequence[tuple[list[str], list[str], str]]) -> Iterator[Words]:
    """Join neighbours of one kind; a mere space between two changes belongs to both of them.

    runs    what went, what came, and the one word after them that stayed
    """
    deleted: list[str] = []
    inserted: list[str] = []
    same: list[str] = []
    for went, came, stayed in runs:
        if went or came:
            kept = "".join(same)
            same = []
            if (deleted or inserted) and kept.isspace():
                deleted.append(kept)
                inserted.append(kept)
            elif kept:
                yield from _said(deleted, inserted, kept)
                deleted, inserted = [], []
            deleted += went
            inserted += came
        same.append(stayed)
    yield from _said(deleted, inserted, "".join(same))


def _said(deleted: list[str], inserted: list[str], same: str) -> Iterator[Words]:
    """Give what went, what came, and what stayed after them."""
    if deleted:
        yield Words("delete", "".join(deleted))
    if inserted:
        yield Words("insert", "".join(inserted))
    if same:
        yield Words("same", same)
