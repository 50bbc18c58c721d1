"""The words that the tags of a form point at: shown in their rows, chosen elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from wiki.forms.tags import TagForm, TagFormSet
from wiki.models import FactorTag, Page


@dataclass(frozen=True)
class Words:
    """What a row says of its passage.

    text      the words as they are on the page, or were when they were chosen; empty for the whole page
    state     whether they are there: FactorTag.State; empty when nobody has looked
    choosing  where one chooses other words for it; empty when the tag is not published
    """

    text: str
    state: str = ""
    choosing: str = ""


@dataclass(frozen=True)
class TagRow:
    """A row of the form; words is None for a tag that is being made."""

    form: TagForm
    words: Words | None


def rows_of(tags: TagFormSet, page: Page | None) -> list[TagRow]:
    """The rows of a form, each with what its tag points at. One query, or none.

    page   where the words have been looked for; None for what is not published
    """
    known = {str(row.key): row for row in page.factor_tags.all()} if page and tags.before else {}
    address = reverse("wiki:tag_passage", args=[page.slug]) if page else ""
    return [TagRow(form, _words(form, tags, known, address)) for form in tags.forms]


def _words(form: TagForm, tags: TagFormSet, known: Mapping[str, FactorTag], address: str) -> Words | None:
    key = str(form["key"].value() or "")
    tag = tags.before.get(key)
    if tag is None:
        return None
    chosen = tag.passage.exact if tag.passage else ""
    row = known.get(key)
    return Words(row.words or chosen, str(row.state), f"{address}?tag={key}") if row else Words(chosen)
