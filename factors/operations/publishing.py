"""The only path to a new version of a factor."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from factors.models import Factor, FactorEdit
from mittkoping import versions
from mittkoping.accounts.models import User


@transaction.atomic
def publish(
    factor: Factor,
    *,
    by: User | None,
    summary: str,
    act: FactorEdit.Act = FactorEdit.Act.LOAD,
    source_number: int | None = None,
    reviewer: User | None = None,
) -> FactorEdit:
    """Save a new or changed factor as its next version; `by` is None when it is loaded from a file.

    source_number   the version that is brought back
    reviewer        the moderator who accepted it, when somebody else proposed it
    """
    factor.number += 1
    facts = {
        "factor": factor,
        "number": factor.number,
        "author": by,
        "summary": summary,
        "act": act,
        "source_number": source_number,
        "reviewer": reviewer,
    }
    versions.save(factor, by=by, comment=summary, meta=FactorEdit, facts=facts)
    return FactorEdit.objects.select_related("factor").get(factor=factor, number=factor.number)


def lock_factor(factor: Factor) -> Factor:
    """The factor as it is now, its row locked until the transaction ends; theme at hand."""
    locked = Factor.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("theme", "merged_into").get(pk=factor.pk)


def require(allowed: bool, otherwise: str) -> None:
    """Raise PermissionDenied, with a sentence, unless allowed."""
    if not allowed:
        raise PermissionDenied(otherwise)


def why_not(by: User, factor: Factor | None) -> str:
    """Why somebody may not write a factor."""
    if by.is_blocked:
        return _("Ditt konto är avstängt: %(reason)s") % {"reason": by.block_reason}
    if factor and factor.merged_into:
        sentence = _("Nyckelfaktorn är sammanslagen med ”%(name)s”. Ändra den i stället.")
        return sentence % {"name": factor.merged_into.name}
    if factor and factor.status == Factor.Status.RETIRED:
        return _("Nyckelfaktorn är avslutad. Bara moderatorer ändrar den.")
    return _("Bara moderatorer ändrar i katalogen. Föreslå din ändring i stället.")
