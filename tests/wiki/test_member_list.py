"""The list of members: who comes first, how it is narrowed down, what it tells and what it costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mittkoping.accounts.models import Membership, User
from mittkoping.municipalities.models import Municipality
from tests.conftest import signed_in

LIST = "/granskning/medlemmar/"


@pytest.fixture
def waiting(ada: User) -> Membership:
    """Ada has asked to be confirmed."""
    membership = ada.memberships.get()
    membership.asked_at = timezone.now() - timedelta(days=1)
    membership.save()
    return membership


def names(answer: Any) -> list[str]:
    """The people of a list, in order."""
    return [row.membership.user.name for row in answer.context["rows"]]


def test_who_waits_comes_first_and_the_oldest_question_before(
    waiting: Membership, eva: User, bo: User, rut: User, mittkoping_: Municipality
) -> None:
    later = User.objects.create_user("z@x.example", "x", name="Aa Senare")
    Membership.objects.create(user=later, municipality=mittkoping_, asked_at=timezone.now())
    answer = signed_in(rut).get(LIST)
    assert names(answer) == ["Ada Lind", "Aa Senare", "Bo Ek", "Eva Berg"]
    assert answer.context["waiting_count"] == 2


def test_the_list_is_narrowed_by_name_place_and_role(
    waiting: Membership, eva: User, bo: User, rut: User, granneby: Municipality
) -> None:
    sara = User.objects.create_user("s@x.example", "x", name="Sara Öberg")
    Membership.objects.create(user=sara, municipality=granneby)
    browser = signed_in(rut)
    for query, expected in {
        "q=berg": ["Sara Öberg", "Eva Berg"],
        "q=öberg": ["Sara Öberg"],
        "q=sara+ÖBERG": ["Sara Öberg"],
        "q=%25": [],
        "q=_": [],
        "kommun=granneby": ["Bo Ek", "Sara Öberg"],
        "kommun=granneby&roll=editor": ["Bo Ek"],
        "roll=contributor": ["Ada Lind", "Sara Öberg"],
        "roll=vantar": ["Ada Lind"],
        "kommun=finns-inte&roll=x&sida=x": ["Ada Lind", "Bo Ek", "Sara Öberg", "Eva Berg"],
        "q=%00&sida=99": ["Ada Lind", "Bo Ek", "Sara Öberg", "Eva Berg"],
    }.items():
        assert (query, names(browser.get(f"{LIST}?{query}"))) == (query, expected)
    assert "Ingen medlem passar." in browser.get(f"{LIST}?q=finnsinte").text


def test_moderators_see_the_domain_and_whether_it_fits_but_never_the_address(
    waiting: Membership, eva: User, rut: User, mittkoping_: Municipality
) -> None:
    browser = signed_in(rut)
    assert "Adressen hör inte till" not in browser.get(LIST).text  # nobody knows the municipality's domain
    for domain, fits in {"mittkoping.example": True, "oping.example": False, "annat.example": False}.items():
        Municipality.objects.filter(pk=mittkoping_.pk).update(domain=domain)
        for path in (LIST, f"{LIST}{waiting.pk}/"):
            text = browser.get(path).text
            assert ("Adressen hör inte till Mittköping." in text) == (not fits)
            assert "mittkoping.example" in text
            assert "ada@" not in text
            assert "eva@" not in text


def test_the_list_costs_the_same_however_many_there_are(
    waiting: Membership, rut: User, mittkoping_: Municipality, django_assert_max_num_queries: Any
) -> None:
    users = User.objects.bulk_create(
        [User(email=f"{number}@x.example", name=f"Person {number:03}", password="!") for number in range(120)]
    )
    Membership.objects.bulk_create([Membership(user=user, municipality=mittkoping_) for user in users])
    browser = signed_in(rut)
    with django_assert_max_num_queries(14):
        first = browser.get(LIST)
    assert len(names(first)) == 50
    third = browser.get(f"{LIST}?sida=3")
    assert names(third)[-1] == "Person 119"
    assert "sida=2" in third.text
