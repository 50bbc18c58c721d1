"""Two edits made into one, place by place: what can be chosen, and what comes of it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import tag
from wiki.content import Content
from wiki.merging import ContentConflict, merge_content
from wiki.settling import BOTH, OURS, OWN, THEIRS, Pick, Same, Unsettled, may_join, settle

BODY = "Ett stycke här.\n\nTvå stycken här.\n\nTre stycken här.\n"
BASE = Content(title="Skolan", lead="Om skolan.", body=BODY, tags=(tag("a"),))
WORDS = st.sampled_from(["vi", "ni", "de", "skolan", "mål"])
PASSAGES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=4)
TAGS = st.lists(st.sampled_from([tag("a"), tag("a", note="Ja."), tag("b", factor="ledning")]), max_size=2)
CONTENTS = st.builds(
    Content,
    title=WORDS,
    lead=st.sampled_from(["", "Om oss.", "Om er."]),
    body=PASSAGES.map("\n\n".join),
    kind=st.sampled_from(["sida", "guide"]),
    tracks=st.sampled_from([(), ("halsa",), ("skola",)]),
    tags=TAGS.map(lambda tags: tuple({each.key: each for each in tags}.values())),
)


def body(text: str) -> Content:
    """The base with another text."""
    return replace(BASE, body=text)


def settled(ours: str, theirs: str, base: str = BODY, **picks: Pick) -> str:
    """The settled text; body_0=… is about the place body-0."""
    named = {name.replace("_", "-"): pick for name, pick in picks.items()}
    return settle(body(base), body(ours), body(theirs)).settled(named).body


def test_every_place_where_the_two_differ_is_there_and_what_is_the_same_between() -> None:
    ours = BODY.replace("Ett stycke", "Ett långt stycke").replace("Tre stycken här", "Tre stycken där")
    theirs = BODY.replace("Tre stycken här", "Tre stycken nu") + "\nFyra.\n"
    first, same, third, fourth = settle(body(BODY), body(ours), body(theirs)).parts
    assert isinstance(same, Same)
    assert (same.text, same.count) == ("Två stycken här.\n\n", 1)
    assert not isinstance(first, Same)
    assert (first.key, first.ours, first.theirs, first.merged) == (
        "deras-0-1", "Ett långt stycke här.", "Ett stycke här.", "Ett långt stycke här.",
    )  # fmt: skip
    assert not isinstance(third, Same)
    assert (third.key, third.is_conflict, third.merged) == ("body-35", True, None)
    assert not isinstance(fourth, Same)
    assert (fourth.key, fourth.ours, fourth.merged) == ("body-52-1", "", "Fyra.")


@pytest.mark.parametrize(
    ("pick", "third"),
    [
        (Pick(OURS), "Tre stycken där."),
        (Pick(THEIRS), "Tre stycken nu."),
        (Pick(BOTH), "Tre stycken där.\n\nTre stycken nu."),
        (Pick(OWN, "Mina\r\nord.\n\n"), "Mina\nord."),
    ],
)
def test_a_conflict_becomes_what_was_picked_and_the_rest_is_merged(pick: Pick, third: str) -> None:
    ours, theirs = (
        BODY.replace("Tre stycken här", "Tre stycken där"),
        BODY.replace("Tre stycken här", "Tre stycken nu"),
    )
    ours, theirs = ours.replace("Ett stycke", "Ett långt stycke"), theirs.replace("Två", "Båda två")
    assert (
        settled(ours, theirs, body_35=pick) == f"Ett långt stycke här.\n\nBåda två stycken här.\n\n{third}\n"
    )


def test_a_conflict_without_a_pick_is_not_settled() -> None:
    with pytest.raises(Unsettled):
        settled(BODY.replace("Ett", "1"), BODY.replace("Ett", "I"))
    with pytest.raises(Unsettled):
        settle(BASE, replace(BASE, title="A"), replace(BASE, title="B")).settled({})
    with pytest.raises(Unsettled):
        settle(None, replace(BASE, title="A"), replace(BASE, title="B")).settled({})


def test_own_words_may_stand_wherever_a_text_differs() -> None:
    ours, theirs = BODY.replace("Ett stycke", "Ett långt stycke"), BODY.replace("Tre", "3")
    assert (
        settled(ours, theirs, deras_0_1=Pick(OWN, "Eget.")) == "Eget.\n\nTvå stycken här.\n\n3 stycken här.\n"
    )
    assert settled(ours, theirs, body_35=Pick(OWN, " ")) == "Ett långt stycke här.\n\nTvå stycken här.\n"
    own = {"deras-title": Pick(OWN, " Vår\nskola "), "lead": Pick(OWN, "Om\r\noss.")}
    assert settle(BASE, replace(BASE, title="Ny"), replace(BASE, lead="Nytt.")).settled(own) == replace(
        BASE, title="Vår skola", lead="Om\noss."
    )


def test_items_of_a_list_that_both_added_follow_each_other() -> None:
    base = "- ett\n- två\n\nSlut.\n"
    ours, theirs = base.replace("två\n", "två\n- här\n"), base.replace("två\n", "två\n- där\n")
    assert settled(ours, theirs, base, body_13_1=Pick(BOTH)) == "- ett\n- två\n- här\n- där\n\nSlut.\n"
    assert settled(ours, theirs, base, body_13_1=Pick(THEIRS)) == theirs
    assert settled(ours, theirs, base, body_13_1=Pick(OURS)) == ours


def test_what_one_took_away_and_the_other_changed_can_go_or_stay() -> None:
    ours, theirs = "Ett stycke här.\n\nTre stycken här.\n", BODY.replace("Två stycken", "Två långa stycken")
    [place] = settle(body(BODY), body(ours), body(theirs)).places
    assert (place.is_conflict, may_join(place)) == (True, False)
    assert settled(ours, theirs, body_17=Pick(OURS)) == ours
    assert settled(ours, theirs, body_17=Pick(THEIRS)) == theirs


def test_facts_and_tags_are_one_or_the_other() -> None:
    ours = replace(BASE, title="Vår", lead="Om oss.", kind="guide", tags=(tag("a", note="Ja."),))
    theirs = replace(BASE, title="Er", lead="Om er.", kind="mote", tags=(tag("a", note="Nej."),))
    settling = settle(BASE, ours, theirs)
    places = {place.key: may_join(place) for place in settling.places if place.is_conflict}
    assert places == {"title": False, "lead": True, "kind": False, "tag-a": False}
    assert settling.settled(dict.fromkeys(places, Pick(OURS))) == ours
    assert settling.settled(dict.fromkeys(places, Pick(THEIRS))) == theirs
    both = dict.fromkeys(places, Pick(THEIRS)) | {"lead": Pick(BOTH), "tag-a": Pick(OURS)}
    assert settling.settled(both) == replace(theirs, lead="Om oss.\n\nOm er.", tags=ours.tags)


def test_what_only_the_published_text_changed_is_told_of() -> None:
    ours = replace(BASE, kind="guide", municipalities=("9901",), tags=(tag("b", factor="ledning"),))
    settling = settle(BASE, ours, replace(BASE, lead="Om er."))
    assert [(place.key, place.ours, place.merged) for place in settling.places] == [
        ("lead", "Om skolan.", "Om er."),
        ("deras-kind", "guide", "guide"),
        ("deras-municipalities", ("9901",), ("9901",)),
        ("deras-tag-b", ours.tags[0], ours.tags[0]),
        ("deras-tag-a", None, None),
    ]
    assert settling.settled({}) == replace(ours, lead="Om er.")


def test_without_what_both_started_from_each_part_is_chosen() -> None:
    ours = replace(BASE, body="Deras.\n", tracks=("halsa",), municipalities=("9901",), tags=(tag("b"),))
    theirs = replace(BASE, title="Min", body="Min.\n", tracks=("skola",), tags=(tag("a", note="Nej."),))
    settling = settle(None, ours, theirs)
    keys = [place.key for place in settling.places]
    assert keys == ["title", "tracks", "municipalities", "body", "tag-b", "tag-a"]
    assert all(place.is_conflict for place in settling.places)
    assert settling.settled(dict.fromkeys(keys, Pick(OURS))) == ours
    assert settling.settled(dict.fromkeys(keys, Pick(THEIRS))) == theirs
    picks = dict.fromkeys(keys, Pick(BOTH)) | {"title": Pick(OWN, " Vår\n"), "municipalities": Pick(OURS)}
    picks |= {"tag-a": Pick(OURS), "tag-b": Pick(OURS)}
    assert settling.settled(picks) == replace(
        ours, title="Vår", body="Deras.\n\nMin.\n", tracks=("halsa", "skola")
    )


@settings(max_examples=300, deadline=None)
@given(CONTENTS, CONTENTS, CONTENTS)
def test_settling_without_conflicts_is_merging(base: Content, ours: Content, theirs: Content) -> None:
    settling = settle(base, ours, theirs)
    conflicts = [place.key for place in settling.places if place.is_conflict]
    try:
        merged = merge_content(base, ours, theirs)
    except ContentConflict:
        assert conflicts
        with pytest.raises(Unsettled):
            settling.settled({})
    else:
        assert conflicts == []
        assert settling.settled({}) == merged


@settings(max_examples=300, deadline=None)
@given(st.none() | CONTENTS, CONTENTS, CONTENTS)
def test_all_of_one_side_is_the_text_of_that_side_and_every_word_is_in_a_place(
    base: Content | None, ours: Content, theirs: Content
) -> None:
    settling = settle(base, ours, theirs)
    keys = [place.key for place in settling.places]
    assert len(set(keys)) == len(keys)
    for side, content in ((OURS, ours), (THEIRS, theirs)):
        assert settling.settled(dict.fromkeys(keys, Pick(side))).body.split() == content.body.split()
    passages = [part for part in settling.parts if isinstance(part, Same) or part.field == "body"]
    for side in ("ours", "theirs"):
        words = [part.text if isinstance(part, Same) else str(getattr(part, side)) for part in passages]
        told = " ".join(words).split()
        whole = getattr(settling, side).body.split()
        # A text that both have as a whole is no place.
        assert told == (whole if base is not None or ours.body != theirs.body else [])
