"""How much mail comes, and when."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from mittkoping.accounts.models import User
from mittkoping.outbox.daily import next_digest
from mittkoping.outbox.delivery import attempt
from mittkoping.outbox.models import Mail
from mittkoping.outbox.tasks import send_batch
from tests.clock import Clock
from tests.conftest import MakePage
from tests.outbox.servers import BROKEN, LOCMEM
from tests.wiki.letters import mails, subjects, visit
from tests.wiki.telling import accept, change, propose, say
from wiki.models import Notification, NotificationSettings, Page
from wiki.operations import seeing, watching

When = NotificationSettings.Mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Clock:
    """A clock that stands still, and an address of the site."""
    settings.SITE_URL = "https://wiki.example"
    return Clock(monkeypatch)


@pytest.fixture
def pages(make_page: MakePage, ada: User, clock: Clock) -> list[Page]:
    """Seven pages that ada watches."""
    made = [make_page(f"Sida {number}") for number in range(1, 8)]
    for page in made:
        watching.watch(page, by=ada)
    return made


def test_of_a_page_one_mail_tells_until_it_is_visited(page: Page, ada: User, bo: User, clock: Clock) -> None:
    watching.watch(page, by=ada)
    change(page, by=bo)
    assert len(subjects(ada)) == 1
    change(page, by=bo)
    say(page, by=bo)
    clock.forward(days=3)
    change(page, by=bo)
    assert len(subjects(ada)) == 1
    visit(page, ada)
    change(page, by=bo)
    assert len(subjects(ada)) == 2


def test_edits_before_the_mail_goes_are_told_together(page: Page, ada: User, bo: User) -> None:
    watching.watch(page, by=ada)
    for _number in range(3):
        change(page, by=bo, summary="x")
    assert len(subjects(ada)) == 1
    assert (
        "”Skolan” har ändrats 3 gånger.\n\nhttps://wiki.example/sidor/skolan/historik/" in mails(ada)[0].body
    )


def test_what_has_been_seen_is_not_mailed(page: Page, ada: User, bo: User) -> None:
    watching.watch(page, by=ada)
    change(page, by=bo)
    visit(page, ada)
    assert subjects(ada) == []
    notification = Notification.objects.get(user=ada)
    assert Mail.objects.get(about__notification=notification.pk).state == "dropped"


def test_at_most_four_come_at_once_in_a_day_and_the_rest_in_one_digest(
    pages: list[Page], ada: User, bo: User, clock: Clock
) -> None:
    for page in pages:
        change(page, by=bo)
        clock.forward(minutes=1)
    at_once = [f"[Mittköping] ”Sida {number}” har ändrats" for number in range(1, 5)]
    assert subjects(ada) == at_once
    clock.set(2031, 3, 6, 6, 59)
    assert subjects(ada) == at_once
    clock.set(2031, 3, 6, 7, 0)
    assert subjects(ada) == [*at_once, "[Mittköping] Det här har hänt"]
    body = mails(ada)[-1].body
    assert [number for number in range(1, 8) if f"”Sida {number}”" in body] == [5, 6, 7]
    assert "* Bo Ek har ändrat ”Sida 5”.\n  https://wiki.example/sidor/sida-5/jamfor/1/2/\n" in body
    clock.set(2031, 3, 7, 7, 0)
    assert len(subjects(ada)) == 5


def test_a_new_day_has_four_mails_of_its_own_and_begins_at_midnight_in_stockholm(
    pages: list[Page], ada: User, bo: User, clock: Clock
) -> None:
    clock.set(2031, 3, 5, 23, 58)
    for page in pages[:4]:
        change(page, by=bo)
    assert len(subjects(ada)) == 4
    clock.set(2031, 3, 5, 23, 59)
    change(pages[4], by=bo)
    assert len(subjects(ada)) == 4
    clock.set(2031, 3, 6, 0, 1)
    change(pages[5], by=bo)
    assert subjects(ada)[4:] == ["[Mittköping] ”Sida 6” har ändrats"]


def test_mails_that_the_server_has_held_up_are_no_more_than_four_in_a_day(
    pages: list[Page], ada: User, bo: User, clock: Clock, settings: Any
) -> None:
    settings.EMAIL_BACKEND = BROKEN
    for page in pages[:3]:
        change(page, by=bo)
    for _attempt in range(3):
        send_batch()
        clock.forward(minutes=2)
    clock.forward(days=1)
    settings.EMAIL_BACKEND = LOCMEM
    for page in pages[3:]:
        change(page, by=bo)
    assert len(subjects(ada)) == 4
    clock.set(2031, 3, 7, 7, 0)
    assert subjects(ada)[4:] == ["[Mittköping] Det här har hänt"]


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ((2031, 3, 5, 6, 59), (2031, 3, 5, 7)),
        ((2031, 3, 5, 7, 0), (2031, 3, 6, 7)),
        ((2031, 3, 29, 12, 0), (2031, 3, 30, 7)),  # one hour is left out in the night
        ((2031, 10, 25, 12, 0), (2031, 10, 26, 7)),  # one comes twice
    ],
)
def test_the_digest_comes_at_seven_by_the_clock_on_the_wall(
    clock: Clock, now: tuple[int, ...], then: tuple[int, ...]
) -> None:
    clock.set(*now)
    local = timezone.localtime(next_digest(clock.now.astimezone(UTC)))
    assert (local.year, local.month, local.day, local.hour, local.minute) == (*then, 0)


def test_who_wants_one_mail_a_day_gets_one(pages: list[Page], ada: User, bo: User, clock: Clock) -> None:
    watching.set_mail(by=ada, mail=When.DAILY)
    for page in pages:
        change(page, by=bo)
    assert subjects(ada) == []
    clock.set(2031, 3, 6, 7, 0)
    assert subjects(ada) == ["[Mittköping] Det här har hänt"]
    assert mails(ada)[0].body.count("* Bo Ek har ändrat") == 7
    # What the digest has told of is not told again before it is visited.
    change(pages[0], by=bo)
    clock.set(2031, 3, 7, 7, 0)
    assert len(subjects(ada)) == 1


def test_the_digest_leaves_out_what_has_been_seen(
    pages: list[Page], ada: User, bo: User, clock: Clock
) -> None:
    watching.set_mail(by=ada, mail=When.DAILY)
    change(pages[0], by=bo)
    change(pages[1], by=bo)
    visit(pages[0], ada)
    clock.set(2031, 3, 6, 7, 0)
    assert len(subjects(ada)) == 1
    assert "”Sida 1”" not in mails(ada)[0].body
    assert "”Sida 2”" in mails(ada)[0].body


def test_a_digest_with_nothing_left_to_tell_is_not_sent(
    pages: list[Page], ada: User, bo: User, clock: Clock
) -> None:
    watching.set_mail(by=ada, mail=When.DAILY)
    change(pages[0], by=bo)
    seeing.see_all(by=ada)
    clock.set(2031, 3, 6, 7, 0)
    assert subjects(ada) == []


def test_a_long_digest_is_cut(pages: list[Page], ada: User, bo: User, clock: Clock) -> None:
    watching.set_mail(by=ada, mail=When.DAILY)
    edit = change(pages[0], by=bo)
    about = f"page-{pages[0].pk}"
    row = {"user": ada, "kind": "edit", "about": about, "page": pages[0], "edit": edit, "actor": bo}
    Notification.objects.bulk_create([Notification(**row, is_for_digest=True) for _number in range(104)])
    clock.set(2031, 3, 6, 7, 0)
    assert len(subjects(ada)) == 1
    assert mails(ada)[0].body.count("\n* ") == 100
    assert "Och 5 saker till." in mails(ada)[0].body


@pytest.mark.parametrize("when", [When.NOW, When.DAILY])
def test_who_wants_no_mail_gets_none_and_sees_it_on_screen(
    pages: list[Page], ada: User, bo: User, clock: Clock, when: NotificationSettings.Mail
) -> None:
    watching.set_mail(by=ada, mail=when)
    change(pages[0], by=bo)
    watching.set_mail(by=ada, mail=When.NONE)
    change(pages[1], by=bo)
    clock.forward(days=1)
    assert subjects(ada) == []
    assert Notification.objects.filter(user=ada).unseen().count() == 2


def test_a_kind_may_be_muted(page: Page, ada: User, bo: User) -> None:
    watching.watch(page, by=ada)
    watching.set_mail(by=ada, mail=When.NOW, muted=[Notification.Kind.EDIT])
    change(page, by=bo)
    assert subjects(ada) == []
    say(page, by=bo, title="Frågan")
    assert subjects(ada) == ["[Mittköping] Nytt inlägg om ”Skolan”"]


def test_a_mail_server_that_is_down_stops_nobody_from_writing(
    page: Page, ada: User, bo: User, rut: User, settings: Any, clock: Clock
) -> None:
    settings.EMAIL_BACKEND = BROKEN
    watching.watch(page, by=ada)
    proposal = propose(page, by=ada, body="Första stycket.\n\nAndra stycket.\n\nTredje.\n")
    accept(proposal, by=rut)
    change(page, by=bo)
    send_batch()
    assert page.edits.count() == 3
    assert Notification.objects.filter(user=ada).count() == 2
    settings.EMAIL_BACKEND = LOCMEM
    clock.forward(hours=1)
    assert sorted(subjects(ada)) == [
        "[Mittköping] Ditt förslag till ”Skolan” är publicerat",
        "[Mittköping] ”Skolan” har ändrats",
    ]


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_no_fifth_mail(make_page: MakePage, ada: User, bo: User) -> None:
    pages = [make_page(f"Sida {number}") for number in range(1, 7)]
    for page in pages:
        watching.watch(page, by=ada)
        change(page, by=bo)
    rows = list(Mail.objects.filter(composer="notice").values_list("pk", flat=True))

    def run(primary_key: int) -> None:
        try:
            attempt(primary_key)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(run, rows))
    assert len([message for message in mail.outbox if message.to == [ada.email]]) == 4
    assert Mail.objects.filter(composer="digest", about__user=ada.pk, state="waiting").count() == 1
