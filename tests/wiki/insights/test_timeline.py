"""Over time, without a database: which statements make a story."""

from dataclasses import replace
from datetime import UTC, datetime

from wiki.insights import Statement
from wiki.insights.timeline import turn_of

HINDERS = Statement("h", 1, "tid", "hindering", 2, "1280", at=datetime(2024, 1, 1, tzinfo=UTC))
ENABLES = Statement("e", 2, "tid", "enabling", 2, "1280", at=datetime(2025, 1, 1, tzinfo=UTC))
LATER = datetime(2026, 1, 1, tzinfo=UTC)
EARLIER = datetime(2023, 1, 1, tzinfo=UTC)


def test_a_hindrance_and_a_later_enabler_are_a_story() -> None:
    turn = turn_of([ENABLES, HINDERS])

    assert turn
    assert (turn.first, turn.tried, turn.now, turn.hinders_again) == (HINDERS, (), ENABLES, False)


def test_one_direction_is_no_story() -> None:
    assert turn_of([HINDERS, replace(HINDERS, key="h2", at=LATER)]) is None
    assert turn_of([ENABLES, replace(ENABLES, key="e2", at=LATER)]) is None
    assert turn_of([]) is None


def test_an_enabler_that_came_first_is_no_story() -> None:
    assert turn_of([HINDERS, replace(ENABLES, at=EARLIER)]) is None


def test_both_in_one_version_are_no_story_without_phases() -> None:
    assert turn_of([HINDERS, replace(ENABLES, page=1, at=HINDERS.at)]) is None


def test_phases_on_one_page_are_a_story_even_in_one_version() -> None:
    before = replace(HINDERS, phase="before")
    after = replace(ENABLES, page=1, phase="after", at=HINDERS.at)

    turn = turn_of([after, before])

    assert turn
    assert (turn.first, turn.now, turn.hinders_again) == (before, after, False)


def test_phases_on_one_page_overrule_when_it_was_written() -> None:
    after = replace(HINDERS, phase="after")
    before = replace(ENABLES, page=1, phase="before")

    assert turn_of([after, before]) is None


def test_what_was_before_the_change_is_not_how_it_is_now() -> None:
    assert turn_of([HINDERS, replace(ENABLES, phase="before")]) is None


def test_what_was_tried_is_told_in_order_of_time() -> None:
    first = replace(HINDERS, has_tried=True)
    during = replace(HINDERS, key="d", page=3, phase="during", at=datetime(2024, 6, 1, tzinfo=UTC))
    silent = replace(HINDERS, key="s", page=4, at=datetime(2024, 7, 1, tzinfo=UTC))
    too_late = replace(HINDERS, key="l", page=5, has_tried=True, at=LATER)

    turn = turn_of([too_late, silent, during, ENABLES, first])

    assert turn
    assert [one.key for one in turn.tried] == ["h", "d"]


def test_a_hindrance_after_the_enabler_is_said() -> None:
    again = replace(HINDERS, key="again", at=LATER)

    turn = turn_of([HINDERS, ENABLES, again])

    assert turn
    assert (turn.first, turn.now, turn.hinders_again) == (HINDERS, ENABLES, True)


def test_the_latest_enabler_is_now() -> None:
    latest = replace(ENABLES, key="e2", at=LATER)

    turn = turn_of([HINDERS, latest, ENABLES])

    assert turn
    assert turn.now == latest


def test_statements_without_a_time_are_no_story() -> None:
    assert turn_of([replace(HINDERS, at=None), ENABLES]) is None
