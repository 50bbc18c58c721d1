"""Rights are looked at when a mail is sent, and what is hidden is in none."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mittkoping.accounts.models import User
from mittkoping.outbox.models import Mail
from mittkoping.outbox.tasks import send_batch
from tests.clock import Clock
from tests.outbox.servers import BROKEN, LOCMEM
from tests.wiki.letters import mails, subjects, words
from tests.wiki.telling import accept, answer, change, propose, reject, say
from wiki import operations
from wiki.models import Edit, NotificationSettings, Page
from wiki.operations import watching

When = NotificationSettings.Mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Clock:
    """A clock that stands still, and an address of the site."""
    settings.SITE_URL = "https://wiki.example"
    return Clock(monkeypatch)


def forget(user: User, page: Page, rut: User) -> None:
    """Stop watching."""
    watching.unwatch(page, by=user)


def block(user: User, page: Page, rut: User) -> None:
    """Be blocked."""
    User.objects.filter(pk=user.pk).update(blocked_until=timezone.now() + timedelta(days=30))


def leave(user: User, page: Page, rut: User) -> None:
    """Have no account any more."""
    User.objects.filter(pk=user.pk).update(is_active=False)


def archive(user: User, page: Page, rut: User) -> None:
    """Put the page away."""
    operations.archive(page, reason="Dubblett", by=rut)


def hide(user: User, page: Page, rut: User) -> None:
    """Hide the version."""
    Edit.objects.filter(page=page, number=2).update(hidden_at=timezone.now())


@pytest.mark.parametrize("happens", [forget, block, leave, archive, hide])
@pytest.mark.parametrize("when", [When.NOW, When.DAILY])
def test_rights_are_looked_at_when_the_mail_goes(
    page: Page,
    ada: User,
    bo: User,
    rut: User,
    clock: Clock,
    settings: Any,
    happens: Callable[[User, Page, User], None],
    when: NotificationSettings.Mail,
) -> None:
    watching.watch(page, by=ada)
    watching.set_mail(by=ada, mail=when)
    change(page, by=bo, summary="KANARIE")
    settings.EMAIL_BACKEND = BROKEN
    clock.forward(days=1)
    send_batch()
    happens(ada, page, rut)
    settings.EMAIL_BACKEND = LOCMEM
    clock.forward(hours=1)
    assert subjects(ada) == []
    assert not Mail.objects.filter(state="waiting", about__user=ada.pk).exists()


def test_the_same_goes_out_when_nothing_happens(
    page: Page, ada: User, bo: User, clock: Clock, settings: Any
) -> None:
    watching.watch(page, by=ada)
    change(page, by=bo, summary="KANARIE")
    settings.EMAIL_BACKEND = BROKEN
    send_batch()
    settings.EMAIL_BACKEND = LOCMEM
    clock.forward(hours=1)
    assert len(subjects(ada)) == 1
    assert "KANARIE" in mails(ada)[0].body


def test_the_words_of_a_mail_that_is_written_later_lie_nowhere(page: Page, ada: User, bo: User) -> None:
    watching.watch(page, by=ada)
    change(page, by=bo, summary="KANARIE")
    rows = list(Mail.objects.filter(composer="notice"))
    assert rows
    for row in rows:
        assert (row.to, row.subject, row.body, row.html, row.headers) == ("", "", "", "", {})
        assert set(row.about) == {"notification"}


def test_a_mail_of_a_published_proposal_holds_no_hidden_words(page: Page, ada: User, rut: User) -> None:
    edit = accept(propose(page, by=ada, body="KANARIE"), by=rut)
    Edit.objects.filter(pk=edit.pk).update(hidden_at=timezone.now())
    assert len(subjects(ada)) == 1
    assert "KANARIE" not in words()
    assert "Det här är skillnaden" not in mails(ada)[0].body


def test_a_mail_of_what_came_after_a_hidden_version_does_not_quote_it(
    page: Page, ada: User, eva: User, rut: User
) -> None:
    hidden = change(page, by=eva, body="KANARIE")
    page.refresh_from_db()
    accept(propose(page, by=ada, body="Nytt."), by=rut)
    Edit.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    assert len(subjects(ada)) == 1
    assert "KANARIE" not in words()


def test_a_hidden_proposal_is_not_mailed(page: Page, ada: User, rut: User) -> None:
    proposal = propose(page, by=ada, body="KANARIE")
    reject(proposal, by=rut, reason="Nej")
    operations.hide_proposal(proposal, reason="Personuppgifter", by=rut)
    assert subjects(ada) == []


def test_a_hidden_comment_is_not_mailed(page: Page, ada: User, bo: User, rut: User) -> None:
    first = say(page, by=ada)
    second = answer(first, by=bo, body="KANARIE")
    operations.hide_comment(second, reason="Elakt", by=rut)
    assert subjects(ada) == []


def test_who_moderates_no_more_is_not_told_what_waits(page: Page, ada: User, rut: User, clock: Clock) -> None:
    propose(page, by=ada, body="Nytt.")
    User.objects.filter(pk=rut.pk).update(is_moderator=False)
    clock.set(2031, 3, 6, 7, 0)
    assert subjects(rut) == []
