"""Simple search: every word must occur in title, lead or text; titles with the words come first."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Length, Substr

from mittkoping.text.names import title_key
from mittkoping.text.normalise import normalise
from wiki.models import Page
from wiki.models.page import PageQuerySet

MAX_WORDS = 10
EXCERPT_BEFORE = 80  # characters
EXCERPT_LENGTH = 240  # characters


@dataclass(frozen=True)
class Piece:
    """A part of an excerpt; hit when it is a word that was searched for."""

    text: str
    is_hit: bool = False


def words_of(query: str) -> list[str]:
    """The words that are searched for: casefolded, without doubles, at most MAX_WORDS."""
    return list(dict.fromkeys(title_key(normalise(query[:1000])).split()))[:MAX_WORDS]


def matching(pages: PageQuerySet, query: str) -> PageQuerySet:
    """The pages that hold every word of the query; all of them when it has no word."""
    for word in words_of(query):
        pages = pages.filter(search_text__contains=word)
    return pages


def ranked(pages: PageQuerySet, query: str) -> PageQuerySet:
    """As `matching`: the title itself first, then titles with all words, then leads, then the rest."""
    words = words_of(query)
    # Title and lead stand first in the folded text. Unfolded, SQLite would know no other letters than a–z.
    beginning = Substr("search_text", 1, Length("title_key") + Length("lead") + 1)
    in_title = Q(*(Q(title_key__contains=word) for word in words))
    in_beginning = Q(*(Q(beginning__contains=word) for word in words))
    rank = Case(
        When(title_key=" ".join(words), then=Value(0)),
        When(in_title, then=Value(1)),
        When(in_beginning, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return matching(pages, query).alias(beginning=beginning).order_by(rank, "sort_key", "pk")


def excerpt(page: Page, query: str) -> list[Piece]:
    """A passage of the page's plain text around the first word found, cut into hits and the rest."""
    words = words_of(query)
    plain = page.plain.replace("\n", " ")
    folded = plain.casefold()
    if len(folded) != len(plain):  # a character that grows when folded: positions would not agree
        folded = plain.lower() if len(plain.lower()) == len(plain) else plain
    first = min((at for word in words if (at := folded.find(word)) >= 0), default=0)
    start = plain.rfind(" ", 0, max(0, first - EXCERPT_BEFORE)) + 1 if first > EXCERPT_BEFORE else 0
    end = min(len(plain), start + EXCERPT_LENGTH)
    pieces = _cut(plain[start:end], folded[start:end], words)
    before = [Piece("… ")] if start else []
    after = [Piece(" …")] if end < len(plain) else []
    return [*before, *pieces, *after]


def _cut(text: str, folded: str, words: list[str]) -> list[Piece]:
    pieces: list[Piece] = []
    done = 0
    while done < len(text):
        hits = [(at, len(word)) for word in words if (at := folded.find(word, done)) >= 0]
        if not hits:
            break
        at, length = min(hits, key=lambda hit: (hit[0], -hit[1]))
        if at > done:
            pieces.append(Piece(text[done:at]))
        pieces.append(Piece(text[at : at + length], is_hit=True))
        done = at + length
    if done < len(text):
        pieces.append(Piece(text[done:]))
    return pieces
