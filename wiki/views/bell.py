"""The bell of the header: how much one has not seen."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from mittkoping.accounts.models import Someone
from wiki.models import Notification

MANY = 99  # more are not counted out


class Bell:
    """What somebody has not seen yet: one query when it is first asked, none for who has not signed in."""

    def __init__(self, user: Someone) -> None:
        self.user = user

    @cached_property
    def _unseen(self) -> list[tuple[str, int | None, bool]]:
        if not self.user.is_authenticated:
            return []
        unseen = Notification.objects.shown_to(self.user).unseen()
        return list(unseen.order_by().values_list("about", "page", "holds_mail")[: MANY + 1])

    @property
    def count(self) -> int:
        """How many, up to one more than MANY."""
        return len(self._unseen)

    @property
    def text(self) -> str:
        """The number as it is shown."""
        return f"{MANY}+" if self.count > MANY else str(self.count)

    @cached_property
    def about(self) -> frozenset[str]:
        """What there is to visit; also pages of which a mail has told."""
        own = {about for about, _page, _holds in self._unseen}
        return frozenset(own | {f"page-{page}" for _about, page, holds in self._unseen if holds})


def bell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the bell of whoever asks."""
    return {"bell": Bell(request.user)} if hasattr(request, "user") else {}
