"""Passages that are moved word for word, and passages that only others move around."""

import random
import time

import pytest

from mittkoping.text.anchors import carry
from tests.text.test_anchors import carried, choose, said, words
from tests.text.test_anchors_random import KINDS, NEW_WORDS, OLD_WORDS, Change, plain, rounds

SENTENCE = "Överenskommelsen 😀 gav äldre en tryggare vardag"
AROUND = (
    "Bakgrund\nFörst höll vi många möten om ålder. Sedan följde året därpå.\n"
    "Andra delen\nHär står något annat om resor på ön."
)
MOVED = {
    "its own paragraph": AROUND.replace("Här", f"{SENTENCE}.\nHär"),
    "another paragraph": AROUND.replace("resor på ön.", f"resor på ön. {SENTENCE}."),
    "first in the same paragraph": AROUND.replace("Först", f"{SENTENCE}. Först"),
}


@pytest.mark.parametrize("name", MOVED)
@pytest.mark.parametrize(("exact", "state"), [(SENTENCE, "here"), ("gav äldre en tryggare", "look")])
def test_a_passage_cut_out_and_put_elsewhere_word_for_word_is_the_same(
    name: str, exact: str, state: str
) -> None:
    old = AROUND.replace("Sedan", f"{SENTENCE}. Sedan")
    one = carried(old, MOVED[name], exact)
    assert (one.state, said(MOVED[name], one)) == (state, exact)


def test_words_that_were_said_twice_or_stood_elsewhere_are_not_a_passage_that_moved() -> None:
    old = AROUND.replace("Sedan", f"{SENTENCE}. Sedan")
    new = MOVED["its own paragraph"]
    assert carried(old, f"{new}\nI dag: {SENTENCE}, ja.", SENTENCE).state == "gone"
    assert (
        carried(f"{old}\nI dag: {SENTENCE}, ja.", f"{AROUND}\nI dag: {SENTENCE}, ja.", SENTENCE).state
        == "gone"
    )
    beside = f"{old}\nÅtta skäl till att Överenskommelsen gav äldre en oväntat tryggare vardag på orten."
    now = f"{AROUND}\nÅtta skäl till att Överenskommelsen gav äldre en tryggare vardag på orten."
    assert carried(beside, now, SENTENCE).state == "look"


def test_of_a_passage_that_moved_the_words_that_were_its_own_still_are() -> None:
    old = AROUND.replace("Sedan", "Överenskommelsen gav äldre en tryggare vardag. Sedan")
    new = AROUND.replace("Här", "Överenskommelsen gav alla äldre en tryggare vardag. Här")
    new_old = old.replace("gav äldre", "gav alla äldre")
    (once,) = carry(old, new_old, [choose(old, "Överenskommelsen gav äldre en tryggare vardag")])
    (one,) = carry(new_old, new, [once])
    assert words(new, one) == ["Överenskommelsen", "gav", "äldre", "en", "tryggare", "vardag"]
    assert (one.state, said(new, one)) == ("here", "Överenskommelsen gav alla äldre en tryggare vardag")


def test_edits_elsewhere_never_touch_a_passage() -> None:
    rng = random.Random(4)  # noqa: S311  # the same pages in every run
    for _ in range(300):
        page = [[f"{rng.choice(OLD_WORDS)}{number}" for number in range(8)] for _ in range(6)]
        page = [[f"{word}å{at}" for word in words] for at, words in enumerate(page)]
        edits = [[elsewhere(rng) for _ in range(rng.randint(1, 3))] for _ in range(3)]
        text = " ".join(page[0][2:6])
        for one in rounds(page, (2, 4), edits):
            one.check()
            assert one.is_.state == "here"
            assert plain(one.after)[one.is_.start : one.is_.end] == text


def elsewhere(rng: random.Random) -> Change:
    """A change of any paragraph but the first."""
    kind = rng.choice([kind for kind in KINDS if kind not in ("move", "lift")])
    return kind, rng.randint(1, 2), rng.randint(1, 2), rng.randint(1, 5), rng.choices(NEW_WORDS, k=3)


def test_a_passage_that_is_moved_word_for_word_is_followed_anywhere() -> None:
    rng = random.Random(4)  # noqa: S311  # the same pages in every run
    lifts = 0
    for _ in range(300):
        page = [[f"{rng.choice(OLD_WORDS)}{number}å{at}" for at in range(18)] for number in range(6)]
        first, length = rng.randint(0, 9), rng.randint(1, 5)
        text = " ".join(page[2][first : first + length + 4])
        lift = ("lift", 2, first, length, ["ny"])
        (one,) = rounds(page, (36 + first, length + 4), [[lift, *(elsewhere(rng) for _ in range(2))]])
        one.check()
        if plain(one.after).replace("\n", " ").count(text) == 1:
            lifts += 1
            assert (one.is_.state, len(one.is_.pieces)) == ("here", length + 4)
            assert plain(one.after)[one.is_.start : one.is_.end].replace("\n", " ") == text
    assert lifts > 200


def test_a_hundred_passages_that_moved_out_of_a_large_text_take_under_a_second_more() -> None:
    lines = [
        f"Först kom möte {n} om ålder. Sedan gav avtal {n} alla äldre i ort {n} ro. Efter år {n} var det så."
        for n in range(2_200)
    ]
    old = "\n".join(lines)
    chosen = [f"Sedan gav avtal {n} alla äldre i ort {n} ro" for n in range(0, 2_200, 22)]
    new = old
    for sentence in chosen:
        new = new.replace(f"{sentence}. ", "", 1)
    new = f"{new}\nSamlat\n" + "\n".join(f"🎉 {sentence}." for sentence in chosen)
    started = time.process_time()
    now = carry(old, new, [choose(old, sentence) for sentence in chosen])
    assert time.process_time() - started < 2
    assert [said(new, one) for one in now] == chosen
    assert {one.state for one in now} == {"here"}
