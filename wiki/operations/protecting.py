"""Say who may publish on a page."""

from datetime import datetime

from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record
from wiki import rules
from wiki.models import Page
from wiki.operations.errors import ReasonMissing
from wiki.operations.publishing import lock, require
from wiki.operations.transactions import in_transaction


@in_transaction
def protect(
    page: Page, level: Page.Protection, *, reason: str, until: datetime | None = None, by: User
) -> bool:
    """Set the protection of a page; tells whether anything changed, so that sending it twice does it once.

    until   when the page is open again by itself; None is until further notice, and goes with an open page

    Raises PermissionDenied or ReasonMissing.
    """
    page = lock(page)
    require(rules.may_protect(by, page), _("Bara moderatorer ändrar en sidas skydd."))
    if not reason:
        raise ReasonMissing
    is_open = level == Page.Protection.OPEN
    until = None if is_open else until
    before = (page.level, page.protected_until, page.protection_reason)
    if before == (level, until, reason) or (is_open and page.level == Page.Protection.OPEN):
        return False
    Page.objects.filter(pk=page.pk).update(
        protection=level,
        protected_until=until,
        protected_by=by,
        protection_reason="" if is_open else reason,
    )
    ends = until.isoformat() if until else ""
    record(LogEntry.Act.PROTECT, by=by, target=page, reason=reason, level=level.value, until=ends)
    return True
