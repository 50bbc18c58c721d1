"""Waiting times and decisions, in the open: counts per week, nobody's name."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from wiki import operations, statistics
from wiki.content import Content
from wiki.durations import in_words
from wiki.models import Edit, Page, Proposal
from wiki.statistics import Week, nearest_rank

ADDRESS = "/granskning/statistik/"
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday, in week 47
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def decide(author: User, waited: timedelta, *, ago: timedelta = timedelta(), **fields: Any) -> Proposal:
    """A proposal that was decided on so long ago, after so long a wait."""
    decided = NOW - ago
    values = {"status": Proposal.Status.REJECTED, "title": "Hemlig titel", "body": "Text."} | fields
    return Proposal.objects.create(
        author=author, decided_at=decided, waits_from=decided - waited, created_at=decided - waited, **values
    )


def log(act: LogEntry.Act, ago: timedelta, **facts: Any) -> None:
    """An act of so long ago."""
    LogEntry.objects.create(act=act, at=NOW - ago, facts=facts)


def week_of(number: int, year: int = 2026) -> Week:
    """One of the weeks that are shown."""
    return next(week for week in statistics.weeks() if (week.year, week.number) == (year, number))


def test_the_nearest_rank_is_somebody_s_real_wait() -> None:
    waits = [HOUR * number for number in (5, 1, 4, 2, 3, 10, 9, 8, 7, 6)]
    assert nearest_rank(waits, 50) == 5 * HOUR
    assert nearest_rank(waits, 90) == 9 * HOUR
    assert nearest_rank([HOUR], 50) == nearest_rank([HOUR], 90) == HOUR
    assert nearest_rank([HOUR, 3 * HOUR], 50) == HOUR
    assert nearest_rank([HOUR, 3 * HOUR], 90) == 3 * HOUR
    assert nearest_rank([], 50) is None


@given(st.lists(st.timedeltas(timedelta(), timedelta(days=400)), min_size=1), st.integers(1, 100))
def test_at_least_so_many_per_cent_waited_no_longer(waits: list[timedelta], percent: int) -> None:
    found = nearest_rank(waits, percent)
    assert found in waits
    shorter = [wait for wait in waits if wait <= found]
    assert len(shorter) * 100 >= percent * len(waits)
    assert sum(wait < found for wait in waits) * 100 < percent * len(waits)


def test_waits_stand_in_the_week_in_which_they_ended(ada: User) -> None:
    for hours in (1, 2, 30):
        decide(ada, hours * HOUR)
    decide(ada, 5 * DAY, ago=7 * DAY)
    this_week, last_week = week_of(47), week_of(46)
    assert (len(this_week.waits), this_week.median, this_week.ninetieth) == (3, 2 * HOUR, 30 * HOUR)
    assert (len(last_week.waits), last_week.median, last_week.ninetieth) == (1, 5 * DAY, 5 * DAY)


def test_twenty_six_weeks_are_shown_newest_first(db: None) -> None:
    weeks = statistics.weeks()
    assert [(week.year, week.number) for week in weeks] == [(2026, 47 - back) for back in range(26)]


def test_a_year_may_have_53_weeks(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2027, 1, 13, tzinfo=UTC))
    weeks = [(week.year, week.number) for week in statistics.weeks()[:4]]
    assert weeks == [(2027, 2), (2027, 1), (2026, 53), (2026, 52)]


def test_a_week_ends_at_midnight_in_sweden(ada: User) -> None:
    monday = datetime(2026, 11, 15, 23, 0, tzinfo=UTC)  # midnight in Stockholm
    decide(ada, HOUR, ago=NOW - monday)
    decide(ada, 2 * HOUR, ago=NOW - monday + timedelta(microseconds=1))
    assert (week_of(47).waits, week_of(46).waits) == ([HOUR], [2 * HOUR])


def test_weeks_before_the_change_of_the_clock_begin_at_midnight_too(ada: User) -> None:
    monday = datetime(2026, 10, 18, 22, 0, tzinfo=UTC)  # midnight in Stockholm, in summer time
    decide(ada, HOUR, ago=NOW - monday)
    decide(ada, 2 * HOUR, ago=NOW - monday + timedelta(microseconds=1))
    assert (week_of(43).waits, week_of(42).waits) == ([HOUR], [2 * HOUR])


def test_what_was_older_or_taken_back_or_waits_is_no_wait(ada: User) -> None:
    decide(ada, HOUR, ago=26 * 7 * DAY)
    decide(ada, HOUR, status=Proposal.Status.WITHDRAWN)
    decide(ada, HOUR, status=Proposal.Status.PENDING)
    assert [week for week in statistics.weeks() if week.waits] == []


def test_a_wait_for_a_review_of_edits_counts_each_edit(page: Page, eva: User, rut: User) -> None:
    operations.edit(page, Content(title="Skolan", body="Två."), base=1, by=eva)
    for number, days in ((1, 4), (2, 1)):
        Edit.objects.filter(page=page, number=number).update(created_at=NOW - days * DAY)
    operations.mark_reviewed(page, up_to=2, by=rut)
    week = week_of(47)
    assert sorted(week.waits) == [DAY, 4 * DAY]
    assert (week.edits_reviewed, week.decision_count) == (2, 2)


def test_what_a_moderator_writes_or_accepts_is_no_wait_of_an_edit(page: Page, ada: User, rut: User) -> None:
    operations.edit(page, Content(title="Skolan", body="Ruts."), base=1, by=rut)
    proposal = operations.propose(None, Content(title="Adas sida"), base=0, by=ada)
    Proposal.objects.filter(pk=proposal.pk).update(waits_from=NOW - 3 * DAY)
    operations.accept(proposal, revision=1, by=rut)
    week = week_of(47)
    assert (week.waits, week.accepted, week.edits_reviewed) == ([3 * DAY], 1, 0)


def test_decisions_are_counted_by_kind(ada: User, page: Page) -> None:
    edit = page.edits.get()
    Edit.objects.filter(pk=edit.pk).update(is_adjusted=True)
    accepted = Proposal.Status.ACCEPTED
    decide(ada, HOUR, status=accepted, edit=edit, chosen=2, change_count=3)
    decide(ada, HOUR, status=accepted, chosen=3, change_count=3)
    act = LogEntry.Act
    for kind in (act.REJECT, act.REJECT, act.ASK_CHANGES, act.RESTORE_REVIEWED, act.WITHDRAW, act.TAKE_OVER):
        log(kind, timedelta())
    log(act.REVIEW, timedelta(), count=4)
    week = week_of(47)
    assert (week.accepted, week.adjusted, week.in_part) == (2, 1, 1)
    assert (week.rejected, week.changes_asked, week.edits_reviewed, week.restored) == (2, 1, 4, 1)
    assert week.decision_count == 10


def test_asking_for_changes_counts_each_time(ada: User, rut: User) -> None:
    proposal = operations.propose(None, Content(title="Adas sida"), base=0, by=ada)
    for revision in (1, 2):
        operations.ask_for_changes(proposal, revision=revision, reason="Mer.", by=rut)
        text = Content(title="Adas sida", body=f"Version {revision}.")
        proposal = operations.revise(proposal, text, revision=revision, base=0, by=ada)
    operations.accept(proposal, revision=3, by=rut)
    week = week_of(47)
    assert (week.changes_asked, week.accepted, week.rejected) == (2, 1, 0)


def test_what_waits_now(ada: User, page: Page, rut: User, client: Client) -> None:
    proposal = operations.propose(None, Content(title="Adas sida"), base=0, by=ada)
    proposal.review_item.since = NOW - 3 * DAY
    proposal.review_item.save()
    now = statistics.waiting_now()
    assert (now.proposals, now.edits, now.oldest) == (1, 1, NOW - 3 * DAY)
    assert "3 dagar" in client.get(ADDRESS).text
    operations.archive(page, reason="Dubblett", by=rut)
    operations.reject(proposal, revision=1, reason="Nej.", by=rut)
    now = statistics.waiting_now()
    assert (now.proposals, now.edits, now.oldest) == (0, 0, None)
    assert "inget väntar" in client.get(ADDRESS).text


def test_a_typical_wait_needs_three(ada: User) -> None:
    for days in (1, 9):
        decide(ada, days * DAY, ago=DAY)
    decide(ada, DAY, ago=57 * DAY)
    assert statistics.typical_wait() is None
    decide(ada, 2 * DAY, ago=55 * DAY)
    assert statistics.typical_wait() == 2 * DAY


def cells(html: str) -> dict[str, list[list[str]]]:
    """The cells of each week's rows."""
    rows: dict[str, list[list[str]]] = {}
    for row in re.findall(r"(?s)<tr>(.*?)</tr>", html):
        texts = [
            " ".join(re.sub(r"<[^>]+>", "", cell).split())
            for cell in re.findall(r"(?s)<t[hd].*?</t[hd]>", row)
        ]
        rows.setdefault(texts[0], []).append(texts[1:])
    return rows


def test_the_screen_says_none_rather_than_zero(ada: User, client: Client) -> None:
    for hours in (1, 50):
        decide(ada, hours * HOUR)
    log(LogEntry.Act.REJECT, timedelta())
    rows = cells(client.get(ADDRESS).text)
    assert rows["vecka 47, 2026"] == [["2", "1 timme", "2 dagar", ""], ["0", "0", "0", "0", "1", "0", "0"]]
    assert rows["vecka 46, 2026"] == [["inga", "–", "–", ""], ["inga"]]


def test_bars_are_in_proportion_to_the_longest(ada: User, client: Client) -> None:
    decide(ada, 4 * DAY)
    decide(ada, DAY, ago=7 * DAY)
    decide(ada, 2 * DAY, ago=7 * DAY)
    widths = [(bar.median, bar.ninetieth) for bar in statistics.bars(statistics.weeks())[:3]]
    assert widths == [(100, 100), (25, 50), (0, 0)]
    assert '<rect class="queue-bar__ninetieth" width="50" height="10"/>' in client.get(ADDRESS).text


def test_everybody_reads_it_and_nobody_is_named(ada: User, page: Page, rut: User, client: Client) -> None:
    decide(ada, HOUR)
    operations.mark_reviewed(page, up_to=1, by=rut, comment="Hemlig kommentar")
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.text
    for word in ("Ada", "Eva", "Rut", "Skolan", "Hemlig", "Granneby"):
        assert word not in answer.text


def test_it_costs_as_much_with_thousands_of_decisions(
    ada: User, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(7):
        client.get(ADDRESS)
    Proposal.objects.bulk_create(
        Proposal(
            author=ada, title="T", status=Proposal.Status.REJECTED, decided_at=NOW, waits_from=NOW - at * HOUR
        )
        for at in range(3000)
    )
    with django_assert_num_queries(7):
        answer = client.get(ADDRESS)
    assert cells(answer.text)["vecka 47, 2026"][0][:3] == ["3 000", "62 dagar", "112 dagar"]


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=-5), "mindre än en minut"),
        (timedelta(seconds=59), "mindre än en minut"),
        (timedelta(minutes=1), "1 minut"),
        (timedelta(minutes=59, seconds=59), "59 minuter"),
        (timedelta(minutes=60), "1 timme"),
        (timedelta(hours=23, minutes=59), "23 timmar"),
        (timedelta(days=1), "24 timmar"),
        (timedelta(days=1, hours=23, minutes=59), "47 timmar"),
        (timedelta(days=2), "2 dagar"),
        (timedelta(days=3, hours=23), "3 dagar"),
        (timedelta(days=400), "400 dagar"),
    ],
)
def test_spans_in_words(span: timedelta, words: str) -> None:
    assert in_words(span) == words
