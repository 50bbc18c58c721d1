"""What the process that reads Word documents answers: a length, JSON, then the bytes of the pictures."""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from mittkoping.text.docx_package import BadDocument, Reason

_HEADER = struct.Struct(">I")


@dataclass(frozen=True)
class Converted:
    """A Word document as HTML.

    left       what was left out or changed on the way, by kind: how often
    pictures   bytes of the pictures, which the HTML has as bild:0, bild:1 …
    """

    html: str
    left: Mapping[str, int]
    pictures: tuple[bytes, ...]


def pack(answer: Converted | Reason) -> bytes:
    """Write an answer, or why there is none."""
    if isinstance(answer, str):
        return _framed({"refused": answer})
    sizes = [len(picture) for picture in answer.pictures]
    head = {"html": answer.html, "left": dict(answer.left), "pictures": sizes}
    return _framed(head) + b"".join(answer.pictures)


def unpack(data: bytes) -> Converted:
    """Read an answer. Raises BadDocument, with "memory" for one that was cut off."""
    try:
        (length,) = _HEADER.unpack_from(data)
        place = _HEADER.size + length
        head = json.loads(data[_HEADER.size : place])
        if head.get("refused") in get_args(Reason):
            raise BadDocument(head["refused"])
        pictures = []
        for size in head["pictures"]:
            pictures.append(data[place : place + size])
            place += size
    except (struct.error, ValueError, KeyError) as error:
        raise BadDocument("memory") from error
    if place != len(data):
        raise BadDocument("memory")
    return Converted(head["html"], head["left"], tuple(pictures))


def _framed(head: Mapping[str, object]) -> bytes:
    body = json.dumps(head).encode("ascii")
    return _HEADER.pack(len(body)) + body
