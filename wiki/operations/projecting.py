"""Keep the rows of FactorTag in step with what a page says: which tags it has, and where their words are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from factors.models import Factor
from mittkoping.accounts.models import Membership
from mittkoping.text.anchors import Anchor, carry
from wiki.content import Content, Passage, Tag
from wiki.models import Edit, FactorTag, Page
from wiki.passages import hidden_numbers, locate, passages_of

DERIVED = (
    "order",
    "factor",
    "direction",
    "strength",
    "note",
    "municipality",
    "author",
    "phase",
    "tried",
    "counted_for",
    "claimed_for",
    "passage_version",
    "state",
    "pieces",
    "word_count",
    "is_sure",
    "words",
)


@dataclass(frozen=True)
class Before:
    """What a page said before: its content and plain text, and the rows of its tags by key."""

    content: Content
    plain: str
    rows: Mapping[str, FactorTag]

    @classmethod
    def of(cls, page: Page) -> "Before":
        """Read it before anything is set. One query; none for a new page."""
        if not page.number:
            return cls(Content(title=""), "", {})
        return cls(page.content, page.plain, {str(row.key): row for row in page.factor_tags.all()})


def project_tags(
    page: Page, content: Content, *, before: Before, plains: Mapping[int, str], is_revert: bool = False
) -> None:
    """Make the rows of FactorTag say what the content says; rows are matched by key.

    The page has its new number and plain text already.
    """
    slugs = {tag.factor for tag in content.tags}
    factors = dict(Factor.objects.filter(slug__in=slugs).values_list("slug", "pk")) if slugs else {}
    places = _places(page, content, before, plains, is_revert=is_revert)
    workplaces = _workplaces(content, before)
    hidden = hidden_numbers(page, content.tags)
    births = _births(page, content, before) if is_revert else {}
    rows = [
        FactorTag(
            key=tag.key,
            page=page,
            order=order,
            factor_id=factors[tag.factor],
            direction=tag.direction,
            strength=tag.strength,
            note=tag.note,
            municipality_id=tag.municipality,
            author_id=tag.author,
            phase=tag.phase,
            tried=tag.tried,
            made_at=births[tag.key].created_at if tag.key in births else page.updated_at,
            made_number=births[tag.key].number if tag.key in births else page.number,
            counted_for_id=counted,
            claimed_for_id=claimed,
            **_placed(tag.passage, places.get(tag.key), page.plain, hidden),
        )
        for order, tag in enumerate(content.tags)
        for counted, claimed in [counts_for(tag, content, before.rows.get(tag.key), workplaces)]
    ]
    page.factor_tags.exclude(key__in=[row.key for row in rows]).delete()
    FactorTag.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["page", "key"], update_fields=DERIVED
    )


def carry_tags(page: Page, old: str) -> None:
    """Move the passages of a page that was drawn anew along; old is its plain text before."""
    if old == page.plain:
        return
    rows = list(page.factor_tags.with_passages().with_hidden())
    anchors = [row.anchor for row in rows if row.anchor]
    for row, place in zip(rows, carry(old, page.plain, anchors), strict=True):
        for name, value in _anchored(place, row.words, page.plain, is_secret=row.is_from_hidden).items():
            setattr(row, name, value)
    FactorTag.objects.bulk_update(rows, ["state", "pieces", "is_sure", "words"])


def count_confirmed(membership: Membership) -> None:
    """Count what a member has tagged for the municipality, now that somebody has confirmed it."""
    said = FactorTag.objects.filter(author=membership.user, claimed_for=membership.municipality)
    said.update(counted_for=F("claimed_for"), claimed_for=None)


def _places(
    page: Page, content: Content, before: Before, plains: Mapping[int, str], *, is_revert: bool
) -> dict[str, Anchor]:
    """Where the passages are. What the page had goes along with its text; a revert may bring words back."""
    wanted, had = passages_of(content), passages_of(before.content)
    kept = {
        key: place
        for key, passage in wanted.items()
        if had.get(key) == passage and key in before.rows and (place := before.rows[key].anchor)
    }
    carried = dict(zip(kept, carry(before.plain, page.plain, list(kept.values())), strict=True))
    lost = {key for key, place in carried.items() if is_revert and place.state != "here"}
    new = {key: passage for key, passage in wanted.items() if key not in carried or key in lost}
    found = locate(new, page.plain, plains)
    return carried | {key: place for key, place in found.items() if key not in lost or place.pieces}


def _placed(
    passage: Passage | None, place: Anchor | None, plain: str, hidden: Collection[int]
) -> dict[str, Any]:
    if passage is None or place is None:
        return {
            "passage_version": None,
            "state": "",
            "pieces": [],
            "word_count": 0,
            "is_sure": True,
            "words": "",
        }
    version, words = {"passage_version": passage.version, "word_count": place.count}, passage.exact
    return version | _anchored(place, words, plain, is_secret=passage.version in hidden)


def _anchored(place: Anchor, gone: str, plain: str, *, is_secret: bool) -> dict[str, Any]:
    """What a row says of its place; what is gone from the text is not kept if its version is hidden."""
    words = plain[place.start : place.end] if place.pieces else "" if is_secret else gone
    pieces = [list(piece) for piece in place.pieces]
    return {"state": place.state, "pieces": pieces, "is_sure": place.is_sure, "words": words}


def _births(page: Page, content: Content, before: Before) -> dict[str, Edit]:
    """The versions that first had the tags which a revert brings back. One query for each of these."""
    back = [tag.key for tag in content.tags if tag.key not in before.rows]
    earlier = page.edits.filter(number__lt=page.number).order_by("number")
    firsts = {key: earlier.filter(revision__version__serialized_data__contains=key).first() for key in back}
    return {key: edit for key, edit in firsts.items() if edit}


def _workplaces(content: Content, before: Before) -> dict[int, Membership]:
    """Where the authors of tags work that are not settled already, by the authors' primary keys."""
    authors = {tag.author for tag in content.tags if tag.author and not _settled(tag, before)}
    members: Collection[Membership] = Membership.objects.active().filter(user__in=authors) if authors else ()
    return {member.user_id: member for member in members}


def _settled(tag: Tag, before: Before) -> bool:
    """Whom it counts for was settled when it was made: it did not name a municipality of its own."""
    row = before.rows.get(tag.key)
    return row is not None and row.municipality_id is None


def counts_for(
    tag: Tag, content: Content, row: FactorTag | None, workplaces: Mapping[int, Membership]
) -> tuple[str | None, str | None]:
    """For whom a tag counts, and for whom it only claims to: codes.

    It counts for the municipality that it names, else the page's only one, else its author's; for one that
    nobody has confirmed it claims to. What it does not name itself is settled when it is made: later editors,
    and later work, do not change it.

    row          of the tag as it is published; None when it is new
    workplaces   of the authors of tags that are not settled, by their primary keys
    """
    if tag.municipality:
        return tag.municipality, None
    if row and row.municipality_id is None:
        return row.counted_for_id, row.claimed_for_id
    if len(content.municipalities) == 1:
        return content.municipalities[0], None
    member = workplaces.get(tag.author or 0)
    if member is None:
        return None, None
    return (member.municipality_id, None) if member.is_confirmed else (None, member.municipality_id)
