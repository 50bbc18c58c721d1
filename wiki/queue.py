"""Reading the queue: what waits for a moderator, narrowed down, a screenful at a time.

Proposals, also for the catalogue, and the unreviewed edits of pages are ReviewItems; people who ask to be
confirmed are Memberships. Both come as one list, oldest first. What is for an archived page is not shown: it
cannot be decided on until the page is back.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from factors.models import Factor, FactorProposal
from mittkoping.accounts.models import Membership, User
from mittkoping.municipalities.models import Municipality
from mittkoping.text.normalise import normalise_line
from wiki.models import Edit, Proposal, ReviewItem
from wiki.models.review import ReviewItemQuerySet

PER_PAGE = 25
SMALL, LARGE = 200, 2000  # characters: below the one a change is small, from the other on it is large
MAX_AUTHORS = 50  # so many people may a name in the filter mean
KEY = re.compile(r"([0-9]{1,16})([rk])([0-9]{1,9})")  # microseconds since 1970; row or account; primary key
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

PROPOSALS, EDITS, FACTORS, ACCOUNTS = "forslag", "andringar", "nyckelfaktorer", "konton"
ITEM_KINDS = {
    PROPOSALS: ReviewItem.Kind.PROPOSAL,
    EDITS: ReviewItem.Kind.EDITS,
    FACTORS: ReviewItem.Kind.FACTOR,
}
SIZES = {
    "liten": Q(size__lt=SMALL),
    "mellan": Q(size__gte=SMALL, size__lt=LARGE),
    "stor": Q(size__gte=LARGE),
}


def live_items() -> ReviewItemQuerySet:
    """What is waiting for a page that is there, or for a new one."""
    return ReviewItem.objects.filter(page__archived_at=None)


def place_of(proposal: Proposal) -> int:
    """Where in the queue a proposal stands, from 1; 0 when it waits for nobody. Two queries.

    Accounts that wait for an answer are not counted.
    """
    item = live_items().filter(proposal=proposal).only("since").first()
    if item is None:
        return 0
    before = Q(since__lt=item.since) | Q(since=item.since, pk__lt=item.pk)
    return live_items().filter(before).count() + 1


@dataclass(frozen=True)
class Key:
    """Where in the queue a row stands. At the same moment, items come before accounts."""

    since: datetime
    is_account: bool
    primary_key: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What `str` wrote; None for anything else."""
        if not (match := KEY.fullmatch(text)):
            return None
        since = EPOCH + timedelta(microseconds=int(match[1]))
        return cls(since, match[2] == "k", int(match[3]))

    def __str__(self) -> str:
        moment = (self.since - EPOCH) // timedelta(microseconds=1)
        return f"{moment}{'k' if self.is_account else 'r'}{self.primary_key}"

    @property
    def order(self) -> tuple[datetime, bool, int]:
        """What the queue is sorted by."""
        return self.since, self.is_account, self.primary_key


@dataclass(frozen=True)
class Filters:
    """What the queue is narrowed down to; empty is everything. The words are those of the address.

    kind     PROPOSALS, EDITS, FACTORS or ACCOUNTS
    author   a part of a name
    size     a key of SIZES
    days     only what has waited longer
    """

    kind: str = ""
    track: str = ""
    municipality: Municipality | None = None
    factor: Factor | None = None
    author: str = ""
    size: str = ""
    days: int = 0

    def items(self) -> ReviewItemQuerySet:
        """The proposals and edits that fit, of pages and of the catalogue."""
        if self.kind == ACCOUNTS:
            return ReviewItem.objects.none()
        items = live_items()
        if self.kind:
            items = items.filter(kind=ITEM_KINDS[self.kind])
        if self.track:
            items = items.filter(tracks__contains=f",{self.track},")
        if self.municipality:
            items = items.filter(municipalities__contains=f",{self.municipality.pk},")
        if self.size:
            items = items.filter(SIZES[self.size])
        if self.days:
            items = items.filter(since__lt=self._since)
        return self._by_factor(self._by_author(items))

    def memberships(self) -> QuerySet[Membership]:
        """The accounts that fit; they have neither track, factor nor size."""
        if self.kind in ITEM_KINDS or self.track or self.factor or self.size:
            return Membership.objects.none()
        waiting: QuerySet[Membership] = Membership.objects.waiting()
        if self.municipality:
            waiting = waiting.filter(municipality=self.municipality)
        if self.author:
            waiting = waiting.filter(user__in=self._authors)
        return waiting.filter(asked_at__lt=self._since) if self.days else waiting

    @property
    def _since(self) -> datetime:
        return timezone.now() - timedelta(days=self.days)

    @cached_property
    def _authors(self) -> list[int]:
        """The people whose name has the words in it, among those with something in the queue.

        Compared here: databases do not agree on which letters are alike.
        """
        waiting = Membership.objects.waiting().order_by().values("user")
        has_something = (
            Q(pk__in=Edit.objects.unreviewed().values("author"))
            | Q(pk__in=Proposal.objects.filter(status=Proposal.Status.PENDING).values("author"))
            | Q(pk__in=FactorProposal.objects.waiting().values("author"))
            | Q(pk__in=waiting)
        )
        wanted = normalise_line(self.author).casefold()
        people = User.objects.filter(has_something).order_by("pk").values_list("pk", "name")
        return [pk for pk, name in people if wanted in name.casefold()][:MAX_AUTHORS]

    def _by_author(self, items: ReviewItemQuerySet) -> ReviewItemQuerySet:
        if not self.author:
            return items
        return items.filter(_has_any("authors", [str(pk) for pk in self._authors]))

    def _by_factor(self, items: ReviewItemQuerySet) -> ReviewItemQuerySet:
        """Tags keep the slug that they were given, also when their factor has been merged into another."""
        if not self.factor:
            return items
        merged = Factor.objects.filter(merged_into=self.factor).values_list("slug", flat=True)
        return items.filter(_has_any("factors", [self.factor.slug, *merged]))


def _has_any(field: str, keys: Collection[str]) -> Q:
    """Rows whose field, see as_keys, has any of the keys; none of no keys."""
    found = Q(pk__in=())
    for key in keys:
        found |= Q(**{f"{field}__contains": f",{key},"})
    return found


def waiting_count(filters: Filters | None = None) -> int:
    """How many rows the queue has. One query, and one more for an author or a factor."""
    filters = filters or Filters()
    items = filters.items().order_by().values("pk")
    return items.union(filters.memberships().order_by().values("pk"), all=True).count()


@dataclass(frozen=True)
class Screenful:
    """A part of the queue, oldest first.

    following   the key of its last row; None when no more rows come after it
    """

    entries: list[ReviewItem | Membership]
    following: Key | None


def screenful(filters: Filters, after: Key | None = None) -> Screenful:
    """The next PER_PAGE rows of the queue, after the key. Two queries, as fast at the end as at the start."""
    items = filters.items().oldest_first().with_everything()
    members = filters.memberships().select_related("user", "municipality").order_by("asked_at", "pk")
    if after:
        items, members = _items_after(items, after), _members_after(members, after)
    found: list[ReviewItem | Membership] = [*items[: PER_PAGE + 1], *members[: PER_PAGE + 1]]
    found.sort(key=lambda entry: key_of(entry).order)
    shown = found[:PER_PAGE]
    return Screenful(shown, key_of(shown[-1]) if len(found) > PER_PAGE else None)


def key_of(entry: ReviewItem | Membership) -> Key:
    """Where in the queue it stands."""
    if isinstance(entry, ReviewItem):
        return Key(entry.since, is_account=False, primary_key=entry.pk)
    return Key(entry.asked_at or entry.started_at, is_account=True, primary_key=entry.pk)


def _items_after(items: ReviewItemQuerySet, key: Key) -> ReviewItemQuerySet:
    return items.filter(since__gt=key.since) if key.is_account else items.after(key.since, key.primary_key)


def _members_after(members: QuerySet[Membership], key: Key) -> QuerySet[Membership]:
    if not key.is_account:
        return members.filter(asked_at__gte=key.since)
    return members.filter(Q(asked_at__gt=key.since) | Q(asked_at=key.since, pk__gt=key.primary_key))
