"""Where in the source the headings of a text begin: Python-Markdown's own parsers, made to keep count."""

import re
from collections.abc import Iterable
from typing import SupportsIndex
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import HashHeaderProcessor, SetextHeaderProcessor
from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedBlockPreprocessor, FencedCodeExtension

# Tells the last step where in the text a heading begins; other elements never carry it.
_PLACE = "data-place"
_GAP = len("\n\n")  # between two blocks


class PlacedMarkdown(Markdown):
    """Markdown whose parser knows where it is."""

    def build_parser(self) -> "PlacedMarkdown":
        """Build the parser as the library does, then put ours in its place."""
        super().build_parser()
        parser = _Parser(self)
        parser.blockprocessors = self.parser.blockprocessors
        for processor in parser.blockprocessors:
            processor.parser = parser
        self.parser = parser
        return self


class PlacesExtension(Extension):
    """Notes of every heading that stands by itself where it begins; to be added after fenced code."""

    def __init__(self) -> None:
        super().__init__()
        self._fences = _Fences()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        """Put parsers that keep count in the place of those that do not."""
        code = FencedBlockPreprocessor(md, FencedCodeExtension().getConfigs())
        code.FENCED_BLOCK_RE = self._fences  # type: ignore[assignment, misc]  # asked to search, no more
        md.preprocessors.register(code, "fenced_code_block", 25)
        md.parser.blockprocessors.register(_HashHeadings(md.parser), "hashheader", 70)
        md.parser.blockprocessors.register(_SetextHeadings(md.parser), "setextheader", 60)

    def lines(self, md: Markdown, root: Element) -> tuple[int, ...]:
        """Take the notes off a tree: the lines of the source where its headings begin, from 0, in order.

        Headings in lists, quotations and footnotes are not among them.
        """
        places = [int(part.attrib.pop(_PLACE)) for part in root if _PLACE in part.attrib]
        text = md.parser.text if isinstance(md.parser, _Parser) else ""
        return tuple(self._lines(text, places))

    def _lines(self, text: str, places: list[int]) -> Iterable[int]:
        """Turn places in the text without its fenced code into lines of the text that still has it."""
        fences = iter([*self._fences.found, (len(text), 0)])
        fence, missing = next(fences)
        counted = line = 0
        for place in places:
            while fence < place:
                line += missing
                fence, missing = next(fences)
            line += text.count("\n", counted, place)
            counted = place
            yield line


class _Fences:
    """The library's pattern of fenced code, which remembers what was found.

    found   of each block of code, where the text begins that now stands for it, and how many lines fewer
            that has than the code with its fences had
    """

    def __init__(self) -> None:
        self.found: list[tuple[int, int]] = []
        self._text = ""

    def search(self, text: str, start: int) -> re.Match[str] | None:
        """Find the next block of code in a text where all before `start` has been dealt with."""
        if text is self._text:
            # What was found last turned out to be no code: nothing stands in its place.
            self.found.pop()
        self._text = text
        match = FencedBlockPreprocessor.FENCED_BLOCK_RE.search(text, start)
        if match:
            # The library writes "\n", a placeholder, "\n".
            self.found.append((match.start(), match.group().count("\n") - 2))
        return match


class _Blocks(list[str]):
    """Blocks that are still to be read, of a text that begins somewhere.

    place   where the block begins that was taken last

    Whatever the library puts back is the end of what it took, so a place is told by what is left after it.
    (Before link addresses and footnotes it also puts back a beginning, but never one with a heading.)
    """

    def __init__(self, blocks: list[str], start: int) -> None:
        super().__init__(blocks)
        self.place = start
        self._left = sum(len(block) + _GAP for block in blocks)
        self._end = start + self._left

    def pop(self, index: SupportsIndex = -1, /) -> str:
        """Take a block: the library only takes the first."""
        self.place = self._end - self._left
        block = super().pop(index)
        self._left -= len(block) + _GAP
        return block

    def insert(self, index: SupportsIndex, block: str, /) -> None:
        """Put something back: the library only puts it first."""
        super().insert(index, block)
        self._left += len(block) + _GAP


class _Parser(BlockParser):
    """The library's parser, which keeps count of the blocks that stand in no other.

    text    what it reads: the source with its white space made even and its fenced code taken out
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.root = Element(md.doc_tag)
        self.text = ""
        self._blocks: _Blocks | None = None

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802  # the library's name
        """Read blocks as the library does; calling its method would halve how deep a text may nest."""
        around = self._blocks
        if parent is self.root:
            if around is None:
                self.text = "\n\n".join(blocks)
            # Inside another block's processor these are the lines with which that block begins.
            blocks = self._blocks = _Blocks(blocks, around.place if around else 0)
        while blocks:
            for processor in self.blockprocessors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break
        self._blocks = around


class _HashHeadings(HashHeaderProcessor):
    """Headings that begin with #, at any line of a block."""

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        """Read a heading and note where it begins."""
        match = self.RE.search(blocks[0])
        done = super().run(parent, blocks)
        if match and isinstance(blocks, _Blocks):
            parent[-1].set(_PLACE, str(blocks.place + match.start("level")))
        return done


class _SetextHeadings(SetextHeaderProcessor):
    """Headings that are underlined, at the beginning of a block."""

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        """Read a heading and note where it begins."""
        done = super().run(parent, blocks)
        if isinstance(blocks, _Blocks):
            parent[-1].set(_PLACE, str(blocks.place))
        return done
