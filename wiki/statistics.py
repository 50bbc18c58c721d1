"""How long people wait for a moderator, and what moderators decide: counts, never names or titles.

A wait runs from when a proposal was sent (the last time, if it was sent back) until it was decided on, or
from when an edit was saved until a moderator had looked at it. What was taken back by its author, and what a
moderator wrote or accepted, was never waited for.

Percentiles are by nearest rank: the smallest wait that at least so many per cent of the waits do not exceed.
So every number shown is somebody's real wait.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from django.db.models import Count, F
from django.utils import timezone

from mittkoping.log.models import LogEntry
from wiki.models import Edit, Proposal, ReviewItem
from wiki.queue import live_items

WEEKS_SHOWN = 26
TYPICAL_WEEKS = 8
FEWEST = 3  # waits, below which no wait is typical
DECIDED = (Proposal.Status.ACCEPTED, Proposal.Status.REJECTED, Proposal.Status.CHANGES_ASKED)
WEEK = timedelta(weeks=1)
NO_WAIT = timedelta()
MOMENT = timedelta(microseconds=1)

YearAndWeek = tuple[int, int]
Wait = tuple[datetime, timedelta]


def nearest_rank(waits: Collection[timedelta], percent: int) -> timedelta | None:
    """The smallest of the waits that at least so many per cent of them do not exceed; None of none."""
    if not waits:
        return None
    rank = max(1, ceil(len(waits) * percent / 100))
    return sorted(waits)[rank - 1]


@dataclass
class Week:
    """An ISO week in Swedish time: the waits that ended in it, and its decisions.

    accepted        all that were, the two next included
    adjusted        by the reviewer, before it was published
    in_part         not all of the changes
    edits_reviewed  single edits, not rows of the queue
    """

    start: datetime
    waits: list[timedelta] = field(default_factory=list)
    accepted: int = 0
    adjusted: int = 0
    in_part: int = 0
    changes_asked: int = 0
    rejected: int = 0
    edits_reviewed: int = 0
    restored: int = 0

    @property
    def year(self) -> int:
        """That the week belongs to; around New Year not always that of its days."""
        return self.start.isocalendar().year

    @property
    def number(self) -> int:
        """1 to 53."""
        return self.start.isocalendar().week

    @property
    def median(self) -> timedelta | None:
        """Half of them waited no longer; None when nobody did."""
        return nearest_rank(self.waits, 50)

    @property
    def ninetieth(self) -> timedelta | None:
        """Nine of ten waited no longer; None when nobody did."""
        return nearest_rank(self.waits, 90)

    @property
    def decision_count(self) -> int:
        """All decisions on proposals and edits."""
        on_proposals = self.accepted + self.changes_asked + self.rejected
        return on_proposals + self.edits_reviewed + self.restored


@dataclass(frozen=True)
class Bar:
    """The waits of a week to be drawn, in per cent of the longest that is."""

    week: Week
    median: int
    ninetieth: int


def bars(shown: Collection[Week]) -> list[Bar]:
    """A bar for each week, in order; of no length for one in which nobody's wait ended."""
    longest = max((week.ninetieth or NO_WAIT for week in shown), default=NO_WAIT) or MOMENT
    return [
        Bar(
            week,
            round(100 * ((week.median or NO_WAIT) / longest)),
            round(100 * ((week.ninetieth or NO_WAIT) / longest)),
        )
        for week in shown
    ]


@dataclass(frozen=True)
class Waiting:
    """What waits now. `oldest` is None when nothing does."""

    proposals: int
    edits: int
    oldest: datetime | None


def waiting_now() -> Waiting:
    """Rows of the queue by kind, and since when the oldest waits; accounts are not in it. Two queries."""
    counts = dict(live_items().values_list("kind").annotate(count=Count("pk")))
    oldest = live_items().oldest_first().values_list("since", flat=True).first()
    kind = ReviewItem.Kind
    return Waiting(counts.get(kind.PROPOSAL, 0), counts.get(kind.EDITS, 0), oldest)


def weeks() -> list[Week]:
    """The last WEEKS_SHOWN weeks, this one first. Four queries, however much was decided."""
    starts = [_this_week() - WEEK * number for number in range(WEEKS_SHOWN)]
    found = {_week_of(start): Week(start) for start in starts}
    since = starts[-1]
    for at, wait in (*_waits_of_proposals(since), *_waits_of_edits(since)):
        if week := found.get(_week_of(at)):
            week.waits.append(wait)
    _count_accepted(found, since)
    _count_others(found, since)
    return list(found.values())


def typical_wait() -> timedelta | None:
    """The median wait of the proposals decided on in TYPICAL_WEEKS; None when they are few. One query."""
    waits = [wait for _at, wait in _waits_of_proposals(timezone.now() - WEEK * TYPICAL_WEEKS)]
    return nearest_rank(waits, 50) if len(waits) >= FEWEST else None


def _this_week() -> datetime:
    """The start of its Monday. Weeks are subtracted by the clock on the wall, also over a change of it."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=today.weekday())


def _week_of(at: datetime) -> YearAndWeek:
    year, week, _day = timezone.localtime(at).isocalendar()
    return year, week


def _waits_of_proposals(since: datetime) -> Iterator[Wait]:
    decided = Proposal.objects.filter(status__in=DECIDED, decided_at__gte=since)
    for start, end in decided.values_list("waits_from", "decided_at"):
        if end is not None:
            yield end, end - start


def _waits_of_edits(since: datetime) -> Iterator[Wait]:
    """What counted as reviewed from the start has both times alike."""
    reviewed = Edit.objects.filter(reviewed_at__gte=since, reviewed_at__gt=F("created_at"))
    for start, end in reviewed.values_list("created_at", "reviewed_at"):
        if end is not None:
            yield end, end - start


def _count_accepted(found: dict[YearAndWeek, Week], since: datetime) -> None:
    accepted = Proposal.objects.filter(status=Proposal.Status.ACCEPTED, decided_at__gte=since)
    for at, is_adjusted, chosen, count in accepted.values_list(
        "decided_at", "edit__is_adjusted", "chosen", "change_count"
    ):
        if at is not None and (week := found.get(_week_of(at))):
            week.accepted += 1
            week.adjusted += bool(is_adjusted)
            week.in_part += chosen is not None and count is not None and chosen < count


def _count_others(found: dict[YearAndWeek, Week], since: datetime) -> None:
    """From the log: a proposal itself remembers only the last thing that was decided about it."""
    act = LogEntry.Act
    acts = (act.ASK_CHANGES, act.REJECT, act.REVIEW, act.RESTORE_REVIEWED)
    for at, kind, facts in LogEntry.objects.filter(act__in=acts, at__gte=since).values_list(
        "at", "act", "facts"
    ):
        if week := found.get(_week_of(at)):
            week.changes_asked += kind == act.ASK_CHANGES
            week.rejected += kind == act.REJECT
            week.edits_reviewed += facts.get("count", 1) if kind == act.REVIEW else 0
            week.restored += kind == act.RESTORE_REVIEWED
