"""What the frame of every page says of the wiki."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from wiki import rules
from wiki.queue import waiting_count


class ReviewCounter:
    """How much waits for a moderator; asks nothing until a template does."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def is_shown(self) -> bool:
        """Moderators see it."""
        user = getattr(self._request, "user", None)
        return user is not None and rules.may_moderate(user)

    @cached_property
    def count(self) -> int:
        """Rows of the queue. One query."""
        return waiting_count()


def review(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the counter of the queue."""
    return {"review_counter": ReviewCounter(request)}
