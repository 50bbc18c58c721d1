"""The demo of the project itself: its pages, and people who propose, review, talk and watch."""

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

import factors.loading
import mittkoping.municipalities.loading
from mittkoping.accounts.models import Membership, User
from mittkoping.log.models import LogEntry
from mittkoping.outbox.models import Mail, Wake
from tests.clock import Clock
from wiki import operations, rules, statistics
from wiki.changes import changes
from wiki.demo_loading import loading
from wiki.models import (
    Comment,
    Edit,
    FactorTag,
    Notification,
    NotificationSettings,
    Page,
    Proposal,
    ReviewItem,
    ReviewReason,
    Topic,
    Watch,
)
from wiki.operations.reviewing import contents_of
from wiki.queue import waiting_count

FIRST, LAST = "2026-01-08", "2026-11-21"
MD5 = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Capital letters in the demo that are also the names of real places: of people, and of the wiki's own words.
INNOCENT = {"Berg"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole")]


@pytest.fixture(scope="module")
def loaded_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Reference data and demo, for all tests of this file: loading takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEMO=True, SECOND_FACTOR_REQUIRED=False, PASSWORD_HASHERS=MD5):
            mittkoping.municipalities.loading.load()
            factors.loading.load()
            loading.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def whole(loaded_once: None, settings: Any) -> None:
    """The whole demo, in demo mode."""
    settings.DEMO = True
    settings.SECOND_FACTOR_REQUIRED = False


def person(name: str) -> User:
    """By first name."""
    return User.objects.get(name__startswith=f"{name} ")


def state(proposal: Proposal) -> tuple[str, str, str, int]:
    """What became of a proposal, its author, title and base."""
    return proposal.status, proposal.author.name, proposal.title, proposal.base


def conflicts(proposal: Proposal) -> list[bool]:
    """Of each of its changes, whether it conflicts."""
    return [change.is_conflict for change in changes(*contents_of(proposal))]


def test_the_pages_are_whole() -> None:
    assert Page.objects.count() == 35
    assert Edit.objects.count() == 169
    assert FactorTag.objects.values("factor").distinct().count() == 27
    assert not Page.objects.filter(is_rendered=False).exists()
    assert not Page.objects.exclude(stale=0).exists()


def test_loading_again_adds_nothing() -> None:
    def rows() -> list[int]:
        models = (User, Membership, Page, Edit, Proposal, ReviewItem, Topic, Comment, Watch, LogEntry)
        return [model._default_manager.count() for model in (*models, Notification, ReviewReason)]

    before = rows()
    assert all(before)

    assert loading.load() == loading.Loaded(accounts=0, pages=0, versions=0)
    assert rows() == before


def test_everything_happens_in_working_hours_one_thing_after_the_other() -> None:
    saved = list(Edit.objects.order_by("pk").values_list("page", "number", "created_at"))
    times = [time for _page, _number, time in saved]
    assert times == sorted(set(times))
    assert {timezone.localtime(time).month for time in times} >= {1, 2, 3, 4, 5, 6, 8, 9, 10, 11}
    for page in {page for page, _number, _time in saved}:
        numbers = [number for other, number, _time in saved if other == page]
        assert numbers == list(range(1, len(numbers) + 1))
    logged = list(LogEntry.objects.order_by("pk").values_list("at", flat=True))
    assert logged == sorted(logged)
    for moment in (*times, *logged, *all_stamps()):
        local = timezone.localtime(moment)
        assert FIRST < local.isoformat() < LAST
        assert 8 <= local.hour <= 16
        assert local.weekday() < 5


def all_stamps() -> set[datetime]:
    """Every time that stands in a row of what people do."""
    fields = (
        (User, "joined_at", "terms_accepted_at"),
        (Membership, "started_at", "asked_at", "answered_at", "ended_at"),
        (Page, "updated_at"),
        (Edit, "reviewed_at"),
        (Proposal, "created_at", "waits_from", "decided_at"),
        (ReviewItem, "since"),
        (ReviewReason, "added_at"),
        (Topic, "created_at", "latest_at", "resolved_at"),
        (Comment, "created_at"),
        (Watch, "started_at"),
        (Notification, "created_at", "seen_at"),
    )
    found: set[datetime] = set()
    for model, *names in fields:
        for name in names:
            rows = model._default_manager.exclude(**{name: None})
            found.update(rows.values_list(name, flat=True))
    return found


def test_every_proposal_is_where_it_should_be() -> None:
    proposals = list(Proposal.objects.order_by("pk").select_related("author", "page"))
    assert [state(proposal) for proposal in proposals] == [
        ("accepted", "Ada Lind", "Piloten som aldrig blev vardag", 4),
        ("accepted", "Ada Lind", "Hemläxa: fråga tre personer", 4),
        ("accepted", "Ada Lind", "Håll ett möte där folk tänker", 3),
        ("rejected", "Ada Lind", "Frågor att ställa innan en pilot börjar", 0),
        ("changes_asked", "Ada Lind", "Nyckelfria lås i hemtjänsten", 6),
        ("pending", "Eva Berg", "Spelregler för digitalt arbete", 4),
        ("pending", "Ada Lind", "Fråga nattpersonalen först", 2),
        ("pending", "Ada Lind", "Fråga nattpersonalen först", 2),
        ("pending", "Ada Lind", "Digital signering av läkemedel", 6),
        ("pending", "Ada Lind", "Introduktion för vikarier", 0),
    ]
    whole, adjusted, part = (proposal for proposal in proposals if proposal.status == "accepted")
    assert (whole.chosen, whole.change_count, part.chosen, part.change_count) == (1, 1, 1, 2)
    assert [edit and edit.is_adjusted for edit in (whole.edit, adjusted.edit, part.edit)] == [
        False,
        True,
        False,
    ]
    assert all(proposal.comment for proposal in proposals if not proposal.is_pending)
    assert sum(any(conflicts(proposal)) for proposal in proposals if proposal.is_pending) == 1
    assert conflicts(proposals[8]) == [True]
    assert conflicts(proposals[5]) == [False, False, False]


def test_two_proposals_for_one_page_are_both_accepted() -> None:
    page = Page.objects.get(slug="fraga-nattpersonalen-forst")
    first, second = page.proposals.order_by("pk")

    for proposal in (first, second):
        operations.accept(proposal, revision=proposal.revision, by=person("Rut"))

    page.refresh_from_db()
    assert "Lappen är borta nu." in page.body
    assert "5. Hunden, då? Och katten, som sätter sig framför linsen?" in page.body
    assert page.factor_tags.filter(factor__slug="tid-for-utveckling").count() == 1


def test_the_queue_has_a_screenful() -> None:
    assert waiting_count() == 14
    edits = ReviewItem.objects.filter(kind=ReviewItem.Kind.EDITS).oldest_first()
    rows = [(row.title, row.edit_count, row.page and row.page.edits.count()) for row in edits]
    assert rows == [
        ("Juristen vid bordet från början", 3, 3),  # never reviewed
        ("Den digitala tvillingen av ett papper", 3, 3),
        ("Lärplattformen som skulle passa alla", 2, 7),
        ("Programmering i årskurs 4–6", 1, 7),
        ("Digital signering av läkemedel", 2, 7),
        ("Trygghetskamera på natten", 1, 8),
    ]
    waiting = Membership.objects.waiting()
    assert [str(membership) for membership in waiting] == ["Tor Vik, Granneby"]


def test_what_waits_may_be_decided_by_rut_and_read_by_all() -> None:
    rut, eva = person("Rut"), person("Eva")
    pending = Proposal.objects.filter(status=Proposal.Status.PENDING)
    assert all(rules.may_review(rut, proposal) for proposal in pending)
    assert rules.may_propose(eva, Page.objects.get(slug="spelregler-for-digitalt-arbete"))
    assert not rules.may_publish(person("Tor"), None)
    everybody = Proposal.objects.visible_to(AnonymousUser())
    assert everybody.exclude(author=person("Eva")).count() == 9
    assert everybody.count() == Proposal.objects.count() == 10


def test_people_talk() -> None:
    topics = Topic.objects.order_by("pk")
    assert [(topic.page.slug, topic.comment_count, topic.is_resolved) for topic in topics] == [
        ("hall-ett-mote-dar-folk-tanker", 3, False),
        ("trygghetskamera-pa-natten", 3, False),
        ("digital-signering-av-lakemedel", 2, True),
        ("spelregler-for-digitalt-arbete", 2, False),
    ]
    first = Comment.objects.filter(topic=topics[0]).earliest("pk")
    assert "<blockquote>" in first.html
    assert [mentioned.name for mentioned in first.mentions.all()] == ["Bo Ek"]


def test_old_news_has_been_seen_and_nothing_is_mailed() -> None:
    unseen = Notification.objects.unseen().order_by("pk")
    assert [(one.user.name, one.kind, one.outcome) for one in unseen] == [
        ("Eva Berg", "mention", ""),
        ("Eva Berg", "reply", ""),
        ("Rut Alm", "reply", ""),
        ("Ada Lind", "decision", "changes_asked"),
        ("Ada Lind", "reply", ""),
    ]
    assert Notification.objects.exclude(seen_at=None).exists()
    assert not Mail.objects.exists()
    assert not Wake.objects.exists()
    assert not NotificationSettings.objects.exists()
    assert not Notification.objects.filter(is_for_digest=True).exists()


def test_the_statistics_have_weeks_of_different_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    Clock(monkeypatch).set(2026, 11, 22, 12)
    weeks = statistics.weeks()
    waits = {week.median.days for week in weeks if week.median is not None}
    assert len([week for week in weeks if week.decision_count]) >= 15
    assert waits >= {1, 2, 3, 6}
    assert sum(week.accepted for week in weeks) == 3
    assert sum(week.rejected for week in weeks) == sum(week.changes_asked for week in weeks) == 1
    assert statistics.typical_wait() is not None


def test_the_demo_is_about_no_real_municipality() -> None:
    texts = "\n".join(path.read_text() for path in Path(loading.DEMO).glob("*.yaml"))
    with mittkoping.municipalities.loading.DEFAULT.open(encoding="utf-8") as file:
        real = {row["name"] for row in csv.DictReader(file)} - INNOCENT
    assert "Upplands Väsby" in real
    assert "Mittköping" in texts
    assert [name for name in sorted(real) if re.search(rf"\b{re.escape(name)}s?\b", texts)] == []
