"""Make two factors one, and two again. Tags keep the slug that they were given; every query resolves it."""

from django.db import transaction
from django.utils.translation import gettext as _

from factors import rules
from factors.models import Factor, FactorEdit
from factors.operations.errors import Unmergeable
from factors.operations.publishing import lock_factor, publish, require
from mittkoping import versions
from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record

Status = Factor.Status


@transaction.atomic
def merge(source: Factor, target: Factor, *, by: User, reason: str = "") -> FactorEdit:
    """Let the target stand for the source from now on; its address leads there.

    Raises PermissionDenied or Unmergeable.
    """
    require(rules.may_edit_factor(by, None), _("Bara moderatorer slår ihop nyckelfaktorer."))
    # In one order, so that two who merge the same pair at once do not wait for each other.
    locked = {factor.pk: factor for factor in map(lock_factor, sorted((source, target), key=_primary_key))}
    source, target = locked[source.pk], locked[target.pk]
    check_merge(source, target)
    source.merged_into, source.status = target, Status.MERGED
    edit = publish(source, by=by, summary=reason, act=FactorEdit.Act.MERGE)
    record(
        LogEntry.Act.MERGE_FACTORS,
        by=by,
        target=source,
        number=edit.number,
        reason=reason,
        into=target.slug,
    )
    return edit


@transaction.atomic
def unmerge(factor: Factor, *, by: User, reason: str = "") -> FactorEdit:
    """Let a merged factor stand for itself again, with the status that it had.

    Raises PermissionDenied, or Unmergeable when it is not merged.
    """
    require(rules.may_edit_factor(by, None), _("Bara moderatorer ångrar en sammanslagning."))
    factor = lock_factor(factor)
    if factor.merged_into is None:
        raise Unmergeable(_("Nyckelfaktorn är inte sammanslagen med någon annan."))
    into = factor.merged_into.slug
    factor.status, factor.merged_into = _status_before(factor), None
    edit = publish(factor, by=by, summary=reason, act=FactorEdit.Act.UNMERGE)
    record(
        LogEntry.Act.UNMERGE_FACTORS,
        by=by,
        target=factor,
        number=edit.number,
        reason=reason,
        into=into,
    )
    return edit


def check_merge(source: Factor, target: Factor) -> None:
    """Raise Unmergeable, with a sentence, unless the source can be merged into the target."""
    if source.pk == target.pk:
        raise Unmergeable(_("En nyckelfaktor kan inte slås ihop med sig själv."))
    if source.merged_into:
        sentence = _("”%(name)s” är redan sammanslagen med ”%(into)s”.")
        raise Unmergeable(sentence % {"name": source.name, "into": source.merged_into.name})
    if target.status not in rules.OPEN:
        sentence = _("”%(name)s” är %(status)s. Välj en nyckelfaktor som är i bruk.")
        raise Unmergeable(sentence % {"name": target.name, "status": target.get_status_display()})
    # Otherwise a tag would have to be followed through several factors, and no undo would be the last one.
    if inside := source.merged.in_order().values_list("name", flat=True):
        sentence = _(
            "I ”%(name)s” ligger redan %(others)s. Ångra den sammanslagningen först, eller slå ihop åt andra "
            "hållet."
        )
        others = ", ".join(f"”{name}”" for name in inside)
        raise Unmergeable(sentence % {"name": source.name, "others": others})


def _status_before(factor: Factor) -> str:
    """What the factor was when it was merged."""
    merged = factor.edits.filter(act=FactorEdit.Act.MERGE).order_by("-number").first()
    before = factor.edits.filter(number=merged.number - 1).first() if merged else None
    return str(versions.fields(before.revision_id)["status"]) if before else Status.ACTIVE


def _primary_key(factor: Factor) -> int:
    return factor.pk
