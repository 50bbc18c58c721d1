"""Factors that are written about beside one factor: as `cooccurrence`, without loading what all pages say."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from wiki.insights.cooccurrence import FEWEST
from wiki.insights.material import FactorFacts, Material
from wiki.insights.statements import readable_tags
from wiki.models.tag import FactorTagQuerySet

SHOWN = 8


@dataclass(frozen=True)
class Companion:
    """Another factor. pages: with both; either: with one of the two, or both."""

    factor: FactorFacts
    pages: int
    either: int

    @property
    def jaccard(self) -> float:
        """Pages with both, of the pages with either: 0 to 1."""
        return self.pages / self.either


@dataclass(frozen=True)
class Beside:
    """At most SHOWN factors that share at least FEWEST pages with the one, most together first.

    hidden   how many share fewer pages
    pages    how many pages write about the one
    """

    companions: tuple[Companion, ...]
    hidden: int
    pages: int


def beside(material: Material, factor: str) -> Beside:
    """Find the companions of the factor of the slug. Two queries.

    Of the material only the names are used, and whether invented municipalities are in its scope: the numbers
    are those of `cooccurrence` in a scope that is not narrowed by anything else.
    """
    tags = readable_tags().counted(with_fictional=material.scope.with_fictional)
    is_about = Q(factor__slug=factor) | Q(factor__merged_into__slug=factor)
    together = _pages_by_factor(tags.filter(page__in=tags.filter(is_about).order_by().values("page")))
    pages = together.pop(factor, 0)
    alone = _pages_by_factor(tags)
    names = material.factor_names
    companions = [
        Companion(names[slug], both, pages + alone[slug] - both)
        for slug, both in together.items()
        if both >= FEWEST and slug in names
    ]
    order = {slug: rank for rank, slug in enumerate(names)}
    companions.sort(key=lambda one: (-one.jaccard, -one.pages, order[one.factor.slug]))
    return Beside(tuple(companions[:SHOWN]), len(together) - len(companions), pages)


def _pages_by_factor(tags: FactorTagQuerySet) -> dict[str, int]:
    """How many pages have a tag of each factor, by slug."""
    rows = tags.annotate(about=Coalesce("factor__merged_into__slug", "factor__slug")).order_by()
    return dict(rows.values_list("about").annotate(Count("page", distinct=True)))
