import random
import re

from hypothesis import given
from hypothesis import strategies as st

from mittkoping.text.swedish import MAX_LENGTH, sort_key

IN_ORDER = [
    "1 mars",
    "2 mars",
    "Arboga",
    "Habo",
    "Håbo",
    "Upplands Väsby",
    "Upplands-Bro",
    "Zorn",
    "Ånge",
    "Åre",
    "Älmhult",
    "Älvsbyn",
    "Ängelholm",
    "Öckerö",
    "Ödeshög",
    "Örebro",
    "Школа",
    "学校",
    "😀",
]


def test_swedish_order_is_kept() -> None:
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))  # noqa: S311  # the same order in every run
    assert sorted(shuffled, key=sort_key) == IN_ORDER


def test_v_and_w_are_two_letters_and_accents_are_ignored() -> None:
    assert sorted(["Wik", "Vug", "Vik", "Wak"], key=sort_key) == ["Vik", "Vug", "Wak", "Wik"]
    assert sort_key("Idé") == sort_key("IDE")
    assert sort_key("Müller") == sort_key("Myller")
    assert sort_key("Ærø") == sort_key("Ärö")
    assert sort_key("A\u030are") == sort_key("Åre")


def test_a_shorter_title_comes_first_and_a_space_before_a_letter() -> None:
    assert sort_key("") < sort_key("Skol") < sort_key("Skol A") < sort_key("Skol-A") < sort_key("Skola")


@given(st.text(max_size=300))
def test_a_key_is_digits_only_and_short(text: str) -> None:
    key = sort_key(text)
    assert re.fullmatch("[0-9]*", key)
    assert len(key) <= MAX_LENGTH
