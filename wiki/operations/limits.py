"""How much an account may save, and how many links it may add: counted in the rows that it has saved."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from factors.models import FactorProposal
from mittkoping.accounts.models import User
from wiki.models import AttachmentContent, Comment, Edit, Experience, Proposal, ProposalText
from wiki.operations.errors import Refusal
from wiki.operations.sending import take_turn
from wiki.operations.transactions import in_transaction

NEW_FOR = timedelta(days=7)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SAVES = ((MINUTE, 30),)
SAVES_WHEN_NEW = ((MINUTE, 5), (DAY, 30))
NEW_HOSTS_WHEN_NEW = 3
UPLOADS = (HOUR, 100)
UPLOADS_OF_CONTRIBUTORS = (HOUR, 20)
TRIES = 2  # for each file that may be uploaded: looking at one takes time, whatever comes of it

# Every class ends at a slash, and a match begins at "http": the text is read once.
_HOST = re.compile(r"https?://(?:[^\s/?#@<>]*@)?([^\s/?#@:<>()\[\]\"'`\\]+)", re.IGNORECASE)


class TooMany(Refusal):
    """More than an account may save in a while, or link to at once.

    retry_after   seconds until it may go well; 0 when waiting does not help
    """

    def __init__(self, sentence: str, *, retry_after: int = 0) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


def check_saves(user: User) -> None:
    """Raise TooMany if the user has saved as much as they may for now. At most four queries."""
    if _is_exempt(user):
        return
    limits = SAVES_WHEN_NEW if _is_new(user) else SAVES
    now = timezone.now()
    longest, most = limits[-1]
    saves = _times_of_saves(user, since=now - longest, most=most)
    for window, limit in limits:
        if len(saves) >= limit and (wait := saves[limit - 1] + window - now) > timedelta(0):
            raise TooMany(_too_fast(window, limit), retry_after=int(wait.total_seconds()) + 1)


def check_links(user: User, before: str, after: str) -> None:
    """Raise TooMany if somebody new adds links to more other sites than they may in one save."""
    if _is_exempt(user) or not _is_new(user):
        return
    if len(hosts(after) - hosts(before)) > NEW_HOSTS_WHEN_NEW:
        sentence = _(
            "Texten har länkar till fler än %(limit)s nya webbplatser. Den första veckan får du lägga till "
            "länkar till högst %(limit)s åt gången. Ta bort några och skicka igen."
        )
        raise TooMany(sentence % {"limit": NEW_HOSTS_WHEN_NEW})


def check_uploads(user: User) -> None:
    """Raise TooMany if the user has uploaded as many files as they may for now. At most two queries."""
    if _is_exempt(user):
        return
    window, limit = _uploads_of(user)
    now = timezone.now()
    times = _newest(AttachmentContent.objects.filter(by=user, at__gt=now - window), "at", limit)
    if len(times) >= limit:
        wait = times[-1] + window - now
        sentence = _("Du har laddat upp %(limit)s filer den senaste timmen. Vänta en stund och försök igen.")
        raise TooMany(sentence % {"limit": limit}, retry_after=int(wait.total_seconds()) + 1)


def count_try(user: User) -> None:
    """Note that the user has a file looked at; raise TooMany if that is more than they may for now."""
    if _is_exempt(user):
        return
    window, uploads = _uploads_of(user)
    limit = TRIES * uploads
    since, left = divmod(timezone.now().timestamp(), window.total_seconds())
    if _tries(user, int(since), window) > limit:
        sentence = _("Du har försökt med %(limit)s filer den senaste timmen. Vänta en stund och försök igen.")
        retry_after = int(window.total_seconds() - left) + 1
        raise TooMany(sentence % {"limit": limit}, retry_after=retry_after)


def hosts(text: str) -> set[str]:
    """The other sites that a text has addresses of, folded."""
    found = {match.casefold().rstrip(".") for match in _HOST.findall(text)}
    return found - set(settings.ALLOWED_HOSTS)


def _uploads_of(user: User) -> tuple[timedelta, int]:
    return UPLOADS if user.edits else UPLOADS_OF_CONTRIBUTORS


@in_transaction
def _tries(user: User, since: int, window: timedelta) -> int:
    """How many the user has made in this window, with this one; kept in the cache: most leave no row."""
    take_turn(user)
    key = f"file-tries:{user.pk}:{since}"
    tries: int = cache.get(key, 0) + 1
    cache.set(key, tries, timeout=int(window.total_seconds()))
    return tries


def _is_exempt(user: User) -> bool:
    """The demo's accounts in the demo, and nobody else, wherever they come from."""
    return settings.DEMO and user.is_demo


def _is_new(user: User) -> bool:
    return not user.edits and user.joined_at > timezone.now() - NEW_FOR


def _times_of_saves(user: User, *, since: datetime, most: int) -> list[datetime]:
    """When the user last saved anything, newest first, at most so many of each kind.

    An edit that was a proposal was saved when it was proposed, whenever it was published.
    """
    written = Edit.objects.filter(author=user, proposal=None, created_at__gt=since)
    times = [
        *_newest(written.exclude(act=Edit.Act.IMPORT), "created_at", most),
        *_newest(Proposal.objects.filter(author=user, created_at__gt=since), "created_at", most),
        *_newest(
            ProposalText.objects.filter(proposal__author=user, replaced_at__gt=since), "replaced_at", most
        ),
        *_newest(Comment.objects.filter(author=user, created_at__gt=since), "created_at", most),
        *_newest(FactorProposal.objects.filter(author=user, created_at__gt=since), "created_at", most),
        *_newest(Experience.objects.filter(user=user, updated_at__gt=since), "updated_at", most),
    ]
    return sorted(times, reverse=True)


def _newest(rows: QuerySet[Any], field: str, most: int) -> list[datetime]:
    return list(rows.order_by(f"-{field}").values_list(field, flat=True)[:most])


def _too_fast(window: timedelta, limit: int) -> str:
    if window == DAY:
        sentence = _(
            "Du har sparat %(limit)s gånger det senaste dygnet, och mer än så går inte den första veckan."
        )
    else:
        sentence = _("Du har sparat %(limit)s gånger den senaste minuten. Vänta en stund och skicka igen.")
    return sentence % {"limit": limit}
