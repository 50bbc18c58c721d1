import random
import time
import unicodedata

import pytest

from mittkoping.text.anchors import MIN_SHARE, Anchor, anchor, carry, context, find

BEFORE = "Inledning\nKommunen införde överenskommelsen år 2021 för äldres välfärd.\nSå gick det."
CHOSEN = "införde överenskommelsen år 2021"


def choose(plain: str, exact: str, at: int = 0) -> Anchor:
    """The passage that says this, the first one from a place on."""
    start = plain.index(exact, at)
    return anchor(plain, start, start + len(exact))


def carried(old: str, new: str, exact: str) -> Anchor:
    (one,) = carry(old, new, [choose(old, exact)])
    return one


def said(plain: str, one: Anchor) -> str:
    """What the whole range says."""
    return plain[one.start : one.end]


def words(plain: str, one: Anchor) -> list[str]:
    """Its own words."""
    return [plain[start:end] for start, end in one.pieces]


CASES = {
    "put before": (
        "Inledning\nNytt stycke: å, ä och ö.\nÅr 2021 – Kommunen införde överenskommelsen år 2021 för äldre.",
        "here", "införde överenskommelsen år 2021",
    ),
    "put inside": (
        BEFORE.replace("överenskommelsen", "den första överenskommelsen"),
        "here", "införde den första överenskommelsen år 2021",
    ),
    "half deleted": (BEFORE.replace("år 2021 ", ""), "look", "införde överenskommelsen"),
    "a quarter deleted": (BEFORE.replace("år ", ""), "here", "införde överenskommelsen 2021"),
    "all deleted": (BEFORE.replace("införde överenskommelsen år 2021 ", ""), "gone", ""),
    "paragraph deleted": ("Inledning\nSå gick det.", "gone", ""),
    "moved": (
        "Inledning\nSå gick det.\nKommunen införde överenskommelsen år 2021 för äldres välfärd.",
        "here", CHOSEN,
    ),
    "moved with its heading": (
        "Så gick det.\nInledning\nKommunen införde överenskommelsen år 2021 för äldres välfärd.",
        "here", CHOSEN,
    ),
    "moved and edited": (
        "Inledning\nSå gick det.\nKommunen införde överenskommelsen år 2021 för de äldres välfärd.",
        "here", CHOSEN,
    ),
    "copied far away": (
        f"{BEFORE}\nKommunen införde överenskommelsen år 2021 för äldres välfärd.", "here", CHOSEN
    ),
    "copied beside it": (
        BEFORE.replace("Så", "Kommunen införde överenskommelsen år 2021 för äldres välfärd.\nSå"),
        "look", CHOSEN,
    ),
    "replaced": (BEFORE.replace(CHOSEN, "avslutade alltsammans"), "gone", ""),
    "paragraph replaced": (
        "Inledning\nÅr 2021 kom en helt ny lag, och allt blev svårare.\nSå gick det.", "gone", ""
    ),
    "cut in two": (
        "Inledning\nKommunen införde överenskommelsen\når 2021 för äldres välfärd.\nSå gick det.",
        "here", "införde överenskommelsen\når 2021",
    ),
    "joined": (
        "Inledning Kommunen införde överenskommelsen år 2021 för äldres välfärd. Så gick det.", "here", CHOSEN
    ),
    "heading put before": (BEFORE.replace("Kommunen", "Åtgärder\nKommunen"), "here", CHOSEN),
    "made a list": (
        "Inledning\nKommunen\ninförde överenskommelsen\når 2021\nför äldres välfärd.\nSå gick det.",
        "here", "införde överenskommelsen\når 2021",
    ),
    "punctuation": (
        BEFORE.replace("överenskommelsen år 2021", "”överenskommelsen”, (år  2021)"),
        "here", "införde ”överenskommelsen”, (år  2021",
    ),
    "only a short word left": (
        "Inledning\nKommunen tog bort avtalet år ett för äldres välfärd.\nSå gick det.", "gone", ""
    ),
    "far too much put inside": (
        BEFORE.replace("över", "(efter mycket om och men och många långa möten) över"),
        "look", "införde (efter mycket om och men och många långa möten) överenskommelsen år 2021",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_passage_follows_its_words_through_an_edit(name: str) -> None:
    new, state, now = CASES[name]
    one = carried(BEFORE, new, CHOSEN)
    assert (one.state, said(new, one)) == (state, now)
    assert one.count == 4


def test_words_put_inside_are_in_the_range_but_not_among_its_own() -> None:
    new, *_ = CASES["put inside"]
    one = carried(BEFORE, new, CHOSEN)
    assert words(new, one) == ["införde", "överenskommelsen", "år", "2021"]


EMOJI = {
    "flag put before": ("Målet är nått: trygga äldre.", "🇸🇪🇸🇪 Målet är nått: trygga äldre.", "trygga äldre"),
    "family put inside": (
        "Vi når målet: trygga äldre.",
        "Vi når målet: trygga 👩‍👩‍👧‍👦 äldre.",
        "trygga äldre",
    ),
    "letters outside the BMP": ("Så här: 𝓪𝓫𝓬 å ö, slut nu", "𝓧 𝓨 Så här: 𝓪𝓫𝓬 å ö, slut nu", "𝓪𝓫𝓬 å"),
    "moved past emoji": ("😀 ett\nå två ä\n🎉 tre", "😀 ett\n🎉 tre\n🧑🏽‍🚒 å två ä", "två ä"),
}


@pytest.mark.parametrize("name", EMOJI)
def test_places_are_counted_in_code_points(name: str) -> None:
    old, new, exact = EMOJI[name]
    one = carried(old, new, exact)
    assert one.state == "here"
    assert words(new, one) == words(old, choose(old, exact))


def test_a_flag_taken_away_inside_a_passage_takes_no_words() -> None:
    old, new = "Vi är 🇸🇪 stolta över år ett.", "Vi är stolta över år ett."
    one = carried(old, new, "är 🇸🇪 stolta")
    assert (one.state, said(new, one), one.count) == ("here", "är stolta", 2)


def test_letters_with_combining_marks_are_words() -> None:
    old = unicodedata.normalize("NFD", "Många år åt äldre människor")
    new = unicodedata.normalize("NFD", "Mycket och många gånger år åt äldre människor")
    one = carried(old, new, unicodedata.normalize("NFD", "åt äldre"))
    assert said(new, one) == unicodedata.normalize("NFD", "åt äldre")
    assert one.state == "here"


def test_a_look_alike_kept_elsewhere_is_not_the_passage() -> None:
    line = "Kommunen införde överenskommelsen år 2021."
    old = f"{line}\nEtt annat stycke.\n{line}"
    for at, new in [
        (0, f"Ett annat stycke.\n{line}"),
        (10, f"{line}\nEtt annat stycke."),
        (0, f"{line}\nEtt annat stycke."),
        (10, f"Ett annat stycke.\n{line}"),
    ]:
        (one,) = carry(old, new, [choose(old, CHOSEN, at)])
        assert one.state in ("look", "gone")
        assert not one.is_sure or not one.pieces


def test_of_two_words_alike_in_one_line_nobody_knows_which_was_taken() -> None:
    old, new = "Kommunen och regionen och staten", "Kommunen och staten"
    assert carried(old, new, "och").state == "look"
    # Whichever it was, the range is the same.
    assert carried(old, new, "Kommunen och regionen och staten").state == "here"


def test_a_twin_that_was_edited_is_not_the_passage() -> None:
    old = "Vi frågade alla äldre i kommunen.\nVi frågade också alla äldre i kommunen."
    new = "Vi frågade alla yngre äldre i kommunen."
    assert carried(old, new, "alla äldre").state == "look"


def test_what_is_not_sure_stays_so_and_words_that_are_lost_stay_lost() -> None:
    without = BEFORE.replace("överenskommelsen år ", "")
    one = carried(BEFORE, without, CHOSEN)
    (back,) = carry(without, BEFORE, [one])
    assert (words(BEFORE, back), back.state) == (["införde", "2021"], "look")
    doubtful = Anchor(one.pieces, 2, is_sure=False)
    assert [each.is_sure for each in carry(without, without + " Slut.", [doubtful])] == [False]


def test_a_passage_over_paragraphs_is_not_torn_over_what_was_never_in_it() -> None:
    old = "ett två tre\nfyra fem sex\nsju åtta nio\ntio elva tolv\nslutet av allt"
    new = "ett två tre\nsju åtta nio\ntio elva tolv\nfyra fem sex\nslutet av allt"
    one = carried(old, new, "tre\nfyra fem sex")
    assert one.state == "look"


def test_a_text_that_did_not_change_changes_nothing() -> None:
    anchors = [choose(BEFORE, CHOSEN), Anchor((), 3), Anchor(((0, 9),), 4, is_sure=False)]
    assert carry(BEFORE, BEFORE, anchors) == tuple(anchors)
    assert carry(BEFORE, "", anchors[:1]) == (Anchor((), 4),)


def test_the_state_is_told_by_how_many_words_are_left() -> None:
    five = tuple((at, at + 1) for at in range(0, 10, 2))
    assert MIN_SHARE == 0.6
    assert [Anchor(five[:count], 5).state for count in range(6)] == [
        "gone", "look", "look", "here", "here", "here"
    ]  # fmt: skip
    assert Anchor(five, 5, is_sure=False).state == "look"
    assert (Anchor((), 5).start, Anchor((), 5).end) == (0, 0)


def test_a_word_chosen_in_part_is_chosen() -> None:
    assert words(BEFORE, anchor(BEFORE, BEFORE.index("förde"), BEFORE.index("enskommelsen"))) == [
        "införde", "överenskommelsen"
    ]  # fmt: skip
    assert anchor("å 😀 ö", 2, 3) == Anchor((), 0)


def test_a_quote_is_found_where_it_stands_once() -> None:
    assert find(BEFORE, CHOSEN) == (19, 51)
    assert find(BEFORE, "införde  överenskommelsen\når 2021") == (19, 51)
    assert find(BEFORE, "finns inte") is None
    assert find(BEFORE, " ") is None


def test_of_quotes_alike_the_one_with_its_surroundings_is_found() -> None:
    plain = "Där år 2021 gick bra.\nHär år 2021 gick illa.\nDär år 2021 gick så."
    assert find(plain, "år 2021") is None
    assert find(plain, "år 2021", "Här ", " gick") == (26, 33)
    assert find(plain, "år 2021", "Här\n", "  gick illa") == (26, 33)
    assert find(plain, "år 2021", "Där ", " gick") is None
    assert find(plain, "år 2021", "Var ", " gick") is None
    assert find("aaaa", "aa", "", "aa") == (0, 2)


def test_the_surroundings_are_cut_at_32_characters() -> None:
    assert context("å" * 40 + "mitt" + "ö" * 40, 40, 44) == ("å" * 32, "ö" * 32)
    assert context("mitt", 0, 4) == ("", "")


def test_any_two_large_texts_take_bounded_time() -> None:
    rng = random.Random(5)  # noqa: S311  # the same texts in every run

    def some(vocabulary: list[str], count: int, line: int) -> str:
        chosen = [rng.choice(vocabulary) for _ in range(count)]
        return "\n".join(" ".join(chosen[at : at + line]) for at in range(0, count, line))

    letters, names = list("abcdå"), [f"ord{number}" for number in range(3_000)]
    pairs = [
        (some(letters, 100_000, 1), some(letters, 100_000, 1)),
        (some(letters, 100_000, 100_000), some(letters, 100_000, 100_000)),
        (some(letters, 100_000, 8), some(letters, 100_000, 8)),
        (some(names, 28_000, 12), some(names, 28_000, 12)),
        ("a " * 100_000, "a " * 60_000 + "b " * 40_000),
        ("\n".join(f"Kommun {n} har {n} år kvar" for n in range(8_000)),
         "\n".join(f"Kommun {n} har {n + 1} år kvar" for n in range(8_000))),
    ]  # fmt: skip
    for old, new in pairs:
        anchors = [anchor(old, at, at + 200) for at in range(0, len(old), len(old) // 100)]
        started = time.process_time()
        now = carry(old, new, anchors)
        assert time.process_time() - started < 3, old[:20]
        assert len(now) == len(anchors)


def test_passages_in_a_large_text_that_was_edited_a_little_are_here() -> None:
    lines = [
        f"Rad {number} berättar hur kommun {number} införde tjänsten år {number}." for number in range(3_500)
    ]
    old = "\n".join(lines)
    new = "\n".join(["Först", *lines[:1_000], *lines[1_003:2_000], "Mitt i", *lines[2_000:]]).replace(
        "777", "7 77"
    )
    anchors = [choose(old, f"kommun {number} införde tjänsten") for number in range(0, 3_500, 35)]
    started = time.process_time()
    states = [one.state for one in carry(old, new, anchors)]
    assert time.process_time() - started < 2
    assert states == ["here"] * 100
