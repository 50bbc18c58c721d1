"""What stands beside a change: who wrote it, what was decided before, what comes next."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from mittkoping.accounts.models import Membership, Someone, User
from wiki.models import Claim, Edit, Page, Proposal, ReviewItem
from wiki.models.proposal import ProposalQuerySet

MAX_EARLIER = 5
MAX_LINKS = 10


@dataclass(frozen=True)
class Author:
    """Who wrote it.

    is_unconfirmed   no moderator has confirmed that they work in the municipality that it was written for
    edits            published by them, proposals that were accepted included
    """

    user: User
    membership: Membership | None
    is_unconfirmed: bool
    since: datetime
    accepted: int
    rejected: int
    edits: int


def author_of(proposal: Proposal) -> Author:
    """The author of a proposal, with what they have done so far. Three queries."""
    decided = Proposal.objects.filter(author=proposal.author_id).aggregate(
        accepted=Count("pk", filter=Q(status=Proposal.Status.ACCEPTED)),
        rejected=Count("pk", filter=Q(status=Proposal.Status.REJECTED)),
    )
    author = proposal.author
    return Author(
        user=author,
        membership=author.membership,
        is_unconfirmed=is_unconfirmed(author, proposal.municipality_id),
        since=author.joined_at,
        edits=Edit.objects.filter(author=author).count(),
        **decided,
    )


def is_unconfirmed(author: User, municipality: str | None) -> bool:
    """Whether somebody only says that they work in the municipality. One query, once."""
    membership = author.membership
    return not (membership and membership.is_confirmed and membership.municipality_id == municipality)


def earlier_by_author(proposal: Proposal) -> list[Proposal]:
    """The latest decisions on what the author has proposed. One query."""
    return list(_decided().filter(author=proposal.author_id).exclude(pk=proposal.pk)[:MAX_EARLIER])


def earlier_on_page(page: Page | None, proposal: Proposal | None = None) -> list[Proposal]:
    """The latest decisions on proposals for the page. One query."""
    if page is None:
        return []
    others = _decided().filter(page=page).exclude(pk=proposal.pk if proposal else 0)
    return list(others[:MAX_EARLIER])


def waiting_beside(page: Page | None, proposal: Proposal | None = None) -> list[Proposal]:
    """Other proposals that wait on the page, oldest first. One query."""
    if page is None:
        return []
    others = Proposal.objects.waiting().filter(page=page).exclude(pk=proposal.pk if proposal else 0)
    return list(others.for_lists().order_by("waits_from", "pk")[:MAX_LINKS])


def claim_on(item: ReviewItem | None) -> Claim | None:
    """Who looks at a row of the queue, or did until the claim ran out. One query."""
    return Claim.objects.filter(item=item).select_related("by").first() if item else None


def claim_on_proposal(proposal: Proposal) -> Claim | None:
    """Who looks at a proposal right now, if anybody. One query."""
    return Claim.objects.held().filter(item__proposal=proposal).select_related("by").first()


def next_item(user: Someone, after: ReviewItem | None) -> ReviewItem | None:
    """The row that the user may look at after this one, or else the oldest. At most two queries."""
    own = f",{user.pk},"
    free = ReviewItem.objects.exclude(claim__in=Claim.objects.held().exclude(by=user.pk))
    rows = free.exclude(authors__contains=own).filter(Q(page=None) | Q(page__archived_at=None))
    rows = (
        rows.select_related("page").only("kind", "proposal", "factor_proposal", "page__slug").oldest_first()
    )
    if after is None:
        return rows.first()
    rows = rows.exclude(pk=after.pk)
    return rows.after(after.since, after.pk).first() or rows.first()


def _decided() -> ProposalQuerySet:
    finished = Proposal.objects.filter(
        status__in=(Proposal.Status.ACCEPTED, Proposal.Status.REJECTED), hidden_at=None
    )
    return finished.for_lists().order_by("-decided_at", "-pk")
