import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mittkoping.text.slugs import MAX_LENGTH, RESERVED, slugify, unique_slug

SLUG = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Så når vi målet på Öland", "sa-nar-vi-malet-pa-oland"),
        ("Idé & café: À la carte!", "ide-cafe-a-la-carte"),
        ("Ærø, Straße, Þór, Łódź, đ, œuvre", "aero-strasse-thor-lodz-d-oeuvre"),
        ("Ra\u0308ksmo\u0308rga\u030as", "raksmorgas"),
        ("  --Skola_och/eller 2.0--  ", "skola-och-eller-2-0"),
        ("sko\u00adlan", "skolan"),
        ("𝐒𝐤𝐨𝐥𝐚 ﬁn Ⅳ", "skola-fin-iv"),
        ("../..", ""),
        ("Школа 学校", ""),
    ],
)
def test_titles_become_plain_addresses(title: str, slug: str) -> None:
    assert slugify(title) == slug


def test_a_long_title_is_cut_between_words() -> None:
    assert slugify("kommun " * 20) == "-".join(["kommun"] * 11)
    assert slugify("x" * 200) == "x" * MAX_LENGTH
    assert slugify("a" * 80 + " b") == "a" * 80


@given(st.text(max_size=300))
def test_a_slug_is_short_and_plain_and_its_own_slug(title: str) -> None:
    slug = slugify(title)
    assert SLUG.fullmatch(slug)
    assert len(slug) <= MAX_LENGTH
    assert slugify(slug) == slug


def test_a_taken_or_reserved_slug_gets_a_number() -> None:
    taken = {"skolan", "skolan-2", "sida-1"}
    assert unique_slug("Vården", taken.__contains__) == "varden"
    assert unique_slug("Skolan", taken.__contains__) == "skolan-3"
    assert set(RESERVED) == {"ny"}
    assert unique_slug("Ny!", taken.__contains__) == "ny-2"
    assert unique_slug("学校", taken.__contains__) == "sida-2"


@given(st.text(max_size=200), st.integers(0, 120))
def test_a_numbered_slug_is_still_short_and_plain(title: str, busy: int) -> None:
    seen: set[str] = set()

    def is_taken(slug: str) -> bool:
        seen.add(slug)
        return len(seen) <= busy

    slug = unique_slug(title, is_taken)
    assert SLUG.fullmatch(slug)
    assert 0 < len(slug) <= MAX_LENGTH
    assert len(seen) == busy + 1
