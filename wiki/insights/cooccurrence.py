"""Co-occurrence: factors that pages write about together."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from wiki.insights.material import Counted, FactorFacts, Material

FEWEST = 3  # pages, below which a pair says nothing

Slugs = tuple[str, str]


@dataclass(frozen=True)
class Pair:
    """Two factors in the catalogue's order.

    pages            with both
    either           pages with one of them, or both
    municipalities   that the statements about the two count for, on the pages with both
    """

    first: FactorFacts
    second: FactorFacts
    pages: int
    either: int
    municipalities: int

    @property
    def jaccard(self) -> float:
        """Pages with both, of the pages with either: 0 to 1."""
        return self.pages / self.either


@dataclass(frozen=True)
class CoOccurrence:
    """Pairs that at least FEWEST pages have, most together first; hidden: how many pairs fewer pages have."""

    pairs: tuple[Pair, ...]
    hidden: int
    counted: Counted

    def of(self, slug: str) -> tuple[tuple[FactorFacts, Pair], ...]:
        """The other factor of each pair that has the factor of the slug."""
        return tuple(
            (pair.second if pair.first.slug == slug else pair.first, pair)
            for pair in self.pairs
            if slug in {pair.first.slug, pair.second.slug}
        )


def cooccurrence(material: Material, factor: str = "") -> CoOccurrence:
    """Count the pages of every two factors, or of one factor (a slug) and each other.

    Most together is by Jaccard, then by pages, then in the catalogue's order.
    """
    asked = material.merged.get(factor, factor)
    ranks = {facts.slug: rank for rank, facts in enumerate(material.shown_factors)}
    alone: Counter[str] = Counter()
    together: dict[Slugs, list[set[str]]] = defaultdict(list)
    for codes in _codes_by_page(material).values():
        here = sorted(codes.keys() & ranks, key=ranks.__getitem__)
        alone.update(here)
        for first, second in combinations(here, 2):
            if not asked or asked in {first, second}:
                together[first, second] += [codes[first], codes[second]]
    pairs = [_pair(material, slugs, codes, alone) for slugs, codes in together.items()]
    shown = [pair for pair in pairs if pair.pages >= FEWEST]
    shown.sort(key=lambda p: (-p.jaccard, -p.pages, ranks[p.first.slug], ranks[p.second.slug]))
    return CoOccurrence(tuple(shown), len(pairs) - len(shown), material.counted)


def _codes_by_page(material: Material) -> dict[int, dict[str, set[str]]]:
    """Page → slug of a factor → codes of those whom its statements there count for."""
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for statement in material.statements:
        found[statement.page][statement.factor].add(statement.municipality)
    return found


def _pair(material: Material, slugs: Slugs, codes: list[set[str]], alone: Mapping[str, int]) -> Pair:
    """Of the codes on pages with both: two sets for each page."""
    first, second = slugs
    pages = len(codes) // 2
    return Pair(
        first=material.factor_names[first],
        second=material.factor_names[second],
        pages=pages,
        either=alone[first] + alone[second] - pages,
        municipalities=len(set().union(*codes)),
    )
