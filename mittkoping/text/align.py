"""Which elements of two sequences are the same ones, in bounded time."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

Pairs = list[tuple[int, int]]


@dataclass
class Budget:
    """How many more steps may be taken, by all parts of one comparison together."""

    left: int

    def spend(self, steps: int) -> bool:
        """Take steps from what is left; False when there are not that many."""
        if steps > self.left:
            return False
        self.left -= steps
        return True


def align(a: Sequence[str], b: Sequence[str], budget: Budget) -> Pairs:
    """Pair equal elements so that the pairs rise in both sequences.

    Returns pairs of indexes, in order. Common beginnings and ends first, then elements that both have exactly
    once (patience diff, B. Cohen), then the shortest script (E. Myers, "An O(ND) Difference Algorithm and Its
    Variations", Algorithmica 1986). What the budget does not reach stays unpaired.
    """
    pairs: Pairs = []
    gaps = [(0, len(a), 0, len(b))]
    while gaps:
        low_a, high_a, low_b, high_b = gaps.pop()
        while low_a < high_a and low_b < high_b and a[low_a] == b[low_b]:
            pairs.append((low_a, low_b))
            low_a, low_b = low_a + 1, low_b + 1
        while low_a < high_a and low_b < high_b and a[high_a - 1] == b[high_b - 1]:
            high_a, high_b = high_a - 1, high_b - 1
            pairs.append((high_a, high_b))
        if low_a == high_a or low_b == high_b or not budget.spend(high_a - low_a + high_b - low_b):
            continue
        left, right = a[low_a:high_a], b[low_b:high_b]
        anchors = [(i + low_a, j + low_b) for i, j in _anchors(left, right)]
        if anchors:
            gaps += _between(anchors, (low_a, high_a, low_b, high_b))
            pairs += anchors
        else:
            pairs += [(i + low_a, j + low_b) for i, j in _shortest_of_shared(left, right, budget)]
    return sorted(pairs)


def _between(anchors: Pairs, gap: tuple[int, int, int, int]) -> list[tuple[int, int, int, int]]:
    """Give the stretches before, between and after anchors."""
    low_a, high_a, low_b, high_b = gap
    starts = [(low_a, low_b), *((i + 1, j + 1) for i, j in anchors)]
    ends = [*anchors, (high_a, high_b)]
    return [(i, k, j, m) for (i, j), (k, m) in zip(starts, ends, strict=True)]


def _anchors(a: Sequence[str], b: Sequence[str]) -> Pairs:
    """Pair what occurs exactly once on both sides: the longest choice that rises on both."""
    count_a, count_b = Counter(a), Counter(b)
    place = {element: i for i, element in enumerate(a) if count_a[element] == 1}
    shared = [
        (place[element], j) for j, element in enumerate(b) if element in place and count_b[element] == 1
    ]
    tails: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for index, (i, _) in enumerate(shared):
        pile = bisect_left(tails, i)
        tails[pile : pile + 1] = [i]
        tops[pile : pile + 1] = [index]
        before.append(tops[pile - 1] if pile else -1)
    chosen: Pairs = []
    index = tops[-1] if tops else -1
    while index >= 0:
        chosen.append(shared[index])
        index = before[index]
    return chosen[::-1]


def _shortest_of_shared(a: Sequence[str], b: Sequence[str], budget: Budget) -> Pairs:
    """Leave out what only one side has, then pair by the shortest script."""
    shared = set(a) & set(b)
    places_a = [i for i, element in enumerate(a) if element in shared]
    places_b = [j for j, element in enumerate(b) if element in shared]
    pairs = _shortest([a[i] for i in places_a], [b[j] for j in places_b], budget)
    return [(places_a[i], places_b[j]) for i, j in pairs]


def _shortest(a: Sequence[str], b: Sequence[str], budget: Budget) -> Pairs:
    """Pair by the shortest script of insertions and deletions; nothing if the budget ends too early."""
    reached = {1: 0}
    steps: list[dict[int, int]] = []
    for depth in range(len(a) + len(b) + 1):
        # Keeping a copy of every round costs as much as the round.
        if not budget.spend(2 * depth + 1):
            return []
        steps.append(reached.copy())
        for diagonal in range(-depth, depth + 1, 2):
            start = _start(reached, diagonal, depth)
            end = _slide(a, b, start, start - diagonal)
            reached[diagonal] = end
            if not budget.spend(end - start):
                return []
            if end >= len(a) and end - diagonal >= len(b):
                return _trace(steps, diagonal, end)
    return []


def _start(reached: dict[int, int], diagonal: int, depth: int) -> int:
    """Give where a round begins on a diagonal: one step from the better of its neighbours."""
    down = diagonal == -depth or (diagonal != depth and reached[diagonal - 1] < reached[diagonal + 1])
    return reached[diagonal + 1] if down else reached[diagonal - 1] + 1


def _slide(a: Sequence[str], b: Sequence[str], i: int, j: int) -> int:
    """Follow equal elements; give the index in a where they end."""
    while i < len(a) and j < len(b) and a[i] == b[j]:
        i, j = i + 1, j + 1
    return i


def _trace(steps: list[dict[int, int]], diagonal: int, end: int) -> Pairs:
    """Walk back from the end through the rounds, noting what was equal."""
    pairs: Pairs = []
    for depth in range(len(steps) - 1, -1, -1):
        reached = steps[depth]
        start = _start(reached, diagonal, depth)
        pairs += [(i, i - diagonal) for i in range(start, end)]
        down = diagonal == -depth or (diagonal != depth and start == reached[diagonal + 1])
        diagonal = diagonal + 1 if down else diagonal - 1
        end = reached[diagonal] if depth else 0
    return pairs
