from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import tag
from tests.wiki.test_merging import CONTENTS
from wiki.changes import Change, Decision, NoText, UnknownChange, Value, apply, changes
from wiki.content import Content
from wiki.merging import ContentConflict, merge_content

TAKE, SKIP = Decision(), Decision(publishes=False)
BASE = Content(
    title="Skolan", lead="Om skolan.", body="Ett stycke här.\n\nTvå stycken här.\n\nTre stycken här.\n"
)


def page(body: str) -> Content:
    """The base with another text."""
    return replace(BASE, body=body)


def of_body(base: str, ours: str, theirs: str) -> dict[str, tuple[Value, Value, Value]]:
    """What would change in a text: ours, theirs and taken by key."""
    listed = changes(page(base), page(ours), page(theirs))
    return {change.key: (change.ours, change.theirs, change.taken) for change in listed}


def decided(base: str, ours: str, theirs: str, **decisions: Decision) -> str:
    """The text after decisions, their keys written with _ for -."""
    keys = {key.replace("_", "-"): decision for key, decision in decisions.items()}
    return apply(page(base), page(ours), page(theirs), keys).body


def test_every_part_of_the_page_is_a_change_in_the_order_of_the_page() -> None:
    a, b = tag("a"), tag("b", factor="ledning")
    base = replace(BASE, tags=(a,), kind="sida")
    theirs = Content(
        title="Skolan nu",
        lead="Om vår skola.",
        body="Ett stycke där.\n\nTvå stycken här.\n\nTre stycken där.\n",
        kind="guide",
        tracks=("skola",),
        municipalities=("9901",),
        tags=(b,),
    )
    assert changes(base, base, theirs) == (
        Change(
            "title", "title", "Skolan", "Skolan", "Skolan nu", "Skolan nu", "Skolan nu", is_conflict=False,
        ),
        Change(
            "lead", "lead", "Om skolan.", "Om skolan.", "Om vår skola.", "Om vår skola.", "Om vår skola.",
            is_conflict=False,
        ),
        Change("kind", "kind", "sida", "sida", "guide", "guide", "guide", is_conflict=False),
        Change("tracks", "tracks", (), (), ("skola",), ("skola",), ("skola",), is_conflict=False),
        Change(
            "municipalities", "municipalities", (), (), ("9901",), ("9901",), ("9901",), is_conflict=False
        ),
        Change(
            "body-0", "body", "Ett stycke här.", "Ett stycke här.", "Ett stycke där.", "Ett stycke där.",
            "Ett stycke där.", is_conflict=False,
        ),
        Change(
            "body-35", "body", "Tre stycken här.", "Tre stycken här.", "Tre stycken där.", "Tre stycken där.",
            "Tre stycken där.", is_conflict=False,
        ),
        Change("tag-a", "tag", a, a, None, None, None, is_conflict=False),
        Change("tag-b", "tag", None, None, b, b, b, is_conflict=False),
    )  # fmt: skip
    assert [change.is_text for change in changes(base, base, theirs)] == [
        True,
        True,
        *3 * [False],
        True,
        True,
        False,
        False,
    ]


def test_neighbours_that_are_each_rewritten_are_changes_of_their_own() -> None:
    base, theirs = "Ett två tre.\n\nFyra fem sex.\n", "Helt nytt här.\n\nNågot annat där.\n"
    assert of_body(base, base, theirs) == {
        "body-0": ("Ett två tre.", "Helt nytt här.", "Helt nytt här."),
        "body-14": ("Fyra fem sex.", "Något annat där.", "Något annat där."),
    }
    assert decided(base, base, theirs, body_14=TAKE) == "Ett två tre.\n\nNågot annat där.\n"


def test_what_came_is_one_change_for_each_block_and_what_went_too() -> None:
    base, theirs = "Ett.\n\nTvå.", "Ett.\n\nNytt a.\n\nNytt b."
    assert of_body("Ett.", "Ett.", theirs) == {
        "body-4-1": ("", "Nytt a.", "Nytt a."),
        "body-4-2": ("", "Nytt b.", "Nytt b."),
    }
    assert decided("Ett.", "Ett.", theirs, body_4_2=TAKE) == "Ett.\n\nNytt b."
    assert of_body(base, base, "Två.") == {"body-0": ("Ett.", "", "")}
    assert decided(base, base, "Två.", body_0=TAKE) == "Två."
    assert decided(base, base, "Ett.", body_6=TAKE) == "Ett."


def test_paragraphs_stay_apart_whatever_is_taken() -> None:
    base, theirs = "Före:\n\n- ett\n- två\n\nEfter.\n", "Före:\n\n- ett\n\nEfter.\n\nMer.\n"
    assert list(of_body(base, base, theirs)) == ["body-13", "body-27-1"]
    assert decided(base, base, theirs, body_13=TAKE) == "Före:\n\n- ett\n\nEfter.\n"
    assert decided(base, base, theirs, body_27_1=TAKE) == "Före:\n\n- ett\n- två\n\nEfter.\n\nMer.\n"
    assert decided("", "", "a\n\nb\n", body_0_1=TAKE) == "a\n"
    assert decided("a\n\nb\n", "a\n\nb\n", "", body_0=TAKE) == "b\n"


def test_blank_lines_alone_are_a_change_that_says_so() -> None:
    [change] = changes(page("Så:\n- ett"), page("Så:\n- ett"), page("Så:\n\n- ett"))
    assert (change.key, change.ours, change.theirs, change.is_spacing) == ("body-0", "Så:", "Så:", True)
    assert decided("Så:\n- ett", "Så:\n- ett", "Så:\n\n- ett", body_0=TAKE) == "Så:\n\n- ett"
    assert [change.is_spacing for change in changes(page("a"), page("a"), page("b"))] == [False]


def test_what_ours_alone_changed_is_no_change() -> None:
    assert changes(BASE, replace(BASE, title="Ny", body="Ny text.", tags=(tag(),)), BASE) == ()
    ours = replace(BASE, title="Ny", body="Ny text.", tags=(tag(),))
    assert changes(BASE, ours, ours) == ()


def test_a_change_of_what_ours_changed_too_is_merged() -> None:
    base, ours, theirs = "Den gamla bilen stod.", "Den nya bilen stod.", "Den gamla bilen gick."
    [change] = changes(page(base), page(ours), page(theirs))
    assert (change.base, change.ours, change.theirs, change.merged) == (
        base,
        ours,
        theirs,
        "Den nya bilen gick.",
    )
    assert decided(base, ours, theirs, body_0=TAKE) == "Den nya bilen gick."
    assert decided(base, ours, theirs, body_0=SKIP) == ours


def test_a_conflict_is_settled_by_taking_theirs_by_keeping_ours_or_by_own_words() -> None:
    base, ours, theirs = "Kvar.\n\nDen gamla bilen.", "Kvar.\n\nDen nya bilen.", "Kvar.\n\nDen röda bilen."
    [change] = changes(page(base), page(ours), page(theirs))
    assert (change.key, change.is_conflict, change.merged, change.taken) == (
        "body-7", True, None, "Den röda bilen.",
    )  # fmt: skip
    assert decided(base, ours, theirs, body_7=TAKE) == theirs
    assert decided(base, ours, theirs) == ours
    own = Decision(text="\r\nDen nya,\r\nröda bilen.\n\n")
    assert decided(base, ours, theirs, body_7=own) == "Kvar.\n\nDen nya,\nröda bilen."


def test_of_two_insertions_at_the_same_place_none_pushes_out_the_other() -> None:
    base = "- ett\n- två\n\nSlut.\n"
    ours, theirs = base.replace("två\n", "två\n- här\n"), base.replace("två\n", "två\n- där\n")
    [change] = changes(page(base), page(ours), page(theirs))
    assert (change.is_conflict, change.ours, change.theirs, change.taken) == (
        True, "- här", "- där", "- här\n- där",
    )  # fmt: skip
    assert decided(base, ours, theirs, body_13_1=TAKE) == "- ett\n- två\n- här\n- där\n\nSlut.\n"
    assert decided("Ett.", "Ett.\n\nHär.", "Ett.\n\nDär.", body_4_1=TAKE) == "Ett.\n\nHär.\n\nDär."


def test_own_words_stand_for_title_lead_or_passage() -> None:
    theirs = Content(
        title="Skolan nu",
        lead="Om vår skola.",
        body="Ett stycke där.\n\nTvå stycken här.\n\nTre stycken här.\n",
    )
    own = {"title": "  Vår \n skola ", "lead": "Om\r\noss.", "body-0": "A.\n\nB.\n"}
    content = apply(BASE, BASE, theirs, {key: Decision(text=text) for key, text in own.items()})
    assert content == Content(
        title="Vår skola", lead="Om\noss.", body="A.\n\nB.\n\nTvå stycken här.\n\nTre stycken här.\n"
    )
    assert (
        apply(BASE, BASE, theirs, {"body-0": Decision(text=" \n")}).body
        == "Två stycken här.\n\nTre stycken här.\n"
    )


def test_own_words_stand_once_though_ours_put_something_before_them() -> None:
    base, ours = "Ett stycke.\n\nTvå stycken.", "Ett stycke.\n\nNytt av oss.\n\nTvå stycken."
    theirs = "Ett stycke.\n\nTvå långa stycken."
    assert (
        decided(base, ours, theirs, body_13=Decision(text="Eget.")) == "Ett stycke.\n\nNytt av oss.\n\nEget."
    )


def test_own_words_that_are_not_published_change_nothing() -> None:
    theirs = replace(BASE, title="Skolan nu")
    assert apply(BASE, BASE, theirs, {"title": Decision(publishes=False, text="Annat")}) == BASE


def test_a_decision_on_what_is_no_change_is_refused() -> None:
    theirs = replace(BASE, title="Skolan nu", kind="guide", tags=(tag("a"),))
    for key in ("body-0", "lead", "tag-b", "", "title "):
        with pytest.raises(UnknownChange):
            apply(BASE, BASE, theirs, {key: SKIP})
    for key in ("kind", "tag-a"):
        with pytest.raises(NoText):
            apply(BASE, BASE, theirs, {key: Decision(text="guide")})


def test_tags_are_decided_one_by_one() -> None:
    a, b, c = tag("a"), tag("b", factor="ledning"), tag("c", factor="tid")
    base, theirs = replace(BASE, tags=(a, b)), replace(BASE, tags=(replace(a, strength=2), c))
    assert [change.key for change in changes(base, base, theirs)] == ["tag-a", "tag-b", "tag-c"]
    assert apply(base, base, theirs, {"tag-b": TAKE, "tag-c": TAKE}).tags == (a, c)
    assert apply(base, base, theirs, {"tag-a": TAKE}).tags == (replace(a, strength=2), b)


def test_a_tag_in_conflict_becomes_theirs_or_stays_ours() -> None:
    a = tag("a", note="Först.")
    base, ours, theirs = (replace(BASE, tags=tags) for tags in ((a,), (), (replace(a, note="Sen."),)))
    [change] = changes(base, ours, theirs)
    assert (change.is_conflict, change.ours, change.merged, change.taken) == (
        True,
        None,
        None,
        theirs.tags[0],
    )
    assert apply(base, ours, theirs, {"tag-a": TAKE}) == theirs
    assert apply(base, ours, theirs, {}) == ours
    [change] = changes(base, theirs, ours)
    assert (change.is_conflict, change.taken) == (True, None)
    assert apply(base, theirs, ours, {"tag-a": TAKE}) == ours


def test_keys_are_the_same_whatever_is_published_meanwhile() -> None:
    theirs = page(BASE.body.replace("Tre stycken", "Tre långa stycken") + "\nSlut.\n")
    before = [change.key for change in changes(BASE, BASE, theirs)]
    ours = page("Nytt först.\n\n" + BASE.body.replace("Två stycken", "Två korta stycken"))
    assert [change.key for change in changes(BASE, ours, theirs)] == before == ["body-35", "body-52-1"]


def test_a_new_page_is_changes_all_of_it() -> None:
    nothing, new = Content(title=""), Content(title="Ny", body="Ett.\n\nTvå.\n", tags=(tag("a"),))
    assert [change.key for change in changes(nothing, nothing, new)] == [
        "title",
        "body-0-1",
        "body-0-2",
        "tag-a",
    ]
    taken = {"title": TAKE, "body-0-2": TAKE}
    assert apply(nothing, nothing, new, taken) == Content(title="Ny", body="Två.\n")


@settings(max_examples=300, deadline=None)
@given(CONTENTS, CONTENTS, CONTENTS, st.data())
def test_taking_all_is_the_merge_and_taking_nothing_is_what_is_published(
    base: Content, ours: Content, theirs: Content, data: st.DataObject
) -> None:
    listed = changes(base, ours, theirs)
    keys = [change.key for change in listed]
    assert len(set(keys)) == len(keys)
    assert apply(base, ours, theirs, {}) == ours
    assert apply(base, ours, theirs, dict.fromkeys(keys, SKIP)) == ours
    taken = apply(base, ours, theirs, dict.fromkeys(keys, TAKE))
    try:
        assert taken == merge_content(base, ours, theirs)
    except ContentConflict:
        assert any(change.is_conflict for change in listed)
    else:
        assert not any(change.is_conflict for change in listed)
    some = {key: data.draw(st.sampled_from([TAKE, SKIP])) for key in keys}
    body = apply(base, ours, theirs, some).body
    parts = body.split("\n\n") if body else []
    known = {part for each in (base, ours, theirs, taken) for part in each.body.split("\n\n")}
    assert set(parts) <= known
