import time
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from mittkoping.text.names import title_key
from mittkoping.text.normalise import is_visible, normalise, normalise_line
from tests.text import corpora

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)
STEERING = st.text("a \u0301\u0344\u200d\u200c\u200b\u202e\u00ad\u034f\u0958\ufeff\n\t\x00é", max_size=80)


def test_line_ends_become_one_kind() -> None:
    assert normalise("a\r\nb\rc\n") == "a\nb\nc\n"


def test_control_characters_and_half_characters_are_removed_and_spaces_stay() -> None:
    assert normalise(" a\x00b\x1fc\x85d\ud800e\ufffef\ufdd0g\U0001ffffh\t ") == " abcdefgh\t "


def test_letters_are_composed() -> None:
    assert normalise("Ra\u0308ksmo\u0308rga\u030as") == "Räksmörgås"


def test_a_title_is_one_visible_line() -> None:
    assert normalise_line("  Skolan\u202e \n\t i\u00a0\u200bMitt\u00adköping\ufeff ") == "Skolan i Mittköping"


def test_joiners_stay_only_between_visible_characters() -> None:
    assert normalise_line("\u200d👩\u200d🚒 \u200c x\u200d") == "👩\u200d🚒 x"


def test_text_that_nobody_sees_is_told_apart() -> None:
    assert [is_visible(text) for text in ("", "  ", "\u3164", "\u115f\u200d", "\u2800")] == [False] * 5
    assert [is_visible(text) for text in ("a", "7", "/", "😀", " é ")] == [True] * 5


def test_long_runs_of_marks_take_little_time_and_lose_nothing() -> None:
    run = "e" + "\u0316\u0301" * 50_000
    started = time.process_time()
    result = normalise(run)
    assert time.process_time() - started < 1
    assert result.count("\u034f") == 100_000 // 30
    marks = unicodedata.normalize("NFD", result).replace("\u034f", "")
    assert sorted(marks) == sorted(run)


@given(ANY_TEXT | STEERING)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    line = normalise_line(text)
    assert normalise_line(line) == line


@given(ANY_TEXT | STEERING)
def test_the_key_of_a_key_is_itself(text: str) -> None:
    key = title_key(text)
    assert title_key(key) == key


def test_titles_that_look_alike_have_one_key() -> None:
    alike = ["Skolan ", "skolan", "SKOLAN", " sko\u00adlan", "Skolan\u200b", "\u2066Skolan\u2069", "skolan\n"]
    assert {title_key(title) for title in alike} == {"skolan"}
    assert title_key("STRASSE") == title_key("Straße")
    assert title_key("Skola ett") != title_key("Skolaett")


def test_every_title_of_the_corpus_has_a_stable_form() -> None:
    titles = ["Räksmörgås", "Ra\u0308ksmo\u0308rga\u030as", "\u200b", *corpora.load_titles()]
    for title in titles:
        line = normalise_line(title)
        assert normalise_line(line) == line
        assert title_key(title_key(title)) == title_key(title)
        assert line.encode("utf-8").decode("utf-8") == line
