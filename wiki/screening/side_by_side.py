"""Two edits that do not go together, place by place, as the templates show them."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Literal

from django.utils.translation import gettext as _

from mittkoping.text.align import Budget
from mittkoping.text.diff import Words, compare
from wiki.changes import Change
from wiki.content import Content
from wiki.screening.changed import LINE, MAX_ROWS, MAX_SHOWN, Form, Shown, pair, show, words
from wiki.settling import Same, Settling, may_join, settle

Who = Literal["ours", "theirs", "both"]
Pairs = Mapping[tuple[str, str], tuple[Words, ...]]
MARK = 12  # characters
# So many runs of words are marked in all the passages of one side; writing out more takes seconds.
MAX_RUNS = 10_000


@dataclass(frozen=True)
class Place:
    """One place where the published text and the writer's differ.

    shown      its number, label and forms; ours and theirs with what each made of the base
    who        has changed it
    offered    of a text: what the field for own words begins with, the merged text or the writer's
    may_join   both can stand there
    """

    shown: Shown
    who: Who
    offered: str
    may_join: bool

    @property
    def change(self) -> Change:
        """What is chosen about."""
        return self.shown.change

    @property
    def key(self) -> str:
        """Its name in the form."""
        return self.shown.key

    @property
    def mark(self) -> str:
        """Tells whether the place is as somebody looked at it: what is published there, and offered."""
        return digest(repr(self.change.ours)) + digest(self.offered.strip("\n"))


@dataclass(frozen=True)
class Gap:
    """What stands between places, in neither of which anything differs."""

    text: str
    count: int


class SideBySide:
    """What the writer chooses among: two contents, and what both started from; None when that is hidden."""

    def __init__(self, base: Content | None, ours: Content, theirs: Content) -> None:
        self.base, self.ours, self.theirs = base, ours, theirs
        self.settling: Settling = settle(base, ours, theirs)

    @cached_property
    def parts(self) -> tuple[Place | Gap, ...]:
        """In the order of the page. At most six queries.

        Where there are too many places, conflicts go before others.
        """
        ranked = sorted(self.settling.places, key=lambda change: not change.is_conflict)
        chosen = {change.key for change in ranked[:MAX_SHOWN]}
        places = iter(self._places([each for each in self.settling.places if each.key in chosen]))
        runs = groupby(self.settling.parts, key=lambda part: isinstance(part, Same))
        parts: list[Place | Gap] = []
        for is_same, run in runs:
            if is_same:
                parts += [Gap(part.text, part.count) for part in run if isinstance(part, Same)]
            else:
                parts += [next(places) for part in run if isinstance(part, Change) and part.key in chosen]
        return tuple(parts)

    @property
    def places(self) -> tuple[Place, ...]:
        """Those that are shown."""
        return tuple(part for part in self.parts if isinstance(part, Place))

    @cached_property
    def rest(self) -> tuple[Change, ...]:
        """Places that are not shown, because there are so many."""
        shown = {place.key for place in self.places}
        return tuple(change for change in self.settling.places if change.key not in shown)

    @property
    def unshown(self) -> tuple[Change, ...]:
        """Conflicts among these: they are settled all in the same way."""
        return tuple(change for change in self.rest if change.is_conflict)

    def _places(self, changes: Sequence[Change]) -> Iterator[Place]:
        others = iter(show([change for change in changes if not change.is_text]).shown)
        ours, theirs = (_pairs(self.base, side) for side in (self.ours, self.theirs))
        for number, change in enumerate(changes, 1):
            offered = str(change.theirs if change.is_conflict else change.merged) if change.is_text else ""
            shown = self._text(change, ours, theirs, offered) if change.is_text else next(others)
            yield Place(replace(shown, number=number), _who(change), offered, may_join(change))

    def _text(self, change: Change, ours: Pairs, theirs: Pairs, offered: str) -> Shown:
        labels = {"title": _("Titel"), "lead": _("Ingress")}
        label = labels.get(change.field, _("Text"))
        forms = _form(change, change.ours, ours), _form(change, change.theirs, theirs)
        if self.base is None:
            forms = _apart(str(change.ours), str(change.theirs))
        rows = min(MAX_ROWS, 2 + offered.count("\n") + len(offered) // LINE)
        return Shown(change, 0, label, "text", ours=forms[0], theirs=forms[1], rows=rows)


def digest(text: str) -> str:
    """Enough of a text to see whether it is another."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:MARK]


def _who(change: Change) -> Who:
    if change.is_conflict:
        return "both"
    if change.ours == change.base:
        return "theirs"
    return "ours" if change.theirs == change.base else "both"


def _pairs(base: Content | None, side: Content) -> Pairs:
    """What became of each passage of the base that was edited: all within the bounds of one comparison."""
    if base is None:
        return {}
    body: dict[tuple[str, str], tuple[Words, ...]] = {}
    left = Budget(MAX_RUNS)
    for change in compare(base.body, side.body):
        if change.op == "replace" and left.spend(len(change.words)):
            passages = change.old.rstrip("\n"), change.new.rstrip("\n")
            body[passages] = tuple(_trimmed(change.words))[::-1]
    short = ((base.title, side.title), (base.lead, side.lead))
    return body | {both: words(*both) for both in short if all(both)}


def _trimmed(pieces: Sequence[Words]) -> Iterator[Words]:
    """Words without the line breaks that end the block, from the last one to the first."""
    untrimmed = {"insert", "delete"}
    for piece in reversed(pieces):
        sides = {"insert", "delete"} if piece.op == "same" else {piece.op}
        text = piece.text.rstrip("\n") if sides <= untrimmed else piece.text
        if text:
            untrimmed -= sides
            yield replace(piece, text=text)


def _form(change: Change, side: object, pairs: Pairs) -> Form:
    base, text = str(change.base or ""), str(side or "")
    if base == text:
        return Form(text)
    found = pairs.get((base.rstrip("\n"), text.rstrip("\n")))
    if found:
        return Form(text, found)
    gone, come = (Words("delete", base),), (Words("insert", text),)
    return Form(text or base, (gone if base else ()) + (come if text else ()))


def _apart(ours: str, theirs: str) -> tuple[Form, Form]:
    """Two texts of which nobody knows what they started from: what differs between them is marked."""
    both = pair(ours, theirs)
    return Form(ours, _joined(both.old)), Form(theirs, _joined(both.new))


def _joined(pieces: Sequence[Words]) -> tuple[Words, ...]:
    """Neighbours of one kind as one; nothing when there are too many to be written out."""
    runs = groupby(pieces, key=lambda piece: piece.op)
    joined = tuple(Words(op, "".join(piece.text for piece in run)) for op, run in runs)
    return joined if len(joined) <= MAX_RUNS else ()
