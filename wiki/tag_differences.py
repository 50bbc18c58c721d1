"""What differs between two forms of one tag, in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wiki.chips import Chip
from wiki.content import Passage, Tag
from wiki.models import FactorTag


def tag_differences(old: Tag, new: Tag, shown: tuple[Chip, Chip]) -> list[str]:
    """Say what is different, the most important first; the quotes are left to those who show the tags.

    shown   the two as a reader sees them, with the names of factor and municipality
    """
    return [*_saying(old, new, shown), *_words(old.passage, new.passage), *_about(old, new, shown)]


def _saying(old: Tag, new: Tag, shown: tuple[Chip, Chip]) -> Iterator[str]:
    """Of which factor, and which way."""
    if old.factor != new.factor:
        yield _("Annan nyckelfaktor: %(pair)s.") % {"pair": _pair(*(chip.factor for chip in shown))}
    if old.direction != new.direction:
        ways = dict(FactorTag.Direction.choices)
        yield _("Annan riktning: %(pair)s.") % {
            "pair": _pair(ways.get(old.direction), ways.get(new.direction))
        }


def _words(old: Passage | None, new: Passage | None) -> Iterator[str]:
    """What it points at."""
    if old == new:
        return
    if new is None:
        yield _("Gäller hela sidan, inte vissa ord.")
    elif old is None:
        yield _("Pekar på vissa ord, inte på hela sidan.")
    elif old.exact != new.exact:
        yield _("Pekar på andra ord.")
    elif old.version != new.version:
        yield _("Samma ord, valda på nytt i version %(number)s.") % {"number": new.version}
    else:
        yield _("Samma ord, på ett annat ställe i texten.")


def _about(old: Tag, new: Tag, shown: tuple[Chip, Chip]) -> Iterator[str]:
    """How, when, for whom and why."""
    if old.strength != new.strength:
        strengths = dict(FactorTag.Strength.choices)
        pair = _pair(strengths.get(old.strength), strengths.get(new.strength))
        yield _("Annan styrka: %(pair)s.") % {"pair": pair}
    if old.phase != new.phase:
        yield _("Annan fas: %(pair)s.") % {"pair": _pair(*(chip.phase_label for chip in shown))}
    if old.municipality != new.municipality:
        yield _("Annan kommun: %(pair)s.") % {"pair": _pair(*(chip.municipality for chip in shown))}
    if old.tried != new.tried:
        yield _tried(old, new)
    if old.note != new.note:
        yield _note(old, new)


def _tried(old: Tag, new: Tag) -> str:
    if not old.tried:
        return _("Nytt: vad som provades.")
    return _("Det som provades är ändrat.") if new.tried else _("Det som provades är borttaget.")


def _note(old: Tag, new: Tag) -> str:
    if not old.note:
        return _("Ny motivering.")
    return _("Motiveringen är ändrad.") if new.note else _("Motiveringen är borttagen.")


def _pair(old: object, new: object) -> str:
    return f"{old or _('inte angivet')} → {new or _('inte angivet')}"
