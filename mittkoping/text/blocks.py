"""A text as the pieces that people edit: paragraphs, headings, list items, table rows, lines of code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"(`{3,}|~{3,})")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]")
_HEADING = re.compile(r"#{1,6}[^#]")
_SIGNS = frozenset("#-*+[0123456789")
_NOTE = re.compile(r"\[\^[^\]]{1,100}\]:")


@dataclass(frozen=True)
class Block:
    """One piece of a text and the line breaks and blank lines that follow it."""

    raw: str
    separator: str


def split(source: str) -> tuple[Block, ...]:
    """Cut a text into its blocks: paragraphs, headings, list items, table rows, footnotes, lines of code.

    "".join(b.raw + b.separator for b in split(x)) == x. Blank lines that begin a text follow an empty block.
    Linear in the text.
    """
    blocks: list[Block] = []
    lines: list[str] = []
    for line, begins in _marked(source.split("\n")):
        if begins and lines:
            blocks.append(_block(lines))
            lines = []
        lines.append(line)
    blocks.append(_block(lines, last=True))
    return tuple(block for block in blocks if block.raw or block.separator)


def _block(lines: list[str], *, last: bool = False) -> Block:
    """Make a block of lines; its separator begins with the break before the first blank line at its end."""
    if len(lines) == 1:
        return Block(lines[0], "" if last else "\n")
    end = len(lines)
    while end > 1 and not lines[end - 1].strip():
        end -= 1
    raw, blank = "\n".join(lines[:end]), lines[end:]
    return Block(raw, "".join("\n" + line for line in blank) + ("" if last else "\n"))


def _marked(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Tell of each line whether a block begins with it."""
    fence = ""
    row = alone = False
    for number, line in enumerate(lines):
        opening = _FENCE.match(line)
        if fence or opening:
            yield line, True
            if opening:
                fence = _next_fence(fence, opening.group(1), line)
            row, alone = False, True
            continue
        text = line.strip()
        row = bool(text) and (row or ("|" in text and _is_header_or_ruler(lines, number)))
        form = _form(line) if text[:1] in _SIGNS else None
        yield line, bool(text) and (alone or row or form is not None)
        # What follows blank lines, a heading or the end of code is not part of them.
        alone = not text or form is _HEADING


def _form(line: str) -> re.Pattern[str] | None:
    """Tell as what a line begins a block: heading, list item or footnote."""
    return next((form for form in (_HEADING, _ITEM, _NOTE) if form.match(line)), None)


def _is_header_or_ruler(lines: list[str], number: int) -> bool:
    """Tell whether a table begins with this line, or with the one before it."""
    return any(_is_ruler(line) for line in lines[number : number + 2])


def _next_fence(fence: str, marks: str, line: str) -> str:
    """Give the fence that is open after a line of marks: the one it opens, none if it closes one."""
    if not fence:
        return marks
    return "" if marks == fence and line.strip() == marks else fence


def _is_ruler(line: str) -> bool:
    """Tell whether a line parts a table's header from its body."""
    return "|" in line and "-" in line and not line.strip(" \t|:-")
