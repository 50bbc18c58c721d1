"""Salience: which share of the municipalities that contribute has written about a factor."""

from dataclasses import dataclass

from wiki.insights.material import Counted, FactorFacts, Material, municipalities


@dataclass(frozen=True)
class Share:
    """How many municipalities write about the factor, of those that write about any."""

    factor: FactorFacts
    municipalities: int
    of: int

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.municipalities / self.of

    @property
    def percent(self) -> int:
        """Rounded, halves up."""
        return (200 * self.municipalities + self.of) // (2 * self.of)


@dataclass(frozen=True)
class Salience:
    """A share for each factor that somebody has written about; silent: the others. In catalogue order."""

    shares: tuple[Share, ...]
    silent: tuple[FactorFacts, ...]
    counted: Counted


def salience(material: Material) -> Salience:
    """Tell how many of the municipalities that have said anything have said something of each factor."""
    said = material.by_factor
    counted = material.counted
    shares = tuple(
        Share(factor, len(municipalities(said[factor.slug])), counted.municipalities)
        for factor in material.shown_factors
        if factor.slug in said
    )
    silent = tuple(factor for factor in material.shown_factors if factor.slug not in said)
    return Salience(shares, silent, counted)
