"""How long something takes, or has waited, in words."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def in_words(span: timedelta) -> str:
    """Rounded down, in days from two on: "3 dagar", "47 timmar", "1 timme", "mindre än en minut"."""
    if span < MINUTE:
        return _("mindre än en minut")
    if span < HOUR:
        count = span // MINUTE
        return ngettext("%(count)s minut", "%(count)s minuter", count) % {"count": count}
    if span < 2 * DAY:
        count = span // HOUR
        return ngettext("%(count)s timme", "%(count)s timmar", count) % {"count": count}
    return _("%(count)s dagar") % {"count": span // DAY}


def age(since: datetime) -> str:
    """How long ago it was, as in_words."""
    return in_words(timezone.now() - since)
