"""The second factor: who needs it, adding it, using it, losing it."""

import base64
import re
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from mittkoping.accounts.models import User
from tests.accounts.flows import code, code_for, connect_app, is_in, mails, sign_in
from tests.conftest import PASSWORD, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_used() -> None:
    """Limits and codes that other tests have used up are no concern of these."""
    cache.clear()


@pytest.fixture
def mia(db: None) -> User:
    """A moderator who has only a password."""
    return User.objects.create_user("mia@skl.example", PASSWORD, name="Mia Ros", is_moderator=True)


def again(user: User) -> User:
    """The user as the next request sees them."""
    return User.objects.get(pk=user.pk)


def use_code(client: Client, text: str) -> Any:
    """Send the form of the second step."""
    return client.post("/konto/login/kod/", {"code": text})


def test_a_moderator_without_a_second_factor_acts_as_an_editor_and_is_led_to_it(mia: User) -> None:
    client = Client()
    answer = sign_in(client, mia.email, next="/sidor/ny/")
    assert (answer.status_code, answer["Location"]) == (302, "/konto/tvasteg/?next=%2Fsidor%2Fny%2F")
    page = client.get(answer["Location"]).text
    assert "Du är moderator, men får en redaktörs rättigheter tills du har lagt till ett andra steg." in page
    assert "Du som är moderator behöver ett andra steg" in page
    assert (again(mia).moderates, again(mia).edits) == (False, True)

    connect_app(client)
    assert (again(mia).moderates, again(mia).edits) == (True, True)
    assert "behöver ett andra steg" not in client.get("/konto/tvasteg/").text


def test_an_administrator_needs_it_as_well() -> None:
    admin = User.objects.create_superuser("adm@skl.example", PASSWORD, name="Adm")
    assert not admin.moderates
    assert sign_in(Client(), admin.email)["Location"].startswith("/konto/tvasteg/")


def test_the_setting_that_asks_for_it_is_on(settings: Any, mia: User) -> None:
    assert settings.SECOND_FACTOR_REQUIRED is True
    settings.SECOND_FACTOR_REQUIRED = False
    assert again(mia).moderates
    assert sign_in(Client(), mia.email)["Location"] == "/"


def test_others_are_offered_it(eva: User) -> None:
    client = Client()
    assert sign_in(client, eva.email)["Location"] == "/"
    page = client.get("/konto/tvasteg/").text
    assert "Koppla en app" in page
    assert "behöver ett andra steg" not in page


def test_the_apps_code_is_asked_for_after_the_password(
    eva: User, django_capture_on_commit_callbacks: Any
) -> None:
    client = Client()
    sign_in(client, eva.email)
    with django_capture_on_commit_callbacks(execute=True):
        secret = connect_app(client)
    assert [mail.subject for mail in mails(eva.email)] == ["En app är kopplad till ditt konto"]

    other = Client()
    answer = sign_in(other, eva.email, next="/om/")
    assert (answer.status_code, answer["Location"]) == (302, "/konto/login/kod/")
    assert not is_in(other)
    wrong = use_code(other, "000000")
    assert wrong.status_code == 200
    assert "Det stämmer inte. Försök igen med en ny kod eller med passnyckeln." in wrong.text
    assert not is_in(other)
    done = use_code(other, code(secret))
    assert (done.status_code, done["Location"]) == (302, "/om/")
    assert is_in(other)


def test_a_code_works_once(eva: User) -> None:
    client = Client()
    sign_in(client, eva.email)
    connect_app(client)
    shown = code_for(eva)
    first, second = Client(), Client()
    sign_in(first, eva.email)
    sign_in(second, eva.email)
    use_code(first, shown)
    use_code(second, shown)
    assert (is_in(first), is_in(second)) == (True, False)


def test_codes_cannot_be_guessed_for_long(eva: User) -> None:
    client = Client()
    sign_in(client, eva.email)
    secret = connect_app(client)
    other = Client()
    sign_in(other, eva.email)
    for _try in range(5):
        use_code(other, "000000")
    assert "Det blev många misslyckade försök." in use_code(other, code(secret)).text
    assert not is_in(other)


def test_the_page_of_the_second_step_alone_leads_to_the_first() -> None:
    assert Client().get("/konto/login/kod/")["Location"] == "/konto/login/"
    assert Client().post("/konto/login/kod/", {"code": "1"})["Location"] == "/konto/login/"


def test_the_picture_for_the_app_is_an_image_and_its_secret_can_be_read(eva: User) -> None:
    client = Client()
    sign_in(client, eva.email)
    page = client.get("/konto/tvasteg/app/").text
    assert re.search(r'<img class="qr-code" src="data:image/svg\+xml;base64,[\w+/=]+" alt="Rutkod', page)
    wrong = client.post("/konto/tvasteg/app/", {"code": "12"}).text
    assert "Det stämmer inte." in wrong
    secret = re.search(r"secret-key\">(\w+)<", wrong)
    assert secret
    assert client.post("/konto/tvasteg/app/", {"code": code(secret[1])}).status_code == 302


def test_adding_a_second_factor_ends_sessions_that_began_without_it(mia: User) -> None:
    thief, client = Client(), Client()
    sign_in(thief, mia.email)
    sign_in(client, mia.email)
    assert is_in(thief)
    connect_app(client)
    assert is_in(client)
    assert not is_in(thief)


def codes_of(client: Client) -> list[str]:
    """Press the button that shows the recovery codes."""
    return re.findall(r"<code>(\d{8})</code>", client.post("/konto/tvasteg/koder/").text)


def test_recovery_codes_are_shown_once_and_looking_uses_nothing_up(eva: User) -> None:
    client = Client()
    sign_in(client, eva.email)
    connect_app(client)
    for _look in range(2):
        before = client.get("/konto/tvasteg/koder/").text
        assert "10 koder är kvar." in before
        assert "Visa koderna" in before
        assert not re.search(r"\d{8}<", before)
    shown = client.post("/konto/tvasteg/koder/").text
    codes = re.findall(r"<code>(\d{8})</code>", shown)
    assert len(set(codes)) == 10
    file = re.search(r'href="data:text/plain;base64,([^"]+)" download="mittkoping-koder.txt"', shown)
    assert file
    assert base64.b64decode(file[1]).decode().split() == codes
    later = client.post("/konto/tvasteg/koder/").text
    assert "De har redan visats." in later
    assert codes[0] not in later


def test_a_recovery_code_lets_one_in_once(eva: User) -> None:
    client = Client()
    sign_in(client, eva.email)
    connect_app(client)
    first = codes_of(client)[0]
    for expected in (True, False):
        other = Client()
        sign_in(other, eva.email)
        use_code(other, first)
        assert is_in(other) is expected
    assert "9 koder är kvar." in client.get("/konto/tvasteg/").text


def test_new_recovery_codes_replace_the_old(eva: User, django_capture_on_commit_callbacks: Any) -> None:
    client = Client()
    sign_in(client, eva.email)
    connect_app(client)
    old = codes_of(client)
    assert client.get("/konto/tvasteg/koder/nya/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/konto/tvasteg/koder/nya/")
    new = codes_of(client)
    assert len(new) == 10
    assert not set(old) & set(new)
    other = Client()
    sign_in(other, eva.email)
    use_code(other, old[0])
    assert not is_in(other)
    assert mails(eva.email)[-1].subject == "Du har nya återställningskoder"


def test_without_a_second_factor_there_are_no_codes(eva: User) -> None:
    client = Client()
    sign_in(client, eva.email)
    assert client.get("/konto/tvasteg/koder/").status_code == 404
    assert client.post("/konto/tvasteg/koder/").status_code == 404
    assert "Lägg till en app eller en passnyckel först." in client.post("/konto/tvasteg/koder/nya/").text


def test_codes_are_not_shown_to_who_has_found_an_open_session(eva: User) -> None:
    client = Client()
    sign_in(client, eva.email)
    connect_app(client)
    found = signed_in(eva)
    answer = found.post("/konto/tvasteg/koder/")
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/konto/bekrafta/?next=%2Fkonto%2Ftvasteg%2Fkoder%2F",
    )
    assert len(codes_of(client)) == 10


def test_a_moderator_who_removes_it_is_an_editor_again(mia: User) -> None:
    client = Client()
    sign_in(client, mia.email)
    connect_app(client)
    assert "en redaktörs rättigheter" in client.get("/konto/tvasteg/app/ta-bort/").text
    assert again(mia).moderates
    client.post("/konto/tvasteg/app/ta-bort/")
    assert not again(mia).moderates
    assert not Authenticator.objects.exists()
    assert mails(mia.email)[-1].subject == "Appen är borttagen från ditt konto"


def test_a_passkey_that_is_none_is_refused_with_a_sentence(eva: User) -> None:
    client = Client()
    sign_in(client, eva.email)
    client.get("/konto/tvasteg/passnycklar/ny/")
    for credential in ("", "{", "{}", "[]", "null", '"x"', '{"id": "x", "response": {}}'):
        answer = client.post("/konto/tvasteg/passnycklar/ny/", {"name": "x", "credential": credential})
        assert answer.status_code == 200
        assert "Rätta det här" in answer.text
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", ["", "{", "{}", "[]", "null", '"x"', '{"id": "x", "response": {}}'])
def test_a_sign_in_with_a_passkey_that_is_none_leads_back(credential: str) -> None:
    client = Client()
    client.get("/konto/login/passnyckel/", headers={"accept": "application/json"})
    answer = client.post("/konto/login/passnyckel/", {"credential": credential})
    assert (answer.status_code, answer["Location"]) == (302, "/konto/login/")


def test_another_persons_passkey_is_not_found(eva: User, ada: User) -> None:
    data = {"name": "Adas", "credential": {}}
    key = Authenticator.objects.create(user=ada, type=Authenticator.Type.WEBAUTHN, data=data)
    client = Client()
    sign_in(client, eva.email)
    for act in ("namn", "ta-bort"):
        assert client.get(f"/konto/tvasteg/passnycklar/{key.pk}/{act}/").status_code == 404
        assert client.post(f"/konto/tvasteg/passnycklar/{key.pk}/{act}/", {"name": "Mitt"}).status_code == 404
    assert Authenticator.objects.get().data == data


def test_the_operator_can_forget_what_somebody_has_lost(eva: User) -> None:
    client = Client()
    sign_in(client, eva.email)
    connect_app(client)
    out = StringIO()
    call_command("forget_second_factor", " EVA@mittkoping.example", stdout=out)
    call_command("forget_second_factor", eva.email, stdout=out)
    assert out.getvalue().splitlines() == [
        "eva@mittkoping.example har inte längre något andra steg.",
        "eva@mittkoping.example hade inget andra steg.",
    ]
    assert sign_in(Client(), eva.email)["Location"] == "/"
    with pytest.raises(CommandError, match="Det finns inget konto med adressen"):
        call_command("forget_second_factor", "x@y.example")
