"""Markdown to HTML, in our dialect: with places, the one door to Python-Markdown."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown, util
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.inlinepatterns import AUTOMAIL_RE, InlineProcessor
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor

from mittkoping.text import links as wikilinks
from mittkoping.text import tree
from mittkoping.text.links import Resolved, Target
from mittkoping.text.normalise import normalise
from mittkoping.text.outline import Heading, read
from mittkoping.text.places import PlacedMarkdown, PlacesExtension
from mittkoping.text.sanitize import SANITIZER, sanitize
from mittkoping.text.tree import Files
from mittkoping.text.videos import Film, film

__all__ = ["RENDERER", "Heading", "Rendered", "escaped", "render"]

# Our own number grows whenever the same source would give other HTML or other plain text.
RENDERER = f"3/{version('markdown')}/{SANITIZER}"

# No text holds control characters when it comes to the parser (normalise), so these are ours alone.
_BAR = "\x1f"
_NO_MARKER = "\x1fno place for footnotes\x1f"
# Tells the last step which link an element is; some links are read and then thrown away by the parser.
_MARK = "data-link"
_ESCAPED_BAR = f"{util.STX}{ord('|')}{util.ETX}"
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LONGEST_FILM = 1_000  # characters of a paragraph that may be nothing but an address, escaped or not
_LINK_WITH_BAR = re.compile(r"(\[\[[^\[\]|]*)\|([^\[\]|]*\]\])")


@dataclass(frozen=True)
class Rendered:
    """A text that is ready to be shown.

    html        sanitised
    contents    its headings, in order
    links       the targets that it links to, each once, in order
    plain       what it says, for search and excerpts
    lines       of each heading in contents, the line of the normalised source where it begins, from 0
    files       the addresses of our own storage that it shows or links to, each once, in order
    silent      of those, the pictures that nothing is said of, although they are not decorative
    """

    html: str
    contents: tuple[Heading, ...]
    links: tuple[Target, ...]
    plain: str
    lines: tuple[int, ...] = ()
    files: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


def render(source: str, links: Mapping[Target, Resolved]) -> Rendered:
    """Render a text of unknown origin; takes any time: in a request, use render_bounded.

    links   where the targets of links.candidates(source) are; one that is missing does not exist
    """
    dialect = _Dialect(links)
    markdown = PlacedMarkdown(extensions=[dialect], output_format="html")
    clean = sanitize(markdown.convert(normalise(source)))
    plain, contents = read(clean)
    return Rendered(
        html=clean,
        contents=contents,
        links=tuple(dialect.used),
        plain=plain,
        lines=dialect.lines,
        files=tuple(dialect.files.named),
        silent=tuple(dialect.files.silent),
    )


def escaped(source: str) -> Rendered:
    """Show a text that cannot be rendered as its own source."""
    text = normalise(source)
    return Rendered(f'<pre class="kalla">{html.escape(text)}</pre>', (), (), text)


class _Dialect(Extension):
    """What our Markdown has and has not: docs/decisions/0004-markdown-dialect.md."""

    def __init__(self, links: Mapping[Target, Resolved]) -> None:
        super().__init__()
        self.links = links
        self.written: list[Target] = []
        self.used: dict[Target, None] = {}
        self.places = PlacesExtension()
        self.lines: tuple[int, ...] = ()
        self.files = Files()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        """Add the parts in an order that the library does not care about, then take raw HTML away."""
        extensions: tuple[Extension, ...] = (
            TableExtension(use_align_attribute=True),
            FootnoteExtension(PLACE_MARKER=_NO_MARKER),
            DefListExtension(),
            FencedCodeExtension(),
            SaneListExtension(),
            self.places,
        )
        for extension in extensions:
            extension.extendMarkdown(md)
        md.parser.blockprocessors.register(_Tables(md.parser, {"use_align_attribute": True}), "table", 75)
        md.parser.blockprocessors.register(_Films(md.parser), "film", 12)  # last but paragraphs
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(_Mail(AUTOMAIL_RE, md), "automail", 110)
        # After code spans and backslashes (190, 180), before every other use of brackets.
        md.inlinePatterns.register(_WikiLinks(self, md), "wikilink", 178)
        md.treeprocessors.register(_Finish(self, md), "finish", -10)


class _WikiLinks(InlineProcessor):
    """Links to pages, factors and municipalities, outside code."""

    def __init__(self, dialect: _Dialect, md: Markdown) -> None:
        super().__init__(wikilinks.LINK, md)
        self.dialect = dialect

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name, narrowed as the library does
        self, m: re.Match[str], _data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Build the element of one link; None when the brackets name nothing."""
        written, _, own = self._with_bars(m.group(1)).partition("|")
        name = _unescaped(self.unescape(written))
        target = wikilinks.target_of(name)
        # Code between the brackets may hold brackets of its own: no name does.
        if target is None or "[" in name or "]" in name:
            return None, None, None
        made = wikilinks.element(target, " ".join(own.split()), self.dialect.links)
        made.text = util.AtomicString(made.text or "")
        made.set(_MARK, str(len(self.dialect.written)))
        self.dialect.written.append(target)
        return made, m.start(0), m.end(0)

    def _with_bars(self, text: str) -> str:
        """Put back the bars that were written with a backslash, as one does in tables."""
        inline = self.md.treeprocessors["inline"]
        stash = inline.stashed_nodes if isinstance(inline, InlineTreeprocessor) else {}
        return util.INLINE_PLACEHOLDER_RE.sub(
            lambda m: "|" if stash.get(m.group(1)) == _ESCAPED_BAR else m.group(), text
        )


class _Mail(InlineProcessor):
    """<namn@kommun.se> as a plain link: hiding it from robots hides it from search and screen readers too."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name, narrowed as the library does
        self, m: re.Match[str], _data: str
    ) -> tuple[Element, int, int]:
        """Build the link of one mail address."""
        address = self.unescape(m.group(1)).removeprefix("mailto:")
        link = Element("a", {"href": f"mailto:{address}"})
        link.text = util.AtomicString(address)
        return link, m.start(0), m.end(0)


class _Tables(TableProcessor):
    """Tables whose cells may hold [[Sida|text]]."""

    def _split(self, row: str) -> list[str]:
        """Cut a row at its bars, those inside links left out."""
        masked = _LINK_WITH_BAR.sub(rf"\1{_BAR}\2", row)
        # The stubs leave out the library's own method.
        cells: list[str] = super()._split(masked)  # type: ignore[misc]
        return [cell.replace(_BAR, "|") for cell in cells]


class _Films(BlockProcessor):
    """The address of a film alone in a paragraph, as a link that says where it leads."""

    def test(self, parent: Element, block: str) -> bool:
        """Tell whether a block is that and nothing else; the lines of a tight list are no paragraphs."""
        return not self.parser.state.isstate("list") and self._film(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Build the paragraph and its link; nothing is fetched."""
        found = self._film(blocks.pop(0))
        if found is None:
            return
        paragraph = SubElement(parent, "p", {"class": "video"})
        paragraph.text = ""  # in a footnote, the library adds to it
        link = SubElement(paragraph, "a", {"class": "video-lank", "href": found.watch.replace("&", "&amp;")})
        link.text = util.AtomicString(f"Se filmen på {found.host} (öppnas där)")

    @staticmethod
    def _film(block: str) -> Film | None:
        """Read an address as the inline parser would: bare or in angles, with backslashes and references."""
        address = block.strip() if len(block) <= _LONGEST_FILM else ""
        if address.startswith("<") and address.endswith(">"):
            address = address[1:-1]
        return film(html.unescape(_ESCAPED.sub(r"\1", address)))


class _Finish(Treeprocessor):
    """The last step on the tree: ours."""

    def __init__(self, dialect: _Dialect, md: Markdown) -> None:
        super().__init__(md)
        self.dialect = dialect

    def run(self, root: Element) -> None:
        """Note which links were used, then give the tree its final shape."""
        for part in root.iter():
            number = part.attrib.pop(_MARK, None)
            if number is not None:
                self.dialect.used[self.dialect.written[int(number)]] = None
        if self.md:
            self.dialect.lines = self.dialect.places.lines(self.md, root)
        self.dialect.files = tree.finish(root, self._reveal)

    def _reveal(self, text: str) -> str:
        """Put back what stands behind placeholders of stashed HTML (with us: character references)."""
        stash = self.md.htmlStash.rawHtmlBlocks if self.md else []
        return util.HTML_PLACEHOLDER_RE.sub(lambda m: str(stash[int(m.group(1))]), text)


def _unescaped(text: str) -> str:
    """Put back the characters that stood behind a backslash."""
    return UnescapeTreeprocessor.RE.sub(lambda m: chr(int(m.group(1))), text)
