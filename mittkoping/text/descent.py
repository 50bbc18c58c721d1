"""Which words of an edited text descend from which words before, and of which of them nobody can be sure."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from mittkoping.text.align import Budget, Pairs, align
from mittkoping.text.words import Words, beside, common, dice, other_places

# Steps that two texts may take, so that two of 200 kB, whatever they hold, take under a second.
LINE_STEPS = 200_000
WORD_STEPS = 300_000
RIVAL_STEPS = 600_000
# Two lines may be one line edited if they share this part of their words (Dice).
SIMILARITY = 0.4
# The same for a line that was both moved and edited.
_MOVED_SIMILARITY = 0.6
# A line is part of another (one was cut in two, two were joined) if this part of it is there, word by word.
_CONTAINED = 0.7
_LEAST_CONTAINED = 3
# Another line is a rival if this part of what two lines share is there too, and it is nearly as much alike.
_RIVALLING = 0.5
_NEARLY = 0.9
# So many words in lines that were edited are not compared all with all.
_MANY = 6_000


@dataclass(frozen=True, slots=True)
class Trace:
    """A word of the new text that was there before.

    old        which word it was
    new        which word it is
    others     all words of the old line that it may as well have been, itself included
    is_sure    False when it may have come from another line, or may be another word of the new line
    is_beside  whether a neighbour came with it
    """

    old: int
    new: int
    others: tuple[int, ...]
    is_sure: bool
    is_beside: bool


class _Purse(Budget):
    """A budget that remembers that it was not enough."""

    is_short = False

    def spend(self, steps: int) -> bool:
        """Take steps from what is left; False when there are not that many."""
        is_enough = super().spend(steps)
        self.is_short = self.is_short or not is_enough
        return is_enough


@dataclass
class Descent:
    """What became of the lines of an old text that matter; the others are looked at as far as needed."""

    old: Words
    new: Words
    _lines: _Purse = field(default_factory=lambda: _Purse(LINE_STEPS))
    _words: _Purse = field(default_factory=lambda: _Purse(WORD_STEPS))
    _rivals: _Purse = field(default_factory=lambda: _Purse(RIVAL_STEPS))

    def __post_init__(self) -> None:
        """Pair the lines that say the same, from the front and from the back."""
        self._kept = align(self.old.keys, self.new.keys, self._lines)
        self.same = dict(self._with_moved(self._kept))
        mirrored = align(self.old.keys[::-1], self.new.keys[::-1], self._lines)
        count, other = len(self.old.keys) - 1, len(self.new.keys) - 1
        self._same_backwards = dict(self._with_moved([(count - i, other - j) for i, j in mirrored]))
        arrived = set(self.same.values())
        self.vanished = [i for i in range(count + 1) if i not in self.same]
        self._came = [j for j in range(other + 1) if j not in arrived and not self._is_copy(j)]
        self._copies = {
            self.new.keys[j]: j for j in range(other + 1) if j not in arrived and self._is_copy(j)
        }

    @property
    def is_short(self) -> bool:
        """Whether the texts are too large and too different to be compared as a whole."""
        return self._lines.is_short or self._words.is_short

    def traces(self, lines: Iterable[int]) -> dict[int, list[Trace]]:
        """Follow the words of these old lines."""
        wanted = set(lines)
        traces: dict[int, list[Trace]] = {line: [] for line in wanted}
        lost = []
        for line in sorted(wanted):
            place = self.same.get(line, self._same_backwards.get(line))
            if place is None:
                lost.append(line)
            else:
                traces[line] = list(self._unchanged(line, place))
        for line, place, pairs in self._edited(lost):
            traces[line] += self._changed(line, place, pairs)
        for line in lost:
            if not traces[line]:
                traces[line] = self._elsewhere(line)
        return traces

    def resembles_any(self, place: int, outside: tuple[int, int]) -> bool:
        """Tell whether a line that came may be one that vanished, other than those from one to another."""
        low, high = outside
        return any(self._dice(line, place) >= SIMILARITY for line in self.vanished if not low <= line <= high)

    def _with_moved(self, pairs: Pairs) -> Iterator[tuple[int, int]]:
        """Add lines that stand elsewhere, if there was one such line and there is one."""
        yield from pairs
        known = {i for i, _ in pairs}
        arrived = {j for _, j in pairs}
        places = {self.new.keys[j]: j for j in range(len(self.new.keys)) if j not in arrived}
        for i, key in enumerate(self.old.keys):
            if i not in known and key in places and self.old.times[key] == self.new.times[key] == 1:
                yield i, places[key]

    def _unchanged(self, line: int, place: int) -> Iterator[Trace]:
        """Follow a line that says what it said."""
        is_sure = (
            not self._lines.is_short
            and self.same.get(line) == self._same_backwards.get(line)
            and not self._is_one_of_fewer(line)
            and not self._has_old_rival(line, place, self.old.counted(line), is_changed=False)
        )
        first, after = self.old.lines[line]
        start = self.new.lines[place][0]
        for word in range(first, after):
            yield Trace(word, start + word - first, (word,), is_sure, is_beside=True)

    def _is_copy(self, place: int) -> bool:
        """Tell whether a new line says what some old line did; then it is no other line, edited."""
        return self.new.keys[place] in self.old.times

    def _edited(self, lost: Sequence[int]) -> Iterator[tuple[int, int, Pairs]]:
        """Pair the words between lines that stayed; give those of lines that are one line edited."""
        ends = [*self._kept, (len(self.old.lines), len(self.new.lines))]
        gaps: dict[int, list[int]] = {}
        for line in lost:
            gaps.setdefault(bisect_right(ends, (line, -1)), []).append(line)
        vanished, came = set(self.vanished), set(self._came)
        for gap, lines in gaps.items():
            low_i, low_j = ends[gap - 1] if gap else (-1, -1)
            high_i, high_j = ends[gap]
            olds = [i for i in range(low_i + 1, high_i) if i in vanished]
            news = [j for j in range(low_j + 1, high_j) if j in came]
            for (line, place), pairs in self._by_lines_or_in_step(olds, news).items():
                if line in lines and self._is_one_line(line, place, pairs):
                    yield line, place, pairs

    def _by_lines_or_in_step(self, olds: Sequence[int], news: Sequence[int]) -> dict[tuple[int, int], Pairs]:
        """Pair the words of lines in a row; of very many, those of each line and the one in its place."""
        if sum(self.old.lines[line][1] - self.old.lines[line][0] for line in olds) <= _MANY or len(olds) == 1:
            return self._by_lines(olds, news)
        parted: dict[tuple[int, int], Pairs] = {}
        for line, place in zip(olds, news, strict=False):
            parted |= self._by_lines([line], [place])
        return parted

    def _by_lines(self, olds: Sequence[int], news: Sequence[int]) -> dict[tuple[int, int], Pairs]:
        """Pair the words of lines in a row, and part the pairs by their lines."""
        before = [word for line in olds for word in range(*self.old.lines[line])]
        after = [word for line in news for word in range(*self.new.lines[line])]
        parted: dict[tuple[int, int], Pairs] = {}
        for i, j in align(
            [self.old.words[word] for word in before], [self.new.words[word] for word in after], self._words
        ):
            word, place = before[i], after[j]
            parted.setdefault((self.old.line_of[word], self.new.line_of[place]), []).append((word, place))
        return parted

    def _is_one_line(self, line: int, place: int, pairs: Pairs) -> bool:
        """Tell whether so much is shared that it cannot be by chance."""
        old, new = self.old.counted(line).total(), self.new.counted(place).total()
        if 2 * len(pairs) >= SIMILARITY * (old + new):
            return True
        together = sum(beside(pairs))
        return together >= _LEAST_CONTAINED and together >= _CONTAINED * min(old, new)

    def _elsewhere(self, line: int) -> list[Trace]:
        """Follow a line that was both moved and edited; or one of some look-alikes that were moved."""
        place = self._copies.get(self.old.keys[line], -1)
        if place >= 0:
            return [replace(trace, is_sure=False) for trace in self._unchanged(line, place)]
        if self._rivals.spend(20 * len(self._came)):
            weighed = [(self._dice(line, place), -place) for place in self._came]
            likeness, place = max(weighed, default=(0.0, 0))
            if likeness >= _MOVED_SIMILARITY:
                pairs = self._by_lines([line], [-place]).get((line, -place), [])
                return list(self._changed(line, -place, pairs))
        return []

    def _changed(self, line: int, place: int, pairs: Pairs) -> Iterator[Trace]:
        """Follow the words of a line that was edited."""
        if not pairs:
            return
        said = [self.old.words[i] for i, _ in pairs]
        shared = Counter(said)
        is_sure = not (
            self._words.is_short
            or self._is_one_of_fewer(line)
            or self._has_old_rival(line, place, shared, is_changed=True)
            or self._has_new_rival(line, place, shared)
        )
        before = other_places(said, self.old.words, self.old.lines[line])
        after = other_places(said, self.new.words, self.new.lines[place])
        for (i, j), others, places, is_beside in zip(pairs, before, after, beside(pairs), strict=True):
            yield Trace(i, j, others or (i, -1), is_sure and len(places) == 1, is_beside)

    def _is_one_of_fewer(self, line: int) -> bool:
        """Tell whether there were look-alikes of a line, and one of them all is gone."""
        key = self.old.keys[line]
        return self.old.times[key] > max(1, self.new.times[key])

    def _has_old_rival(self, line: int, place: int, shared: Counter[str], *, is_changed: bool) -> bool:
        """Tell whether a new line may as well come from another old line, which is not there any longer.

        A line that says what it said comes from another only if that one had all its words.
        """
        least = (_RIVALLING if is_changed else 1) * shared.total()
        for rival in self.vanished:
            if not self._rivals.spend(len(shared)):
                return True
            if rival == line or common(shared, self.old.counted(rival)) < least:
                continue
            if self._dice(rival, place) < (_NEARLY * self._dice(line, place) if is_changed else SIMILARITY):
                continue
            if not self._is_settled(line, place, rival):
                return True
        return False

    def _is_settled(self, line: int, place: int, rival: int) -> bool:
        """Tell whether another old line clearly became something else than this one did."""
        own, others = self._dice(line, place), self._dice(rival, place)
        return any(
            self._dice(rival, other) > others and own > self._dice(line, other)
            for other in self._came
            if other != place and self._rivals.spend(20)
        )

    def _has_new_rival(self, line: int, place: int, shared: Counter[str]) -> bool:
        """Tell whether an old line may as well have become another new line, which was not there before."""
        own = self._dice(line, place)
        for rival in self._came:
            if not self._rivals.spend(len(shared)):
                return True
            if rival == place or common(shared, self.new.counted(rival)) < _RIVALLING * shared.total():
                continue
            others = self._dice(line, rival)
            if others >= _NEARLY * own and not any(
                self._dice(other, rival) > others and own > self._dice(other, place)
                for other in self.vanished
                if other != line and self._rivals.spend(20)
            ):
                return True
        return False

    def _dice(self, line: int, place: int) -> float:
        return dice(self.old.counted(line), self.new.counted(place))
