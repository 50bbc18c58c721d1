"""The signed link that ends mails without signing in (RFC 8058)."""

from dataclasses import dataclass

from django.core import signing

from mittkoping.accounts.models import User
from wiki.models import Notification, Watch

SALT = "wiki.unsubscribe"
DIGEST = "digest"


class UnknownLink(Exception):
    """The link is not one of ours, or was cut off on the way."""


@dataclass(frozen=True)
class Unsubscription:
    """What a link ends.

    what    a kind of notification, DIGEST for all mail, or the key of a watch
    watch   the watch, if it still is there
    """

    user: User
    what: str
    watch: Watch | None = None


def token(user: User, what: str) -> str:
    """What the link holds; it never grows old, since mails are opened late."""
    return signing.dumps([user.pk, what], salt=SALT)


def read(signed: str) -> Unsubscription:
    """What the link ends. Raises UnknownLink."""
    try:
        primary_key, what = signing.loads(signed, salt=SALT)
        user = User.objects.get(pk=primary_key)
    except (signing.BadSignature, User.DoesNotExist) as error:
        raise UnknownLink from error
    if what == DIGEST or what in Notification.Kind.values:
        return Unsubscription(user, what)
    field, _, key = what.partition("-")
    watch = Watch.objects.with_targets().filter(user=user, **{field: key}).first()
    return Unsubscription(user, what, watch)
