"""A plain text as words in lines, and what two lines of words share."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from mittkoping.text.align import Pairs

# Words stand beside each other if no more than this was put in or taken out between them.
_REACH = 3
# Among how many places one looks for where else a word may have come from.
_SCOPE = 200

WORD = re.compile(r"[\w\u0300-\u036f]+")


class Words:
    """A plain text as words in lines; lines without words are left out.

    spans     where each word starts and ends
    words     the words
    line_of   the line of each word
    lines     the first word of each line and the one after its last
    keys      what each line says; the same whatever its punctuation
    """

    def __init__(self, plain: str) -> None:
        self.spans: list[tuple[int, int]] = []
        self.words: list[str] = []
        self.line_of: list[int] = []
        self.lines: list[tuple[int, int]] = []
        at = 0
        for line in plain.split("\n"):
            found = list(WORD.finditer(line))
            if found:
                self.spans += [(at + m.start(), at + m.end()) for m in found]
                self.line_of += [len(self.lines)] * len(found)
                self.lines.append((len(self.words), len(self.words) + len(found)))
                self.words += [m.group() for m in found]
            at += len(line) + 1
        self.keys = [" ".join(self.of_line(line)) for line in range(len(self.lines))]
        self._counted: dict[int, Counter[str]] = {}

    def of_line(self, line: int) -> list[str]:
        """Give the words of a line."""
        first, after = self.lines[line]
        return self.words[first:after]

    def counted(self, line: int) -> Counter[str]:
        """Count the words of a line."""
        if line not in self._counted:
            self._counted[line] = Counter(self.of_line(line))
        return self._counted[line]

    def only_place(self, said: Sequence[str]) -> int:
        """Find the word where the one row of words begins that says this; −1 if there is none, or several."""
        row = f" {' '.join(said)} "
        at = self._row.find(row)
        return self._row.count(" ", 0, at) if at >= 0 > self._row.find(row, at + 1) else -1

    @cached_property
    def _row(self) -> str:
        return f" {' '.join(self.words)} "

    @cached_property
    def times(self) -> Counter[str]:
        """How many lines say the same."""
        return Counter(self.keys)


def common(a: Counter[str], b: Counter[str]) -> int:
    """Count the words that two lines share."""
    return sum(min(count, b[word]) for word, count in a.items() if word in b)


def dice(a: Counter[str], b: Counter[str]) -> float:
    """Tell how much of two lines' words they share, 0 to 1."""
    return 2 * common(a, b) / (a.total() + b.total())


def beside(pairs: Pairs) -> list[bool]:
    """Tell of each pair whether a neighbour of the word came with it, nothing being replaced between them."""
    close = [min(k - i, m - j) == 1 and max(k - i, m - j) <= _REACH + 1 for (i, j), (k, m) in pairwise(pairs)]
    return [before or after for before, after in zip([False, *close], [*close, False], strict=True)]


def other_places(said: Sequence[str], words: Sequence[str], line: tuple[int, int]) -> list[tuple[int, ...]]:
    """Tell where in a line each of some words may be, all of them being in it in this order.

    Between the first place and the last where it can stand; nothing when these are far apart.
    """
    first, after = line
    earliest: list[int] = []
    at = first
    for word in said:
        at = words.index(word, at, after) + 1
        earliest.append(at - 1)
    places: list[tuple[int, ...]] = []
    at = after - 1
    for word, low in zip(reversed(said), reversed(earliest), strict=True):
        while words[at] != word:
            at -= 1
        near = at - low <= _SCOPE
        places.append(tuple(place for place in range(low, at + 1) if words[place] == word) if near else ())
        at -= 1
    return places[::-1]
