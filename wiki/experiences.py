"""What municipalities answer to a passage: how many say that it is so with them too, and in which words."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from mittkoping.accounts.models import Someone
from mittkoping.municipalities.models import Municipality
from wiki.models import Experience, FactorTag


@dataclass(frozen=True)
class Tally:
    """How many municipalities have answered, of how many there are; the invented ones apart."""

    yes: int = 0
    no: int = 0
    fictional_yes: int = 0
    fictional_no: int = 0
    of: int = 0

    @property
    def is_empty(self) -> bool:
        """Nobody has answered."""
        return not (self.yes or self.no or self.fictional_yes or self.fictional_no)


@dataclass(frozen=True)
class Answers:
    """The answers to one passage, as somebody may read them.

    own   of the reader's municipality, if there is one
    """

    tally: Tally
    shown: list[Experience]
    own: Experience | None


def answers_to(tag: FactorTag, user: Someone) -> Answers:
    """The answers to a passage, in Swedish order; moderators see hidden ones. Two queries."""
    found = Experience.objects.filter(page=tag.page_id, key=tag.key)
    rows = list(found.select_related("municipality", "user"))
    shown = [row for row in rows if not row.is_hidden]
    workplace = user.municipality if user.is_authenticated else None
    own = next((row for row in shown if workplace and row.municipality_id == workplace.pk), None)
    visible = rows if user.is_authenticated and user.moderates else shown
    return Answers(_tally(shown, Municipality.objects.real().count()), visible, own)


def tallies(keys: Iterable[UUID]) -> dict[UUID, Tally]:
    """How many municipalities have answered each passage, by the tags' keys. Two queries."""
    by_key: dict[UUID, list[Experience]] = {}
    found = Experience.objects.counted(with_fictional=settings.DEMO).filter(key__in=list(keys))
    for row in found.select_related("municipality").order_by():
        by_key.setdefault(row.key, []).append(row)
    of = Municipality.objects.real().count() if by_key else 0
    return {key: _tally(rows, of) for key, rows in by_key.items()}


def _tally(rows: list[Experience], of: int) -> Tally:
    def count(*, applies: bool, is_fictional: bool) -> int:
        return sum((row.applies, row.municipality.is_fictional) == (applies, is_fictional) for row in rows)

    return Tally(
        yes=count(applies=True, is_fictional=False),
        no=count(applies=False, is_fictional=False),
        fictional_yes=count(applies=True, is_fictional=True),
        fictional_no=count(applies=False, is_fictional=True),
        of=of,
    )
