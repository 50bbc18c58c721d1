"""Every change of a factor."""

from django.db import transaction

from factors.models import Factor, FactorEdit
from mittkoping import versions
from mittkoping.accounts.models import User


@transaction.atomic
def publish(factor: Factor, *, by: User | None, summary: str) -> None:
    """Save a new or changed factor as its next version; `by` is None when it is loaded from a file."""
    factor.number += 1
    versions.save(
        factor,
        by=by,
        comment=summary,
        meta=FactorEdit,
        facts={"factor": factor, "number": factor.number, "author": by, "summary": summary},
    )
