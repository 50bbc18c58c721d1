"""What municipalities answer to a passage: how many say that it is so with them too, and in which words."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from mittkoping.accounts.models import Someone, User
from mittkoping.municipalities.models import Municipality
from wiki.models import Experience, FactorTag


@dataclass(frozen=True)
class Tally:
    """How many municipalities have answered, of how many there are; the invented ones apart."""

    yes: int = 0
    no: int = 0
    fictional_yes: int = 0
    fictional_no: int = 0
    of: int = 0

    @property
    def is_empty(self) -> bool:
        """Nobody has answered."""
        return not (self.yes or self.no or self.fictional_yes or self.fictional_no)


@dataclass(frozen=True)
class Answers:
    """The answers to one passage, as somebody may read them.

    own      of the reader's municipality, if there is one
    hidden   the reader's municipality's, when a moderator has hidden it
    """

    tally: Tally
    shown: list[Experience]
    own: Experience | None
    hidden: Experience | None = None


def answers_to(tag: FactorTag, user: Someone) -> Answers:
    """The answers to a passage, in Swedish order; moderators see hidden ones. Two queries."""
    found = Experience.objects.filter(page=tag.page_id, key=tag.key)
    rows = list(found.select_related("municipality", "user"))
    shown = [row for row in rows if not row.is_hidden]
    workplace = user.municipality if user.is_authenticated else None
    ours = next((row for row in rows if workplace and row.municipality_id == workplace.pk), None)
    own, hidden = (None, ours) if ours and ours.is_hidden else (ours, None)
    visible = rows if user.is_authenticated and user.moderates else shown
    return Answers(_tally(shown, Municipality.objects.real().count()), visible, own, hidden)


def said_of_hidden(reason: str) -> str:
    """What a municipality is told of its answer that a moderator has hidden."""
    return _("En moderator har dolt er kommuns svar: %(reason)s") % {"reason": reason}


def why_no_answer(user: Someone, tag: FactorTag) -> str:
    """Why somebody may not answer, as a sentence for them; empty for those who may. Two queries at most.

    Agrees with `rules.may_answer`.
    """
    if not user.is_authenticated:
        return _("Logga in för att svara för din kommun.")
    if user.is_blocked:
        return _("Ditt konto är blockerat, så du kan inte svara.")
    return (
        _("Sidan är arkiverad, så ingen svarar på den.")
        if tag.page.is_archived
        else _why_not_theirs(user, tag)
    )


def _why_not_theirs(user: User, tag: FactorTag) -> str:
    only = _("Bara den som en moderator har bekräftat arbetar i en kommun svarar för den.")
    member = user.membership
    if member is None:
        return f"{only} {_('Du hör inte till någon kommun.')}"
    if not member.is_confirmed:
        name = member.municipality.name
        return f"{only} {_('Ingen har bekräftat att du arbetar i %(name)s.') % {'name': name}}"
    is_own = member.municipality_id == tag.counted_for_id
    return _("Märkningen är er egen. Andra kommuner svarar på den.") if is_own else ""


def tallies(keys: Iterable[UUID]) -> dict[UUID, Tally]:
    """How many municipalities have answered each passage, by the tags' keys. Two queries."""
    by_key: dict[UUID, list[Experience]] = {}
    found = Experience.objects.counted(with_fictional=settings.DEMO).filter(key__in=list(keys))
    for row in found.select_related("municipality").order_by():
        by_key.setdefault(row.key, []).append(row)
    of = Municipality.objects.real().count() if by_key else 0
    return {key: _tally(rows, of) for key, rows in by_key.items()}


def _tally(rows: list[Experience], of: int) -> Tally:
    def count(*, applies: bool, is_fictional: bool) -> int:
        return sum((row.applies, row.municipality.is_fictional) == (applies, is_fictional) for row in rows)

    return Tally(
        yes=count(applies=True, is_fictional=False),
        no=count(applies=False, is_fictional=False),
        fictional_yes=count(applies=True, is_fictional=True),
        fictional_no=count(applies=False, is_fictional=True),
        of=of,
    )
