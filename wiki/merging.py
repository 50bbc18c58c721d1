"""Merge two edits of a page: each part in its own way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from mittkoping.text.merge import MergeConflict, merge
from wiki.content import Content, Tag

T = TypeVar("T")
Codes = tuple[str, ...]
# Which tags say the same thing, if their notes do.
SAYING = ("factor", "direction", "municipality", "passage")


class ContentConflict(Exception):
    """Both have changed the same thing; its text is for the one who tried.

    fields   what cannot be merged: names of fields of Content
    """

    def __init__(self, base: Content, ours: Content, theirs: Content, fields: tuple[str, ...]) -> None:
        super().__init__(_("Samma ställe har ändrats på två sätt. Välj vad som ska stå där."))
        self.base = base
        self.ours = ours
        self.theirs = theirs
        self.fields = fields


@dataclass(frozen=True)
class Merged(Generic[T]):
    """Something in its three forms, and merged. In a conflict, merged is what theirs has."""

    base: T
    ours: T
    theirs: T
    merged: T
    is_conflict: bool = False


@dataclass(frozen=True)
class MergedFacts:
    """The parts of a content that are merged as they are; the body is merged by its own blocks."""

    title: Merged[str]
    lead: Merged[str]
    kind: Merged[str]
    tracks: Merged[Codes]
    municipalities: Merged[Codes]
    tags: tuple[Merged[Tag | None], ...]


def merge_content(base: Content, ours: Content, theirs: Content) -> Content:
    """Combine two edits of the same content.

    base    what both started from
    ours    what the page says now
    theirs  what the writer sent

    Title and kind are one thing each; tracks, municipalities and tags can be added and removed by both; lead
    and body are merged by words. Raises ContentConflict. merge_content(b, x, b) == x;
    merge_content(b, x, x) == x.
    """
    facts = merge_facts(base, ours, theirs)
    fields = [name for name, merged in vars(facts).items() if name != "tags" and merged.is_conflict]
    fields += ["tags"] * any(tag.is_conflict for tag in facts.tags)
    try:
        body = merge(base.body, ours.body, theirs.body)
    except MergeConflict as conflict:
        raise ContentConflict(base, ours, theirs, ("body", *fields)) from conflict
    if fields:
        raise ContentConflict(base, ours, theirs, tuple(fields))
    return content_of(facts, body)


def merge_facts(base: Content, ours: Content, theirs: Content) -> MergedFacts:
    """Merge all but the body."""
    return MergedFacts(
        title=_whole(base.title, ours.title, theirs.title),
        lead=_words(base.lead, ours.lead, theirs.lead),
        kind=_whole(base.kind, ours.kind, theirs.kind),
        tracks=_members(base.tracks, ours.tracks, theirs.tracks),
        municipalities=_members(base.municipalities, ours.municipalities, theirs.municipalities),
        tags=tuple(_tags(base.tags, ours.tags, theirs.tags)),
    )


def content_of(facts: MergedFacts, body: str) -> Content:
    """Build the content that facts and a body make together."""
    return Content(
        title=facts.title.merged,
        lead=facts.lead.merged,
        body=body,
        kind=facts.kind.merged,
        tracks=facts.tracks.merged,
        municipalities=facts.municipalities.merged,
        tags=tuple(tag.merged for tag in facts.tags if tag.merged),
    )


def _whole(base: T, ours: T, theirs: T) -> Merged[T]:
    if ours in (base, theirs):
        return Merged(base, ours, theirs, theirs)
    return Merged(base, ours, theirs, ours if theirs == base else theirs, is_conflict=theirs != base)


def _words(base: str, ours: str, theirs: str) -> Merged[str]:
    try:
        return Merged(base, ours, theirs, merge(base, ours, theirs))
    except MergeConflict:
        return Merged(base, ours, theirs, theirs, is_conflict=True)


def _members(
    base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]
) -> Merged[tuple[str, ...]]:
    removed = set(base) - set(theirs)
    added = set(theirs) - set(base)
    return Merged(base, ours, theirs, tuple(sorted((set(ours) - removed) | added)))


def _tags(
    base: tuple[Tag, ...], ours: tuple[Tag, ...], theirs: tuple[Tag, ...]
) -> Iterator[Merged[Tag | None]]:
    """Every tag that ours or theirs has, in the order of ours; then what only theirs has, in their order."""
    before, here, there = ({tag.key: tag for tag in tags} for tags in (base, ours, theirs))
    new = [tag for tag in ours if tag.key not in before]
    for key in {**here, **there}:
        merged = _tag(before.get(key), here.get(key), there.get(key))
        is_new = key not in before and key not in here
        if not (is_new and merged.theirs and _is_said(merged.theirs, new)):
            yield merged


def _tag(base: Tag | None, ours: Tag | None, theirs: Tag | None) -> Merged[Tag | None]:
    merged = _whole(base, ours, theirs)
    if not (merged.is_conflict and ours and theirs):
        return merged
    fields = _tag_fields(vars(base) if base else {}, vars(ours), vars(theirs))
    # A factor with its direction is one statement: half of each would be nobody's.
    statement = _whole(*((tag and (tag.factor, tag.direction)) for tag in (base, ours, theirs)))
    is_conflict = statement.is_conflict or any(field.is_conflict for field in fields.values())
    together = replace(theirs, **{name: field.merged for name, field in fields.items()})
    return Merged(base, ours, theirs, theirs if is_conflict else together, is_conflict)


def _tag_fields(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> dict[str, Merged[Any]]:
    return {name: _whole(base.get(name), ours[name], theirs[name]) for name in ours}


def _is_said(tag: Tag, others: list[Tag]) -> bool:
    """One of the others says the same, and the tag has nothing to add."""
    return any(
        all(getattr(tag, name) == getattr(other, name) for name in SAYING) and tag.note in ("", other.note)
        for other in others
    )
