"""Make what is to be published of what was sent: merged with what came between, and drawn."""

from dataclasses import dataclass

from wiki.content import Content
from wiki.merging import ContentConflict, merge_content
from wiki.models import Edit, HiddenVersion, Page
from wiki.operations.alt_texts import check_alt_texts
from wiki.operations.drawing import Drawn, draw
from wiki.operations.errors import AlreadySaved, EditConflict, NothingChanged, Unfit, UnknownBase
from wiki.operations.publishing import Facts
from wiki.validation import problems


@dataclass(frozen=True)
class Ready:
    """What can be published as long as the page has this number."""

    number: int
    content: Content
    drawn: Drawn


def prepare(page: Page, content: Content, facts: Facts) -> Ready:
    """Merge a content with what the page says, and draw it: before the transaction, for that takes time.

    Inside it again, with the locked page, if that has moved on. A revert is never merged: it says what the
    old version said.

    Raises UnknownBase, NothingChanged, AlreadySaved, EditConflict, Unfit, or MissingAlt.
    """
    base = facts.base or 0
    if not 0 < base <= page.number:
        raise UnknownBase
    if content == page.content:
        raise NothingChanged if base == page.number else AlreadySaved
    if base != page.number:
        content = _merged(page, content, base, is_revert=facts.act == Edit.Act.REVERT)
    drawn = draw(page, content, is_revert=facts.act == Edit.Act.REVERT)
    # An old version is what it was, and what a file lacks is told by who reads it in.
    if facts.act == Edit.Act.EDIT and content.body != page.body:
        check_alt_texts(drawn.rendering)
    return Ready(page.number, content, drawn)


def _merged(page: Page, content: Content, base: int, *, is_revert: bool) -> Content:
    try:
        started = page.edits.get(number=base).content
    except HiddenVersion as error:
        raise EditConflict(page, content) from error
    if is_revert:
        raise EditConflict(page, content, started)
    if content == started:
        raise NothingChanged
    try:
        merged = merge_content(started, page.content, content)
    except ContentConflict as error:
        raise EditConflict(page, content, started) from error
    if merged == page.content:
        raise AlreadySaved
    # What is wrong already is no reason to refuse what changes something else.
    before = problems(page.content)
    if found := [problem for problem in problems(merged) if problem not in before]:
        raise Unfit(sentence for _field, sentence in found)
    return merged
