"""What a factor says: stored, put together, compared."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from factors.comparing import compare_factors
from factors.content import LABELS, FactorContent, settle
from factors.models import Factor

WORDS = st.sampled_from(["", "mål", "tid", "åka"])
LINES = st.lists(WORDS, max_size=2).map(tuple)
LISTS = {"questions", "related", "aliases", "informed_by"}
CONTENTS = st.builds(FactorContent, **{name: LINES if name in LISTS else WORDS for name in LABELS})
BASE = FactorContent(name="Mål", theme="ledning", definition="Vart vi ska.", questions=("Vart?",))


@given(CONTENTS)
def test_what_is_stored_is_read_back(content: FactorContent) -> None:
    assert FactorContent.from_fields(content.to_fields()) == content


@given(CONTENTS, CONTENTS)
def test_what_only_one_has_changed_is_taken(base: FactorContent, other: FactorContent) -> None:
    for settled in (settle(base, base, other), settle(base, other, base), settle(base, other, other)):
        assert (settled.content, settled.conflicts) == (other, ())


@given(CONTENTS, CONTENTS, CONTENTS)
def test_only_what_both_changed_differently_conflicts(
    base: FactorContent, ours: FactorContent, theirs: FactorContent
) -> None:
    settled = settle(base, ours, theirs)
    for name in LABELS:
        before, now, sent = (getattr(content, name) for content in (base, ours, theirs))
        assert (name in settled.conflicts) == (len({before, now, sent}) == 3)
        assert getattr(settled.content, name) == (now if sent == before else sent)


def test_a_stored_form_of_less_or_more_is_read() -> None:
    assert FactorContent.from_fields({"name": "Mål", "theme": "x", "status": "active"}) == FactorContent(
        name="Mål", theme="x"
    )


def test_a_comparison_tells_of_what_differs_in_words(catalogue: dict[str, Factor]) -> None:
    old = catalogue["tillit"].content
    new = replace(
        old, theme="samarbete", related=("oppenhet",), questions=(*old.questions, "Vem litar på oss?")
    )
    told = {change.label: change for change in compare_factors(old, new)}
    assert set(told) == {"Tema", "Frågor att ställa sig", "Närliggande nyckelfaktorer"}
    assert told["Tema"].new == "Samarbete"
    assert told["Närliggande nyckelfaktorer"].new == "Öppenhet"
    ops = [change.op for change in told["Frågor att ställa sig"].changes]
    assert ops == ["same"] * len(old.questions) + ["insert"]
    assert compare_factors(new, new) == []
