"""What happens in the demo, one thing after the other, each at the time that it is said to have happened.

The operations know of no other time than now, so what they stamp is dated afterwards.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import models
from django.utils import timezone

from factors.models import FactorEdit, FactorProposal
from mittkoping.accounts.models import Membership, User
from mittkoping.log.operations import said_to_be
from wiki.models import (
    Attachment,
    AttachmentContent,
    Comment,
    Edit,
    Experience,
    FactorTag,
    Notification,
    Page,
    Proposal,
    ReviewItem,
    ReviewReason,
    Topic,
    Watch,
)

NOW = datetime.max.replace(tzinfo=UTC)  # after every time that a file can say
STAMPS: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (User, ("joined_at", "terms_accepted_at")),
    (Membership, ("started_at", "ended_at", "asked_at", "answered_at")),
    (Page, ("updated_at",)),
    (Edit, ("created_at", "reviewed_at")),
    (Proposal, ("created_at", "waits_from", "decided_at")),
    (ReviewItem, ("since",)),
    (ReviewReason, ("added_at",)),
    (Topic, ("created_at", "latest_at", "resolved_at")),
    (Comment, ("created_at",)),
    (Watch, ("started_at",)),
    (FactorTag, ("made_at",)),
    (Experience, ("created_at", "updated_at")),
    (FactorEdit, ("created_at",)),
    (FactorProposal, ("created_at", "decided_at")),
    (Attachment, ("created_at",)),
    (AttachmentContent, ("at",)),
    (Notification, ("created_at", "seen_at")),
)


@dataclass(frozen=True)
class Step:
    """One thing that somebody does.

    at            when that is said to be; None is now
    name          what tells apart what happens at the same moment
    dates_itself  the operation is told the time, so that nothing needs to be dated afterwards
    """

    at: datetime | None
    name: str
    do: Callable[[], None]
    dates_itself: bool = False

    @property
    def order(self) -> tuple[datetime, str]:
        """By time; those without come last."""
        return self.at or NOW, self.name


def take(steps: Iterable[Step]) -> None:
    """Take the steps, in their order."""
    for step in sorted(steps, key=lambda step: step.order):
        if step.at is None or step.dates_itself:
            step.do()
        else:
            with _dated(step.at):
                step.do()


@contextmanager
def _dated(at: datetime) -> Iterator[None]:
    """Date what is stamped and logged inside."""
    started = timezone.now()
    with said_to_be(at):
        yield
    within = (started, timezone.now())
    for model, fields in STAMPS:
        for field in fields:
            model._default_manager.filter(**{f"{field}__range": within}).update(**{field: at})
