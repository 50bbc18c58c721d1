"""What differs between two contents, as data for the templates."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from mittkoping.text.diff import BlockChange, Words, compare
from wiki.chips import Chip, chips
from wiki.content import Content, Tag
from wiki.labels import kind_label, municipality_names, track_labels
from wiki.tag_differences import tag_differences

CONTEXT = 2  # unchanged blocks that are shown around a change
# A comparison of more takes seconds to write out. Hardly a page that people write has so many blocks.
MAX_PIECES = 2_000
MAX_WORDS_JOINED = 20


@dataclass(frozen=True)
class FactChange:
    """A fact of the page that differs: its label, and both values as text."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ChipChange:
    """A tag that came (old is None), went (new is None) or was changed.

    differences   what was changed, in words; nothing for a tag that came or went
    """

    old: Chip | None
    new: Chip | None
    differences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """Some blocks in a row; folded when nothing near them changed. A change may stand for several blocks."""

    changes: list[BlockChange]
    is_folded: bool
    block_count: int


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two contents."""

    title: tuple[BlockChange, ...]
    lead: tuple[BlockChange, ...]
    body: list[Stretch]
    facts: list[FactChange]
    tags: list[ChipChange]

    @property
    def is_empty(self) -> bool:
        """Nothing differs."""
        return not (self.title or self.lead or self.body or self.facts or self.tags)


def compare_contents(old: Content, new: Content) -> Comparison:
    """Compare two versions of a page. A part that is the same is empty. At most four queries."""
    return Comparison(
        title=_compare_text(old.title, new.title),
        lead=_compare_text(old.lead, new.lead),
        body=_stretches(_compare_text(old.body, new.body)),
        facts=_compare_facts(old, new),
        tags=_compare_tags(old, new),
    )


def _compare_text(old: str, new: str) -> tuple[BlockChange, ...]:
    return compare(old, new) if old != new else ()


def _stretches(changes: tuple[BlockChange, ...]) -> list[Stretch]:
    changed = {at for at, change in enumerate(changes) if change.op != "same"}
    near = {at + step for at in changed for step in range(-CONTEXT, CONTEXT + 1)}
    blocks_a_piece = -(-len(changes) // MAX_PIECES)
    stretches: list[Stretch] = []
    for is_folded, numbered in groupby(enumerate(changes), key=lambda item: item[0] not in near):
        run = [change for _, change in numbered]
        stretches.append(Stretch(_joined(run, blocks_a_piece), is_folded, len(run)))
    return stretches


def _joined(run: list[BlockChange], size: int) -> list[BlockChange]:
    """The same changes, `size` neighbours at a time as one."""
    if size <= 1:
        return run
    return [_as_one(run[at : at + size]) for at in range(0, len(run), size)]


def _as_one(run: list[BlockChange]) -> BlockChange:
    old, new = ("".join(parts) for parts in zip(*((change.old, change.new) for change in run), strict=True))
    [*others, op] = {change.op for change in run}
    if not others and op != "replace":
        return BlockChange(op, old, new, ())
    pieces = [words for change in run for words in change.words or _whole(change)]
    words = tuple(
        Words(op, "".join(piece.text for piece in same))
        for op, same in groupby(pieces, key=lambda piece: piece.op)
    )
    if len(words) > MAX_WORDS_JOINED:
        words = (Words("delete", old), Words("insert", new))
    return BlockChange("replace", old, new, words)


def _whole(change: BlockChange) -> tuple[Words, ...]:
    """A block that came, went or stayed, as words of a larger one."""
    return (Words(change.op, change.new or change.old),) if change.op != "replace" else ()


def _compare_facts(old: Content, new: Content) -> list[FactChange]:
    facts = [
        FactChange(_("Sidtyp"), kind_label(old.kind), kind_label(new.kind)),
        FactChange(_("Inriktning"), ", ".join(track_labels(old.tracks)), ", ".join(track_labels(new.tracks))),
    ]
    if old.municipalities != new.municipalities:
        both = [", ".join(municipality_names(content.municipalities)) for content in (old, new)]
        facts.append(FactChange(_("Kommuner"), *both))
    return [fact for fact in facts if fact.old != fact.new]


def _compare_tags(old: Content, new: Content) -> list[ChipChange]:
    before = {tag.key: tag for tag in old.tags}
    after = {tag.key: tag for tag in new.tags}
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    gone = [before[key] for key in changed if key in before]
    come = [after[key] for key in changed if key in after]
    looked_up = chips([*gone, *come])
    old_chips = {chip.key: chip for chip in looked_up[: len(gone)]}
    new_chips = {chip.key: chip for chip in looked_up[len(gone) :]}
    return [
        _chip_change((before.get(key), old_chips.get(key)), (after.get(key), new_chips.get(key)))
        for key in changed
    ]


def _chip_change(old: tuple[Tag | None, Chip | None], new: tuple[Tag | None, Chip | None]) -> ChipChange:
    (before, old_chip), (after, new_chip) = old, new
    if not (before and after and old_chip and new_chip):
        return ChipChange(old_chip, new_chip)
    return ChipChange(old_chip, new_chip, tuple(tag_differences(before, after, (old_chip, new_chip))))
