import time

from hypothesis import example, given
from hypothesis import strategies as st

from mittkoping.text.links import MAX_CANDIDATES, Target, candidates
from mittkoping.text.render import render


def test_every_kind_of_link_is_found_once_in_order() -> None:
    source = (
        "[[Skolan]] [[ Skolan |den]] [[FAKTOR:mod|mod]] [[kommun: Malmö]] [[Fråga: hur?]]\n"
        "`[[Kod]]` [[]] [[|x]] [[faktor:]] [[^1]] [[a[b]] [[Skolan#mål]] [[Sida\\|text]] [[två\nrader]]"
    )
    assert candidates(source) == (
        Target("page", "Skolan"),
        Target("factor", "mod"),
        Target("municipality", "Malmö"),
        Target("page", "Fråga: hur?"),
        Target("page", "Kod"),
        Target("page", "Skolan#mål"),
        Target("page", "Sida"),
        Target("page", "två rader"),
    )


def test_no_more_than_two_thousand_links_are_looked_up() -> None:
    found = candidates("".join(f"[[Sida {n}]]" for n in range(3000)))
    assert len(found) == MAX_CANDIDATES
    assert found[-1] == Target("page", "Sida 1999")


def test_finding_links_takes_time_in_proportion_to_the_text() -> None:
    for bait in ("[[", "[[a|", "[[a", "[", "]]", "[[a\n", "\\[["):
        started = time.process_time()
        candidates(bait * 50_000)
        assert time.process_time() - started < 0.5, bait


PIECES = st.sampled_from(
    [
        "[[A]]",
        "[[B|b]]",
        "[[faktor:x]]",
        "[[kommun:Y]]",
        "[[",
        "]]",
        "`",
        "\\",
        "|",
        "ord ",
        "\n",
        "\n\n",
        "> ",
    ]
)


@given(st.lists(PIECES, max_size=20).map("".join))
@example("[[`[[A]]`]]")
def test_every_link_that_is_shown_was_a_candidate(source: str) -> None:
    assert set(render(source, {}).links) <= set(candidates(source))
