"""Documents: looked at from the outside, never opened. They are only ever sent as downloads."""

import re
import stat
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from wiki.files.kinds import OFFICE_DOCUMENTS, OPEN_DOCUMENTS, PDF, TEXTS, Kind
from wiki.files.refusing import MEGABYTE, NotTaken, unfit

MAX_ENTRIES = 5000
MAX_DIRECTORY = MEGABYTE  # bytes that tell of the entries
MAX_UNPACKED = 300 * MEGABYTE
MAX_RATIO = 200  # unpacked to packed, of all entries together
SMALL = MEGABYTE  # bytes; what unpacks to less may be packed as tightly as it likes
MAX_TYPES = MEGABYTE  # bytes of [Content_Types].xml

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"
_END_SIZE = 22
_TAIL = _END_SIZE + 2**16
_ENCRYPTED = 0x1
_CONTENT_TYPES = "[Content_Types].xml"
_MACROS = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml)$|^(Basic|Scripts)/", re.IGNORECASE)
# What reading the list of entries may raise, besides what it is meant to.
_BROKEN = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)


def checked(data: bytes, kind: Kind) -> str:
    """The media type that it is to be served as. Raises NotTaken unless it is what its name says."""
    if kind in TEXTS:
        return f"{kind.media_type}; charset={_charset(data, kind)}"
    if kind != PDF:
        _check_package(data, kind)
    return kind.media_type


def _charset(data: bytes, kind: Kind) -> str:
    """Of the two that Swedish text comes in; what is stored is what came."""
    if b"\0" in data:
        raise unfit(kind.extension)
    for charset in ("utf-8", "windows-1252"):
        try:
            data.decode(charset)
        except UnicodeDecodeError:
            continue
        return charset
    raise NotTaken(_("Texten går inte att läsa. Spara filen som UTF-8 och försök igen."))


def _check_package(data: bytes, kind: Kind) -> None:
    """Look at the list of what is packed; of the entries, only those that say what the whole is are read."""
    _check_directory(data, kind)
    try:
        with ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            _check_entries(entries, len(data), kind)
            fits = _fits(package, entries, kind)
    except _BROKEN as error:
        raise unfit(kind.extension) from error
    if not fits:
        raise unfit(kind.extension)


def _check_directory(data: bytes, kind: Kind) -> None:
    """Raise NotTaken if the list of entries is longer than anybody's, before it is read."""
    tail = data[-_TAIL:]
    end = tail.rfind(_END)
    if end < 0 or len(tail) - end < _END_SIZE:
        raise unfit(kind.extension)
    (size,) = struct.unpack_from("<L", tail, end + 12)
    if size > MAX_DIRECTORY or _END_64 in tail:
        raise _too_much()


def _check_entries(entries: list[ZipInfo], packed: int, kind: Kind) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        raise _too_much()
    if unpacked > SMALL and unpacked > packed * MAX_RATIO:
        raise _too_much()
    names = {entry.filename for entry in entries}
    if any(_is_strange(entry) for entry in entries) or len(names) < len(entries):
        raise unfit(kind.extension)
    if any(_MACROS.search(name) for name in names):
        raise _has_macros()


def _is_strange(entry: ZipInfo) -> bool:
    """It leads out of its folder, to another place, or cannot be read by those who fetch it."""
    name = entry.orig_filename
    leads_out = name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") or "\0" in name
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    is_readable = entry.compress_type in {ZIP_STORED, ZIP_DEFLATED} and not entry.flag_bits & _ENCRYPTED
    return leads_out or is_link or not is_readable


def _fits(package: ZipFile, entries: list[ZipInfo], kind: Kind) -> bool:
    if kind in OPEN_DOCUMENTS:
        is_named = bool(entries) and entries[0].filename == "mimetype"
        return is_named and _start(package, entries[0]) == kind.media_type.encode()
    types = next((entry for entry in entries if entry.filename == _CONTENT_TYPES), None)
    return types is not None and kind in OFFICE_DOCUMENTS and _is_of(_start(package, types), kind)


def _is_of(types: bytes, kind: Kind) -> bool:
    if b"macroenabled" in types.lower():
        raise _has_macros()
    return f"{kind.media_type}.main+xml".encode() in types


def _start(package: ZipFile, entry: ZipInfo) -> bytes:
    """What an entry says; of one that goes on for too long, the beginning."""
    with package.open(entry) as opened:
        return opened.read(MAX_TYPES)


def _too_much() -> NotTaken:
    return NotTaken(_("Filen är ovanligt hårt komprimerad eller har för många delar. Spara den på nytt."))


def _has_macros() -> NotTaken:
    return NotTaken(_("Filen innehåller makron. Spara den utan makron, eller som PDF, och försök igen."))
