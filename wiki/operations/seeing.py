"""Note that notifications have been seen."""

from django.utils import timezone

from mittkoping.accounts.models import User
from wiki.models import Notification


def see(notification: Notification) -> None:
    """The user has opened it, and so visits what it is about. May be repeated."""
    see_about(notification.about, by=notification.user)


def see_about(about: str, *, by: User) -> None:
    """The user visits this: what was told of it is seen, and mails may tell of its page again.

    about   page-12, topic-3, proposal-7, factorproposal-2, account, review
    """
    own = Notification.objects.filter(user=by)
    visited = own.filter(about=about)
    holding = own.filter(holds_mail=True).values_list("about", "page")
    pages = {page for of, page in holding if about in {of, f"page-{page}"}}
    visited.unseen().update(seen_at=timezone.now())
    own.filter(page__in=pages, holds_mail=True).update(holds_mail=False)


def see_all(*, by: User) -> None:
    """The user has looked through the list. May be repeated."""
    own = Notification.objects.filter(user=by)
    own.unseen().update(seen_at=timezone.now())
    own.filter(holds_mail=True).update(holds_mail=False)
