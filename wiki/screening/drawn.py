"""The page as it becomes: drawn as readers see it, with what is new and what is gone marked."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from mittkoping.text.diff import Words
from mittkoping.text.marked import marked
from mittkoping.text.sanitize import inert
from wiki.comparing import Comparison, compare_contents
from wiki.content import Content
from wiki.rendering import render_cached
from wiki.screening.changed import words


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


def draw_page(old: Content, new: Content) -> PageAfter:
    """Draw a page with what differs from the old one marked. At most twelve queries."""
    before, after = draw(old), draw(new)
    html = marked(before.html, after.html, added=_("Tillagt"), removed=_("Borttaget"))
    facts = [replace(content, title="", lead="", body="") for content in (old, new)]
    return PageAfter(
        title=words(old.title, new.title),
        lead=words(old.lead, new.lead),
        text=Drawn(html, before.is_rendered and after.is_rendered),
        facts=compare_contents(*facts),
    )
