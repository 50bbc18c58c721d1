"""Tags as a reader sees them: with the names of factor and municipality, and the words that they point at."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

from factors.models import Factor
from mittkoping.municipalities.models import Municipality
from mittkoping.text.anchors import Anchor
from wiki.content import Tag
from wiki.models import FactorTag, Page


@dataclass(frozen=True)
class Chip:
    """One tag. href is empty when the factor is unknown; municipality is a name, or empty.

    phase        BEFORE, DURING or AFTER; empty when that is not known
    tried        what was tried against a hindrance
    words        of the passage: what it says now, or said when it was chosen; empty for the whole page, and
                 when only a hidden version says them
    version      the version that the words were chosen in; 0 when that was in another wiki, or for no words
    is_secret    that version is hidden: nothing leads there
    state        of a passage that has been looked for: FactorTag.State; otherwise empty
    start, end   where it was found in the plain text
    is_whole     every word that was chosen is there: what is in doubt is whether it is these
    counted      the name of the municipality that it counts for, where that is known
    claimed      the name of the one that its author says to work in, whom nobody has confirmed: not counted
    """

    key: str
    factor: str
    href: str
    direction: str
    strength: int
    note: str
    municipality: str
    phase: str = ""
    tried: str = ""
    words: str = ""
    version: int = 0
    is_secret: bool = False
    state: str = ""
    start: int = 0
    end: int = 0
    is_whole: bool = False
    counted: str = ""
    claimed: str = ""

    @classmethod
    def of(
        cls, tag: Tag | FactorTag, factor: Factor | None, municipality: Municipality | None, slug: str = ""
    ) -> Self:
        """A chip of a tag whose factor and municipality have been looked up; slug names an unknown factor."""
        shown = (factor.merged_into or factor) if factor else None
        return cls(
            key=str(tag.key),
            factor=shown.name if shown else slug,
            href=shown.get_absolute_url() if shown else "",
            direction=tag.direction,
            strength=tag.strength,
            note=tag.note,
            municipality=municipality.name if municipality else "",
            phase=tag.phase,
            tried=tag.tried,
            **(_chosen(tag) if isinstance(tag, Tag) else _placed(tag)),
        )

    @property
    def is_passage(self) -> bool:
        """It points at words; otherwise the whole page says it."""
        return bool(self.words or self.version)

    @property
    def is_in_text(self) -> bool:
        """Its words were found, though perhaps changed."""
        return self.end > self.start

    @property
    def phase_label(self) -> str:
        """When it was so, as a word; empty when that is not known."""
        return str(FactorTag.Phase(self.phase).label) if self.phase in FactorTag.Phase.values else ""

    def found_at(self, place: Anchor, plain: str) -> "Chip":
        """The same with where its words are in a plain text."""
        words = plain[place.start : place.end] or self.words
        is_whole = _is_whole(place)
        return replace(
            self, state=place.state, start=place.start, end=place.end, words=words, is_whole=is_whole
        )


def _is_whole(place: Anchor) -> bool:
    return not place.is_sure and len(place.pieces) == place.count > 0


def _chosen(tag: Tag) -> dict[str, Any]:
    passage = tag.passage
    return {"words": passage.exact, "version": passage.version} if passage else {}


def _placed(row: FactorTag) -> dict[str, Any]:
    place = row.anchor
    facts = {
        "counted": row.counted_for.name if row.counted_for else "",
        "claimed": row.claimed_for.name if row.claimed_for else "",
    }
    if place is None:
        return facts
    return facts | {
        "words": row.words,
        "version": row.passage_version or 0,
        "is_secret": row.is_from_hidden,
        "state": str(row.state),
        "start": place.start,
        "end": place.end,
        "is_whole": _is_whole(place),
    }


def directions(shown: Iterable[Chip]) -> Counter[str]:
    """How many tags there are in each direction."""
    return Counter(chip.direction for chip in shown)


def chips_of_page(page: Page, *, version: int | None = None) -> list[Chip]:
    """The tags of the published page, in order. One query.

    version   only those whose words were chosen in it
    """
    tags = page.factor_tags.with_hidden().select_related(
        "factor__merged_into", "municipality", "counted_for", "claimed_for"
    )
    if version is not None:
        tags = tags.filter(passage_version=version)
    return [Chip.of(tag, tag.factor, tag.municipality) for tag in tags]


def chips(tags: Iterable[Tag], hidden: Collection[int] = ()) -> list[Chip]:
    """Tags of any version, in order. Two queries.

    hidden   numbers of versions that are hidden; give the tags as `readable_tags` gives them
    """
    tags = list(tags)
    if not tags:
        return []
    slugs = {tag.factor for tag in tags}
    factors = {
        factor.slug: factor for factor in Factor.objects.filter(slug__in=slugs).select_related("merged_into")
    }
    codes = {tag.municipality for tag in tags if tag.municipality}
    municipalities = Municipality.objects.in_bulk(codes) if codes else {}
    shown = [
        Chip.of(tag, factors.get(tag.factor), municipalities.get(tag.municipality or ""), tag.factor)
        for tag in tags
    ]
    return [replace(chip, is_secret=True) if chip.version in hidden else chip for chip in shown]
