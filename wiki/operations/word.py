"""Word documents: read one, and store the pictures in it. No page is changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import PurePath

from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.text.docx_bounded import convert_bounded
from mittkoping.text.docx_package import BadDocument, extension_of
from mittkoping.text.normalise import is_visible, normalise_line
from mittkoping.text.word_text import LONGEST, WordText, word_text
from wiki.content import MAX_BODY
from wiki.operations.attachments import BadFile, require_uploading, upload
from wiki.operations.errors import Refusal
from wiki.operations.limits import TooMany, count_try
from wiki.operations.word_sentences import left_out, too_long, unstored, why
from wiki.validation import personal_number_problems

EXTENSION = ".docx"
MAX_STEM = 80  # characters of a document's name that the names of its pictures begin with


class BadWord(Refusal):
    """A document that is not read; what is said is for the one who sent it."""


@dataclass(frozen=True)
class Imported:
    """What a Word document became.

    left_out   what did not come along, or looks otherwise: a sentence each
    pictures   how many pictures in the body nobody has described: saving asks for it
    """

    title: str
    body: str
    left_out: tuple[str, ...]
    pictures: int


def read_word(
    data: bytes, name: str, *, takes_title: bool = True, is_inserted: bool = False, by: User
) -> Imported:
    """Read a Word document of unknown origin as a text of ours; its pictures are stored.

    name          of the file
    takes_title   its title is told apart from its body; otherwise the body begins with it
    is_inserted   the body will stand among other text: its footnotes are called what no others are

    Raises PermissionDenied, TooMany, BadWord, or StorageFault. A picture that is not taken is told of in
    left_out.
    """
    require_uploading(by)
    if not name.casefold().endswith(EXTENSION):
        raise BadWord(why("old" if name.casefold().endswith((".doc", ".rtf", ".odt")) else "not_word"))
    count_try(by)
    prefix = f"{sha256(data).hexdigest()[:4]}-" if is_inserted else ""
    try:
        converted = convert_bounded(data)
        whole = word_text(
            converted, [LONGEST] * len(converted.pictures), takes_title=takes_title, prefix=prefix
        )
    except BadDocument as bad:
        raise BadWord(why(bad.reason)) from bad
    _check(whole)
    addresses, told = _store(converted.pictures, name, by)
    text = word_text(converted, addresses, takes_title=takes_title, prefix=prefix) if addresses else whole
    return Imported(text.title, text.body, (*told, *left_out(text.left)), text.silent)


def _check(whole: WordText) -> None:
    """Before anything is stored: whether there is a text, and whether a page can hold it."""
    if not is_visible(whole.title + whole.body):
        raise BadWord(_("Det finns ingen text i dokumentet."))
    if (size := len(whole.body.encode())) > MAX_BODY:
        raise BadWord(too_long(size, MAX_BODY))


def _store(pictures: Sequence[bytes], name: str, by: User) -> tuple[list[str | None], list[str]]:
    """Upload pictures; gives their addresses, and what is to be said of those that were not taken."""
    stem = normalise_line(PurePath(name).stem)[:MAX_STEM]
    stem = _("Word-dokument") if personal_number_problems("", stem) else stem
    addresses: list[str | None] = []
    refusals: dict[str, int] = {}
    for number, picture in enumerate(pictures, 1):
        called = _("%(document)s, bild %(number)s") % {"document": stem, "number": number}
        try:
            content = upload(BytesIO(picture), f"{called}.{extension_of(picture)}", by=by)
            addresses.append(content.url)
        except (BadFile, TooMany) as refusal:
            addresses.append(None)
            refusals[str(refusal)] = refusals.get(str(refusal), 0) + 1
    return addresses, [unstored(count, reason) for reason, count in refusals.items()]
