"""What an editor says that its writer has left alone, held against the text that it began with.

A chunk is a run of lines that are not blank. A claim is "<chunks sent>", then for each that was left alone
";<number of the chunk in the text begun with>:<number of the chunk sent>:<CRC-32 of the chunk, eight
hexadecimal digits>", numbers from 0.
"""

import re
from collections.abc import Iterator
from zlib import crc32

_COUNT = re.compile(r"[0-9]{1,7}")
_LEFT_ALONE = re.compile(r"([0-9]{1,7}):([0-9]{1,7}):([0-9a-f]{8})")
# What a line that is not blank has: what trim() of browsers leaves. Some controls are white space here only.
_INK = re.compile(r"[^\s\ufeff]|[\x1c-\x1f\x85]")
_LINE_END = re.compile(r"\r\n?")


class Mangled(Exception):
    """A text has arrived with fewer or more chunks than were sent."""


def restore(base: str, sent: str, claim: str, *, typed: str | None = None) -> tuple[str, int]:
    """Put back the chunks that were left alone and have changed all the same; tells how many.

    base    what was begun with, as it is stored
    sent    what has arrived
    claim   what the editor says; what is nonsense in it, or does not fit the base, counts for nothing
    typed   what has arrived before it was normalised, when that is known: its chunks are those that the
            editor has counted, since a line of control characters only was no blank one there

    All else stays as it was sent. Linear in all three. Raises Mangled.
    """
    count, *told = claim.strip().split(";")
    if not _COUNT.fullmatch(count):
        return sent, 0
    lines = sent.split("\n")
    chunks = list(_chunks(_as_counted(lines, typed)))
    if len(chunks) != int(count):
        raise Mangled
    out: list[str] = []
    at = restored = 0
    for number, old in sorted(_left_alone(base, told, len(chunks)).items()):
        start, stop = chunks[number]
        if "\n".join(lines[start:stop]) != old:
            out += [*lines[at:start], old]
            at = stop
            restored += 1
    return "\n".join(out + lines[at:]), restored


def _as_counted(lines: list[str], typed: str | None) -> list[str]:
    """The lines that the editor counted; those that are kept unless they are the same ones."""
    if typed is None:
        return lines
    counted = _LINE_END.sub("\n", typed).split("\n")
    return counted if len(counted) == len(lines) else lines


def _left_alone(base: str, told: list[str], count: int) -> dict[int, str]:
    """By the number of a chunk that was sent, what it was to begin with; what is told of it first counts."""
    lines = base.split("\n")
    chunks = list(_chunks(lines))
    kept: dict[int, str] = {}
    for match in filter(None, map(_LEFT_ALONE.fullmatch, told)):
        old, new = int(match[1]), int(match[2])
        if old >= len(chunks) or new >= count or new in kept:
            continue
        start, stop = chunks[old]
        text = "\n".join(lines[start:stop])
        if crc32(text.encode()) == int(match[3], 16):
            kept[new] = text
    return kept


def _chunks(lines: list[str]) -> Iterator[tuple[int, int]]:
    """The first line of each chunk, and the one after its last."""
    start = None
    for number, line in enumerate(lines):
        if _INK.search(line):
            start = number if start is None else start
        elif start is not None:
            yield start, number
            start = None
    if start is not None:
        yield start, len(lines)
