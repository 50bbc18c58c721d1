"""Pages much like one that is looked at: about the same factors and tracks, with titles of the same words."""

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q

from mittkoping.accounts.models import Someone
from mittkoping.text.names import title_key
from wiki.content import Content
from wiki.models import Page
from wiki.models.page import PageQuerySet

MAX_SHOWN = 5
MAX_LOOKED_AT = 40  # pages, for factors and for words
MAX_WORDS = 6
MIN_LETTERS = 4  # shorter words say little
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Alike:
    """A page much like the one that is looked at.

    factors, words   how many factors, and words of the title, both have
    tracks           whether they have a track in common
    """

    page: Page
    factors: int
    words: int
    tracks: bool

    @property
    def is_much(self) -> bool:
        """Enough to be worth a look."""
        return self.factors >= 2 or self.words >= 2 or bool(self.factors and self.words)

    @property
    def weight(self) -> int:
        """What goes first."""
        return 2 * (self.factors + self.words) + self.tracks


def pages_like(content: Content, page: Page | None, user: Someone) -> list[Alike]:
    """The pages most like a content, those that the user may read. Two queries at most.

    page   the one whose content it is; None for a new one
    """
    pages = Page.objects.visible_to(user).current().only("title", "slug", "track_key", "title_key")
    if page:
        pages = pages.exclude(pk=page.pk)
    words = _words(content.title)
    shared = _with_factors(pages, {tag.factor for tag in content.tags})
    found = dict.fromkeys([*shared, *_with_words(pages, words)])
    alike = [
        Alike(
            other,
            shared.get(other, 0),
            len(words & _words(other.title_key)),
            not set(content.tracks).isdisjoint(other.track_key.split(",")),
        )
        for other in found
    ]
    much = [each for each in alike if each.is_much]
    return sorted(much, key=lambda each: (-each.weight, each.page.title_key))[:MAX_SHOWN]


def _words(title: str) -> set[str]:
    """The words of a title that say something of what it is about, the longest ones."""
    words = {word for word in _WORD.findall(title_key(title)) if len(word) >= MIN_LETTERS}
    return set(sorted(words, key=lambda word: (-len(word), word))[:MAX_WORDS])


def _with_factors(pages: PageQuerySet, slugs: set[str]) -> dict[Page, int]:
    """The pages that have most of the factors, and how many. One query, or none."""
    if not slugs:
        return {}
    about = Q(factor_tags__factor__slug__in=slugs) | Q(factor_tags__factor__merged_into__slug__in=slugs)
    counted = pages.filter(about).annotate(shared=Count("factor_tags__factor", distinct=True))
    rows: Any = counted.order_by("-shared", "pk")[:MAX_LOOKED_AT]
    return {page: page.shared for page in rows}


def _with_words(pages: PageQuerySet, words: set[str]) -> list[Page]:
    """Pages whose titles have some of the words. One query, or none."""
    if not words:
        return []
    some = reduce(or_, (Q(title_key__contains=word) for word in sorted(words)))
    return list(pages.filter(some).order_by("-updated_at")[:MAX_LOOKED_AT])
