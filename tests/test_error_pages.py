"""What stands on the pages that say no: true, helpful, and nothing lost."""

import re
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from mittkoping import __version__
from mittkoping.accounts.models import User
from mittkoping.site import server_error
from tests.conftest import form_of, signed_in
from wiki import operations
from wiki.models import Page

EDIT = "/sidor/skolan/redigera/"
BANNER = "Det här är en demonstration med påhittade kommuner."


def strict(user: User | None = None) -> Client:
    """A browser whose forms need a token."""
    client = Client(enforce_csrf_checks=True)
    if user:
        client.force_login(user, backend="mittkoping.accounts.backends.EmailBackend")
    return client


def fields(html: str) -> dict[str, str]:
    """What can be seen and copied of what was sent: the values of one-line fields, by name."""
    shown = re.findall(r'<input [^>]*type="text"[^>]*?name="([^"]+)" value="([^"]*)"', html)
    return dict(shown)


def test_a_fault_names_the_release_without_a_request() -> None:
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert f'<meta name="mittkoping" content="{__version__}">' in answer.content.decode()
    assert BANNER not in answer.content.decode()


@override_settings(DEMO=True)
def test_a_fault_in_the_demo_says_that_it_is_the_demo() -> None:
    assert BANNER in server_error(RequestFactory().get("/")).content.decode()


def test_a_form_from_another_site_is_answered_alike_to_all(page: Page, eva: User) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    signed, nobody = (
        client.post(EDIT, form_of(page, body="Min text."), headers=elsewhere)
        for client in (strict(eva), strict())
    )
    assert signed.status_code == nobody.status_code == 403
    assert signed.text == nobody.text
    assert "Min text." in signed.text
    assert f'<meta name="mittkoping" content="{__version__}">' in signed.text
    assert "Logga in" not in signed.text
    assert "csrfmiddlewaretoken" not in signed.text
    assert "csrftoken" not in nobody.cookies


def test_every_word_that_was_typed_can_be_copied(page: Page, eva: User) -> None:
    typed = {"municipalities": "Malmö, Lund", "reason": "Dubblett", "tags-0-note": "För att.", "title": "T"}
    place = {"tags-0-municipality": "Malmö", "tags-1-municipality": "", "base": "1", "tags-0-factor": "tid"}
    answer = strict(eva).post(EDIT, typed | place, headers={"Sec-Fetch-Site": "cross-site"})
    del typed["reason"]
    assert fields(answer.text) == typed | {"tags-0-municipality": "Malmö"}
    assert ">\nDubblett</textarea>" in answer.text
    for label in ("Kommuner", "Skäl", "Kommun i märkningen"):
        assert f">{label}</label>" in answer.text


def test_an_archived_page_says_whom_to_ask(page: Page, rut: User, client: Client) -> None:
    operations.archive(page, reason="Dubblett", by=rut)
    answer = client.get("/sidor/skolan/")
    assert answer.status_code == 404
    assert "<title>Sidan visas inte längre – Mittköping</title>" in answer.text
    assert "<h1>Sidan visas inte längre</h1>" in answer.text
    assert "Sidan är arkiverad. Fråga en moderator om du behöver den." in answer.text
    assert "skapa sidan" not in answer.text.lower()


def test_a_page_that_nobody_wrote_can_be_written(page: Page, client: Client) -> None:
    answer = client.get("/sidor/en-ny-sida/")
    assert answer.status_code == 404
    assert "<h1>”En ny sida” finns inte</h1>" in answer.text
    assert "Logga in och skapa sidan" in answer.text


@pytest.mark.django_db
def test_who_signs_in_comes_back_to_the_same_list(client: Client) -> None:
    assert 'href="/konto/login/?next=/sidor/%3Ftyp%3Dguide%26riktning%3Dhammar"' in (
        client.get("/sidor/?typ=guide&riktning=hammar").text
    )


@override_settings(DEMO=True)
@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
def test_the_demo_is_read_from_this_machine(address: str) -> None:
    assert Client(REMOTE_ADDR=address).get("/-/live").status_code == 200


@override_settings(DEMO=True)
@pytest.mark.django_db
@pytest.mark.parametrize(
    "sent",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": "::ffff:192.0.2.7"},
        {"REMOTE_ADDR": ""},  # a unix socket
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
def test_the_demo_is_refused_to_others(sent: dict[str, Any]) -> None:
    answer = Client(**sent).get("/-/live")
    assert answer.status_code == 403
    assert "Demoläget kan bara nås direkt från samma dator, inte genom en proxy." in answer.text
    with override_settings(DEMO=False):
        assert Client(**sent).get("/-/live").status_code == 200


def test_an_archived_page_tells_its_reason_in_a_sentence(page: Page, rut: User) -> None:
    operations.archive(page, reason="Dubblett", by=rut)
    answer = signed_in(rut).get("/sidor/skolan/arkivera/")
    assert "Sidan arkiverades med skälet ”Dubblett”." in answer.text


def test_too_many_attempts_to_sign_in_get_a_sentence(db: None, client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    form = {"login": "eva@mittkoping.example", "password": "fel"}
    client.post("/konto/login/", form)
    answer = client.post("/konto/login/", form)
    assert answer.status_code == 429
    assert "Vänta några minuter och försök igen." in answer.text
