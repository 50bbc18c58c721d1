"""Signing in and out, wrong passwords, forgotten passwords, another address."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from mittkoping.accounts.models import User
from tests.accounts.flows import GOOD, KIM, is_in, link, mails, sign_in, sign_up
from tests.conftest import PASSWORD, signed_in
from tests.wiki.test_hostile_addresses import ELSEWHERE, is_here

pytestmark = pytest.mark.django_db

POSTS = [
    "login/",
    "login/passnyckel/",
    "logout/",
    "registrera/",
    "bekrafta-epost/x/",
    "epost/",
    "losenord/",
    "losenord/forsta/",
    "losenord/glomt/",
    "losenord/nytt/1-x/",
    "bekrafta/",
    "tvasteg/app/",
    "tvasteg/app/ta-bort/",
    "tvasteg/passnycklar/ny/",
    "tvasteg/koder/",
    "tvasteg/koder/nya/",
    "sessioner/",
    "extern/",
    "extern/registrera/",
    "extern/oidc/",
]


@pytest.fixture(autouse=True)
def no_limits_used() -> None:
    """Limits that other tests have used up are no concern of these."""
    cache.clear()


@pytest.mark.parametrize("path", POSTS)
def test_a_form_without_a_token_is_refused(eva: User, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(eva, backend="mittkoping.accounts.backends.EmailBackend")
    assert strict.post(f"/konto/{path}", {"password": "hemligt", "x": "y"}).status_code == 403
    assert is_in(strict)


@pytest.mark.parametrize("where", ELSEWHERE)
def test_no_way_in_leads_off_the_site(eva: User, where: str) -> None:
    cache.clear()
    query = urlencode({"next": where})
    again = signed_in(eva).get(f"/konto/registrera/?{query}")
    assert (again.status_code, is_here(again["Location"])) == (302, True)
    browser = signed_in(eva)
    proof = browser.post(f"/konto/bekrafta/?{query}", {"password": PASSWORD, "next": where})
    assert (proof.status_code, is_here(proof["Location"])) == (302, True)


def test_a_wrong_password_is_told_and_the_address_kept(eva: User) -> None:
    answer = sign_in(Client(), eva.email, "fel lösenord")
    assert answer.status_code == 200
    assert "E-postadressen eller lösenordet stämmer inte." in answer.text
    assert f'value="{eva.email}"' in answer.text
    assert "fel lösenord" not in answer.text


def test_after_five_wrong_passwords_one_waits(eva: User) -> None:
    client = Client()
    assert [sign_in(client, eva.email, "fel").status_code for _try in range(5)] == [200] * 5
    refused = sign_in(client, eva.email)
    assert (refused.status_code, refused["Retry-After"]) == (429, "900")
    assert "Det blev många misslyckade försök." in refused.text
    assert f'value="{eva.email}"' in refused.text
    assert not is_in(client)


def test_others_cannot_shut_an_account(eva: User) -> None:
    for _try in range(6):
        sign_in(Client(REMOTE_ADDR="192.0.2.7"), eva.email, "fel")
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7"), eva.email).status_code == 429
    owner = Client(REMOTE_ADDR="192.0.2.8")
    assert sign_in(owner, eva.email).status_code == 302
    assert is_in(owner)


def test_right_passwords_use_up_nothing(eva: User) -> None:
    assert [sign_in(Client(), eva.email).status_code for _try in range(12)] == [302] * 12


@pytest.mark.parametrize(("demo", "last"), [(True, 200), (False, 429)])
def test_demo_accounts_are_free_from_limits_in_the_demo_alone(settings: Any, demo: bool, last: int) -> None:
    settings.DEMO = demo
    User.objects.create_user("dan@x.example", PASSWORD, name="Dan", is_demo=True)
    assert [sign_in(Client(), "dan@x.example", "fel").status_code for _try in range(6)][-1] == last


def test_a_demo_account_is_refused_outside_the_demo(settings: Any) -> None:
    User.objects.create_user("dan@x.example", PASSWORD, name="Dan", is_demo=True)
    client = Client()
    assert sign_in(client, "dan@x.example")["Location"] == "/konto/inactive/"
    assert not is_in(client)
    settings.DEMO = True
    assert sign_in(client, "dan@x.example")["Location"] == "/"
    assert is_in(client)


def test_a_blocked_account_may_still_sign_in(eva: User) -> None:
    User.objects.filter(pk=eva.pk).update(blocked_until=timezone.now() + timedelta(days=1))
    client = Client()
    sign_in(client, eva.email)
    assert is_in(client)


def test_a_closed_account_may_not(eva: User) -> None:
    User.objects.filter(pk=eva.pk).update(is_active=False)
    client = Client()
    assert sign_in(client, eva.email)["Location"] == "/konto/inactive/"
    assert not is_in(client)


def test_the_address_of_an_account_by_the_operator_is_trusted(eva: User) -> None:
    assert not EmailAddress.objects.exists()
    client = Client()
    assert sign_in(client, " EVA@mittkoping.example ")["Location"] == "/"
    assert is_in(client)
    address = EmailAddress.objects.get()
    assert (address.email, address.verified, address.primary) == (eva.email, True, True)


def test_a_client_without_an_address_can_sign_in(eva: User) -> None:
    client = Client(REMOTE_ADDR="")
    sign_in(client, eva.email)
    assert "från adressen</span> 0.0.0.0" in client.get("/konto/sessioner/").text.replace(
        "adressen", "adressen</span>"
    )


def test_a_session_is_new_at_sign_in_and_dead_after_sign_out(eva: User) -> None:
    client = Client()
    client.get("/konto/login/kod/")
    client.session.save()
    before = client.session.session_key
    sign_in(client, eva.email)
    during = client.session.session_key
    assert before != during
    assert client.get("/konto/logout/").status_code == 200
    assert is_in(client)
    client.post("/konto/logout/")
    thief = Client()
    thief.cookies["sessionid"] = str(during)
    assert not is_in(thief)


def test_another_password_ends_the_other_sessions(eva: User) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here, eva.email)
    sign_in(elsewhere, eva.email)
    fields = {"oldpassword": PASSWORD, "password1": GOOD, "password2": GOOD}
    wrong = here.post("/konto/losenord/", fields | {"oldpassword": "fel"})
    assert "Det är inte lösenordet du har nu." in wrong.text
    assert is_in(elsewhere)
    assert "Lösenorden är inte lika." in here.post("/konto/losenord/", fields | {"password2": "x"}).text
    assert here.post("/konto/losenord/", fields).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)
    [mail] = mails(eva.email)
    assert mail.subject == "Ditt lösenord är bytt"
    assert link(mail) == "/konto/losenord/glomt/"


def ask_for_a_password(email: str) -> Any:
    """Ask for a mail in which one can choose a new password."""
    return Client().post("/konto/losenord/glomt/", {"email": email})


def test_a_forgotten_password_is_chosen_anew_once(eva: User) -> None:
    elsewhere = signed_in(eva)
    assert ask_for_a_password(" Eva@Mittkoping.EXAMPLE")["Location"] == "/konto/losenord/glomt/skickat/"
    [mail] = mails(eva.email)
    assert mail.subject == "Välj ett nytt lösenord"
    assert "Hej Eva Berg!" in mail.body
    client = Client()
    form = client.get(link(mail), follow=True)
    assert "Välj ett nytt lösenord" in form.text
    path = form.redirect_chain[-1][0]
    assert link(mail) not in form.text
    assert (
        "Det måste innehålla minst 12 tecken."
        in client.post(path, {"password1": "kort", "password2": "kort"}).text
    )
    done = client.post(path, {"password1": GOOD, "password2": GOOD}, follow=True)
    assert "Lösenordet är bytt" in done.text
    assert not is_in(client)
    assert not is_in(elsewhere)
    assert "Länken gäller inte längre" in Client().get(link(mail), follow=True).text
    assert sign_in(client, eva.email, GOOD).status_code == 302
    assert [mail.subject for mail in mails(eva.email)][1:] == ["Ditt lösenord är bytt"]


def test_a_link_for_a_new_password_holds_for_an_hour(eva: User, settings: Any) -> None:
    assert settings.PASSWORD_RESET_TIMEOUT == 3600
    ask_for_a_password(eva.email)
    path = link(mails(eva.email)[0])
    assert "Välj ett nytt lösenord" in Client().get(path, follow=True).text
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "Länken gäller inte längre" in Client().get(path, follow=True).text


def test_opening_somebody_elses_link_signs_nobody_out(eva: User, ada: User) -> None:
    ask_for_a_password(ada.email)
    browser = signed_in(eva)
    form = browser.get(link(mails(ada.email)[0]), follow=True)
    assert "Välj ett nytt lösenord" in form.text
    assert is_in(browser)
    browser.post(form.redirect_chain[-1][0], {"password1": GOOD, "password2": GOOD})
    assert User.objects.get(pk=ada.pk).check_password(GOOD)
    assert not is_in(browser)


def test_mails_for_a_new_password_have_a_limit(eva: User) -> None:
    assert [ask_for_a_password(eva.email).status_code for _try in range(4)] == [302, 302, 302, 429]
    assert len(mails(eva.email)) == 3


def test_a_name_is_plain_text_in_a_mail(eva: User) -> None:
    User.objects.filter(pk=eva.pk).update(name="Eva <b>& Co</b> &amp;")
    ask_for_a_password(eva.email)
    assert "Hej Eva <b>& Co</b> &amp;!" in mails(eva.email)[0].body


def test_another_address_holds_once_it_is_confirmed(eva: User) -> None:
    client = Client()
    sign_in(client, eva.email)
    old, new = eva.email, "eva.berg@mittkoping.example"
    client.post("/konto/epost/", {"email": new, "action_add": "1"})
    assert f"Du byter till {new}." in client.get("/konto/epost/").text
    assert User.objects.get(pk=eva.pk).email == old
    client.post(link(mails(new)[0]))
    assert User.objects.get(pk=eva.pk).email == new
    assert [mail.subject for mail in mails(old)] == ["Din e-postadress är bytt"]
    assert EmailAddress.objects.get().email == new
    assert sign_in(Client(), new).status_code == 302
    assert sign_in(Client(), old).status_code == 200


def test_changing_to_a_taken_address_reveals_nothing(eva: User, ada: User) -> None:
    client = Client()
    sign_in(client, eva.email)
    answer = client.post("/konto/epost/", {"email": ada.email, "action_add": "1"}, follow=True)
    assert f"Du byter till {ada.email}." in answer.text
    client.post("/konto/epost/", {"email": ada.email, "action_remove": "1"})
    assert "Du byter till" not in client.get("/konto/epost/").text
    assert User.objects.get(pk=ada.pk).email == ada.email


def test_what_rules_an_account_asks_for_the_password_again(eva: User) -> None:
    browser = signed_in(eva)
    asked = browser.post("/konto/epost/", {"email": "ny@mittkoping.example", "action_add": "1"})
    assert asked["Location"] == "/konto/bekrafta/?next=%2Fkonto%2Fepost%2F"
    assert "Är det du?" in browser.get(asked["Location"]).text
    wrong = browser.post(asked["Location"], {"password": "fel"})
    assert "Lösenordet stämmer inte." in wrong.text
    assert not mails("ny@mittkoping.example")
    done = browser.post(asked["Location"], {"password": PASSWORD, "next": "/konto/epost/"})
    assert (done.status_code, done["Location"]) == (302, "/konto/epost/")
    assert len(mails("ny@mittkoping.example")) == 1


def test_kim_can_ask_for_a_password_before_the_address_is_confirmed() -> None:
    sign_up(Client())
    assert ask_for_a_password(KIM).status_code == 302
    assert [mail.subject for mail in mails(KIM)] == ["Bekräfta din e-postadress", "Välj ett nytt lösenord"]
