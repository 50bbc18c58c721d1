"""The terms and the page about personal data: there, true, and without a cookie."""

import re
from typing import Any

import pytest
from django.test import Client

PAGES = ("/villkor/", "/integritet/")
# Words of offices that the site does without: requirements say which.
STIFF = re.compile(r"\b(erhålla|erhåller|avseende|beakta|samt|ej|vederbörande|härmed)\b", re.IGNORECASE)


def words(html: str) -> str:
    """What a reader sees of the page's own part."""
    main = re.search(r"(?s)<main.*?</main>", html)
    assert main
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main[0]))


@pytest.mark.parametrize("path", PAGES)
def test_everybody_reads_them_without_a_cookie(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.text
    assert answer.text.count("<h1") == 1


@pytest.mark.parametrize("path", PAGES)
def test_every_page_leads_to_them(client: Client, path: str) -> None:
    for page in ("/om/", "/konto/login/"):
        assert f'href="{path}"' in client.get(page).text


@pytest.mark.parametrize("path", PAGES)
def test_they_name_who_is_responsible(client: Client, settings: Any, path: str) -> None:
    settings.OPERATOR_NAME, settings.OPERATOR_EMAIL = "", ""
    assert "har inte fyllt i sitt namn här än." in words(client.get(path).text)
    settings.OPERATOR_NAME, settings.OPERATOR_EMAIL = "Kommunförbundet <b>", "wiki@forbundet.example"
    text = client.get(path).text
    assert "Kommunförbundet &lt;b&gt;" in text
    assert text.count("wiki@forbundet.example") >= 2


@pytest.mark.parametrize("path", PAGES)
def test_their_contents_lead_to_their_headings(client: Client, path: str) -> None:
    text = client.get(path).text
    places = re.findall(r'<li><a href="#([\w-]+)">', text)
    assert len(places) >= 6
    assert re.findall(r'<h2 id="([\w-]+)">', text) == [*places, "innehallet"]


@pytest.mark.parametrize("path", PAGES)
def test_they_are_in_plain_swedish(client: Client, path: str) -> None:
    text = words(client.get(path).text)
    sentences = [one for one in re.split(r"[.!?:] ", text) if len(one.split()) > 2]
    lengths = sorted(len(one.split()) for one in sentences)
    found = re.findall(r"\w+", text)
    lix = len(found) / len(sentences) + 100 * sum(len(word) > 6 for word in found) / len(found)
    assert STIFF.findall("Vi ska beakta det") == ["beakta"]
    assert STIFF.findall(text) == []
    assert lengths[len(lengths) // 2] <= 15
    assert lix <= 40


def test_the_terms_tell_licence_rules_moderation_and_appeal(client: Client) -> None:
    text = words(client.get("/villkor/").text)
    for said in (
        "CC BY 4.0",
        "CC0",
        "Lagen om ansvar för elektroniska anslagstavlor (1998:112)",
        "alla på nätet",
        "Ingen får besluta om sitt eget förslag.",
        "be moderatorerna att ompröva det",
        "Skriv inga personnummer",
    ):
        assert said in text


def test_the_privacy_page_says_what_the_settings_do(client: Client, settings: Any) -> None:
    text = words(client.get("/integritet/").text)
    assert "senast efter 2 veckor." in text
    assert "IMY" in text
    assert "IP-adresser visas aldrig för andra." in text
    settings.SESSION_COOKIE_AGE = 7 * 24 * 3600
    assert "senast efter 1 vecka." in words(client.get("/integritet/").text)


def test_a_session_ends_with_the_browser_as_the_page_says(settings: Any) -> None:
    assert settings.ACCOUNT_SESSION_REMEMBER is False
