import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mittkoping.text.personal_numbers import Found, find_personal_numbers


def found(text: str) -> list[str]:
    """What is found, as it is written."""
    return [number.text for number in find_personal_numbers(text)]


def check_digit(digits: str) -> str:
    """The Luhn digit of nine digits."""
    doubled = "".join(str(int(digit) * (2, 1)[place % 2]) for place, digit in enumerate(digits))
    return str(-sum(map(int, doubled)) % 10)


def test_a_personal_number_is_found_where_it_stands() -> None:
    assert find_personal_numbers("Ring Anna (850709-9805) på måndag.") == (Found(11, 22, "850709-9805"),)


@pytest.mark.parametrize(
    "number",
    [
        "850709-9805",
        "8507099805",
        "850709 9805",
        "850709+9805",
        "19850709-9805",
        "198507099805",
        "19850709 9805",
        "18850709+9805",
        "121212-1212",
        "811218-9876",
        "701063-2391",  # coordination number
        "197010632391",
        "850709‑9805",  # hyphen that does not break
        "850709–9805",  # en dash
        "850709‒9805",  # figure dash
        "850709−9805",  # minus
        "850709－9805",  # full width
        "８５０７０９-９８０５",
        "850709\u00a09805",
        "850709\u20079805",
        "٨٥٠٧٠٩-٩٨٠٥",
    ],
)
def test_every_way_to_write_it_is_found(number: str) -> None:
    assert found(f"Elev: {number}, årskurs 3.") == [number]
    assert found(number) == [number]


def test_signs_around_it_do_not_hide_it() -> None:
    text = 'a 850709-9805.\n**850709-9805** _850709-9805_ "850709-9805";850709-9805,850709-9805/850709-9805:'
    assert found(text) == ["850709-9805"] * 7
    assert found("3 elever: 1 850709-9805 2 811218-9876") == ["850709-9805", "811218-9876"]


@pytest.mark.parametrize(
    "text",
    [
        "850709-9806",  # wrong check digit
        "851309-9802",  # no such month
        "850732-9806",  # no such day
        "850792-9806",  # nor as a coordination number
        "850229-9800",  # no leap year
        "850700-9804",
        "556036-0793",  # organisation number
        "16556036-0793",
        "202100-5489",
        "070-174 06 35",
        "+46850709980",
        "08-508 290 00",
        "978-91-7000-150-5",
        "ISBN 9789170001505",
        "1.850709.9805",
        "2.850709-9805",
        "850709-9805.1",
        "1-850709-9805",
        "850709-9805-1",
        "12850709-9805",
        "850709-98051",
        "a850709-9805",
        "850709-9805b",
        "å8507099805",
        "5000 0000 850709 9805 7466",
        "12 850709 9805",
        "850709 9805 12",
        "85070998058507099805",
        "1785 0709 9805",
        "850709--9805",
        "850709\n9805",
        "8507-099805",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_the_29th_of_february_is_a_day_in_leap_years_only() -> None:
    leap, none = "000229123", "010229123"
    assert found(leap + check_digit(leap)) == [leap + check_digit(leap)]
    assert found("20" + leap + check_digit(leap)) == ["20" + leap + check_digit(leap)]
    assert found("19" + leap + check_digit(leap)) == []
    assert found(none + check_digit(none)) == []


@settings(max_examples=300, deadline=None)
@given(
    st.dates(date(1800, 1, 1), date(2099, 12, 31)),
    st.integers(0, 999),
    st.sampled_from([0, 60]),
    st.sampled_from(["", "-", "+", " "]),
    st.booleans(),
)
def test_every_valid_number_is_found_and_none_with_another_check_digit(
    day: date, number: int, coordination: int, sign: str, is_long: bool
) -> None:
    short = f"{day:%y%m}{day.day + coordination:02}"
    right = check_digit(f"{short}{number:03}")
    century = str(day.year)[:2] if is_long else ""
    for digit in "0123456789":
        text = f"{century}{short}{sign}{number:03}{digit}"
        assert found(text) == [text] * (digit == right)


@given(st.text(alphabet="0123456789-+ .a８‑\u00a0\n", max_size=60))
def test_what_is_found_is_what_stands_there(text: str) -> None:
    for number in find_personal_numbers(text):
        assert text[number.start : number.end] == number.text


def test_looking_takes_time_in_proportion_to_the_text() -> None:
    for bait in ("1", "8", "850709", "850709-", "850709-980", "850709 9805 ", "-", "８", "１９"):
        short, long = seconds(bait * (100_000 // len(bait))), seconds(bait * (400_000 // len(bait)))
        assert long < 12 * short + 0.05, bait


def seconds(text: str) -> float:
    """The least of three times."""
    times = []
    for _ in range(3):
        started = time.process_time()
        find_personal_numbers(text)
        times.append(time.process_time() - started)
    return min(times)
