"""The rating rule as a truth table: every combination, against a second way of saying the rule."""

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement, product

import pytest

from wiki.content import ENABLING, HINDERING
from wiki.insights import Rating, Statement, rate

# A statement in short: direction, strength, page, passage.
Short = tuple[str, int, int, str]

EVERY: list[Short] = list(product((ENABLING, HINDERING), (1, 2), (1, 2), ("", "a", "b")))
SIGNS = {ENABLING: "+", HINDERING: "-"}


def made(shorts: Sequence[Short]) -> list[Statement]:
    """Statements of one municipality about one factor."""
    return [
        Statement(f"k{place}", page, "tid", direction, strength, "1280", passage)
        for place, (direction, strength, page, passage) in enumerate(shorts)
    ]


def are_two_examples(one: Short, other: Short) -> bool:
    """Whether two statements are concrete examples, on different pages or in different passages."""
    (_, strength, page, passage), (_, other_strength, other_page, other_passage) = one, other
    different_passages = bool(passage and other_passage and passage != other_passage)
    return strength == other_strength == 2 and (page != other_page or different_passages)


def by_the_book(shorts: Sequence[Short]) -> str | None:
    """The rule said of pairs: +2, +1, blandat, -1, -2 or None."""
    signs = {SIGNS[direction] for direction, *_ in shorts}
    if not signs:
        return None
    if signs == {"+", "-"}:
        return "blandat"
    is_clear = any(are_two_examples(one, other) for one in shorts for other in shorts)
    return signs.pop() + ("2" if is_clear else "1")


def combinations() -> Iterator[tuple[Short, ...]]:
    """Of none to three statements, the same one more than once included."""
    for count in range(4):
        yield from combinations_with_replacement(EVERY, count)


def test_every_combination_is_rated_by_the_book() -> None:
    found = {shorts: rate(made(shorts)) for shorts in combinations()}

    # Of 24 kinds of statement: 1 + 24 + 300 + 2,600 combinations.
    assert len(found) == 2_925
    wrong = {
        shorts: rating for shorts, rating in found.items() if (rating and rating.value) != by_the_book(shorts)
    }
    assert wrong == {}
    assert set(found.values()) == {None, *Rating}


def test_the_order_of_statements_decides_nothing() -> None:
    for shorts in combinations():
        assert rate(made(shorts)) is rate(made(shorts[::-1]))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", None),
        ("+1/1", Rating.ENABLING),
        ("+2/1", Rating.ENABLING),
        ("+1/1 +1/2 +1/3", Rating.ENABLING),
        ("+2/1 +1/2", Rating.ENABLING),
        ("+2/1 +2/1", Rating.ENABLING),
        ("+2/1a +2/1a", Rating.ENABLING),
        ("+2/1 +2/1a", Rating.ENABLING),
        ("+2/1a +2/1b", Rating.CLEARLY_ENABLING),
        ("+2/1 +2/2", Rating.CLEARLY_ENABLING),
        ("+2/1a +2/2a", Rating.CLEARLY_ENABLING),
        ("+2/1 +1/1 +2/2", Rating.CLEARLY_ENABLING),
        ("-1/1", Rating.HINDERING),
        ("-2/1", Rating.HINDERING),
        ("-1/1 -1/2 -1/3", Rating.HINDERING),
        ("-2/1 -1/2", Rating.HINDERING),
        ("-2/1 -2/1", Rating.HINDERING),
        ("-2/1a -2/1a", Rating.HINDERING),
        ("-2/1 -2/1a", Rating.HINDERING),
        ("-2/1a -2/1b", Rating.CLEARLY_HINDERING),
        ("-2/1 -2/2", Rating.CLEARLY_HINDERING),
        ("+1/1 -1/1", Rating.MIXED),
        ("+1/1 -1/2", Rating.MIXED),
        ("+2/1 -1/2", Rating.MIXED),
        ("+2/1 +2/2 +2/3 -1/4", Rating.MIXED),
        ("+2/1 +2/2 -2/3 -2/4", Rating.MIXED),
    ],
)
def test_the_truth_table_to_read(said: str, expected: Rating | None) -> None:
    directions = {sign: direction for direction, sign in SIGNS.items()}
    shorts = [(directions[tag[0]], int(tag[1]), int(tag[3]), tag[4:]) for tag in said.split()]

    assert rate(made(shorts)) is expected


def test_a_rating_is_told_by_sign_and_word_as_well_as_by_colour() -> None:
    shown = [
        (rating.value, rating.symbol, rating.word, rating.direction, rating.css_class) for rating in Rating
    ]

    assert shown == [
        ("+2", "▲▲", "främjar tydligt", "enabling", "rating--enabling-2"),
        ("+1", "▲", "främjar", "enabling", "rating--enabling-1"),
        ("blandat", "◆", "blandat", "mixed", "rating--mixed"),
        ("-1", "▼", "hämmar", "hindering", "rating--hindering-1"),
        ("-2", "▼▼", "hämmar tydligt", "hindering", "rating--hindering-2"),
    ]
