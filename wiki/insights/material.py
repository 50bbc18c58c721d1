"""What insights are made of: statements, and the names of what they are about. Nothing is loaded here.

Guard rails of every insight: municipalities are counted, not tags; `Counted` says of how many; what nobody
has written about is left out or None, never 0; nothing puts municipalities in an order of better and worse.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wiki.content import ENABLING, HINDERING
from wiki.models import Page


@dataclass(frozen=True, slots=True)
class Statement:
    """One tag that counts.

    key            of the tag
    page           primary key of the page
    factor         slug; a merged factor is the one that it is part of now
    direction      ENABLING or HINDERING
    strength       1 general statement, 2 concrete example
    municipality   code of the one that it counts for
    passage        what tells the words from other words of the page; empty when the whole page says it
    phase          before, during or after the change; empty when that is not known
    tracks         those of the page
    at             when the version that first had the tag was saved
    has_tried      it says what was tried
    """

    key: str
    page: int
    factor: str
    direction: str
    strength: int
    municipality: str
    passage: str = ""
    phase: str = ""
    tracks: tuple[str, ...] = ()
    at: datetime | None = None
    has_tried: bool = False

    @property
    def tag(self) -> tuple[int, str]:
        """What its row is found by."""
        return self.page, self.key


@dataclass(frozen=True, slots=True)
class Scope:
    """What an insight is about, each empty when it is about all: track, codes of group and municipality, slug
    of a factor. Invented municipalities are in it only when that is asked for.
    """

    with_fictional: bool = False
    track: str = ""
    group: str = ""
    municipality: str = ""
    factor: str = ""


@dataclass(frozen=True, slots=True)
class FactorFacts:
    """A factor by name. theme is a slug; is_active: writers may choose it."""

    slug: str
    name: str
    theme: str
    theme_name: str
    is_active: bool = True

    @property
    def href(self) -> str:
        """The factor's own page."""
        return reverse("wiki:factor", args=[self.slug])


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group of municipalities by name."""

    code: str
    name: str

    @property
    def label(self) -> str:
        """Code and name."""
        return f"{self.code} {self.name}"


@dataclass(frozen=True, slots=True)
class Track:
    """One of the two tracks by name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality by name. group is a code; population is None where it is not known."""

    code: str
    name: str
    slug: str
    group: str
    population: int | None = None
    is_fictional: bool = False

    @property
    def href(self) -> str:
        """The municipality's own page."""
        return reverse("wiki:municipality", args=[self.slug])


@dataclass(frozen=True, slots=True)
class Counted:
    """Of how many an insight is made: said beside every picture and table.

    municipalities   that have said something; fictional: how many of them are invented
    with_fictional   invented ones were asked for, whether or not there are any
    """

    municipalities: int
    fictional: int
    statements: int
    pages: int
    with_fictional: bool

    @property
    def label(self) -> str:
        """In words."""
        parts = {
            "municipalities": ngettext("%d kommun", "%d kommuner", self.municipalities) % self.municipalities,
            "statements": ngettext("%d märkning", "%d märkningar", self.statements) % self.statements,
            "pages": ngettext("%d sida", "%d sidor", self.pages) % self.pages,
        }
        said = _("%(municipalities)s, %(statements)s på %(pages)s") % parts
        return f"{said} {_('(inkl. påhittade)')}" if self.with_fictional else said


@dataclass(frozen=True)
class Material:
    """Statements, with the names of what they are about.

    factors   of the catalogue, in its order, without those that have been merged
    places    by code, in Swedish order: all that the scope allows to be named
    groups    by code, in order
    merged    a merged factor's slug → that of the one that it is part of now
    """

    statements: tuple[Statement, ...]
    factors: tuple[FactorFacts, ...]
    places: Mapping[str, Place]
    groups: Mapping[str, GroupFacts]
    merged: Mapping[str, str]
    scope: Scope = Scope()

    @cached_property
    def by_factor(self) -> dict[str, list[Statement]]:
        """The statements by the slug of their factor; none for one that nobody has written about."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.statements:
            found[statement.factor].append(statement)
        return dict(found)

    @cached_property
    def shown_factors(self) -> tuple[FactorFacts, ...]:
        """What a list has a row for: factors that may be chosen, and others that were written about."""
        said = self.by_factor
        return tuple(factor for factor in self.factors if factor.is_active or factor.slug in said)

    @cached_property
    def shown_groups(self) -> tuple[GroupFacts, ...]:
        """The groups that the scope is about, in order."""
        ours = self.places.get(self.scope.municipality)
        asked = self.scope.group or (ours.group if ours else "")
        return tuple(group for group in self.groups.values() if asked in {"", group.code})

    @cached_property
    def shown_tracks(self) -> tuple[Track, ...]:
        """The tracks that the scope is about, in order."""
        asked = self.scope.track
        return tuple(Track(key, str(label)) for key, label in Page.Track.choices if asked in {"", key})

    @cached_property
    def factor_names(self) -> dict[str, FactorFacts]:
        """Factors by slug."""
        return {factor.slug: factor for factor in self.factors}

    @property
    def counted(self) -> Counted:
        """Of how many it is all made."""
        return self.count(self.statements)

    def count(self, statements: Collection[Statement]) -> Counted:
        """Of how many some of the statements are made."""
        codes = municipalities(statements)
        return Counted(
            municipalities=len(codes),
            fictional=sum(self.places[code].is_fictional for code in codes),
            statements=len(statements),
            pages=len({statement.page for statement in statements}),
            with_fictional=self.scope.with_fictional,
        )

    def factor(self, slug: str) -> FactorFacts | None:
        """The factor of that slug, or the one that it has been merged into; None when there is none."""
        return self.factor_names.get(self.merged.get(slug, slug))


def municipalities(statements: Iterable[Statement], direction: str = "") -> set[str]:
    """The codes of those who say it, in the direction if one is given."""
    return {said.municipality for said in statements if not direction or said.direction == direction}


def sides(statements: Collection[Statement]) -> tuple[set[str], set[str]]:
    """The codes of those who say that it enables, and of those who say that it hinders."""
    return municipalities(statements, ENABLING), municipalities(statements, HINDERING)
