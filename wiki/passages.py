"""Where the words of passages are: chosen in one version, found again in another text."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from mittkoping.text.anchors import Anchor, anchor, carry, context, find
from mittkoping.text.render import RENDERER
from wiki.content import MAX_PASSAGE, Content, Passage, Tag
from wiki.models import Edit, HiddenVersion, Page
from wiki.rendering import render_cached


class NoPassage(ValueError):
    """What was chosen are no words of the version; its text is for the one who chose."""


def plain_of(page: Page, number: int) -> str:
    """The plain text of a version. At most six queries; not inside transactions.

    Raises Edit.DoesNotExist, or HiddenVersion.
    """
    if number == page.number:
        return page.plain
    return render_cached(page.edits.get(number=number).content.body).plain


def choose(page: Page, number: int, start: int, end: int) -> Passage:
    """Take the words from start to end, code points of a version's plain text; words are taken whole.

    Raises NoPassage, Edit.DoesNotExist, or HiddenVersion.
    """
    plain = plain_of(page, number)
    if not 0 <= start < end <= len(plain):
        raise NoPassage(_("Markera några ord i texten."))
    chosen = plain[start:end]
    start += len(chosen) - len(chosen.lstrip())
    end = start + len(chosen.strip())
    words = anchor(plain, start, end)
    if words.pieces:
        start, end = min(start, words.start), max(end, words.end)
    return _passage(plain, start, end, number)


def choose_quote(plain: str, quote: str, number: int, *, prefix: str = "", suffix: str = "") -> Passage:
    """Take the words that a file quotes; number is of the version that has this plain text.

    Raises NoPassage when they are not there, or in more than one place.
    """
    place = find(plain, quote, prefix, suffix)
    if place is None:
        raise NoPassage(_("Orden finns inte i texten, eller på flera ställen."))
    return _passage(plain, *place, number)


def locate(passages: Mapping[str, Passage], plain: str, plains: Mapping[int, str]) -> dict[str, Anchor]:
    """Where the words of passages are in a plain text, by the same keys.

    plains   the plain texts of the versions that they were chosen in; without one, its passages are found
             by their words, or not at all
    """
    anchors: dict[str, Anchor] = {}
    by_version: dict[int, dict[str, Anchor]] = defaultdict(dict)
    for key, passage in passages.items():
        before = plains.get(passage.version, "")
        end = passage.start + len(passage.exact)
        if before[passage.start : end] == passage.exact:
            by_version[passage.version][key] = anchor(before, passage.start, end)
        else:
            anchors[key] = _found(passage, plain)
    for version, chosen in by_version.items():
        anchors |= zip(chosen, carry(plains[version], plain, list(chosen.values())), strict=True)
    return anchors


def plains_of(page: Page, passages: Iterable[Passage]) -> dict[int, str]:
    """The plain texts of the versions that passages were chosen in; not of hidden ones, or of other wikis'.

    For each version at most six queries; not inside transactions.
    """
    plains: dict[int, str] = {}
    for number in {passage.version for passage in passages}:
        try:
            plains[number] = plain_of(page, number)
        except (Edit.DoesNotExist, HiddenVersion):
            continue
    return plains


def passages_of(content: Content) -> dict[str, Passage]:
    """The passages of a content's tags, by the tags' keys."""
    return {tag.key: tag.passage for tag in content.tags if tag.passage}


def hidden_numbers(page: Page | None, tags: Iterable[Tag]) -> frozenset[int]:
    """Which of the versions that the words of tags were chosen in are hidden. One query, or none."""
    numbers = {tag.passage.version for tag in tags if tag.passage and tag.passage.version}
    if page is None or not numbers:
        return frozenset()
    hidden = page.edits.filter(number__in=numbers).exclude(hidden_at=None)
    return frozenset(hidden.values_list("number", flat=True))


def says(text: str, words: str) -> bool:
    """Whether a text has these words, however they are broken into lines."""
    return " ".join(words.split()) in " ".join(text.split())


def readable_tags(tags: Iterable[Tag], hidden: Collection[int], text: str) -> list[Tag]:
    """Tags without what hidden versions said, unless the text that they are shown with says it too.

    A passage whose words are kept back has none, but the version still.
    """
    return [_readable(tag, text) if tag.passage and tag.passage.version in hidden else tag for tag in tags]


def readable(content: Content, page: Page | None) -> Content:
    """A content of the page without the quotes of hidden versions that its text does not say. One query."""
    hidden = hidden_numbers(page, content.tags)
    return replace(content, tags=tuple(readable_tags(content.tags, hidden, content.body)))


def _readable(tag: Tag, text: str) -> Tag:
    passage = tag.passage
    if passage is None or says(text, passage.prefix + passage.exact + passage.suffix):
        return tag
    exact = passage.exact if says(text, passage.exact) else ""
    return replace(tag, passage=replace(passage, exact=exact, prefix="", suffix=""))


def _passage(plain: str, start: int, end: int, number: int) -> Passage:
    exact = plain[start:end]
    if not anchor(plain, start, end).count:
        raise NoPassage(_("Markera några ord i texten."))
    if len(exact) > MAX_PASSAGE:
        message = _("Avsnittet är %(length)s tecken långt. Gränsen är %(limit)s. Välj de ord som säger det.")
        raise NoPassage(message % {"length": len(exact), "limit": MAX_PASSAGE})
    prefix, suffix = context(plain, start, end)
    return Passage(exact=exact, prefix=prefix, suffix=suffix, start=start, version=number, renderer=RENDERER)


def _found(passage: Passage, plain: str) -> Anchor:
    place = find(plain, passage.exact, passage.prefix, passage.suffix)
    if place:
        return anchor(plain, *place)
    return Anchor((), anchor(passage.exact, 0, len(passage.exact)).count)
