"""What waits in the queue, and how the queue lists it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from mittkoping.accounts.models import Membership, User
from tests.conftest import signed_in
from wiki import operations
from wiki.content import Content
from wiki.models import Page, Proposal, ReviewItem

QUEUE = "/granskning/"
TITLE = re.compile(r'queue-row__title"><a href="[^"]+">([^<]*)</a>')
Propose = Callable[..., Proposal]


def propose_by(
    by: User, title: str = "", *, page: Page | None = None, days: int = 0, **fields: Any
) -> Proposal:
    """Propose a page, or a change of one; `days` is how long it has waited."""
    known = vars(page.content) if page else {}
    content = Content(**known | fields | ({"title": title} if title else {}))
    proposal = operations.propose(page, content, base=page.number if page else 0, by=by)
    wait(proposal.review_item, days)
    return proposal


def wait(item: ReviewItem, days: int) -> None:
    """Let the item have waited for so many days."""
    ReviewItem.objects.filter(pk=item.pk).update(since=timezone.now() - timedelta(days=days))


def ask(user: User, days: int = 0) -> Membership:
    """Let the user have asked to be confirmed, so many days ago."""
    membership = user.memberships.get()
    membership.asked_at = timezone.now() - timedelta(days=days)
    membership.save()
    return membership


def titles(user: User, query: str = "") -> list[str]:
    """What the queue lists, in order."""
    answer = signed_in(user).get(f"{QUEUE}{query}")
    assert answer.status_code == 200
    return TITLE.findall(answer.text)
