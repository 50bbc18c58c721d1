"""The parts of a text that its headings make, for those who edit one of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from mittkoping.text.outline import Heading
from mittkoping.text.render import Rendered

_BLANK = " \t\n"


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it, up to the next heading of the same or a higher level.

    id, title, level   as in the contents of the rendered text
    start, stop        in the source; the part begins with its heading
    """

    id: str
    title: str
    level: int
    start: int
    stop: int


def sections(source: str, rendered: Rendered) -> tuple[Section, ...]:
    """Cut a source into the parts of its headings, those in lists, quotations and code left out.

    source     normalised
    rendered   what it renders to; where headings stand is the renderer's word, never a second guess

    In order; one part lies inside another or beside it.
    """
    starts = list(_starts(source, rendered.lines))
    if len(starts) != len(rendered.contents):
        # A text that could not be rendered has no headings.
        return ()
    stops = list(_stops(rendered.contents, starts, len(source)))
    return tuple(
        Section(heading.id, heading.text, heading.level, start, stop)
        for heading, start, stop in zip(rendered.contents, starts, reversed(stops), strict=True)
    )


def replace(source: str, section: Section, text: str) -> str:
    """Put a text in the place of a part; a blank one takes the part away.

    The blank lines that end the part stay, and where none parts it from its neighbours, one is added.
    replace(s, part, s[part.start : part.stop]) == s.
    """
    before, after = source[: section.start], source[section.stop :]
    part = source[section.start : section.stop]
    old, new = part.rstrip(_BLANK), text.lstrip("\n").rstrip(_BLANK)
    if new == old:
        return source
    if not new:
        return before + _gap(before) + after if after else _ended(before, source)
    begins_alike = new.partition("\n")[0] == old.partition("\n")[0]
    end = part[len(old) :]
    if after:
        end += _gap(new + end)
    return before + ("" if begins_alike else _gap(before)) + new + end + after


def _starts(source: str, lines: tuple[int, ...]) -> Iterator[int]:
    """Turn lines, in order, into places."""
    line = place = 0
    for wanted in lines:
        while line < wanted:
            place = source.index("\n", place) + 1
            line += 1
        yield place


def _stops(contents: tuple[Heading, ...], starts: list[int], length: int) -> Iterator[int]:
    """Tell where each part ends, the last part first."""
    following: dict[int, int] = {}
    for heading, start in zip(reversed(contents), reversed(starts), strict=True):
        yield min((following[level] for level in following if level <= heading.level), default=length)
        following[heading.level] = start


def _gap(before: str) -> str:
    """Give the line breaks that a text lacks before another block may follow it."""
    text = before.rstrip(_BLANK)
    return "\n" * (2 - before.count("\n", len(text))) if text else ""


def _ended(before: str, source: str) -> str:
    """End a text that has lost its last part as it ended before."""
    text = before.rstrip(_BLANK)
    return text + "\n" if text and source.endswith("\n") else text
