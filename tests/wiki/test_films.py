"""Films on a page: a card for everybody, and a way to play them here where the operator lets that be."""

from typing import Any

import pytest
from django.test import Client

from mittkoping.policy import VIDEO_HOSTS, browser_policy
from tests.conftest import MakePage

pytestmark = pytest.mark.django_db

FILM = "https://youtu.be/dQw4w9WgXcQ?si=spar&t=30"
CARD = (
    '<a class="video-lank" href="https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=30s"'
    ' rel="noopener nofollow ugc">Se filmen på YouTube (öppnas där)</a>'
)
ADDRESSES = ("/sidor/skolan/", "/sidor/skolan/version/1/")


@pytest.fixture
def frames(settings: Any) -> None:
    settings.VIDEO_FRAMES = True
    settings.CONTENT_SECURITY_POLICY = browser_policy(https=False, video_frames=True)


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_the_setting_there_is_a_card_and_nothing_else(
    make_page: MakePage, client: Client, address: str
) -> None:
    make_page(body=f"Se:\n\n{FILM}\n")
    answer = client.get(address)
    assert CARD in answer.text
    assert "js/video.js" not in answer.text
    assert "data-video" not in answer.text
    assert "frame-src" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("frames")
def test_with_the_setting_the_script_and_its_words_come_along(
    make_page: MakePage, client: Client, address: str
) -> None:
    make_page(body=f"Se:\n\n{FILM}\n")
    answer = client.get(address)
    assert CARD in answer.text
    assert "js/video.js" in answer.text
    assert "Spelar du filmen här får [host] veta det, och din IP-adress." in answer.text
    assert f"frame-src {' '.join(VIDEO_HOSTS)}" in answer["Content-Security-Policy"]
    assert "<iframe" not in answer.text
    # Nothing is asked of the other host until somebody presses play.
    assert "youtube-nocookie" not in answer.text


@pytest.mark.usefixtures("frames")
def test_a_page_without_films_has_no_script_for_them(make_page: MakePage, client: Client) -> None:
    make_page(body=f"Se {FILM} någon gång.")
    answer = client.get("/sidor/skolan/")
    assert "någon gång" in answer.text
    assert "js/video.js" not in answer.text


def test_the_page_on_privacy_says_so_where_films_can_be_played(client: Client, settings: Any) -> None:
    assert "Spela här" not in client.get("/integritet/").text
    settings.VIDEO_FRAMES = True
    assert "trycker du på ”Spela här” under en film" in client.get("/integritet/").text


def test_a_film_is_found_by_what_its_card_says(make_page: MakePage) -> None:
    page = make_page(body=f"Se:\n\n{FILM}\n")
    assert page.plain == "Se:\nSe filmen på YouTube (öppnas där)"
