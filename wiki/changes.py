"""What a proposal would change in what is published, change by change, so that each can be decided on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from mittkoping.text.lineup import BLANK_LINE, Choice, Part, joined
from mittkoping.text.merge import MergedRow, merge_rows
from mittkoping.text.normalise import normalise, normalise_line
from wiki.content import Content, Tag
from wiki.merging import Merged, MergedFacts, content_of, merge_facts

T = TypeVar("T")
Value = str | tuple[str, ...] | Tag | None

TEXTS = frozenset({"title", "lead", "body"})
FACTS = ("title", "lead", "kind", "tracks", "municipalities")
# What a form would do with the moderator's own words.
CLEANERS: Mapping[str, Callable[[str], str]] = {"title": normalise_line, "lead": normalise}


@dataclass(frozen=True)
class Change:
    """One thing that accepting would change.

    key      names it as long as base and theirs are the same, whatever is published meanwhile
    field    title, lead, kind, tracks, municipalities, body or tag
    base     what the proposal started from, ours what is published, theirs what is proposed
    merged   what theirs makes of ours; None in a conflict, and for a tag that goes away
    taken    what is published if the change is taken: merged, in a conflict theirs; of two insertions at the
             same place both

    Texts of the body are without the line breaks that follow them; "" where there is nothing.
    """

    key: str
    field: str
    base: Value
    ours: Value
    theirs: Value
    merged: Value
    taken: Value
    is_conflict: bool

    @property
    def is_text(self) -> bool:
        """A moderator may write something else instead."""
        return self.field in TEXTS

    @property
    def is_spacing(self) -> bool:
        """Nothing but the blank lines after it changes."""
        return self.field == "body" and not self.is_conflict and self.ours == self.merged


@dataclass(frozen=True)
class Decision:
    """What becomes of a change: left out, taken, or replaced by the moderator's own words."""

    publishes: bool = True
    text: str | None = None


class UnknownChange(ValueError):
    """A decision on something that is no change, or no longer."""


class NoText(ValueError):
    """Own words for a change that is not of words."""


def changes(base: Content, ours: Content, theirs: Content) -> tuple[Change, ...]:
    """Everything that accepting theirs would change in ours, in the order of the page.

    A passage of the body is a block: a paragraph, a heading, a list item, a row of a table.
    """
    return _listed(merge_facts(base, ours, theirs), merge_rows(base.body, ours.body, theirs.body))


def apply(base: Content, ours: Content, theirs: Content, decisions: Mapping[str, Decision]) -> Content:
    """What is published after these decisions, by the keys of changes; what is not decided on is left out.

    Without a conflict, taking all gives merge_content(base, ours, theirs); taking nothing gives ours.
    Raises UnknownChange, or NoText.
    """
    facts = merge_facts(base, ours, theirs)
    rows = merge_rows(base.body, ours.body, theirs.body)
    _check(decisions, {change.key: change for change in _listed(facts, rows)})
    chosen = {key: decision for key, decision in decisions.items() if decision.publishes}
    return content_of(_decided_facts(facts, chosen), _decided_body(rows, chosen))


def _listed(facts: MergedFacts, rows: tuple[MergedRow, ...]) -> tuple[Change, ...]:
    named = [(name, getattr(facts, name)) for name in FACTS]
    return (
        *(_fact_change(name, part) for name, part in named if _is_change(part)),
        *(_passage_change(row) for row in rows if row.is_change),
        *(_tag_change(tag) for tag in facts.tags if _is_change(tag)),
    )


def _check(decisions: Mapping[str, Decision], known: Mapping[str, Change]) -> None:
    for key, decision in decisions.items():
        if key not in known:
            raise UnknownChange(key)
        if decision.text is not None and not known[key].is_text:
            raise NoText(key)


def _is_change(part: Merged[str] | Merged[tuple[str, ...]] | Merged[Tag | None]) -> bool:
    return part.is_conflict or part.merged != part.ours


def _fact_change(name: str, part: Merged[str] | Merged[tuple[str, ...]]) -> Change:
    merged = None if part.is_conflict else part.merged
    return Change(name, name, part.base, part.ours, part.theirs, merged, part.merged, part.is_conflict)


def _tag_change(tag: Merged[Tag | None]) -> Change:
    merged = None if tag.is_conflict else tag.merged
    return Change(_tag_key(tag), "tag", tag.base, tag.ours, tag.theirs, merged, tag.merged, tag.is_conflict)


def _tag_key(tag: Merged[Tag | None]) -> str:
    return next(f"tag-{form.key}" for form in (tag.ours, tag.theirs) if form)


def _passage_change(part: MergedRow) -> Change:
    row = part.row
    base, ours, theirs = (side.raw if side else "" for side in (row.base, row.ours, row.theirs))
    merged = None if part.is_conflict else part.text or ""
    return Change(_key(part), "body", base, ours, theirs, merged, _taken(part) or "", part.is_conflict)


def _key(part: MergedRow) -> str:
    """By where it stands in the base, so that what others publish meanwhile does not rename it."""
    number = f"-{part.row.number}" if part.row.number else ""
    return f"body-{part.row.place}{number}"


def _taken(part: MergedRow) -> str | None:
    if not part.is_conflict:
        return part.text
    ours, theirs = part.row.ours, part.row.theirs
    if part.row.base is None and ours and theirs:
        return ours.raw + _break_before(theirs) + theirs.raw
    return theirs.raw if theirs else None


def _break_before(part: Part) -> str:
    """Items of a list and rows of a table follow each other without a blank line."""
    return part.before or BLANK_LINE


def _decided_facts(facts: MergedFacts, chosen: Mapping[str, Decision]) -> MergedFacts:
    decided = {name: _decided(getattr(facts, name), chosen.get(name)) for name in FACTS}
    for name, clean in CLEANERS.items():
        if name in chosen and (text := chosen[name].text) is not None:
            decided[name] = replace(decided[name], merged=clean(text))
    return MergedFacts(**decided, tags=tuple(_decided(tag, chosen.get(_tag_key(tag))) for tag in facts.tags))


def _decided(part: Merged[T], decision: Decision | None) -> Merged[T]:
    return part if decision else replace(part, merged=part.ours)


def _decided_body(rows: tuple[MergedRow, ...], chosen: Mapping[str, Decision]) -> str:
    choices = [_choice(row, chosen.get(_key(row)) if row.is_change else None) for row in rows]
    return "".join(joined([row.row for row in rows], choices))


def _choice(part: MergedRow, decision: Decision | None) -> Choice:
    if decision is None:
        return Choice(part.row, part.row.ours.raw if part.row.ours else None, is_respaced=False)
    if decision.text is None:
        return Choice(part.row, _taken(part), is_respaced=True)
    text = normalise(decision.text)
    return Choice(part.row, text.strip("\n") if text.strip() else None, is_respaced=True)
