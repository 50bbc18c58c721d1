"""Draw what is to be published, and read what its passages are found by: before the transaction."""

from collections.abc import Mapping
from dataclasses import dataclass

from wiki import rendering
from wiki.content import Content
from wiki.models import Page
from wiki.passages import passages_of, plains_of
from wiki.rendering import Rendering


@dataclass(frozen=True)
class Drawn:
    """A content that is ready to be published.

    plains   the plain texts of the versions in which passages were chosen that are not on the page
    """

    rendering: Rendering
    plains: Mapping[int, str]


def draw(page: Page | None, content: Content, *, is_revert: bool = False) -> Drawn:
    """Draw a content of a page, or of a new one (None): not inside transactions, for that takes time.

    A revert may bring words back that were gone, so all its passages are looked for.
    """
    rendered = rendering.render(content.body)
    if page is None or not page.number:
        return Drawn(rendered, {})
    known = {} if is_revert else passages_of(page.content)
    new = [passage for key, passage in passages_of(content).items() if known.get(key) != passage]
    return Drawn(rendered, plains_of(page, new))
