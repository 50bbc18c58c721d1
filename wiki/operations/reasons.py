"""The reasons that moderators use again and again."""

from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from wiki import rules
from wiki.models import ReviewReason
from wiki.operations.publishing import require
from wiki.operations.transactions import in_transaction


@in_transaction
def add_reason(text: str, *, by: User) -> ReviewReason:
    """Keep a reason for all moderators. May be repeated. Raises PermissionDenied."""
    require(rules.may_moderate(by), _("Bara moderatorer sparar skäl."))
    return ReviewReason.objects.get_or_create(text=text, defaults={"added_by": by})[0]


@in_transaction
def remove_reason(reason: ReviewReason, *, by: User) -> None:
    """Keep a reason no longer; what has been decided with it stays. Raises PermissionDenied."""
    require(rules.may_moderate(by), _("Bara moderatorer tar bort skäl."))
    ReviewReason.objects.filter(pk=reason.pk).delete()
