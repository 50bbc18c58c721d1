"""Making an account, and showing that the address is one's own."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from mittkoping.accounts import adapter
from mittkoping.accounts.models import Membership, User
from mittkoping.municipalities.models import Municipality
from tests.accounts.flows import GOOD, KIM, form, is_in, link, mails, sign_in, sign_up
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_used() -> None:
    """Limits that other tests have used up are no concern of these."""
    cache.clear()


def test_signing_up_ends_with_an_account_that_waits_to_be_confirmed(mittkoping_: Municipality) -> None:
    client = Client()
    answer = sign_up(client, municipality="Mittköping")
    assert (answer.status_code, answer["Location"]) == (302, "/konto/bekrafta-epost/")
    user = User.objects.get()
    assert (user.email, user.name, user.job_title, user.municipality) == (
        KIM,
        "Kim Ny",
        "Rektor",
        mittkoping_,
    )
    assert not user.edits
    assert not Membership.objects.waiting().exists()

    [mail] = mails(KIM)
    assert mail.subject == "Bekräfta din e-postadress"
    assert mail.body.startswith("Hej!\n\nNågon, troligen du, har skapat ett konto på Mittköping")
    assert "Kim" not in mail.body
    question = client.get(link(mail))
    assert "Är det här din adress?" in question.text
    assert KIM in question.text
    assert not EmailAddress.objects.get().verified

    done = client.post(link(mail))
    assert (done.status_code, done["Location"]) == (302, "/konto/login/")
    assert EmailAddress.objects.get().verified
    assert [waiting.user for waiting in Membership.objects.waiting()] == [user]
    assert f"Adressen {KIM} är bekräftad." in client.get("/konto/login/").text

    assert sign_in(client, KIM, GOOD)["Location"] == "/"
    assert "Du är inloggad som Kim Ny." in client.get("/konto/epost/").text
    assert is_in(client)


def test_nobody_comes_in_before_the_address_is_confirmed(mittkoping_: Municipality) -> None:
    sign_up(Client())
    cache.clear()
    client = Client()
    answer = sign_in(client, KIM, GOOD)
    assert (answer.status_code, answer["Location"]) == (302, "/konto/bekrafta-epost/")
    assert not is_in(client)
    assert [mail.subject for mail in mails(KIM)] == ["Bekräfta din e-postadress"] * 2


def without_tokens(text: str) -> str:
    """A page without what differs from one time to the next."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


@pytest.mark.parametrize("path", ["/konto/registrera/", "/konto/losenord/glomt/"])
def test_a_known_address_is_answered_like_an_unknown(eva: User, path: str) -> None:
    answers = []
    for address in (eva.email, "ingen@mittkoping.example"):
        client = Client()
        sent = client.post(path, form(email=address, name="Någon Annan"))
        shown = client.get(sent["Location"]).text
        answers.append((sent.status_code, sent["Location"], without_tokens(shown).replace(address, "")))
    assert answers[0] == answers[1]
    assert answers[0][0] == 302


def test_who_has_an_account_already_is_told_by_mail_alone(eva: User) -> None:
    sign_up(Client(), email=" EVA@Mittkoping.example", name="Någon Annan")
    assert User.objects.count() == 1
    assert User.objects.get().check_password("ett-langt-losenord")
    [mail] = mails(eva.email)
    assert mail.subject == "Du har redan ett konto"
    assert link(mail) == "/konto/losenord/glomt/"


def test_a_closed_sign_up_makes_no_account(settings: Any) -> None:
    settings.SIGN_UP = False
    assert "Du kan inte skapa konto själv här" in Client().get("/konto/registrera/").text
    assert "Du kan inte skapa konto själv här" in sign_up(Client()).text
    assert not User.objects.exists()
    assert "Skapa ett konto" not in Client().get("/konto/login/").text
    settings.SIGN_UP = True
    assert "Skapa ett konto" in Client().get("/konto/login/").text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "kim"}, "Fyll i en giltig e-postadress."),
        ({"email": "kim@x.example\r\nBcc: a@b.example"}, "Fyll i en giltig e-postadress."),
        ({"name": " \u200b"}, "Skriv ditt namn, med minst 2 tecken."),
        ({"terms": ""}, "Du behöver godkänna villkoren för att få ett konto."),
        ({"municipality": "Atlantis"}, "Kommunen ”Atlantis” finns inte."),
        ({"password1": "elva tecken", "password2": "elva tecken"}, "Det måste innehålla minst 12 tecken."),
        ({"password1": "123456789012", "password2": "123456789012"}, "Detta lösenord är enbart numeriskt."),
        ({"password2": "något helt annat"}, "Du måste ange samma lösenord"),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(changes: dict[str, str], sentence: str) -> None:
    answer = sign_up(Client(), **changes)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert 'value="Rektor"' in answer.text
    assert GOOD not in answer.text
    assert not User.objects.exists()
    assert not mails(KIM)


def test_a_password_may_be_pasted_and_long() -> None:
    page = Client().get("/konto/registrera/").text
    assert page.count('autocomplete="new-password"') == 2
    assert "onpaste" not in page
    long = "å" * 64 + " är ett långt lösenord"
    sign_up(Client(), password1=long, password2=long)
    assert User.objects.get().check_password(long)


def test_fields_that_are_not_asked_for_do_nothing() -> None:
    sign_up(Client(), is_moderator="on", is_superuser="on", is_demo="on", role="editor", verified="on")
    user = User.objects.get()
    assert (user.is_moderator, user.is_superuser, user.is_demo, user.edits) == (False, False, False, False)
    assert not EmailAddress.objects.get().verified


def test_account_and_mail_come_together_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(adapter, "queue", fail)
    client = Client(raise_request_exception=False)
    assert sign_up(client).status_code == 500
    assert not User.objects.exists()
    assert not EmailAddress.objects.exists()


def test_opening_somebody_elses_link_signs_nobody_out(eva: User) -> None:
    sign_up(Client())
    browser = signed_in(eva)
    browser.get(link(mails(KIM)[0]))
    assert is_in(browser)
    browser.post(link(mails(KIM)[0]))
    assert not is_in(browser)


@pytest.mark.parametrize("key", ["x", "MQ:1abc:def", "MQ", "9" * 200, ":::", "-"])
def test_a_link_that_does_not_hold_says_so(key: str) -> None:
    answer = Client().get(f"/konto/bekrafta-epost/{key}/")
    assert answer.status_code == 200
    assert "Länken gäller inte längre" in answer.text
    assert Client().post(f"/konto/bekrafta-epost/{key}/").status_code == 404


def test_a_used_link_says_so() -> None:
    client = Client()
    sign_up(client)
    path = link(mails(KIM)[0])
    client.post(path)
    assert "Länken gäller inte längre" in client.get(path).text


def test_sign_ups_have_a_limit() -> None:
    client = Client()
    statuses = [sign_up(client, email=f"kim{n}@x.example").status_code for n in range(11)]
    assert statuses == [302] * 10 + [429]


def test_sign_up_is_at_its_first_address_too() -> None:
    assert (
        '<form class="panel stack" method="post" action="/konto/registrera/"'
        in Client().get("/konto/signup/").text
    )
