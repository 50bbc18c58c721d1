"""What stored files are called: after what is in them, never after what somebody called them."""

import re
from hashlib import sha256
from pathlib import PurePosixPath

from mittkoping.text.normalise import is_visible, normalise_line
from mittkoping.text.pictures import FOLDER, Picture, main_address, read_picture

MEDIA = "/media/"
DOCUMENTS = "dokument/"
SHOWN_DIGITS = 32  # of the digest, in a name
MAX_EXTENSION = 10  # characters

_DOCUMENT = re.compile(rf"{DOCUMENTS}[0-9a-f]{{{SHOWN_DIGITS}}}\.[a-z]{{3,4}}")
# What would be read as Markdown inside the words of a link.
_MARKS = re.compile(r"([\\`*_\[\]<])")


def digest_of(data: bytes) -> str:
    """SHA-256 in hex."""
    return sha256(data).hexdigest()


def picture_of(digest: str, size: tuple[int, int], extension: str) -> Picture:
    """A picture by the digest of its main size."""
    return Picture(digest[:SHOWN_DIGITS], *size, extension)


def picture_path(picture: Picture, width: int = 0) -> str:
    """Where one size of a picture lies: the smaller one of that width, or the main one."""
    return path_of(FOLDER) + (picture.sized_name(width) if width else picture.name)


def document_path(digest: str, extension: str) -> str:
    """Where a document lies."""
    return f"{DOCUMENTS}{digest[:SHOWN_DIGITS]}.{extension}"


def path_of(address: str) -> str:
    """Where a file with this address lies."""
    return address.removeprefix(MEDIA)


def main_path(path: str) -> str:
    """The path that a row names: of the main size, if it is that of a smaller one."""
    return path_of(main_address(MEDIA + path))


def is_path(path: str) -> bool:
    """Whether a row could name it: what is asked for may be anything."""
    return read_picture(MEDIA + path) is not None or _DOCUMENT.fullmatch(path) is not None


def all_paths(path: str) -> list[str]:
    """The path that a row names, and those of the smaller sizes."""
    picture = read_picture(MEDIA + path)
    return [path, *(picture_path(picture, width) for width in picture.widths)] if picture else [path]


def thumbnail(picture: Picture) -> tuple[str, int, int]:
    """The address, the width and the height of its smallest size."""
    if not picture.widths:
        return picture.address, picture.width, picture.height
    width = min(picture.widths)
    return MEDIA + picture_path(picture, width), width, picture.sized_height(width)


def clean_name(name: str, *, limit: int) -> str:
    """The name of a file without folders, and cut before its extension; may be empty."""
    last = normalise_line(name.replace("\\", "/").rpartition("/")[2])
    if len(last) <= limit:
        return last if is_visible(last) else ""
    suffix = PurePosixPath(last).suffix[: MAX_EXTENSION + 1]
    return last[: limit - len(suffix)].rstrip() + suffix


def markdown_of(name: str, url: str, *, is_picture: bool) -> str:
    """How to write it in a page; what a picture shows is left to the writer to say."""
    if is_picture:
        return f"![]({url})"
    return f"[{_MARKS.sub(_escaped, name)}]({url})"


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[1]}"
