from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import tag
from wiki.content import Content, Passage, Tag
from wiki.merging import ContentConflict, merge_content

BASE = Content(
    title="Skolan",
    lead="Om skolan i kommunen.",
    body="Första stycket.\n\nAndra stycket.\n",
    kind="erfarenhet",
    tracks=("skola",),
    municipalities=("9901", "9902"),
    tags=(tag("a", note="Alla var med."), tag("b", factor="ledning")),
)


def conflict(base: Content, ours: Content, theirs: Content) -> tuple[str, ...]:
    """The fields that cannot be merged."""
    with pytest.raises(ContentConflict) as caught:
        merge_content(base, ours, theirs)
    assert (caught.value.base, caught.value.ours, caught.value.theirs) == (base, ours, theirs)
    return caught.value.fields


def tagged(*tags: Tag) -> Content:
    """The base with other tags."""
    return replace(BASE, tags=tags)


def test_every_part_is_merged_in_its_own_way() -> None:
    ours = replace(BASE, title="Skolan vår", lead="Om skolan i vår kommun.", tracks=("halsa", "skola"))
    theirs = replace(
        BASE,
        lead="Mer om skolan i kommunen.",
        body="Första stycket.\n\nAndra, längre stycket.\n",
        kind="guide",
        tracks=(),
        municipalities=("1280", "9902"),
    )
    assert merge_content(BASE, ours, theirs) == replace(
        BASE,
        title="Skolan vår",
        lead="Mer om skolan i vår kommun.",
        body="Första stycket.\n\nAndra, längre stycket.\n",
        kind="guide",
        tracks=("halsa",),
        municipalities=("1280", "9902"),
    )


def test_a_title_and_a_kind_are_one_thing_each() -> None:
    ours = replace(BASE, title="Skolan nu", kind="guide")
    assert conflict(BASE, ours, replace(BASE, title="Vår skolan", kind="mote")) == ("title", "kind")
    same = replace(BASE, title="Skolan nu", kind="guide")
    assert merge_content(BASE, ours, same) == ours


def test_a_conflict_says_in_swedish_what_it_is_and_names_every_field() -> None:
    ours = replace(BASE, lead="Om förskolan i kommunen.", body="Nytt stycke.", tags=(tag("a", note="Ja."),))
    theirs = replace(
        BASE, lead="Om gymnasiet i kommunen.", body="Annat stycke.", tags=(tag("a", note="Nej."),)
    )
    assert conflict(BASE, ours, theirs) == ("body", "lead", "tags")
    with pytest.raises(
        ContentConflict, match=r"^Samma ställe har ändrats på två sätt\. Välj vad som ska stå där\.$"
    ):
        merge_content(BASE, ours, theirs)


def test_the_fields_of_one_tag_are_merged_one_by_one() -> None:
    a, b = BASE.tags
    ours, theirs = replace(a, note="Nästan alla var med."), replace(a, strength=2, municipality="9901")
    assert merge_content(BASE, tagged(ours, b), tagged(theirs, b)) == tagged(
        replace(a, note="Nästan alla var med.", strength=2, municipality="9901"), b
    )


def test_one_field_of_a_tag_changed_in_two_ways_is_a_conflict() -> None:
    a, b = BASE.tags
    assert conflict(BASE, tagged(replace(a, note="Ja."), b), tagged(replace(a, note="Nej."), b)) == ("tags",)


def test_a_tag_that_one_removed_and_the_other_changed_is_a_conflict() -> None:
    a, b = BASE.tags
    assert conflict(BASE, tagged(b), tagged(replace(a, strength=2), b)) == ("tags",)
    assert conflict(BASE, tagged(replace(a, strength=2), b), tagged(b)) == ("tags",)
    assert merge_content(BASE, tagged(b), tagged(a)) == tagged()


def test_tags_keep_our_order_and_their_new_ones_come_last() -> None:
    a, b = BASE.tags
    c, d, e = tag("c", factor="tid"), tag("d", factor="pengar"), tag("e", factor="vilja")
    assert merge_content(BASE, tagged(b, c, a), tagged(d, a, e, b)) == tagged(b, c, a, d, e)


def test_a_tag_that_both_say_more_of_keeps_its_passage() -> None:
    a, b = (replace(each, passage=Passage(exact="Alla", start=3, version=1)) for each in BASE.tags)
    base, ours = tagged(a, b), tagged(replace(a, note="Ja."), b)
    merged = merge_content(base, ours, tagged(replace(a, phase="before"), b))
    assert merged.tags == (replace(a, note="Ja.", phase="before"), b)


def test_a_factor_and_its_direction_are_one_statement() -> None:
    a, b = BASE.tags
    ours, theirs = tagged(replace(a, direction="hindering"), b), tagged(replace(a, factor="tillit"), b)
    assert conflict(BASE, ours, theirs) == ("tags",)


def test_two_new_tags_that_say_the_same_become_one() -> None:
    a, b = BASE.tags
    mine = tag("c", factor="tid", note="Ont om tid.")
    said, silent = tag("d", factor="tid", note="Ont om tid."), tag("e", factor="tid")
    assert merge_content(BASE, tagged(a, b, mine), tagged(a, b, said, silent)) == tagged(a, b, mine)


def test_two_new_tags_that_differ_in_anything_are_two() -> None:
    a, b = BASE.tags
    mine = tag("c", factor="tid")
    others = [
        tag("d", factor="tid", note="Mer tid."),
        tag("e", factor="tid", direction="hindering"),
        tag("f", factor="tid", municipality="9901"),
    ]
    assert merge_content(BASE, tagged(a, b, mine), tagged(a, b, *others)) == tagged(a, b, mine, *others)


TAGS = st.lists(
    st.builds(
        Tag,
        key=st.sampled_from("abcd"),
        factor=st.sampled_from(["tid", "ledning"]),
        direction=st.sampled_from(["enabling", "hindering"]),
        note=st.sampled_from(["", "Ja.", "Nej."]),
        strength=st.sampled_from([1, 2]),
    ),
    max_size=3,
    unique_by=lambda each: each.key,
).map(tuple)
CONTENTS = st.builds(
    Content,
    title=st.sampled_from(["Skolan", "Skolan nu"]),
    lead=st.sampled_from(["", "Om skolan.", "Om vår skola."]),
    body=st.lists(st.sampled_from(["Ett två tre.", "Ett två fyra.", "- punkt", "# Rubrik"]), max_size=5).map(
        "\n\n".join
    ),
    kind=st.sampled_from(["sida", "guide"]),
    tracks=st.sampled_from([(), ("skola",), ("halsa", "skola")]),
    municipalities=st.sampled_from([(), ("9901",), ("1280", "9901")]),
    tags=TAGS,
)


@settings(max_examples=300, deadline=None)
@given(CONTENTS, CONTENTS)
def test_a_side_that_changed_nothing_changes_nothing(base: Content, changed: Content) -> None:
    assert merge_content(base, changed, base) == changed
    assert merge_content(base, changed, changed) == changed
    assert as_set(merge_content(base, base, changed)) == as_set(changed)


def as_set(content: Content) -> tuple[Content, frozenset[Tag]]:
    """The content, whatever the order of its tags."""
    return replace(content, tags=()), frozenset(content.tags)
