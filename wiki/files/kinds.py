"""What a file is: by its name, and by what is in it. Both must say the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import SEEK_END
from typing import BinaryIO

from django.utils.translation import gettext as _

from wiki.files.refusing import MEGABYTE, NotTaken, unfit, what_is_taken

PICTURE_LIMIT = 10 * MEGABYTE
DOCUMENT_LIMIT = 20 * MEGABYTE
TEXT_LIMIT = 2 * MEGABYTE

_ODF = "application/vnd.oasis.opendocument."
_OOXML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    """One kind of file that is taken.

    extension    as it is stored
    media_type   as it is served; of a text, the charset is added
    limit        bytes
    is_picture   shown in pages; everything else is a download
    signatures   what it begins with, one of them; none for texts
    """

    extension: str
    media_type: str
    limit: int
    is_picture: bool = False
    signatures: tuple[bytes, ...] = ()

    def begins(self, head: bytes) -> bool:
        """Whether the first bytes are such as its files have."""
        return not self.signatures or head.startswith(self.signatures)


PNG = Kind("png", "image/png", PICTURE_LIMIT, is_picture=True, signatures=(b"\x89PNG\r\n\x1a\n",))
JPEG = Kind("jpg", "image/jpeg", PICTURE_LIMIT, is_picture=True, signatures=(b"\xff\xd8\xff",))
WEBP = Kind("webp", "image/webp", PICTURE_LIMIT, is_picture=True, signatures=(b"RIFF",))
GIF = Kind("gif", "image/gif", PICTURE_LIMIT, is_picture=True, signatures=(b"GIF87a", b"GIF89a"))
PDF = Kind("pdf", "application/pdf", DOCUMENT_LIMIT, signatures=(b"%PDF-",))
TXT = Kind("txt", "text/plain", TEXT_LIMIT)
CSV = Kind("csv", "text/csv", TEXT_LIMIT)
TEXTS = (TXT, CSV)


def _packed(extension: str, media_type: str) -> Kind:
    return Kind(extension, media_type, DOCUMENT_LIMIT, signatures=(b"PK\x03\x04",))


OPEN_DOCUMENTS = (
    _packed("odt", f"{_ODF}text"),
    _packed("ods", f"{_ODF}spreadsheet"),
    _packed("odp", f"{_ODF}presentation"),
)
OFFICE_DOCUMENTS = (
    _packed("docx", f"{_OOXML}wordprocessingml.document"),
    _packed("xlsx", f"{_OOXML}spreadsheetml.sheet"),
    _packed("pptx", f"{_OOXML}presentationml.presentation"),
)
PICTURES = (PNG, JPEG, WEBP, GIF)
KINDS = (*PICTURES, PDF, *OPEN_DOCUMENTS, *OFFICE_DOCUMENTS, *TEXTS)
BY_EXTENSION: Mapping[str, Kind] = {kind.extension: kind for kind in KINDS} | {"jpeg": JPEG}
# What the window for choosing a file offers.
ACCEPTED = ",".join(f".{extension}" for extension in BY_EXTENSION)


def kind_of(name: str) -> Kind:
    """The kind that a name says. Raises NotTaken for all that are not taken."""
    stem, dot, extension = name.rpartition(".")
    kind = BY_EXTENSION.get(extension.casefold()) if stem and dot else None
    if kind is None:
        raise NotTaken(f"{_('Den sortens fil går inte att ladda upp.')} {what_is_taken()}")
    return kind


def read(data: BinaryIO, kind: Kind) -> bytes:
    """All of a file, once its size is known to be within the limit, and its beginning to be what it should.

    Raises NotTaken.
    """
    size = data.seek(0, SEEK_END)
    if not size:
        raise NotTaken(_("Filen är tom."))
    if size > kind.limit:
        sentence = _("Filen är %(size)s MB. Gränsen är %(limit)s MB för sådana filer.")
        megabytes = f"{size / MEGABYTE:.1f}".replace(".", ",")
        raise NotTaken(sentence % {"size": megabytes, "limit": kind.limit // MEGABYTE})
    data.seek(0)
    head = data.read(16)
    if not kind.begins(head):
        raise unfit(kind.extension)
    return head + data.read(kind.limit)
