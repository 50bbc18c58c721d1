"""Where the passages of a page, or of one of its versions, are: marked in its text, and as a list."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace

from django.core.cache import caches
from django.utils.translation import gettext as _

from mittkoping.text.passages import Marking, mark_passages
from wiki.chips import Chip, chips, chips_of_page
from wiki.content import Content, Passage
from wiki.models import Edit, FactorTag, Page
from wiki.passages import hidden_numbers, locate, passages_of, plains_of, readable_tags
from wiki.rendering import Rendering

CACHE_SECONDS = 24 * 3600
MAX_PLAINS = 5  # versions that are drawn to find the passages of another
AROUND = 160  # characters that are shown before and after the words of a passage
_MARK = re.compile('<mark class="(passage[^"]*)" data-passage="([^"]*)"')
_PLACE = re.compile('<mark[^>]* id="p-([^"]*)"')


@dataclass(frozen=True)
class Entry:
    """A passage in the list beside the text.

    has_place   its words carry its address in the text; otherwise the entry does
    is_later    it was tagged in a later version than the one that is shown
    """

    chip: Chip
    has_place: bool
    is_later: bool = False


@dataclass(frozen=True)
class Marked:
    """A text with its passages marked; the list of them in the order of the text, those that are gone last.

    chips   every tag; `whole` are those of the whole page
    """

    html: str
    entries: list[Entry]
    chips: list[Chip]

    @property
    def whole(self) -> list[Chip]:
        """The tags that point at no words."""
        return [chip for chip in self.chips if not chip.is_passage]


@dataclass(frozen=True)
class Surroundings:
    """The words of a passage, and what stands before and after them, cut between words."""

    before: str
    words: str
    after: str


def marked_page(page: Page) -> Marked:
    """The published page. One query."""
    return _marked(page.html, chips_of_page(page))


def marked_version(page: Page, edit: Edit, content: Content, rendering: Rendering) -> Marked:
    """One version, with its own passages where they were.

    So are those of the published page whose words were chosen in it, though their tags came later: they lead
    here when their words are gone. At most 40 queries, however many versions the passages were chosen in.
    """
    if edit.number == page.number and rendering.plain == page.plain:
        return _marked(rendering.html, chips_of_page(page))
    passages = passages_of(content)
    plains = _plains(page, passages.values()) | {edit.number: rendering.plain}
    places = locate(passages, rendering.plain, plains)
    hidden = hidden_numbers(page, content.tags)
    own = [
        chip.found_at(places[chip.key], rendering.plain) if chip.key in places else chip
        for chip in chips(readable_tags(content.tags, hidden, rendering.plain), hidden)
    ]
    later = _later(page, edit, rendering, {chip.key for chip in own})
    marked = _marked(rendering.html, [*own, *later])
    keys = {chip.key for chip in later}
    entries = [replace(entry, is_later=entry.chip.key in keys) for entry in marked.entries]
    return Marked(marked.html, entries, own)


def last_version_with(page: Page, key: str) -> Edit | None:
    """The newest readable version that had the tag. Three queries at most."""
    had = page.edits.with_people().filter(hidden_at=None, revision__version__serialized_data__contains=key)
    for edit in had.order_by("-number")[:2]:
        if any(tag.key == key for tag in edit.content.tags):
            return edit
    return None


def surroundings(plain: str, start: int, end: int) -> Surroundings:
    """Cut out a passage with what stands around it."""
    before, after = plain[max(0, start - AROUND) : start], plain[end : end + AROUND]
    if start > AROUND:
        before = f"… {before[before.find(' ') + 1 :]}"
    if end + AROUND < len(plain):
        after = f"{after[: after.rfind(' ') + 1].rstrip()} …"
    return Surroundings(before, plain[start:end], after)


def label_of(chip: Chip) -> str:
    """What a passage says, in a few words."""
    says = FactorTag.Direction(chip.direction).label
    doubt = _(" (behöver ses över)") if chip.state == FactorTag.State.LOOK else ""
    return f"{says}: {chip.factor}{doubt}"


def _plains(page: Page, passages: Iterable[Passage]) -> dict[int, str]:
    """The plain texts that passages were chosen in: of the newest versions, the others are found by quote."""
    wanted = list(passages)
    newest = sorted({passage.version for passage in wanted}, reverse=True)[:MAX_PLAINS]
    return plains_of(page, [passage for passage in wanted if passage.version in newest])


def _later(page: Page, edit: Edit, rendering: Rendering, known: set[str]) -> list[Chip]:
    """The page's passages that were chosen in this version, as they stood in it."""
    tags = [tag for tag in page.content.tags if tag.key not in known and tag.passage]
    chosen = {tag.key: tag.passage for tag in tags if tag.passage and tag.passage.version == edit.number}
    if not chosen:
        return []
    places = locate(chosen, rendering.plain, {edit.number: rendering.plain})
    shown = (chip for chip in chips_of_page(page, version=edit.number) if chip.key in chosen)
    return [chip.found_at(places[chip.key], rendering.plain) for chip in shown]


def _marked(html: str, shown: list[Chip]) -> Marked:
    passages = sorted(
        (chip for chip in shown if chip.is_passage), key=lambda chip: (not chip.is_in_text, chip.start)
    )
    placed = [chip for chip in passages if chip.is_in_text]
    marked = _mark(html, placed)
    in_text = set(_PLACE.findall(marked)) if placed else set()
    return Marked(marked, [Entry(chip, chip.key in in_text) for chip in passages], shown)


def _mark(html: str, placed: Sequence[Chip]) -> str:
    """Mark the passages; what is marked is kept, since a long text takes long to walk through."""
    if not placed:
        return html
    markings = [Marking(chip.key, chip.start, chip.end, _classes(chip), label_of(chip)) for chip in placed]
    known = json.dumps([astuple(marking) for marking in markings])
    digest = hashlib.sha256(f"{known}\0{html}".encode()).hexdigest()
    marked: str | None = caches["rendering"].get(f"marking:{digest}")
    if marked is None:
        marked = _with_ends(mark_passages(html, markings), {chip.key: chip.direction for chip in placed})
        caches["rendering"].set(f"marking:{digest}", marked, CACHE_SECONDS)
    return marked


def _classes(chip: Chip) -> str:
    return f"passage--{chip.direction}" + (" passage--look" if chip.state == FactorTag.State.LOOK else "")


def _with_ends(html: str, directions: dict[str, str]) -> str:
    """Tell the last mark of each passage from the others: its sign stands there."""
    last = {key: mark.start() for mark in _MARK.finditer(html) for key in mark[2].split()}

    def named(mark: re.Match[str]) -> str:
        ends = {directions[key] for key in mark[2].split() if last[key] == mark.start()}
        classes = " ".join([mark[1], *(f"passage--ends-{direction}" for direction in sorted(ends))])
        return f'<mark class="{classes}" data-passage="{mark[2]}"'

    return _MARK.sub(named, html)
