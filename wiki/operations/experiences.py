"""Answer a passage for one's municipality: so it is here too, or it is not. One answer each, changeable."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record
from wiki import rules
from wiki.experiences import said_of_hidden, why_no_answer
from wiki.models import Experience, FactorTag
from wiki.operations.errors import NothingChanged, ReasonMissing, Refusal
from wiki.operations.limits import check_saves
from wiki.operations.publishing import lock, require
from wiki.operations.transactions import in_transaction


class AnswerHidden(Refusal):
    """A moderator has hidden the municipality's answer."""

    def __init__(self, reason: str) -> None:
        super().__init__(said_of_hidden(reason))


@in_transaction
def answer_passage(tag: FactorTag, *, applies: bool, line: str, by: User) -> Experience:
    """Say whether what a tag says is so in the author's municipality; a later answer replaces the earlier.

    Colleagues answer for the municipality together: the newest answer holds, with its author's name.

    Raises PermissionDenied, TooMany, NothingChanged, or AnswerHidden.
    """
    lock(tag.page)
    _require_answering(by, tag)
    check_saves(by)
    municipality = by.municipality
    earlier = Experience.objects.filter(page=tag.page, key=tag.key, municipality=municipality).first()
    if earlier and earlier.is_hidden:
        raise AnswerHidden(earlier.hidden_reason)
    if earlier and (earlier.applies, earlier.line) == (applies, line):
        raise NothingChanged
    said = {"user": by, "applies": applies, "line": line, "updated_at": timezone.now()}
    experience, _created = Experience.objects.update_or_create(
        page=tag.page, key=tag.key, municipality=municipality, defaults=said
    )
    return experience


@in_transaction
def take_back_answer(tag: FactorTag, *, by: User) -> bool:
    """Take the municipality's answer away; False when there is none. Raises PermissionDenied."""
    lock(tag.page)
    _require_answering(by, tag)
    own = Experience.objects.shown().filter(page=tag.page, key=tag.key, municipality=by.municipality)
    return bool(own.delete()[0])


@in_transaction
def hide_answer(experience: Experience, *, reason: str, by: User) -> bool:
    """Show an answer to moderators only, and count it no more.

    False when it is hidden already: then the earlier reason stands. Raises PermissionDenied or ReasonMissing.
    """
    experience = _lock(experience)
    require(rules.may_hide_experience(by, experience), _("Bara moderatorer döljer svar, aldrig sina egna."))
    if not reason.strip():
        raise ReasonMissing
    if experience.is_hidden:
        return False
    _hide(experience, timezone.now(), by, reason)
    record(LogEntry.Act.HIDE_EXPERIENCE, by=by, target=experience.page, user=experience.user, reason=reason)
    return True


@in_transaction
def show_answer(experience: Experience, *, by: User) -> bool:
    """Show a hidden answer again. False when it is not hidden. Raises PermissionDenied."""
    experience = _lock(experience)
    require(rules.may_hide_experience(by, experience), _("Bara moderatorer visar dolda svar."))
    if not experience.is_hidden:
        return False
    _hide(experience, None, None, "")
    record(LogEntry.Act.SHOW_EXPERIENCE, by=by, target=experience.page, user=experience.user)
    return True


def _require_answering(by: User, tag: FactorTag) -> None:
    require(rules.may_answer(by, tag), why_no_answer(by, tag))


def _lock(experience: Experience) -> Experience:
    locked = Experience.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("page", "user").get(pk=experience.pk)


def _hide(experience: Experience, at: datetime | None, by: User | None, reason: str) -> None:
    experience.hidden_at, experience.hidden_by, experience.hidden_reason = at, by, reason
    experience.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
