"""The geometry of pictures: numbers in, coordinates out."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.charts import HALF, WHOLE, Diverging, Square, axis, diverging, field, part

COUNTS = st.integers(0, 290)


def test_a_bar_goes_apart_from_the_middle() -> None:
    assert diverging(3, 6, 6) == Diverging(left=50, hindering=50, enabling=100)
    assert diverging(0, 1, 4) == Diverging(left=100, hindering=0, enabling=25)
    assert diverging(0, 0, 0) == Diverging(left=100, hindering=0, enabling=0)


@given(COUNTS, COUNTS, COUNTS)
def test_no_bar_leaves_its_picture(hindering: int, enabling: int, more: int) -> None:
    bar = diverging(hindering, enabling, max(hindering, enabling) + more)
    assert 0 <= bar.left <= HALF
    assert bar.left + bar.hindering == pytest.approx(HALF)
    assert 0 <= bar.enabling <= HALF


@given(st.integers(1, 290), COUNTS)
def test_a_part_is_no_longer_than_the_whole(of: int, number: int) -> None:
    assert 0 <= part(min(number, of), of) <= WHOLE
    assert part(of, of) == WHOLE


def test_a_part_of_nothing_is_nothing() -> None:
    assert part(0, 0) == 0


def test_moments_stand_in_order_on_their_line() -> None:
    first, middle, last = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 7, 12))
    line = axis([middle, last, first])
    assert line is not None
    assert line.at(first) == 0
    assert 50 < line.at(middle) < 60
    assert line.at(last) == 100


def test_a_line_of_one_moment_is_its_end_and_of_none_is_none() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    line = axis([moment])
    assert line is not None
    assert line.at(moment) == 100
    assert axis([]) is None


def test_a_field_has_a_square_for_every_look() -> None:
    found = field([["a", ""], ["", "b"]])
    assert (found.width, found.height) == (20, 20)
    assert found.squares == (
        Square(0, 0, "a"),
        Square(10, 0, ""),
        Square(0, 10, ""),
        Square(10, 10, "b"),
    )


def test_a_field_on_its_side_has_its_rows_as_columns() -> None:
    found = field([["a", "b", "c"]])
    turned = found.on_its_side()
    assert (turned.width, turned.height) == (found.height, found.width)
    assert turned.squares == (Square(0, 0, "a"), Square(0, 10, "b"), Square(0, 20, "c"))
    assert turned.on_its_side() == found


def test_an_empty_field_has_no_size() -> None:
    assert field([]).width == field([]).height == 0
