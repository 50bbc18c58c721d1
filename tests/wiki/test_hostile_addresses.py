"""Addresses that no page links to: strange paths, queries and methods, and ways to be led off the site."""

from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import PASSWORD, signed_in
from tests.test_every_page import ASKS_TO_SIGN_IN, EVAS, POST_ONLY, READ_BY_ALL, SIGNING_IN, UPLOADED
from wiki.models import Page

EDIT = "/sidor/skolan/redigera/"

NOT_FOUND = [
    "/sidor/%00/",
    "/sidor/skolan%00.md/",
    "/sidor/%ED%A0%80/",
    "/sidor/%ff%fe/",
    "/sidor/%F0%9F%A6%86/",
    "/sidor/..%2f..%2fetc%2fpasswd/",
    f"/sidor/{'x' * 4000}/",
    "/sidor/finns-inte%0d%0aX-Evil:1/",
    "/faktorer/%00/",
    "/faktorer/%F0%9F%A6%86/",
    "/kommuner/%00/",
    "/kommuner/%F0%9F%A6%86/",
    "/sidor/skolan/version/0/",
    "/sidor/skolan/version/01/",
    "/sidor/skolan/version/-1/",
    "/sidor/skolan/version/%D9%A1/",
    "/sidor/skolan/version/2/",
    "/sidor/skolan/version/999999999/",
    "/sidor/skolan/version/99999999999999999999/",
    f"/sidor/skolan/version/{'9' * 5000}/",
    "/sidor/skolan/version/0.md",
    "/sidor/skolan/jamfor/0/1/",
    "/sidor/skolan/jamfor/1/999999999/",
    "/static/..%2f..%2fmanage.py",
    "/media/../../manage.py",
    "/media/bilder/%00.png",
    "/media/..%2f..%2fmanage.py",
    f"/media/{'x' * 4000}",
    "/filer/00000000-0000-4000-8000-000000000000/",
]

QUERIES = [
    {"sida": "abc"},
    {"sida": "-1"},
    {"sida": "0"},
    {"sida": "999999"},
    {"sida": "9" * 5000},
    {"sida": "1e400"},
    {"sida": "\u0663"},
    {"sida": "\x00"},
    {"fran": "0", "till": "1"},
    {"fran": "9" * 10, "till": "1"},
    {"fran": "9" * 5000, "till": "1"},
    {"fran": "\u0663", "till": "\u00b2"},
    {"fran": "\x00", "till": "\x00"},
    dict.fromkeys(
        ("q", "spar", "typ", "faktor", "riktning", "kommun", "grupp", "titel", "stora", "next"), "\x00"
    ),
    dict.fromkeys(("q", "spar", "typ", "faktor", "riktning", "kommun", "grupp", "titel"), "x" * 5000),
    dict.fromkeys(
        ("q", "spar", "typ", "faktor", "riktning", "kommun", "grupp", "titel"), "\u202e\ufffe\ufdd0"
    ),
    {"q": "".join(chr(code) for code in range(256))},
    {"q": "ord " * 1000},
    {"q": "%_\\'\"*()^~-:NEAR AND OR NOT"},
]


@pytest.mark.parametrize("address", NOT_FOUND)
def test_an_address_that_leads_nowhere_is_not_found(
    page: Page, malmo: Municipality, as_eva: Client, client: Client, address: str
) -> None:
    for browser in (client, as_eva):
        answer = browser.get(address)
        assert answer.status_code == 404
        assert "Location" not in answer


# The site has no file of an export.
NOT_THERE = {"wiki:export_file"}


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_no_query_breaks_an_address(
    site: dict[str, str], rut: User, eva: User, client: Client, query: dict[str, str]
) -> None:
    for name in sorted(READ_BY_ALL):
        assert client.get(site[name], query).status_code == 200, name
    for name in sorted(ASKS_TO_SIGN_IN - NOT_THERE):
        writer = signed_in(eva if name in EVAS else rut)
        assert writer.get(site[name], query).status_code == 200, name
    for name in sorted(SIGNING_IN):
        # 400: Django leads nobody on to an address of more than 16,384 characters.
        assert client.get(site[name], query).status_code in {200, 302, 400, 401, 404, 405}, name


@pytest.mark.parametrize("sent", ["%ED%A0%80", "%ff", "%c0%af", "%", "%u0041", "+%00"])
def test_broken_encoding_in_a_query_is_read_as_far_as_it_goes(page: Page, client: Client, sent: str) -> None:
    for address in ("/sok/?q=", "/sidor/?kommun=", "/sidor/?q=", "/andringar/?sida="):
        assert client.get(address + sent).status_code == 200


def test_a_query_of_thousands_of_fields_is_refused(page: Page, client: Client) -> None:
    answer = client.get("/sidor/?" + "&".join(f"a{n}=1" for n in range(2001)))
    assert answer.status_code == 400
    assert '<p class="error-page__code">400</p>' in answer.text


def test_head_answers_as_get_does_without_a_body(
    site: dict[str, str], rut: User, eva: User, client: Client
) -> None:
    readers = [(client, name) for name in READ_BY_ALL]
    writers = [(signed_in(eva if name in EVAS else rut), name) for name in ASKS_TO_SIGN_IN - NOT_THERE]
    for browser, name in [*readers, *writers]:
        assert browser.get(site[name]).status_code == 200, name
        answer = browser.head(site[name])
        assert (answer.status_code, answer.content) == (200, b""), name


# What can be sent to an address that everybody reads: facts of a file, a topic, an answer, the end of mails …
ALSO_SENT_TO = {
    "wiki:attachment",
    "wiki:discussion",
    "wiki:municipality_export",
    "wiki:passage",
    "wiki:topic",
    "wiki:unsubscribe",
}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "FOO"])
def test_no_other_method_is_known(site: dict[str, str], rut: User, method: str) -> None:
    moderator = signed_in(rut)
    for name in READ_BY_ALL | UPLOADED | ASKS_TO_SIGN_IN | POST_ONLY:
        assert moderator.generic(method, site[name]).status_code == 405, name
    for name in (READ_BY_ALL | UPLOADED) - ALSO_SENT_TO:
        assert moderator.post(site[name]).status_code == 405, name


@pytest.mark.parametrize(
    "host", ["lurad.example", "testserver.lurad.example", "testserver@lurad.example", "\u00e5", ""]
)
def test_another_host_name_is_refused(page: Page, as_eva: Client, host: str) -> None:
    for answer in (
        as_eva.get("/sidor/skolan/", headers={"host": host}),
        as_eva.post(EDIT, {}, headers={"host": host}),
    ):
        assert answer.status_code == 400
        assert "lurad" not in answer.text


ELSEWHERE = [
    "//lurad.example/",
    "///lurad.example/",
    "////lurad.example/",
    "/\\lurad.example/",
    "\\\\lurad.example/",
    "\\/lurad.example/",
    "/\t/lurad.example/",
    "\t//lurad.example/",
    " //lurad.example/",
    "/\n/lurad.example/",
    "\x00//lurad.example/",
    "https://lurad.example/",
    "HTTPS://LURAD.EXAMPLE/",
    "https:lurad.example",
    "https:/lurad.example",
    "https:///lurad.example",
    "http://testserver@lurad.example/",
    "http://testserver.lurad.example/",
    "http://testserver\\@lurad.example/",
    "//testserver:80@lurad.example/",
    "//lurad\u3002example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://[::1",
]


def is_here(location: str) -> bool:
    """Whether a browser stays on the site: it reads backslashes as slashes and skips what is not seen."""
    seen = "".join(character for character in location if character > " ").replace("\\", "/")
    return seen.startswith("/") and not seen.startswith("//") and not urlsplit(seen).netloc


@pytest.mark.parametrize("where", ELSEWHERE)
def test_signing_in_and_out_never_leaves_the_site(eva: User, where: str) -> None:
    cache.clear()
    query = urlencode({"next": where})
    fields = {"login": eva.email, "password": PASSWORD}
    for address, data in ((f"/konto/login/?{query}", fields), ("/konto/login/", fields | {"next": where})):
        browser = Client()
        answer = browser.post(address, data)
        assert answer.status_code == 302
        assert is_here(answer["Location"])
        again = browser.get(f"/konto/login/?{query}")
        assert (again.status_code, is_here(again["Location"])) == (302, True)
        out = browser.post(f"/konto/logout/?{query}", {"next": where})
        assert (out.status_code, is_here(out["Location"])) == (302, True)


def test_signing_in_leads_back_to_where_one_was(eva: User, page: Page) -> None:
    cache.clear()
    fields = {"login": eva.email, "password": PASSWORD, "next": EDIT}
    assert Client().post("/konto/login/", fields)["Location"] == EDIT


@pytest.mark.parametrize(
    "path", ["//lurad.example", "///lurad.example", "/\\lurad.example", "//lurad.example/sidor/ny"]
)
def test_an_address_that_looks_like_a_host_never_leaves_the_site(
    page: Page, as_eva: Client, path: str
) -> None:
    for browser in (Client(), as_eva):
        for ending in ("", "/", "/..", "/redigera/"):
            request: dict[str, Any] = {"PATH_INFO": path + ending}
            answer = browser.get("/", **request)
            assert answer.status_code in {301, 302, 404}
            assert is_here(answer.get("Location", "/"))
