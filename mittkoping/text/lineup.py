"""Two edits of one text beside it: which blocks of theirs came of which block of the base."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from mittkoping.text.blocks import Block, split
from mittkoping.text.diff import BlockChange, compare

BLANK_LINE = "\n\n"


@dataclass(frozen=True)
class Part:
    """Neighbouring blocks of one text.

    start    how many blocks stand before them
    before   the line breaks that stand before them
    """

    start: int
    blocks: tuple[Block, ...]
    before: str

    @property
    def stop(self) -> int:
        """How many blocks stand before what follows them."""
        return self.start + len(self.blocks)

    @property
    def after(self) -> str:
        """The line breaks that follow them."""
        return self.blocks[-1].separator if self.blocks else ""

    @property
    def source(self) -> str:
        """Their text, with the line breaks that follow it."""
        return "".join(block.raw + block.separator for block in self.blocks)

    @property
    def raw(self) -> str:
        """Their text, without the line breaks that follow it."""
        *others, last = self.blocks
        return "".join(block.raw + block.separator for block in others) + last.raw


@dataclass(frozen=True)
class Row:
    """What belongs together: a block of the base and what became of it, or what came between two such blocks.

    place   characters of the base that stand before it
    number  which one of theirs, of those that came at this place: 1, 2, 3 …; else 0

    A text that has nothing here has None. Place and number do not depend on ours.
    """

    place: int
    number: int
    base: Part | None
    ours: Part | None
    theirs: Part | None


@dataclass(frozen=True)
class Choice:
    """What shall stand for a row; None for nothing.

    is_respaced   the line breaks after it may be those of theirs
    """

    row: Row
    text: str | None
    is_respaced: bool


def line_up(base: str, ours: str, theirs: str) -> tuple[Row, ...]:
    """Put the blocks of three texts into rows, in order.

    Every block stands in exactly one row; a row has at most one block of each text, except where both sides
    put different blocks at the same place.
    """
    return tuple(_LineUp(base, ours, theirs).rows())


def joined(rows: Sequence[Row], choices: Sequence[Choice]) -> tuple[str, ...]:
    """Give what was chosen, each with the line breaks that shall follow it.

    rows   all rows of the texts: what comes last follows the example of what they end with

    Neighbours in a text are parted as they are there; what never met is parted by the most that stood after
    the one or before the other, so that paragraphs never run together.
    """
    following = ends = _end(rows)
    texts: list[str] = []
    for choice in reversed(choices):
        if choice.text is None:
            texts.append("")
            continue
        breaks = _breaks(choice.row, following, is_respaced=choice.is_respaced, is_last=following is ends)
        texts.append(choice.text + breaks)
        following = choice.row
    return tuple(reversed(texts))


def respaced(rows: Sequence[Row]) -> frozenset[Row]:
    """Find the rows after which only the line breaks of ours and of the merged text differ."""
    ends = _end(rows)
    shown = [*(row for row in rows if row.ours or row.theirs), ends]
    return frozenset(
        row
        for row, after in pairwise(shown)
        if row.ours and row.theirs and row.ours.after != row.theirs.after
        if _meet(row.ours, after.ours) and _meet(row.theirs, after.theirs)
        if _breaks(row, after, is_respaced=True, is_last=after is ends) != row.ours.after
    )


class _LineUp:
    """The blocks of three texts, and who came of whom."""

    def __init__(self, base: str, ours: str, theirs: str) -> None:
        self._base, self._ours, self._theirs = split(base), split(ours), split(theirs)
        self._in_ours = _Side(base, ours)
        self._in_theirs = _Side(base, theirs)

    def rows(self) -> Iterator[Row]:
        """Walk down the base: what came before each block, then the block."""
        place = 0
        for i in range(len(self._base) + 1):
            yield from self._between(place, i)
            if i == len(self._base):
                break
            yield Row(
                place,
                0,
                _part(self._base, (i,)),
                _part(self._ours, self._in_ours.stayed[i]),
                _part(self._theirs, self._in_theirs.stayed[i]),
            )
            place += len(self._base[i].raw + self._base[i].separator)

    def _between(self, place: int, i: int) -> Iterator[Row]:
        """Put what came before a block into rows: what both brought, what one did, what they disagree on."""
        came_here, came_there = self._in_ours.came[i], self._in_theirs.came[i]
        if not came_here and not came_there:
            return
        first = came_there[0] if came_there else 0
        for mine, yours in self._agreed(came_here, came_there):
            number = yours[0] - first + 1 if yours else 0
            yield Row(place, number, None, _part(self._ours, mine), _part(self._theirs, yours))

    def _agreed(
        self, ours: Sequence[int], theirs: Sequence[int]
    ) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
        """Pair what both sides begin or end with; the rest came by one side, or by each in its own way."""
        least = min(len(ours), len(theirs))
        head = 0
        while head < least and self._is_same(ours[head], theirs[head]):
            head += 1
        tail = 0
        while tail < least - head and self._is_same(ours[-1 - tail], theirs[-1 - tail]):
            tail += 1
        mine, yours = ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]
        yield from (((j,), (k,)) for j, k in zip(ours[:head], theirs[:head], strict=True))
        if mine and yours:
            yield mine, yours
        else:
            yield from (((j,), ()) for j in mine)
            yield from (((), (k,)) for k in yours)
        ends = zip(ours[len(ours) - tail :], theirs[len(theirs) - tail :], strict=True)
        yield from (((j,), (k,)) for j, k in ends)

    def _is_same(self, j: int, k: int) -> bool:
        return self._ours[j].raw == self._theirs[k].raw


class _Side:
    """What one edit made of the base.

    came     for each place before, between and after the blocks of the base: which blocks came there
    stayed   for each block of the base: the block it became, or none
    """

    def __init__(self, base: str, side: str) -> None:
        self.came: list[list[int]] = [[]]
        self.stayed: list[tuple[int, ...]] = []
        block = 0
        for has_old, has_new in _steps(compare(base, side)):
            if has_old:
                self.came.append([])
                self.stayed.append((block,) if has_new else ())
            else:
                self.came[-1].append(block)
            block += has_new


def _steps(changes: Sequence[BlockChange]) -> Iterator[tuple[bool, bool]]:
    """Tell of each step whether it takes a block of the base, and one of the edit.

    Blocks that went and as many that came in their place are taken for rewritten, one by one.
    """
    for is_changed, group in groupby(changes, key=lambda change: change.op in {"delete", "insert"}):
        ops = [change.op for change in group]
        gone = ops.count("delete")
        if not is_changed or gone * 2 == len(ops):
            yield from [(True, True)] * (gone or len(ops))
        else:
            yield from ((op == "delete", op == "insert") for op in ops)


def _part(blocks: Sequence[Block], places: Sequence[int]) -> Part | None:
    """Cut neighbouring blocks out of a text."""
    if not places:
        return None
    start, stop = places[0], places[-1] + 1
    return Part(start, tuple(blocks[start:stop]), blocks[start - 1].separator if start else "")


def _end(rows: Sequence[Row]) -> Row:
    """Make the row that follows the last one."""
    ends: list[Part | None] = []
    for parts in zip(*((row.base, row.ours, row.theirs) for row in rows), strict=True):
        last = max((part for part in parts if part), key=lambda part: part.stop, default=None)
        ends.append(Part(last.stop, (), last.after) if last else Part(0, (), ""))
    return Row(0, 0, *(ends or [None] * 3))


def _meet(part: Part | None, following: Part | None) -> bool:
    """Tell whether two parts are neighbours in their text."""
    return part is not None and following is not None and part.stop == following.start


def _breaks(row: Row, following: Row, *, is_respaced: bool, is_last: bool) -> str:
    """Choose the line breaks between two rows."""
    pairs = [(row.base, following.base), (row.ours, following.ours), (row.theirs, following.theirs)]
    base, ours, theirs = [part.after if part and _meet(part, after) else None for part, after in pairs]
    if ours is not None and (theirs is None or not is_respaced):
        return ours
    if ours is not None and theirs is not None:
        return merged_space(base, ours, theirs)
    if theirs is not None:
        return theirs
    before = [after.before for _, after in pairs[1:] if after]
    longest = max([*before, *(part.after for part, _ in pairs[1:] if part and not is_last)], key=len)
    return longest if "\n" in longest or is_last else BLANK_LINE


def merged_space(base: str | None, ours: str, theirs: str) -> str:
    """Merge white space, about which nobody is asked: what one side changed, or the longer."""
    if base in {ours, theirs}:
        return theirs if base == ours else ours
    return max(ours, theirs, key=len)
