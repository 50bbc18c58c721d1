"""What somebody may be called here."""

import unicodedata

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.text.names import title_key
from mittkoping.text.normalise import normalise_line

MIN_NAME, MAX_NAME, MAX_JOB_TITLE = 2, 80, 80  # characters
LETTERS = {"Lu", "Ll", "Lt", "Lo"}
# Japanese and Korean are written with several of them together.
EAST_ASIAN = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL"}


def clean_name(text: str, *, of: User | None = None) -> str:
    """The name as it is stored. Raises ValidationError, with a sentence.

    of   whose name it is to be; None for a new account
    """
    name = normalise_line(text)
    if problem := _shape_problem(name) or _looks_problem(name):
        raise ValidationError(problem)
    if _is_a_moderators(name, of):
        raise ValidationError(_("En moderator heter så. Lägg till något, till exempel ett mellannamn."))
    return name


def clean_job_title(text: str) -> str:
    """The role at work as it is stored. Raises ValidationError, with a sentence."""
    title = normalise_line(text)
    if len(title) > MAX_JOB_TITLE:
        message = _("Rollen är %(length)s tecken lång. Gränsen är %(limit)s.")
        raise ValidationError(message % {"length": len(title), "limit": MAX_JOB_TITLE})
    if "@" in title:
        raise ValidationError(_("Skriv ingen e-postadress här. Alla kan läsa det du skriver."))
    return title


def scripts(text: str) -> set[str]:
    """The scripts of the letters, by the first word of their names in Unicode; the East Asian count as one.

    scripts("Ada Öberg") == {"LATIN"}
    """
    letters = (ch for ch in text if unicodedata.category(ch) in LETTERS)
    found = {unicodedata.name(ch, "UNKNOWN").split()[0] for ch in letters}
    return (found - EAST_ASIAN) | ({"CJK"} if found & EAST_ASIAN else set())


def _shape_problem(name: str) -> str:
    if len(name) > MAX_NAME:
        message = _("Namnet är %(length)s tecken långt. Gränsen är %(limit)s.")
        return message % {"length": len(name), "limit": MAX_NAME}
    if len(name) < MIN_NAME:
        return _("Skriv ditt namn, med minst %d tecken.") % MIN_NAME
    return ""


def _looks_problem(name: str) -> str:
    if "@" in name or "//" in name:
        return _("Skriv ditt namn, ingen adress. Alla kan läsa det.")
    if not scripts(name):
        return _("Skriv ditt namn med bokstäver.")
    if len(scripts(name)) > 1:
        return _("Namnet blandar bokstäver från olika alfabet. Skriv det med ett.")
    return ""


def _is_a_moderators(name: str, of: User | None) -> bool:
    """Whether somebody else who moderates has the name, or one that looks the same."""
    others = User.objects.filter(Q(is_moderator=True) | Q(is_superuser=True), is_active=True)
    if of:
        others = others.exclude(pk=of.pk)
    return _key(name) in map(_key, others.values_list("name", flat=True))


def _key(name: str) -> str:
    return title_key(unicodedata.normalize("NFKC", name))
