"""The passages of a rendered page, marked in its HTML."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from mittkoping.text.outline import Place, read_places

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Marking:
    """A passage to be marked.

    start, end   in code points of the plain text
    classes      what it looks like, beside "passage"
    label        what it is, for those who point at it and for screen readers
    """

    key: str
    start: int
    end: int
    classes: str
    label: str


@dataclass(frozen=True)
class _Segment:
    """A stretch of the plain text with the passages that all of it belongs to."""

    start: int
    end: int
    markings: tuple[Marking, ...]


def mark_passages(html: str, markings: Sequence[Marking]) -> str:
    """Show sanitised HTML with <mark> around the words of passages.

    Nothing else is changed: without its marks the answer is html. Marks stand around text only, never around
    elements, so a passage may have many; where passages overlap, one mark tells of all of them. The first
    mark of a passage has the id p-<key>. What stands for an image cannot be marked.
    """
    plain, places = read_places(html)
    parts: list[str] = []
    known: set[str] = set()
    written = 0
    for start, end, segment in _marks(html, places, _segments(plain, markings)):
        new = [one.key for one in segment.markings if one.key not in known] if html[start:end].strip() else []
        known.update(new)
        parts += [html[written:start], _opening(segment.markings, new), html[start:end]]
        parts.append("</mark>" * max(1, len(new)))
        written = end
    return "".join([*parts, html[written:]])


def paragraphs(plain: str) -> tuple[tuple[int, int], ...]:
    """Give the spans of the lines of a plain text."""
    return tuple(m.span() for m in _LINE.finditer(plain))


def _segments(plain: str, markings: Sequence[Marking]) -> Iterator[_Segment]:
    """Cut the plain text where passages begin and end, in order; give what belongs to any."""
    begins: dict[int, list[Marking]] = {}
    ends: dict[int, list[Marking]] = {}
    for marking in markings:
        words = plain[marking.start : marking.end]
        start = marking.start + len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if start < end:
            begins.setdefault(start, []).append(marking)
            ends.setdefault(end, []).append(marking)
    open_: list[Marking] = []
    last = 0
    for cut in sorted({*begins, *ends}):
        if open_:
            yield _Segment(last, cut, tuple(open_))
        gone = ends.get(cut, [])
        open_ = [one for one in open_ if one not in gone] + begins.get(cut, [])
        last = cut


def _marks(
    html: str, places: Sequence[Place], segments: Iterator[_Segment]
) -> Iterator[tuple[int, int, _Segment]]:
    """Give what is to be marked, in order: a span of the HTML, and its segment."""
    held: tuple[int, int, _Segment] | None = None
    for start, end, segment in _covered(places, segments):
        if held and held[2] is segment and not html[held[1] : start].strip():
            held = held[0], end, segment
            continue
        if held:
            yield held
        held = start, end, segment
    if held:
        yield held


def _covered(places: Sequence[Place], segments: Iterator[_Segment]) -> Iterator[tuple[int, int, _Segment]]:
    """Give what each place of the HTML shares with each segment."""
    index = 0
    for segment in segments:
        while index < len(places) and places[index].end <= segment.start:
            index += 1
        after = index
        while after < len(places) and places[after].start < segment.end:
            yield *places[after].part(segment.start, segment.end), segment
            after += 1


def _opening(markings: Sequence[Marking], new: Sequence[str]) -> str:
    """Write the start of a mark; one more inside it for every further passage that begins there."""
    classes = dict.fromkeys(name for one in markings for name in ["passage", *one.classes.split()])
    attributes = {
        "class": " ".join(classes),
        "data-passage": " ".join(one.key for one in markings),
        "title": "; ".join(dict.fromkeys(one.label for one in markings if one.label)),
        "id": f"p-{new[0]}" if new else "",
    }
    first = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)
    further = "".join(f'<mark class="passage-start" id="p-{escape(key)}">' for key in new[1:])
    return f"<mark{first}>{further}"
