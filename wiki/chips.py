"""Tags as a reader sees them: with the names of factor and municipality."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from factors.models import Factor
from mittkoping.municipalities.models import Municipality
from wiki.content import Tag
from wiki.models import FactorTag, Page


@dataclass(frozen=True)
class Chip:
    """One tag. href is empty when the factor is unknown; municipality is a name, or empty."""

    key: str
    factor: str
    href: str
    direction: str
    strength: int
    note: str
    municipality: str

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
        )


def directions(shown: Iterable[Chip]) -> Counter[str]:
    """How many tags there are in each direction."""
    return Counter(chip.direction for chip in shown)


def chips_of_page(page: Page) -> list[Chip]:
    """The tags of the published page, in order. One query."""
    tags = page.factor_tags.select_related("factor__merged_into", "municipality")
    return [Chip.of(tag, tag.factor, tag.municipality) for tag in tags]


def chips(tags: Iterable[Tag]) -> list[Chip]:
    """Tags of any version, in order. Two queries."""
    tags = list(tags)
    if not tags:
        return []
    slugs = {tag.factor for tag in tags}
    factors = {
        factor.slug: factor for factor in Factor.objects.filter(slug__in=slugs).select_related("merged_into")
    }
    codes = {tag.municipality for tag in tags if tag.municipality}
    municipalities = Municipality.objects.in_bulk(codes) if codes else {}
    return [
        Chip.of(tag, factors.get(tag.factor), municipalities.get(tag.municipality or ""), tag.factor)
        for tag in tags
    ]
