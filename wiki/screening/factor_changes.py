"""What a change does to the numbers of the factors that it says something of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Coalesce

from factors.models import Factor
from mittkoping.accounts.models import Membership
from mittkoping.municipalities.models import Municipality
from wiki.content import ENABLING, HINDERING, Content, Tag
from wiki.insights.statements import readable_tags
from wiki.insights.tallies import Tally
from wiki.models import FactorTag, Page
from wiki.operations.projecting import counts_for

Said = set[tuple[str, str, str]]  # factor, direction, municipality


@dataclass(frozen=True)
class FactorChange:
    """How many municipalities say of a factor that it enables, and that it hinders: before and after."""

    factor: Factor
    before: Tally
    after: Tally

    @property
    def is_same(self) -> bool:
        """The numbers stay as they are."""
        return self.before == self.after


def factor_changes(
    before: Content, after: Content, page: Page | None, *, with_fictional: bool
) -> tuple[FactorChange, ...]:
    """Count municipalities for every factor that the tags which differ are about, by name. Five queries.

    page   whose tags they are; None for a new one
    """
    factors = _factors(_touched(before, after))
    if not factors:
        return ()
    elsewhere = _elsewhere(factors.values(), page, with_fictional=with_fictional)
    rule = _Counting.of(page, before, after, with_fictional=with_fictional)
    sides = [elsewhere | rule.said(content, factors) for content in (before, after)]
    shown = {factor.pk: factor for factor in factors.values()}
    return tuple(
        FactorChange(factor, *(_tally(said, factor.slug) for said in sides))
        for factor in sorted(shown.values(), key=lambda factor: factor.name)
    )


def _touched(before: Content, after: Content) -> set[str]:
    """The slugs of factors whose numbers may change."""
    old, new = set(before.tags), set(after.tags)
    # A tag without a municipality of its own counts for the page's.
    tags = old ^ new if before.municipalities == after.municipalities else old | new
    return {tag.factor for tag in tags}


def _factors(slugs: set[str]) -> dict[str, Factor]:
    """Factors by the slugs that tags have; merged ones as what they are now. One query, or none."""
    if not slugs:
        return {}
    # All that were merged into the same one say the same.
    wanted = Q(slug__in=slugs) | Q(merged_into__slug__in=slugs) | Q(merged__slug__in=slugs)
    wanted |= Q(merged_into__merged__slug__in=slugs)
    rows = Factor.objects.filter(wanted).select_related("merged_into").distinct()
    known = {row.slug: row.merged_into or row for row in rows}
    targets = {known[slug].pk for slug in slugs if slug in known}
    return {slug: factor for slug, factor in known.items() if factor.pk in targets}


def _elsewhere(factors: Iterable[Factor], page: Page | None, *, with_fictional: bool) -> Said:
    """What the other pages say. One query."""
    keys = {factor.pk for factor in factors}
    tags = readable_tags().filter(Q(factor__in=keys) | Q(factor__merged_into__in=keys))
    if page:
        tags = tags.exclude(page=page)
    rows = tags.counted(with_fictional=with_fictional).annotate(
        about=Coalesce("factor__merged_into__slug", "factor__slug")
    )
    return set(rows.order_by().values_list("about", "direction", "counted_for_id").distinct())


def _tally(said: Said, slug: str) -> Tally:
    sides = [
        {code for about, way, code in said if (about, way) == (slug, direction)}
        for direction in (ENABLING, HINDERING)
    ]
    return Tally(*map(len, sides))


@dataclass(frozen=True)
class _Counting:
    """For whom the tags of one page count, as when it is published.

    rows         of the published tags, by key
    workplaces   of those who made the tags, by their primary keys
    counted      codes that are counted at all
    """

    rows: Mapping[str, FactorTag]
    workplaces: Mapping[int, Membership]
    counted: frozenset[str]

    @classmethod
    def of(cls, page: Page | None, *contents: Content, with_fictional: bool) -> "_Counting":
        """Read it. Three queries."""
        rows = {str(row.key): row for row in page.factor_tags.all()} if page else {}
        authors = {tag.author for content in contents for tag in content.tags}
        members = Membership.objects.active().filter(user__in=authors - {None})
        everywhere = Municipality.objects.all() if with_fictional else Municipality.objects.real()
        counted = frozenset(everywhere.values_list("code", flat=True))
        return cls(rows, {member.user_id: member for member in members}, counted)

    def said(self, content: Content, factors: Mapping[str, Factor]) -> Said:
        """What the page says if it has this content."""
        found = ((tag, self._municipality(tag, content)) for tag in content.tags if tag.factor in factors)
        return {
            (factors[tag.factor].slug, tag.direction, code) for tag, code in found if code in self.counted
        }

    def _municipality(self, tag: Tag, content: Content) -> str:
        counted, _claimed = counts_for(tag, content, self.rows.get(tag.key), self.workplaces)
        return counted or ""
