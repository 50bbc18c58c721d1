"""Why a change of the catalogue was not made; each carries a sentence for the one who tried."""

from django.utils.translation import gettext as _

from factors.content import FactorContent, Settled
from factors.models import Factor


class FactorRefusal(Exception):
    """A change that was not made; its text is for the one who tried."""


class FactorUnchanged(FactorRefusal):
    """The content sent is what the factor already says."""

    def __init__(self) -> None:
        super().__init__(_("Inget är ändrat, så ingen ny version sparades."))


class UnknownFactorBase(FactorRefusal):
    """The version that the writer says to have started from does not exist."""

    def __init__(self) -> None:
        super().__init__(_("Nyckelfaktorn har ingen sådan version. Ladda om sidan och försök igen."))


class FactorConflict(FactorRefusal):
    """A newer version has changed the same fields, or what was looked at.

    factor    as it is now
    settled   both put together, with what was sent where they disagree
    ours      what the factor says now
    """

    def __init__(self, factor: Factor, settled: Settled, ours: FactorContent) -> None:
        super().__init__(_("Nyckelfaktorn har fått en nyare version. Se efter vad som är nytt."))
        self.factor = factor
        self.settled = settled
        self.ours = ours


class DuplicateName(FactorRefusal):
    """Another factor has the name."""

    def __init__(self, other: Factor) -> None:
        sentence = _("Det finns redan en nyckelfaktor som heter ”%(name)s”. Välj ett annat namn.")
        super().__init__(sentence % {"name": other.name})
        self.other = other


class Unmergeable(FactorRefusal):
    """The two cannot be merged; the sentence says why."""
