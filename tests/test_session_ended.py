"""A form that is sent after the session has ended comes along to the sign-in, and is sent from there."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.core.cache import cache
from django.test import Client

from mittkoping.accounts.models import User
from tests.accounts.flows import code
from tests.conftest import PASSWORD, form_of, signed_in
from tests.faults.forms import Form, form_with
from wiki.models import Page

EDIT = "/sidor/skolan/redigera/"
LOGIN = "/konto/login/"
MINE = "Min text.\r\n\r\nMed två stycken och ”tecken” <b>så</b> & sådär."
HERE = {"Sec-Fetch-Site": "same-origin"}
WHY = "Därför frågar vi om det verkligen är du som vill skicka det."
TWICE = "Efter inloggningen kan du behöva trycka på ”Skicka igen” två gånger."


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_used() -> None:
    """Limits that other tests have used up are no concern of these."""
    cache.clear()


@pytest.fixture
def browser(page: Page, eva: User) -> Client:
    """Eva's, whose session has ended while she wrote."""
    return ended(eva)


def ended(user: User) -> Client:
    """A browser that had the form open when its session ended; forms need a token."""
    client = signed_in(user)
    client.handler.enforce_csrf_checks = True
    assert client.get(EDIT).status_code == 200
    client.cookies.pop("sessionid")
    return client


def send(client: Client, form: Form, **values: str) -> Any:
    """Send a form as it stands, but for some fields."""
    data: dict[str, list[str]] = {}
    for name, value in form.filled(**values):
        data.setdefault(name, []).append(value)
    return client.post(form.action, data, headers=HERE)


def refused(client: Client, page: Page) -> Any:
    """What Eva gets when she saves."""
    open_form = form_of(page, body=MINE, summary="Bättre så", tracks=["skola", "halsa"], do="save")
    token = client.cookies["csrftoken"].value
    answer = client.post(EDIT, open_form | {"csrfmiddlewaretoken": token}, headers=HERE)
    assert answer.status_code == 403
    return answer


def assert_kept(answer: Any) -> None:
    """All that was sent is in a form for signing in; nothing is sent to the page."""
    form = form_with(answer.text, "Logga in och gå vidare")
    kept = [(name, value) for name, value in form.fields if name.startswith("kept-")]
    assert form.action == LOGIN
    assert ("kept-body", MINE) in kept
    assert ("kept-summary", "Bättre så") in kept
    assert [value for name, value in kept if name == "kept-tracks"] == ["skola", "halsa"]
    assert "kept-csrfmiddlewaretoken" not in dict(kept)


def assert_saved(page: Page, answer: Any) -> None:
    """The text is published, once, with all that was in the form."""
    assert (answer.status_code, answer["Location"]) == (302, "/sidor/skolan/")
    page.refresh_from_db()
    assert (page.number, page.body) == (2, MINE.replace("\r\n", "\n"))
    assert page.content.tracks == ("halsa", "skola")
    assert page.edits.get(number=2).summary == "Bättre så"


def test_who_signs_in_on_the_same_page_sends_again_with_one_click(
    page: Page, eva: User, browser: Client
) -> None:
    answer = refused(browser, page)
    assert_kept(answer)
    entered = send(
        browser, form_with(answer.text, "Logga in och gå vidare"), login=eva.email, password=PASSWORD
    )
    assert (entered.status_code, "<h1>Du är inloggad igen</h1>" in entered.text) == (200, True)
    assert PASSWORD not in entered.text
    form = form_with(entered.text, "Skicka igen")
    assert form.action == EDIT
    assert_saved(page, send(browser, form))


def test_a_wrong_password_costs_no_text(page: Page, eva: User, browser: Client) -> None:
    answer = refused(browser, page)
    for _try in range(5):
        form = form_with(answer.text, "Logga in och gå vidare")
        answer = send(browser, form, login=eva.email, password="fel")
        assert answer.status_code == 200
        assert "E-postadressen eller lösenordet stämmer inte." in answer.text
        assert_kept(answer)
    form = form_with(answer.text, "Logga in och gå vidare")
    limited = send(browser, form, login=eva.email, password="fel")
    assert limited.status_code == 429
    assert_kept(limited)


def test_who_signs_in_in_another_tab_may_send_twice(page: Page, eva: User, browser: Client) -> None:
    answer = refused(browser, page)
    assert TWICE in answer.text
    sign_in(browser, eva)
    # The other tab has taken a new token into use.
    second = send(browser, form_with(answer.text, "Logga in och gå vidare"))
    assert (second.status_code, WHY in second.text) == (403, True)
    form = form_with(second.text, "Skicka igen")
    assert form.action == EDIT
    assert_saved(page, send(browser, form))


def sign_in(browser: Client, user: User) -> None:
    """By the ordinary form, as in another tab."""
    answer = send(
        browser, form_with(browser.get(LOGIN).text, "Lösenord"), login=user.email, password=PASSWORD
    )
    assert answer.status_code == 302


def test_who_has_signed_in_meanwhile_gets_the_form_at_once(page: Page, eva: User, browser: Client) -> None:
    answer = refused(browser, page)
    sign_in(browser, eva)
    token = form_with(browser.get(EDIT).text, "Spara ändringen").filled()
    form = form_with(answer.text, "Logga in och gå vidare")
    handed = send(browser, form, csrfmiddlewaretoken=dict(token)["csrfmiddlewaretoken"])
    assert (handed.status_code, "<h1>Du är inloggad igen</h1>" in handed.text) == (200, True)
    assert_saved(page, send(browser, form_with(handed.text, "Skicka igen")))


def test_a_second_step_is_taken_in_another_tab(page: Page, rut: User) -> None:
    secret = generate_totp_secret()
    Authenticator.objects.filter(user=rut).update(data={"secret": secret})
    browser = ended(rut)
    form = form_with(refused(browser, page).text, "Logga in och gå vidare")
    half = send(browser, form, login=rut.email, password=PASSWORD)
    assert (half.status_code, "<h1>Ett steg till</h1>" in half.text) == (200, True)
    assert 'href="/konto/login/kod/"' in half.text
    kept = form_with(half.text, "Skicka igen")
    assert dict(kept.fields)["body"] == MINE
    # Too early: still nothing is lost, and beginning anew works although a step is left.
    early = send(browser, kept)
    assert early.status_code == 403
    assert_kept(early)
    anew = send(browser, form_with(early.text, "Logga in och gå vidare"), login=rut.email, password=PASSWORD)
    assert "<h1>Ett steg till</h1>" in anew.text

    step = form_with(browser.get("/konto/login/kod/").text, "Kod")
    step.action = step.action or "/konto/login/kod/"
    assert send(browser, step, code=code(secret)).status_code == 302
    second = send(browser, form_with(anew.text, "Skicka igen"))
    assert (second.status_code, WHY in second.text) == (403, True)
    assert_saved(page, send(browser, form_with(second.text, "Skicka igen")))


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_what_was_kept_is_sent_nowhere_else(page: Page, eva: User, browser: Client, where: str) -> None:
    form = form_with(refused(browser, page).text, "Logga in och gå vidare")
    entered = send(browser, form, login=eva.email, password=PASSWORD, next=where)
    assert form_with(entered.text, "Skicka igen").action == "/"
    assert "evil" not in entered.text


def test_a_button_without_text_can_be_pressed_again(page: Page, eva: User, browser: Client) -> None:
    token = browser.cookies["csrftoken"].value
    answer = browser.post("/sidor/skolan/bevaka/", {"csrfmiddlewaretoken": token}, headers=HERE)
    assert answer.status_code == 403
    form = form_with(answer.text, "Logga in och gå vidare")
    entered = send(browser, form, login=eva.email, password=PASSWORD)
    assert form_with(entered.text, "Skicka igen").action == "/sidor/skolan/bevaka/"


def test_a_script_is_told_in_a_sentence(page: Page, browser: Client) -> None:
    token = browser.cookies["csrftoken"].value
    sent = form_of(page, body=MINE, do="draft") | {"csrfmiddlewaretoken": token}
    answer = browser.post(EDIT, sent, headers=HERE | {"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (403, {"error": "Du är inte längre inloggad."})
