"""The page as it becomes: drawn as readers see it, with what is new and what is gone marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from mittkoping.text.anchors import Anchor, carry
from mittkoping.text.diff import Words
from mittkoping.text.marked import marked
from mittkoping.text.outline import read
from mittkoping.text.passages import Marking, mark_passages
from mittkoping.text.sanitize import inert
from wiki.chips import Chip, chips
from wiki.comparing import Comparison, compare_contents
from wiki.content import Content, Tag
from wiki.marking import label_of
from wiki.passages import locate, passages_of
from wiki.rendering import render_cached
from wiki.screening.changed import words

_LETTER = re.compile(r"\w")
_PLACE = re.compile(r'(<(?:mark|span) [^>]*?) id="p-[^"]*"')


@dataclass(frozen=True)
class Drawn:
    """A text as HTML in which nothing leads anywhere.

    is_rendered   False when it was too heavy: then it is its escaped source
    """

    html: str
    is_rendered: bool


@dataclass(frozen=True)
class PageAfter:
    """A page as it becomes; facts tells of kind, tracks, municipalities and tags."""

    title: tuple[Words, ...]
    lead: tuple[Words, ...]
    text: Drawn
    facts: Comparison


def draw(content: Content) -> Drawn:
    """Draw text that nobody has published: no link leads out, no image is fetched. At most four queries."""
    rendering = render_cached(content.body)
    return Drawn(inert(rendering.html), rendering.is_rendered)


def draw_proposed(content: Content, shown: Sequence[Chip]) -> Drawn:
    """Draw as `draw`, with the words marked that its tags point at.

    shown   its tags
    """
    drawn = draw(content)
    return replace(drawn, html=_with_passages(drawn.html, drawn.html, content.tags, shown))


def draw_page(old: Content, new: Content) -> PageAfter:
    """Draw a page with what differs from the old one marked, and the words of tags that are new or moved.

    At most fourteen queries.
    """
    before, after = draw(old), draw(new)
    html = marked(before.html, after.html, added=_("Tillagt"), removed=_("Borttaget"))
    known = passages_of(old)
    tags = [tag for tag in new.tags if tag.passage and known.get(tag.key) != tag.passage]
    html = _with_passages(html, after.html, tags, chips(tags))
    facts = [replace(content, title="", lead="", body="") for content in (old, new)]
    return PageAfter(
        title=words(old.title, new.title),
        lead=words(old.lead, new.lead),
        text=Drawn(html, before.is_rendered and after.is_rendered),
        facts=compare_contents(*facts),
    )


def _with_passages(html: str, source: str, tags: Sequence[Tag], shown: Sequence[Chip]) -> str:
    """Mark the words of passages that are found in one place only.

    source   the text without what is gone, in which they are looked for
    """
    passages = {tag.key: tag.passage for tag in tags if tag.passage}
    if not passages:
        return html
    plain, whole = read(source)[0], read(html)[0]
    places = locate(passages, plain, {})
    carried = dict(zip(places, carry(plain, whole, list(places.values())), strict=True))
    markings = [
        Marking(chip.key, *span, f"passage--{chip.direction}", label_of(chip))
        for chip in shown
        if chip.key in carried
        for span in _runs(carried[chip.key], whole)
    ]
    # There may be two such texts on a screen.
    return _PLACE.sub(r"\1", mark_passages(html, markings))


def _runs(place: Anchor, plain: str) -> Iterator[tuple[int, int]]:
    """The words of a passage, together where nothing was put between them."""
    start, end = place.start, place.start
    for piece in place.pieces:
        if _LETTER.search(plain, end, piece[0]):
            yield start, end
            start = piece[0]
        end = piece[1]
    yield start, end
