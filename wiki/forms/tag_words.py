"""The words that the tags of a form point at: shown in their rows, chosen elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse

from wiki.content import Tag
from wiki.forms.tags import TagForm, TagFormSet
from wiki.models import FactorTag, Page
from wiki.passages import hidden_numbers, readable_tags


@dataclass(frozen=True)
class Words:
    """What a row says of its passage.

    text      the words as they are on the page, or were when they were chosen; empty for the whole page
    state     whether they are there: FactorTag.State; empty when nobody has looked
    is_secret the words are only in a hidden version: they are not shown
    choosing  where one chooses other words for it; empty when the tag is not published
    """

    text: str
    state: str = ""
    choosing: str = ""
    is_secret: bool = False


@dataclass(frozen=True)
class TagRow:
    """A row of the form; words is None for a tag that is being made."""

    form: TagForm
    words: Words | None


def rows_of(tags: TagFormSet, page: Page | None) -> list[TagRow]:
    """The rows of a form, each with what its tag points at. Two queries, or none.

    page   where the words have been looked for; None for what is not published
    """
    known = {str(row.key): row for row in page.factor_tags.all()} if page and tags.before else {}
    address = reverse("wiki:tag_passage", args=[page.slug]) if page else ""
    chosen = _chosen(tags, page)
    return [TagRow(form, _words(form, chosen, known, address)) for form in tags.forms]


def _chosen(tags: TagFormSet, page: Page | None) -> dict[str, Tag]:
    """The tags as they may be read, by key."""
    hidden = hidden_numbers(page, tags.before.values())
    before = readable_tags(tags.before.values(), hidden, page.plain if page else "")
    return {tag.key: tag for tag in before}


def _words(
    form: TagForm, chosen: Mapping[str, Tag], known: Mapping[str, FactorTag], address: str
) -> Words | None:
    key = str(form["key"].value() or "")
    tag = chosen.get(key)
    if tag is None:
        return None
    row = known.get(key)
    text = (row.words if row else "") or (tag.passage.exact if tag.passage else "")
    words = Words(text, is_secret=bool(tag.passage and not text))
    return replace(words, state=str(row.state), choosing=f"{address}?tag={key}") if row else words
