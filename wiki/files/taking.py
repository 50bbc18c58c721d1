"""Take a file: know what it is, make it harmless, and name it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from wiki.files.documents import checked
from wiki.files.kinds import Kind, kind_of, read
from wiki.files.naming import digest_of, document_path, picture_of, picture_path
from wiki.files.pictures import redraw


@dataclass(frozen=True)
class Taken:
    """A file that can be stored.

    digest   of the bytes of its main part
    path     of its main part
    parts    what is stored, by path: the main part, and a picture's smaller sizes
    """

    digest: str
    path: str
    media_type: str
    parts: Mapping[str, bytes] = field(repr=False)
    width: int | None = None
    height: int | None = None

    @property
    def size(self) -> int:
        """Bytes, of its main part."""
        return len(self.parts[self.path])

    @property
    def is_picture(self) -> bool:
        """Shown in pages; everything else is a download."""
        return self.width is not None


def take(data: BinaryIO, name: str) -> Taken:
    """Look at a file, by its name and by what is in it. Raises NotTaken."""
    kind = kind_of(name)
    read_bytes = read(data, kind)
    return _picture(read_bytes, kind) if kind.is_picture else _document(read_bytes, kind)


def _picture(data: bytes, kind: Kind) -> Taken:
    redrawn = redraw(data, kind)
    digest = digest_of(redrawn.main)
    picture = picture_of(digest, redrawn.size, kind.extension)
    parts = {picture_path(picture, width): smaller for width, smaller in redrawn.smaller.items()}
    parts[picture_path(picture)] = redrawn.main
    width, height = redrawn.size
    return Taken(digest, picture_path(picture), kind.media_type, parts, width, height)


def _document(data: bytes, kind: Kind) -> Taken:
    media_type = checked(data, kind)
    digest = digest_of(data)
    path = document_path(digest, kind.extension)
    return Taken(digest, path, media_type, {path: data})
