"""What becomes of marked passages when the text of their page changes: told before it does, and after."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from operator import itemgetter

from mittkoping.text.align import Budget, align
from mittkoping.text.anchors import Anchor, carry
from mittkoping.text.merge import MergeConflict, merge
from mittkoping.text.passages import paragraphs
from wiki.chips import Chip, chips
from wiki.content import Content, Passage, Tag
from wiki.models import Edit, FactorTag, HiddenVersion, Page
from wiki.passages import hidden_numbers, locate, passages_of, plains_of, readable_tags
from wiki.rendering import render_cached

MAX_STEPS = 200_000  # of comparing lines; past it, passages count as not moved
MAX_PLAINS = 5  # versions that are drawn to find passages in; those of older ones are found by their words


class Kind(Enum):
    """What becomes of a passage, the worst first."""

    GONE = "gone"
    LOOK = "look"
    MOVED = "moved"
    HERE = "here"


@dataclass(frozen=True)
class Fate:
    """What becomes of one passage.

    chip       its tag; words are what it said before
    left       how many of the words that were chosen are left, of `count`
    is_worse   it was in a better state before, or is new
    """

    chip: Chip
    kind: Kind
    left: int
    count: int
    is_worse: bool = False

    @property
    def is_orphaned(self) -> bool:
        """The change takes its words away, or so many that somebody has to look."""
        return self.is_worse and self.kind in {Kind.GONE, Kind.LOOK}


@dataclass(frozen=True)
class Fates:
    """What becomes of all passages of a page that have words in its text, the worst first."""

    all: tuple[Fate, ...] = ()

    @property
    def orphaned(self) -> list[Fate]:
        """Those that somebody should know of before it happens."""
        return [fate for fate in self.all if fate.is_orphaned]

    @property
    def calm(self) -> list[Fate]:
        """The others."""
        return [fate for fate in self.all if not fate.is_orphaned]


def fates_after(page: Page, tags: Iterable[Tag], plain: str) -> Fates:
    """What would become of passages if the page got this plain text now.

    tags   those that it would have then; a passage that is not on the page yet is looked for

    What is gone already is left out. Four queries, and at most six for each version that new passages were
    chosen in.
    """
    wanted = {tag.key: tag for tag in tags if tag.passage}
    if not wanted:
        return Fates()
    had = passages_of(page.content)
    rows = {str(row.key): row for row in page.factor_tags.with_passages()}
    before = {
        key: place
        for key, tag in wanted.items()
        if had.get(key) == tag.passage and key in rows and (place := rows[key].anchor)
    }
    after = dict(zip(before, carry(page.plain, plain, list(before.values())), strict=True))
    new = {key: tag.passage for key, tag in wanted.items() if key not in before and tag.passage}
    after |= locate(new, plain, _plains_of(page, new.values())) if new else {}
    shown = {
        chip.key: replace(chip, words=rows[chip.key].words) if chip.key in before else chip
        for chip in chips(readable_tags(wanted.values(), hidden_numbers(page, wanted.values()), plain))
    }
    return _fates(shown, before, after, (page.plain, plain))


def fates_since(page: Page, old: Content) -> Fates:
    """What has become of the passages of an older version until now; of those that the page still has.

    At most 40 queries, however many versions the passages were chosen in.
    """
    rows = {str(row.key): row for row in page.factor_tags.with_passages()}
    passages = {key: passage for key, passage in passages_of(old).items() if key in rows}
    if not passages:
        return Fates()
    plain = render_cached(old.body).plain
    before = {
        key: place
        for key, place in locate(passages, plain, _plains_of(page, passages.values())).items()
        if place.pieces
    }
    after = {key: place for key in before if (place := rows[key].anchor)}
    shown = {
        chip.key: replace(chip, words=plain[before[chip.key].start : before[chip.key].end])
        for chip in chips(tag for tag in old.tags if tag.key in before)
    }
    return _fates(shown, before, after, (plain, page.plain))


def fates_of(page: Page, content: Content, base: int | None = None) -> Fates:
    """What would become of the passages of a content if it was published now. At most 40 queries.

    base   the version that its text was written on; None for the newest
    """
    plain = render_cached(body_after(page, content.body, base)).plain
    return fates_after(page, content.tags, plain)


def body_after(page: Page, body: str, base: int | None) -> str:
    """What the page would say if a body was saved that somebody has written on the version `base`.

    Where both changed the same words, the body as it is: nobody has chosen yet. One query, or none.
    """
    if base is None or base == page.number:
        return body
    try:
        return merge(page.edits.get(number=base).content.body, page.body, body)
    except (Edit.DoesNotExist, HiddenVersion, MergeConflict):
        return body


def states_of(page: Page | None) -> dict[str, str]:
    """The states of all passages of a page, by the keys of their tags. One query, or none."""
    if page is None:
        return {}
    rows = page.factor_tags.with_passages().values_list("key", "state")
    return {str(key): state for key, state in rows}


def orphaned_since(page: Page, before: Mapping[str, str]) -> list[Chip]:
    """The passages whose words went since they had these states, or went so far that one has to look.

    One query. Their words are what they say now, or said when they were chosen.
    """
    rows = page.factor_tags.with_passages().exclude(state=FactorTag.State.HERE)
    related = rows.select_related("factor__merged_into", "municipality", "counted_for", "claimed_for")
    return [
        Chip.of(row, row.factor, row.municipality)
        for row in related
        if _is_worse(before.get(str(row.key)), row.state)
    ]


def _plains_of(page: Page, passages: Iterable[Passage]) -> dict[int, str]:
    """The plain texts that passages were chosen in, of the newest versions."""
    wanted = list(passages)
    newest = sorted({passage.version for passage in wanted}, reverse=True)[:MAX_PLAINS]
    return plains_of(page, [passage for passage in wanted if passage.version in newest])


def _fates(
    shown: Mapping[str, Chip],
    before: Mapping[str, Anchor],
    after: Mapping[str, Anchor],
    plains: tuple[str, str],
) -> Fates:
    lines = _Lines(*plains)
    order = list(Kind)
    fates = [
        _fate(chip, before.get(key), after[key], lines)
        for key, chip in shown.items()
        if key in after and (key not in before or before[key].pieces)
    ]
    return Fates(tuple(sorted(fates, key=lambda fate: (not fate.is_orphaned, order.index(fate.kind)))))


def _fate(chip: Chip, before: Anchor | None, after: Anchor, lines: "_Lines") -> Fate:
    is_worse = before is None or _is_worse(before.state, after.state)
    kind = Kind(after.state)
    if kind is Kind.HERE and before and lines.is_moved(before.start, after.start):
        kind = Kind.MOVED
    return Fate(chip, kind, len(after.pieces), after.count, is_worse and kind in {Kind.GONE, Kind.LOOK})


def _is_worse(before: str | None, after: str) -> bool:
    """Whether somebody who knows of the state before does not know of the one after."""
    worse: Sequence[str | None] = (FactorTag.State.HERE, FactorTag.State.LOOK, FactorTag.State.GONE)
    return before in worse and worse.index(after) > worse.index(before)


class _Lines:
    """The lines of two plain texts, those that are the same paired."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = paragraphs(old), paragraphs(new)
        lines = ([old[slice(*span)] for span in self._old], [new[slice(*span)] for span in self._new])
        pairs = align(*lines, Budget(MAX_STEPS)) if old != new else []
        self._pairs = ([one for one, _other in pairs], [other for _one, other in pairs])

    def is_moved(self, old: int, new: int) -> bool:
        """Whether a place in the old text and one in the new stand in lines with others before them."""
        ones, others = self._pairs
        return bisect_right(ones, _line(self._old, old)) != bisect_right(others, _line(self._new, new))


def _line(spans: Sequence[tuple[int, int]], place: int) -> int:
    return bisect_right(spans, place, key=itemgetter(0)) - 1
