"""The list of places where one is signed in."""

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from mittkoping.accounts.sessions import device
from tests.accounts.flows import is_in, sign_in

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 (KHTML) Chrome/140.0 Safari/537.36 Edg/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1"
ANDROID = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox på Linux"),
        (EDGE, "Edge på Windows"),
        (IPHONE, "Safari på iPhone"),
        (ANDROID, "Chrome på Android"),
        ("curl/8", "En okänd webbläsare"),
        ("", "En okänd webbläsare"),
    ],
)
def test_a_device_is_known_by_two_words(user_agent: str, words: str) -> None:
    assert device(user_agent) == words


def test_one_can_sign_out_all_others(eva: User, ada: User) -> None:
    phone, desk, adas = (Client(headers={"user-agent": text}) for text in (IPHONE, EDGE, FIREFOX))
    sign_in(phone, eva.email)
    sign_in(desk, eva.email)
    sign_in(adas, ada.email)
    page = desk.get("/konto/sessioner/").text
    assert "Safari på iPhone" in page
    assert "Edge på Windows" in page
    assert "Firefox på Linux" not in page
    assert page.count("den här") == 1
    assert '<button class="ds-button" type="submit">Logga ut de andra</button>' in page
    assert is_in(phone)

    desk.post("/konto/sessioner/")
    assert (is_in(desk), is_in(phone), is_in(adas)) == (True, False, True)
    after = desk.get("/konto/sessioner/").text
    assert "Safari på iPhone" not in after
    assert '<button class="ds-button" type="submit">Logga ut de andra</button>' not in after


def test_what_a_browser_says_of_itself_is_only_text(eva: User) -> None:
    client = Client(headers={"user-agent": "<script>alert(1)</script> Firefox/1"})
    sign_in(client, eva.email)
    page = client.get("/konto/sessioner/").text
    assert "Firefox" in page
    assert "alert(1)" not in page
