"""Which factors sound like another."""

import pytest

from factors.alike import sounding_alike
from factors.models import Factor


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Gemensam målbild", "gemensam-malbild"),
        ("  GEMENSAM   målbild ", "gemensam-malbild"),
        ("Gemensamma mål", "gemensam-malbild"),
        ("Mod att pröva", "mod-att-prova"),
        ("Öppenheten", "oppenhet"),
        ("Digitala kompetenser", "digital-kompetens"),
    ],
)
def test_other_spellings_and_endings_are_found(catalogue: dict[str, Factor], name: str, found: str) -> None:
    assert found in [factor.slug for factor in sounding_alike(name)]


@pytest.mark.parametrize("name", ["Väntetid", "Reservvägar", "Regnkläder", "x", "123"])
def test_what_is_new_sounds_like_nothing(catalogue: dict[str, Factor], name: str) -> None:
    assert sounding_alike(name) == []


def test_synonyms_count_on_both_sides(catalogue: dict[str, Factor]) -> None:
    trust = catalogue["tillit"]
    Factor.objects.filter(pk=trust.pk).update(aliases=["Förtroende"])
    assert sounding_alike("Förtroende") == sounding_alike("Regnkläder", ["förtroende"]) == [trust]
    assert sounding_alike("Tillit", besides=trust) == []


def test_merged_ones_are_left_out(catalogue: dict[str, Factor]) -> None:
    Factor.objects.filter(slug="tillit").update(status=Factor.Status.MERGED)
    assert catalogue["tillit"] not in sounding_alike("Tillit")
