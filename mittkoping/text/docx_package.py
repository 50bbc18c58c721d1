"""The parts of a .docx file: what is read of a zip archive that may be anything."""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import Literal
from xml.parsers import expat

MB = 2**20
MAX_BYTES = 20 * MB
MAX_ENTRIES = 2000
MAX_UNPACKED = 200 * MB  # all entries together
MAX_XML = 48 * MB  # all of them that are XML
MAX_RATIO = 200  # unpacked to packed, of an entry that is large
LARGE = MB
MAX_PICTURE = 10 * MB
MAX_PICTURES = 40  # different ones
MAX_ELEMENTS = 250_000  # in all XML together
MAX_DEPTH = 100  # elements inside each other

DOCUMENT = "word/document.xml"

Reason = Literal[
    "not_word", "old", "encrypted", "macros", "broken", "large", "bomb", "tangled", "time", "memory", "busy"
]
Parts = dict[str, bytes]

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_XML = (".xml", ".rels")
_MACROS = re.compile(rb"macroEnabled", re.IGNORECASE)
_PICTURES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "webp"),
)
_NAME = re.compile(r"[^\x00-\x1f\\:]+")


class BadDocument(Exception):
    """A file that is not read, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"a document was refused: {reason}")
        self.reason: Reason = reason


def extension_of(data: bytes) -> str:
    """What the name of a picture ends with, by how it begins; "" for what browsers do not show."""
    return next((extension for signature, extension in _PICTURES if signature.match(data)), "")


def open_package(data: bytes) -> Parts:
    """Unpack what can matter of a .docx file: name → bytes, of its XML and of its pictures.

    A picture that browsers do not show, or that is too large, is there without bytes. No XML declares a
    document type. Raises BadDocument.
    """
    _check_kind(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive.infolist())
            parts = dict(_read(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise BadDocument("broken") from error
    if _MACROS.search(parts.get("[Content_Types].xml", b"")):
        raise BadDocument("macros")
    _check_xml(parts)
    return parts


def repack(parts: Parts) -> io.BytesIO:
    """Put parts into an archive again, one that holds nothing else."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    out.seek(0)
    return out


def _check_kind(data: bytes) -> None:
    """Tell the usual mistakes from each other."""
    if len(data) > MAX_BYTES:
        raise BadDocument("large")
    if data.startswith(_OLD):
        raise BadDocument("encrypted" if _ENCRYPTED in data else "old")
    if data.startswith(b"{\\rtf"):
        raise BadDocument("old")
    if not data.startswith(b"PK"):
        raise BadDocument("not_word")


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Look at what the archive says of itself, before anything is unpacked."""
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise BadDocument("bomb")
    if any(
        entry.file_size > LARGE and entry.file_size > MAX_RATIO * entry.compress_size for entry in entries
    ):
        raise BadDocument("bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadDocument("encrypted")
    if not all(map(_is_harmless, entries)) or len({name.casefold() for name in names}) < len(names):
        raise BadDocument("broken")
    if DOCUMENT not in names:
        raise BadDocument("not_word")
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise BadDocument("macros")


def _is_harmless(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a file or a folder that stays where it is unpacked, in a way that we know."""
    name = entry.filename
    is_inside = _NAME.fullmatch(name) and not name.startswith("/") and ".." not in name.split("/")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return bool(is_inside) and kind in {0, stat.S_IFREG, stat.S_IFDIR} and entry.compress_type in _READABLE


def _read(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Unpack, counting what really comes, whatever was declared."""
    room = MAX_XML
    for entry in archive.infolist():
        name = entry.filename
        if name.casefold().endswith(_XML):
            data = _bytes(archive, entry, room)
            room -= len(data)
            yield name, data
        elif not entry.is_dir():
            yield name, _picture(archive, entry)


def _picture(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.file_size > MAX_PICTURE:
        return b""
    with archive.open(entry) as file:
        if not extension_of(file.read(16)):
            return b""
    return _bytes(archive, entry, MAX_PICTURE)


def _bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    with archive.open(entry) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise BadDocument("large")
    return data


def _check_xml(parts: Parts) -> None:
    """Read all XML once with a parser that builds nothing."""
    counter = _Counter()
    for name, data in parts.items():
        if name.casefold().endswith(_XML):
            counter.check(data)


class _Counter:
    """Counts elements; a document type is the door for entities, and no .docx file has one."""

    def __init__(self) -> None:
        self.count = 0
        self.depth = 0

    def check(self, data: bytes) -> None:
        """Go through one part. Raises BadDocument."""
        self.depth = 0
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        try:
            parser.Parse(data, True)  # noqa: FBT003  # takes no keywords
        except expat.ExpatError as error:
            raise BadDocument("broken") from error

    def _start(self, _name: str, _attributes: dict[str, str]) -> None:
        self.count += 1
        self.depth += 1
        if self.depth > MAX_DEPTH or self.count > MAX_ELEMENTS:
            raise BadDocument("tangled")

    def _end(self, _name: str) -> None:
        self.depth -= 1

    def _refuse(self, *_declared: object) -> None:
        raise BadDocument("broken")
