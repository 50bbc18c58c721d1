"""Signing in through an identity provider, tried against a small one of our own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.cache import cache
from django.test import Client

from mittkoping.accounts.models import Membership, User
from mittkoping.municipalities.models import Municipality
from tests.accounts.flows import connect_app, is_in, mails, sign_in
from tests.accounts.provider import CLIENT_SECRET, Provider, running, settings_for
from tests.conftest import PASSWORD, signed_in
from tests.test_settings import NEEDED, refusal, run

pytestmark = pytest.mark.django_db

KIM = {"sub": "u-17", "email": "Kim@Mittkoping.example", "email_verified": True, "name": "Kim  Ny"}
OIDC = {"OIDC_PROVIDER_URL": "https://login.kommun.example/realms/a/"}
WHOLE = {"OIDC_CLIENT_ID": "m", "OIDC_CLIENT_SECRET": "h", "OIDC_DOMAINS": "Kommun.example, b.example"}


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """An identity provider at which kim has signed in."""
    cache.clear()
    with running() as provider:
        provider.person = dict(KIM)
        for name, value in settings_for(provider).items():
            setattr(settings, name, value)
        yield provider


def go(client: Client, query: str = "process=login") -> Any:
    """Press the button, go to the provider and come back: the answer."""
    away = client.post(f"/konto/extern/oidc/?{query}")
    assert away.status_code == 302
    back = requests.get(away["Location"], allow_redirects=False, timeout=10).headers["Location"]
    url = urlsplit(back)
    assert url.path == "/konto/extern/oidc/svar/"
    return client.get(f"{url.path}?{url.query}")


def finish(client: Client, **changes: str) -> Any:
    """Send the form of a new account."""
    fields = {"name": "Kim Ny", "municipality": "", "job_title": "Rektor", "terms": "on"}
    return client.post("/konto/extern/registrera/", fields | changes)


def test_a_new_person_says_who_they_are_and_is_in(provider: Provider, mittkoping_: Municipality) -> None:
    client = Client()
    answer = go(client, "process=login&next=/om/")
    assert (answer.status_code, answer["Location"]) == (302, "/konto/extern/registrera/")
    page = client.get("/konto/extern/registrera/").text
    assert "Du är inloggad hos Mittköpings kommun." in page
    assert 'value="kim@mittkoping.example"' in page
    assert 'value="Kim Ny"' in page
    assert not User.objects.exists()
    assert "Du behöver godkänna villkoren" in finish(client, terms="").text

    done = finish(client, municipality="Mittköping", email="annan@mittkoping.example")
    assert (done.status_code, done["Location"]) == (302, "/om/")
    assert is_in(client)
    user = User.objects.get()
    assert (user.email, user.name, user.municipality) == ("kim@mittkoping.example", "Kim Ny", mittkoping_)
    assert (user.has_usable_password(), user.edits, user.moderates) == (False, False, False)
    assert EmailAddress.objects.get().verified
    assert [waiting.user for waiting in Membership.objects.waiting()] == [user]
    assert not mails("kim@mittkoping.example")


def test_nothing_more_of_the_answer_is_kept(provider: Provider, mittkoping_: Municipality) -> None:
    provider.person |= {"phone_number": "070-1234567", "groups": ["rektorer"]}
    client = Client()
    go(client)
    finish(client)
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data) == ("u-17", {})
    assert not SocialToken.objects.exists()


def test_the_second_time_there_is_nothing_to_fill_in(provider: Provider, mittkoping_: Municipality) -> None:
    first = Client()
    go(first)
    finish(first)
    provider.person["email"] = "kim.annan@annat.example"
    second = Client()
    assert go(second)["Location"] == "/"
    assert is_in(second)
    assert User.objects.get().email == "kim@mittkoping.example"


def test_who_has_an_account_with_the_address_comes_into_it(provider: Provider, eva: User) -> None:
    provider.person |= {"email": "EVA@mittkoping.example", "name": "Någon"}
    client = Client()
    assert go(client)["Location"] == "/"
    assert is_in(client)
    assert SocialAccount.objects.get().user == eva
    eva.refresh_from_db()
    assert (eva.name, eva.check_password(PASSWORD)) == ("Eva Berg", True)
    assert [mail.subject for mail in mails(eva.email)] == ["En extern inloggning är kopplad"]


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": "eva@granneby.example"},
        {"email": "eva@under.mittkoping.example"},
        {"email": "eva@evilmittkoping.example"},
        {"email": "eva@mittkoping.example.lurad.example"},
        {"email": ""},
        {"email": None},
    ],
)
def test_an_address_that_the_provider_may_not_vouch_for_lets_nobody_in(
    provider: Provider, eva: User, claims: dict[str, Any]
) -> None:
    provider.person |= {"email": eva.email} | claims
    client = Client()
    answer = go(client)
    assert answer.status_code == 403
    assert "har inte bekräftat någon adress som vi tar emot därifrån." in answer.text
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_a_moderator_shows_the_second_factor_here_as_well(provider: Provider) -> None:
    mia = User.objects.create_user("mia@mittkoping.example", PASSWORD, name="Mia", is_moderator=True)
    client = Client()
    sign_in(client, mia.email)
    connect_app(client)
    provider.person |= {"email": mia.email}
    other = Client()
    assert go(other)["Location"] == "/konto/login/kod/"
    assert not is_in(other)


def test_one_may_break_off(provider: Provider) -> None:
    provider.refuses = True
    answer = go(Client())
    assert (answer.status_code, answer["Location"]) == (302, "/konto/extern/avbruten/")
    assert "Du är inte inloggad." in Client().get(answer["Location"]).text


@pytest.mark.parametrize(
    "query", ["", "code=x&state=x", "code=x", "state=x", "error=x", "code=%00&state=%00"]
)
def test_an_answer_to_no_question_lets_nobody_in(provider: Provider, query: str) -> None:
    client = Client()
    client.post("/konto/extern/oidc/?process=login")
    answer = client.get(f"/konto/extern/oidc/svar/?{query}")
    assert answer.status_code == 401
    assert "Inloggningen gick inte" in answer.text
    assert not is_in(client)


def test_a_provider_that_does_not_answer_is_a_sentence(provider: Provider, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:1"
    )
    answer = Client().post("/konto/extern/oidc/?process=login")
    assert answer.status_code == 503
    assert "Något gick fel hos den du loggade in med." in answer.text


@pytest.mark.parametrize("person", [{}, {"sub": None}, {"name": "x"}])
def test_a_provider_that_says_nothing_of_use_is_a_sentence(
    provider: Provider, person: dict[str, Any]
) -> None:
    provider.person = person
    client = Client()
    answer = go(client)
    assert answer.status_code in {401, 403, 503}
    assert "Inloggningen gick inte" in answer.text
    assert not is_in(client)


def test_looking_at_the_button_asks_nobody(provider: Provider) -> None:
    client = Client()
    assert "Logga in med Mittköpings kommun" in client.get("/konto/login/").text
    assert "Fortsätt till Mittköpings kommun" in client.get("/konto/extern/oidc/").text
    assert provider.asked == []


def test_forms_may_lead_to_the_provider_on_the_pages_for_signing_in_alone(provider: Provider) -> None:
    def targets(path: str) -> str:
        policy = Client().get(path)["Content-Security-Policy"]
        return next(part.strip() for part in policy.split(";") if part.strip().startswith("form-action"))

    for path in ("/konto/login/", "/konto/registrera/", "/konto/extern/oidc/"):
        assert targets(path) == f"form-action 'self' {provider.address}"
    for path in ("/", "/om/", "/konto/losenord/glomt/"):
        assert targets(path) == "form-action 'self'"


def test_an_account_can_be_connected_and_let_go(provider: Provider, eva: User) -> None:
    client = Client()
    sign_in(client, eva.email)
    assert "Koppla Mittköpings kommun" in client.get("/konto/extern/").text
    assert go(client, "process=connect")["Location"] == "/konto/extern/"
    assert SocialAccount.objects.get().user == eva
    connected = client.get("/konto/extern/").text
    assert "Du kan logga in med Mittköpings kommun." in connected
    client.post("/konto/extern/", {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()
    assert User.objects.get(pk=eva.pk).email == eva.email


def test_a_closed_sign_up_is_closed_here_as_well(provider: Provider, settings: Any) -> None:
    settings.SIGN_UP = False
    client = Client()
    assert "Du kan inte skapa konto själv här" in go(client).text
    assert not User.objects.exists()


def test_without_a_provider_there_is_no_such_way(eva: User) -> None:
    assert "Logga in med" not in Client().get("/konto/login/").text
    assert Client().post("/konto/extern/oidc/?process=login").status_code == 404
    assert Client().get("/konto/extern/oidc/svar/?code=x&state=x").status_code == 404
    assert Client().get("/konto/extern/registrera/")["Location"] == "/konto/login/"
    assert "ingen extern inloggning" in signed_in(eva).get("/konto/extern/").text


@pytest.mark.parametrize("missing", sorted(WHOLE))
def test_half_a_provider_stops_the_start(tmp_path: Path, missing: str) -> None:
    some = {name: value for name, value in WHOLE.items() if name != missing}
    assert refusal(tmp_path, **NEEDED, **OIDC, **some) == [
        "OIDC_PROVIDER_URL needs OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_DOMAINS as well."
    ]


def test_the_environment_names_the_provider(tmp_path: Path) -> None:
    ask = "from django.conf import settings as s; print(s.OIDC_ORIGINS, s.OIDC_DOMAINS, s.OIDC_PROVIDER_URL)"
    done = run("-c", ask, var=tmp_path, **NEEDED, **OIDC, **WHOLE)
    origin = "https://login.kommun.example"
    assert done.stdout == f"['{origin}'] ['kommun.example', 'b.example'] {origin}/realms/a\n"
    assert CLIENT_SECRET not in done.stdout
