"""Which municipality an address suggests, and what somebody may be called."""

import pytest
from django.core.exceptions import ValidationError

from mittkoping.accounts.domains import belongs_to, domain_of, suggested_municipality
from mittkoping.accounts.models import User
from mittkoping.accounts.naming import clean_job_title, clean_name
from mittkoping.municipalities import loading
from mittkoping.municipalities.models import Municipality


@pytest.fixture
def places(malmo: Municipality, granneby: Municipality) -> None:
    """Malmö with an ASCII domain, Granneby with one that is stored in Unicode."""
    Municipality.objects.filter(pk=malmo.pk).update(domain="malmo.se")
    Municipality.objects.filter(pk=granneby.pk).update(domain="grännaby.example")


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("ada@malmo.se", "Malmö"),
        ("ada@skola.malmo.se", "Malmö"),
        ("ada@a.b.malmo.se", "Malmö"),
        ("Ada@MALMO.SE", "Malmö"),
        ("ada@ｍalmo.se", "Malmö"),
        ("ada@grännaby.example", "Granneby"),
        ("ada@GRÄNNABY.example", "Granneby"),
        ("ada@xn--grnnaby-6wa.example", "Granneby"),
        ("ada@skola.xn--grnnaby-6wa.example", "Granneby"),
        ("ada@evilmalmo.se", None),
        ("ada@malmo.se.evil.example", None),
        ("malmo.se@evil.example", None),
        ("ada@malmo.se@evil.example", None),
        ("ada@se", None),
        ("ada@.malmo.se", None),
        ("ada@..", None),
        ("ada@" + "x." * 40 + "malmo.se", None),
        ("ada@" + "x" * 70 + ".se", None),
        ("ada@mаlmo.se", None),  # with a Cyrillic а
        ("ada", None),
        ("", None),
    ],
)
def test_an_address_suggests_its_municipality_by_domain_exactly_or_below_it(
    places: None, email: str, name: str | None
) -> None:
    suggested = suggested_municipality(email)
    assert (suggested.name if suggested else None) == name
    there = [one.name for one in Municipality.objects.all() if belongs_to(email, one)]
    assert there == ([name] if name else [])


def test_a_domain_is_compared_in_one_form() -> None:
    assert domain_of("ada@Malmö.se") == domain_of("ada@xn--malm-8qa.se") == "xn--malm-8qa.se"


def test_two_municipalities_with_one_domain_suggest_nothing(
    malmo: Municipality, granneby: Municipality
) -> None:
    Municipality.objects.update(domain="delad.example")
    assert suggested_municipality("ada@delad.example") is None
    Municipality.objects.filter(pk=malmo.pk).update(domain="")
    assert suggested_municipality("ada@delad.example") == granneby
    malmo.refresh_from_db()
    assert not belongs_to("ada@", malmo)


@pytest.mark.django_db
def test_every_municipality_of_the_file_is_suggested_by_its_own_domain() -> None:
    loading.load()
    loading.load_fictional()
    by_domain = {one.domain: one for one in Municipality.objects.all()}
    assert len(by_domain) == 296
    assert all(belongs_to(f"ada@{domain}", one) for domain, one in by_domain.items())
    assert suggested_municipality("ada@skola.mittkoping.example") == by_domain["mittkoping.example"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" Ada \u200b  Lind ", "Ada Lind"),
        ("Ada\x00 Lind\n", "Ada Lind"),
        ("A\u030asa Ek", "Åsa Ek"),
        ("Bo", "Bo"),
        ("Ειρήνη", "Ειρήνη"),
        ("山田 たろう", "山田 たろう"),
        ("O’Neill-Sjö 2", "O’Neill-Sjö 2"),
    ],
)
def test_a_name_is_kept_in_one_form(db: None, typed: str, name: str) -> None:
    assert clean_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Skriv ditt namn, med minst 2 tecken."),
        ("\u200bA\u200b", "Skriv ditt namn, med minst 2 tecken."),
        ("x" * 81, "Namnet är 81 tecken långt. Gränsen är 80."),
        ("ada@malmo.se", "Skriv ditt namn, ingen adress. Alla kan läsa det."),
        ("https://spam.example", "Skriv ditt namn, ingen adress. Alla kan läsa det."),
        ("12 34", "Skriv ditt namn med bokstäver."),
        ("Аda Lind", "Namnet blandar bokstäver från olika alfabet. Skriv det med ett."),
        ("Ada 𝐋ind", "Namnet blandar bokstäver från olika alfabet. Skriv det med ett."),
        ("Ada Lιnd", "Namnet blandar bokstäver från olika alfabet. Skriv det med ett."),
    ],
)
def test_a_name_that_misleads_is_refused(db: None, typed: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        clean_name(typed)
    assert refusal.value.messages == [sentence]


@pytest.mark.parametrize("typed", ["Rut Alm", " rut  ALM", "Ｒｕｔ Ａｌｍ", "Rut\u00a0Alm"])
def test_nobody_takes_a_moderators_name_but_the_moderator(rut: User, typed: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        clean_name(typed)
    assert refusal.value.messages == ["En moderator heter så. Lägg till något, till exempel ett mellannamn."]
    assert clean_name("Rut Alm", of=rut) == "Rut Alm"
    assert clean_name("Rut Almgren") == "Rut Almgren"


def test_a_role_at_work_is_a_line_without_an_address() -> None:
    assert clean_job_title(" rektor \n") == "rektor"
    for typed, sentence in {
        "x" * 81: "Rollen är 81 tecken lång. Gränsen är 80.",
        "ada@malmo.se": "Skriv ingen e-postadress här. Alla kan läsa det du skriver.",
    }.items():
        with pytest.raises(ValidationError) as refusal:
            clean_job_title(typed)
        assert refusal.value.messages == [sentence]
