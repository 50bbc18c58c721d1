"""Two edits that do not go together, made into one by what the writer chooses, place by place."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from mittkoping.text.lineup import BLANK_LINE, Choice, Part, joined
from mittkoping.text.merge import MergedRow, merge_rows
from mittkoping.text.normalise import normalise
from wiki.changes import CLEANERS, FACTS, Change, Decision, Value, apply, changes
from wiki.content import Content, Tag

OURS, THEIRS, BOTH, OWN = "ours", "theirs", "both", "own"
# Both can stand there, one after the other.
JOINED = frozenset({"lead", "body", "tracks", "municipalities"})


class Unsettled(ValueError):
    """Both changed the same, and nobody has chosen what shall stand there."""


@dataclass(frozen=True)
class Pick:
    """What shall stand at a place: OURS, THEIRS, BOTH in that order, or OWN words."""

    side: str
    text: str = ""


@dataclass(frozen=True)
class Same:
    """Neighbouring passages that both texts have."""

    text: str
    count: int


Picks = Mapping[str, Pick]


class Settling:
    """An edit that met another one.

    base     what both started from
    ours     what is published
    theirs   what the writer has sent
    """

    def __init__(self, base: Content, ours: Content, theirs: Content) -> None:
        self.base, self.ours, self.theirs = base, ours, theirs

    @cached_property
    def parts(self) -> tuple[Change | Same, ...]:
        """The places where the two differ, and what stands between them: facts, text, tags.

        Keys are those of wiki.changes; a place where all that theirs says is in ours already has another.
        """
        return (*self._facts, *_passages(self._rows), *self._tags)

    @property
    def places(self) -> tuple[Change, ...]:
        """Those where the two differ."""
        return tuple(part for part in self.parts if isinstance(part, Change))

    def settled(self, picks: Picks) -> Content:
        """One content of the two, by the keys of places; what nobody chose about is merged.

        Without a conflict, no picks give merge_content(base, ours, theirs). OWN words are for texts, BOTH for
        what may_join says. Raises Unsettled.
        """
        decisions = {change.key: _decision(change, picks.get(change.key)) for change in self._changed_facts}
        facts = apply(*self._without_body, decisions)
        written: dict[str, Any] = {
            change.field: CLEANERS[change.field](pick.text)
            for change in self._facts
            if (pick := picks.get(change.key)) and pick.side == OWN and change.field in CLEANERS
        }
        return replace(facts, **written, body=_settled_body(self._rows, picks))

    @cached_property
    def _rows(self) -> tuple[MergedRow, ...]:
        return merge_rows(self.base.body, self.ours.body, self.theirs.body)

    @property
    def _without_body(self) -> tuple[Content, Content, Content]:
        base, ours, theirs = (replace(each, body="") for each in (self.base, self.ours, self.theirs))
        return base, ours, theirs

    @cached_property
    def _changed_facts(self) -> tuple[Change, ...]:
        return changes(*self._without_body)

    @cached_property
    def _facts(self) -> tuple[Change, ...]:
        changed = {change.key: change for change in self._changed_facts}
        every = (changed.get(name) or self._published_only(name) for name in FACTS)
        return tuple(change for change in every if change)

    def _published_only(self, name: str) -> Change | None:
        """A fact that is published as it is going to be, though theirs has another."""
        base, ours, theirs = (getattr(each, name) for each in (self.base, self.ours, self.theirs))
        return None if ours == theirs else _kept(f"deras-{name}", name, base, ours, theirs)

    @cached_property
    def _tags(self) -> tuple[Change, ...]:
        changed = {change.key: change for change in self._changed_facts if change.field == "tag"}
        sides = (self.base, self.ours, self.theirs)
        base, ours, theirs = ({tag.key: tag for tag in each.tags} for each in sides)
        kept = (
            _kept(f"deras-tag-{key}", "tag", base.get(key), ours.get(key), theirs.get(key))
            for key in {**ours, **base}
            if f"tag-{key}" not in changed and ours.get(key) != theirs.get(key)
        )
        return (*changed.values(), *kept)


class SettlingApart(Settling):
    """As Settling, when nobody may read any more what the two started from: each part is one or the other."""

    def __init__(self, ours: Content, theirs: Content) -> None:
        super().__init__(Content(title=""), ours, theirs)

    @cached_property
    def parts(self) -> tuple[Change | Same, ...]:
        """Every part in which the two differ is a conflict."""
        pairs = [(name, name, getattr(self.ours, name), getattr(self.theirs, name)) for name in _WHOLE]
        mine, yours = ({tag.key: tag for tag in each.tags} for each in (self.ours, self.theirs))
        pairs += [(f"tag-{key}", "tag", mine.get(key), yours.get(key)) for key in {**mine, **yours}]
        return tuple(
            Change(key, field, None, ours, theirs, None, theirs, is_conflict=True)
            for key, field, ours, theirs in pairs
            if ours != theirs
        )

    def settled(self, picks: Picks) -> Content:
        """As Settling.settled."""
        chosen = {change.key: self._chosen(change, picks) for change in self.places}
        tags = {tag.key: tag for tag in (*self.ours.tags, *self.theirs.tags)}
        found = (chosen.get(f"tag-{key}", tag) for key, tag in tags.items())
        whole: dict[str, Any] = {name: chosen[name] for name in _WHOLE if name in chosen}
        return replace(self.ours, **whole, tags=tuple(tag for tag in found if isinstance(tag, Tag)))

    @staticmethod
    def _chosen(change: Change, picks: Picks) -> Value:
        if (pick := picks.get(change.key)) is None:
            raise Unsettled(change.key)
        if pick.side == OWN:
            return CLEANERS.get(change.field, normalise)(pick.text)
        if pick.side == BOTH:
            return _both(change)
        return change.ours if pick.side == OURS else change.theirs


_WHOLE = (*FACTS, "body")


def settle(base: Content | None, ours: Content, theirs: Content) -> Settling:
    """What the writer chooses among; base is None when it is hidden."""
    return SettlingApart(ours, theirs) if base is None else Settling(base, ours, theirs)


def may_join(change: Change) -> bool:
    """Both sides can stand there, one after the other."""
    return change.is_conflict and change.field in JOINED and bool(change.ours and change.theirs)


def _kept(key: str, field: str, base: Value, ours: Value, theirs: Value) -> Change:
    return Change(key, field, base, ours, theirs, ours, ours, is_conflict=False)


def _decision(change: Change, pick: Pick | None) -> Decision:
    """A pick as those put it who decide on proposals."""
    if pick is None:
        if change.is_conflict:
            raise Unsettled(change.key)
        return Decision()
    if pick.side == BOTH and may_join(change):
        return Decision(text=str(_both(change)))
    # Own words are put in afterwards: they may also be about what theirs leaves alone.
    return Decision(publishes=pick.side != OURS)


def _both(change: Change) -> Value:
    ours, theirs = change.ours, change.theirs
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        return tuple(sorted({*ours, *theirs}))
    return f"{str(ours).rstrip()}{BLANK_LINE}{theirs}"


def _keyed(rows: tuple[MergedRow, ...]) -> Iterator[tuple[str, MergedRow]]:
    """Each row with its key; "" where there is nothing to choose among."""
    kept: Counter[int] = Counter()
    for part in rows:
        row = part.row
        if _raw(row.ours) == _raw(row.theirs):
            yield "", part
        elif part.is_change:
            yield f"body-{row.place}" + (f"-{row.number}" if row.number else ""), part
        else:
            kept[row.place] += 1
            yield f"deras-{row.place}-{kept[row.place]}", part


def _passages(rows: tuple[MergedRow, ...]) -> Iterator[Change | Same]:
    same: list[Part] = []
    for key, part in _keyed(rows):
        if not key:
            same += [part.row.ours] if part.row.ours else []
            continue
        if same:
            yield _gathered(same)
            same = []
        base, ours, theirs = map(_raw, (part.row.base, part.row.ours, part.row.theirs))
        merged = None if part.is_conflict else part.text or ""
        taken = theirs if merged is None else merged
        yield Change(key, "body", base, ours, theirs, merged, taken, part.is_conflict)
    if same:
        yield _gathered(same)


def _gathered(parts: list[Part]) -> Same:
    return Same("".join(part.source for part in parts), sum(len(part.blocks) for part in parts))


def _settled_body(rows: tuple[MergedRow, ...], picks: Picks) -> str:
    choices = [_choice(part, picks.get(key)) for key, part in _keyed(rows)]
    return "".join(joined([part.row for part in rows], choices))


def _choice(part: MergedRow, pick: Pick | None) -> Choice:
    row = part.row
    if pick is None:
        if part.is_conflict:
            raise Unsettled(str(row.place))
        return Choice(row, part.text, is_respaced=True)
    if pick.side == OWN:
        text = normalise(pick.text).strip("\n")
    elif pick.side == BOTH and row.ours and row.theirs:
        # Items of a list and rows of a table follow each other without a blank line.
        text = row.ours.raw + (row.theirs.before or BLANK_LINE) + row.theirs.raw
    else:
        text = _raw(row.ours if pick.side == OURS else row.theirs)
    return Choice(row, text if text.strip() else None, is_respaced=pick.side != OURS)


def _raw(part: Part | None) -> str:
    return part.raw if part else ""
