"""The link in a mail that ends mails, without signing in (RFC 8058)."""

import re
from typing import Any

import pytest
from django.core import mail, signing
from django.test import Client

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from mittkoping.outbox.tasks import send_batch
from tests.conftest import MakePage, tag
from tests.wiki.telling import change, say
from wiki import operations
from wiki.models import Notification, NotificationSettings, Page, Watch
from wiki.models.watch import Watchable
from wiki.notices.unsubscribing import SALT, token
from wiki.operations import watching

ONE_CLICK = {"List-Unsubscribe": "One-Click"}

pytestmark = pytest.mark.django_db


def path_in_mail(to: User) -> str:
    """Send what is due; where the header of the last mail to somebody leads."""
    while send_batch():
        pass
    message = [message for message in mail.outbox if message.to == [to.email]][-1]
    link = re.fullmatch(
        r"<http://testserver(/konto/avsluta/\S+/)>", message.extra_headers["List-Unsubscribe"]
    )
    assert link
    return link[1]


def link(user: User, what: str) -> str:
    """The address of a link."""
    return f"/konto/avsluta/{token(user, what)}/"


@pytest.mark.parametrize("what", ["page", "factor", "municipality", "track"])
def test_one_click_ends_the_watch_that_the_mail_came_from(
    make_page: MakePage,
    catalogue: dict[str, Factor],
    mittkoping_: Municipality,
    ada: User,
    bo: User,
    what: str,
) -> None:
    page = make_page("Skolan", municipalities=("9901",), tracks=("skola",), tags=(tag(),))
    targets: dict[str, Watchable] = {
        "page": page,
        "factor": catalogue["gemensam-malbild"],
        "municipality": mittkoping_,
        "track": Page.Track.SCHOOL,
    }
    watching.watch(targets[what], by=ada)
    change(page, by=bo)
    path = path_in_mail(ada)
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(path, ONE_CLICK)
    assert answer.status_code == 200
    assert "Du får inte längre mejl om" in answer.text
    assert not answer.cookies
    assert not Watch.objects.active().filter(user=ada).exists()
    assert strict.post(path, ONE_CLICK).status_code == 200


def test_of_several_watches_the_narrowest_is_named(page: Page, ada: User, bo: User) -> None:
    Page.objects.filter(pk=page.pk).update(tracks=["skola"], track_key="skola")
    watching.watch(Page.Track.SCHOOL, by=ada)
    watching.watch(page, by=ada)
    page.refresh_from_db()
    change(page, by=bo)
    answer = Client().get(path_in_mail(ada))
    assert "om sidan ”Skolan”" in answer.text


def test_looking_at_the_link_asks_and_changes_nothing(
    page: Page, ada: User, bo: User, client: Client
) -> None:
    watching.watch(page, by=ada)
    change(page, by=bo)
    answer = client.get(path_in_mail(ada))
    assert answer.status_code == 200
    assert "Tryck på knappen, så får du inte längre mejl om sidan ”Skolan”." in answer.text
    assert '<form method="post">' in answer.text
    assert "csrfmiddlewaretoken" not in answer.text
    assert not answer.cookies
    assert '<meta name="robots" content="noindex">' in answer.text
    assert Watch.objects.active().filter(user=ada).exists()


def test_one_click_mutes_a_kind(page: Page, ada: User, eva: User, client: Client) -> None:
    say(page, by=ada, body="@Eva Berg!")
    client.post(path_in_mail(eva), ONE_CLICK)
    assert NotificationSettings.objects.get(user=eva).muted == ["mention"]
    client.post(link(eva, "reply"), ONE_CLICK)
    client.post(link(eva, "reply"), ONE_CLICK)
    assert NotificationSettings.objects.get(user=eva).muted == ["mention", "reply"]


def test_one_click_in_the_digest_ends_all_mail(page: Page, ada: User, client: Client) -> None:
    answer = client.post(link(ada, "digest"), ONE_CLICK)
    assert "Du får inte längre mejl från Mittköping." in answer.text
    kept = NotificationSettings.objects.get(user=ada)
    assert (kept.mail, kept.muted) == ("none", [])


@pytest.mark.parametrize("kind", Notification.Kind.values)
def test_every_kind_has_words(ada: User, client: Client, kind: str) -> None:
    assert "så får du inte längre mejl " in client.get(link(ada, kind)).text


def test_the_link_does_not_tell_the_title_of_an_archived_page(
    page: Page, ada: User, rut: User, client: Client
) -> None:
    watching.watch(page, by=ada)
    path = link(ada, f"page-{page.pk}")
    assert "Skolan" in client.get(path).text
    operations.archive(page, reason="Dubblett", by=rut)
    assert "Skolan" not in client.get(path).text
    assert client.post(path).status_code == 200


@pytest.mark.parametrize("cut", [0, 1, 5, -1, -5])
def test_a_link_that_was_cut_is_unknown(ada: User, client: Client, cut: int) -> None:
    signed = token(ada, "digest")[cut or None :] + "x" if cut >= 0 else token(ada, "digest")[:cut]
    for method in (client.get, client.post):
        assert method(f"/konto/avsluta/{signed}/").status_code == 404
    assert not NotificationSettings.objects.exists()


@pytest.mark.parametrize("salt", ["", "wiki.other"])
def test_something_else_that_we_signed_is_unknown(ada: User, client: Client, salt: str) -> None:
    assert client.post(f"/konto/avsluta/{signing.dumps([ada.pk, 'digest'], salt=SALT)}/").status_code == 200
    assert client.post(f"/konto/avsluta/{signing.dumps([ada.pk, 'digest'], salt=salt)}/").status_code == 404


@pytest.mark.parametrize("what", ["page-999", "track-skola", "municipality-9999", "factor-1"])
def test_a_watch_that_is_gone_is_no_mistake(ada: User, client: Client, what: str) -> None:
    answer = client.post(link(ada, what), ONE_CLICK)
    assert answer.status_code == 200
    assert "Du får inte längre mejl om det du bevakade." in answer.text


def test_the_link_of_somebody_who_has_left_is_unknown(ada: User, client: Client) -> None:
    gone = User.objects.create_user("gone@x.example", name="Borta")
    path = link(gone, "digest")
    assert client.get(path).status_code == 200
    gone.delete()
    assert client.get(path).status_code == 404


def test_it_is_nobody_elses_mail_that_ends(page: Page, ada: User, bo: User, client: Client) -> None:
    for user in (ada, bo):
        watching.watch(page, by=user)
    client.post(link(ada, f"page-{page.pk}"), ONE_CLICK)
    assert not Watch.objects.active().filter(user=ada).exists()
    assert Watch.objects.active().filter(user=bo).exists()


@pytest.fixture(autouse=True)
def own_address(settings: Any) -> None:
    """Links lead to the test's own server."""
    settings.SITE_URL = "http://testserver"
