"""Who else has a page open for writing: seen while they are there, gone soon after, in nobody's way."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mittkoping.accounts.models import Membership, User
from tests.clock import Clock
from tests.conftest import MakePage, form_of, signed_in
from tests.wiki.presence_setup import TOGETHER, beside, come, said
from wiki import operations
from wiki.models import Page, Presence
from wiki.models.presence import HIDDEN_TTL, VISIBLE_TTL, Present


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It is twelve o'clock."""
    return Clock(monkeypatch)


def test_who_opens_a_page_is_seen_by_the_others_and_not_by_themselves(
    page: Page, eva: User, bo: User
) -> None:
    come(page, bo)
    assert beside(page, eva) == ["Bo Ek"]
    assert beside(page, bo) == []


def test_who_is_on_another_page_is_not_seen(make_page: MakePage, eva: User, bo: User) -> None:
    one, two = make_page("Ett"), make_page("Två")
    come(one, bo)
    assert (beside(one, eva), beside(two, eva)) == (["Bo Ek"], [])


def test_who_closes_the_window_is_gone_at_once(page: Page, eva: User, bo: User) -> None:
    come(page, bo)
    come(page, eva)
    operations.end_presence(page, tab="ett", by=bo)
    assert (beside(page, eva), beside(page, bo)) == ([], ["Eva Berg"])


def test_who_is_cut_off_is_gone_within_a_minute(page: Page, eva: User, bo: User, clock: Clock) -> None:
    come(page, bo)
    clock.forward(seconds=44)
    assert beside(page, eva) == ["Bo Ek"]
    clock.forward(seconds=1)
    assert beside(page, eva) == []
    assert timedelta(seconds=15) + VISIBLE_TTL <= timedelta(minutes=1)  # the next ping of the other, at most


def test_a_hidden_window_is_still_there_when_the_browser_wakes_it(
    page: Page, eva: User, bo: User, clock: Clock
) -> None:
    come(page, bo, is_hidden=True)
    for _minute in range(3):
        clock.forward(seconds=60)
        assert beside(page, eva) == ["Bo Ek"]
        come(page, bo, is_hidden=True)
    clock.forward(seconds=149)
    assert beside(page, eva) == ["Bo Ek"]
    clock.forward(seconds=1)
    assert beside(page, eva) == []


def test_a_window_that_is_shown_again_counts_as_shown(page: Page, eva: User, bo: User, clock: Clock) -> None:
    come(page, bo, is_hidden=True)
    come(page, bo)
    clock.forward(seconds=45)
    assert beside(page, eva) == []


def test_two_windows_are_one_person_who_came_with_the_first(
    page: Page, eva: User, bo: User, clock: Clock
) -> None:
    came = clock.now
    come(page, bo, "ett")
    clock.forward(seconds=30)
    come(page, bo, "tva")
    come(page, bo, "ett")
    [other] = Presence.objects.others(page, eva)
    assert other == Present(bo.pk, "Bo Ek", "Granneby", is_unconfirmed=False, since=came)
    operations.end_presence(page, tab="ett", by=bo)
    [other] = Presence.objects.others(page, eva)
    assert other.since == came + timedelta(seconds=30)


def test_the_others_stand_in_the_order_in_which_they_came(
    page: Page, ada: User, eva: User, bo: User, rut: User, clock: Clock
) -> None:
    for user in (rut, bo, ada):
        come(page, user)
        clock.forward(seconds=1)
    come(page, rut)
    assert beside(page, eva) == ["Rut Alm", "Bo Ek", "Ada Lind"]


def test_the_municipality_is_the_one_of_today(page: Page, eva: User, bo: User) -> None:
    come(page, bo)
    Membership.objects.filter(user=bo).update(ended_at=timezone.now())
    Membership.objects.create(user=bo, municipality=eva.memberships.get().municipality)
    [other] = Presence.objects.others(page, eva)
    assert (other.municipality, other.is_unconfirmed) == ("Mittköping", True)


def test_rows_that_ran_out_are_thrown_away_by_the_next_who_comes(
    page: Page, eva: User, bo: User, clock: Clock
) -> None:
    came = clock.now
    come(page, bo)
    clock.forward(seconds=HIDDEN_TTL.total_seconds() - 1)
    come(page, eva)
    assert Presence.objects.count() == 2
    clock.forward(seconds=1)
    come(page, eva, "tva")
    assert not Presence.objects.filter(user=bo).exists()
    come(page, bo)
    assert Presence.objects.get(user=bo).since == came + HIDDEN_TTL


def test_a_form_that_is_open_since_yesterday_says_so(page: Page, eva: User, bo: User, clock: Clock) -> None:
    come(page, bo)
    assert said(signed_in(eva))[0] == "Bo Ek, Granneby, har sidan öppen sedan 12.00."
    Presence.objects.filter(user=bo).update(since=clock.now - timedelta(days=1))
    assert said(signed_in(eva))[0] == "Bo Ek, Granneby, har sidan öppen sedan 4 mars 12.00."


def test_who_is_there_is_one_query(
    page: Page, eva: User, bo: User, ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    come(page, bo)
    come(page, ada)
    with django_assert_num_queries(1):
        assert len(Presence.objects.others(page, eva)) == 2


def test_of_a_crowd_ten_are_named(page: Page, eva: User, clock: Clock) -> None:
    for number in range(1, 13):
        come(page, User.objects.create_user(f"p{number}@mittkoping.example", name=f"Person {number}"))
        clock.forward(seconds=1)
    lines = said(signed_in(eva))
    assert lines[9:] == ["Person 10 har sidan öppen sedan 12.00.", "Och 2 till har sidan öppen.", TOGETHER]


def test_being_there_locks_nothing(page: Page, eva: User, bo: User) -> None:
    come(page, eva)
    come(page, bo)
    for user, number in ((eva, 2), (bo, 3)):
        page.refresh_from_db()
        answer = signed_in(user).post("/sidor/skolan/redigera/", form_of(page, body=f"Version {number}."))
        assert answer.status_code == 302
    page.refresh_from_db()
    assert (page.number, page.body) == (3, "Version 3.")
