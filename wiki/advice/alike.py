"""Pages that are much like what somebody is writing: by the words of the title, or most words of the text."""

from django.db.models import Q

from mittkoping.accounts.models import User
from mittkoping.text.names import title_key
from mittkoping.text.words import WORD
from wiki.advice.advising import Written
from wiki.advice.reading import without_hints
from wiki.models import Page
from wiki.models.page import PageQuerySet

MOST = 2  # pages that are named
MIN_LETTERS = 4  # of a word that tells titles apart
TITLE_WORDS = 6
ENOUGH_WORDS = 30  # different ones: fewer prove nothing
TITLES_LOOKED_AT = 50
TEXTS_LOOKED_AT = 10
ALIKE_TITLES = 0.6
ALIKE_TEXTS = 0.5


def pages_alike(written: Written, *, page: Page | None, by: User) -> list[Page]:
    """At most MOST pages that the user may read, the page itself left out. Two queries at most."""
    others = Page.objects.visible_to(by).current()
    if page:
        others = others.exclude(pk=page.pk)
    found = {other.pk: other for other in _by_title(others, written.title)}
    if len(found) < MOST:
        found |= {other.pk: other for other in _by_text(others, written.rendering.plain)}
    return list(found.values())[:MOST]


def _by_title(others: PageQuerySet, title: str) -> list[Page]:
    words = _words(title)
    if not words:
        return []
    looked_for = sorted(words, key=_longest_first)[:TITLE_WORDS]
    holding = Q(*(Q(title_key__contains=word) for word in looked_for), _connector=Q.OR)
    shown = others.filter(holding).only("title", "slug", "title_key").order_by("sort_key", "pk")
    alike = ((_shared(words, _words(page.title_key)), page) for page in shown[:TITLES_LOOKED_AT])
    return [page for share, page in sorted(alike, key=_share, reverse=True) if share >= ALIKE_TITLES]


def _by_text(others: PageQuerySet, plain: str) -> list[Page]:
    """Long words are rare ones: whoever has most of the words has two neighbours among them."""
    words = _words(without_hints(plain))
    if len(words) < ENOUGH_WORDS:
        return []
    rare = sorted(words, key=_longest_first)[:6]
    pairs = (
        Q(search_text__contains=one) & Q(search_text__contains=two)
        for one, two in zip(rare[::2], rare[1::2], strict=True)
    )
    shown = others.filter(Q(*pairs, _connector=Q.OR)).only("title", "slug", "plain")
    recent = shown.order_by("-updated_at", "-pk")[:TEXTS_LOOKED_AT]
    alike = ((_shared(words, _words(without_hints(page.plain))), page) for page in recent)
    return [page for share, page in sorted(alike, key=_share, reverse=True) if share >= ALIKE_TEXTS]


def _words(text: str) -> set[str]:
    return {word for word in WORD.findall(title_key(text)) if len(word) >= MIN_LETTERS}


def _shared(a: set[str], b: set[str]) -> float:
    """How many of all the words both have, 0 to 1."""
    return len(a & b) / len(a | b)


def _share(pair: tuple[float, Page]) -> float:
    return pair[0]


def _longest_first(word: str) -> tuple[int, str]:
    return -len(word), word
