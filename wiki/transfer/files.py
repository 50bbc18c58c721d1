"""Files of a folder, read with care: what somebody else packed may hold anything."""

from pathlib import Path

from django.utils.translation import gettext as _

from wiki.transfer.problems import Unreadable

MAX_FILE = 2_200_000  # bytes: a page with everything at its limit, see front_matter


def pages_in(folder: Path) -> list[Path]:
    """Every .md file of a folder and those below it, in order; without what is hidden and linked folders."""
    found = folder.rglob("*.md")
    return sorted(path for path in found if not _is_hidden(path.relative_to(folder)))


def read_text(path: Path, *, inside: Path) -> str:
    """The text of a file in UTF-8, with or without a byte order mark. Raises Unreadable.

    inside   the folder that the file must not lead out of
    """
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(inside.resolve()):
            raise Unreadable(_("Filen är en länk ut ur mappen. Sådana läses inte."))
        if not real.is_file():
            raise Unreadable(_("Det här är ingen vanlig fil."))
        with real.open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise Unreadable(_("Filen går inte att läsa. Får du läsa den?")) from error
    return _decode(content)


def _decode(content: bytes) -> str:
    if len(content) > MAX_FILE:
        raise Unreadable(_("Filen är större än %d kB.") % (MAX_FILE // 1000))
    if (nul := content.find(b"\0")) >= 0:
        sentence = _("Här finns ett NUL-tecken. Är det verkligen en textfil?")
        raise Unreadable(sentence, content.count(b"\n", 0, nul) + 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sentence = _("Här slutar filen vara UTF-8. Spara om den i UTF-8 och försök igen.")
        raise Unreadable(sentence, content.count(b"\n", 0, error.start) + 1) from error


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
