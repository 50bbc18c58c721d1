"""What holds for every address: no cookies for readers, strict headers, no tokens, no other hosts."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage, signed_in, tag
from wiki import operations
from wiki.content import Content

VALUES = {"slug": "skolan", "number": "1", "old": "1", "new": "2"}
SLUGS = {"faktorer/": "gemensam-malbild", "kommuner/": "malmo"}

READ_BY_ALL = {
    "",
    "sidor/",
    "sidor/skolan/",
    "sidor/skolan.md",
    "sidor/skolan/historik/",
    "sidor/skolan/version/1/",
    "sidor/skolan/version/1.md",
    "sidor/skolan/jamfor/1/2/",
    "sidor/skolan/lankar-hit/",
    "faktorer/",
    "faktorer/gemensam-malbild/",
    "kommuner/",
    "kommuner/malmo/",
    "sok/",
    "andringar/",
    "om/",
    "-/live",
}
ASKS_TO_SIGN_IN = {
    "sidor/ny/",
    "sidor/skolan/redigera/",
    "sidor/skolan/byt-namn/",
    "sidor/skolan/arkivera/",
}
POST_ONLY = {"sidor/skolan/aterstall/1/", "forhandsgranska/"}
SIGNING_IN = {"konto/login/", "konto/logout/", "konto/inactive/", "konto/signup/"}


def addresses(patterns: list[Any] | None = None, prefix: str = "") -> list[str]:
    """Every address of the URLconf, its parameters filled in."""
    found: list[str] = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            slug = next((slug for start, slug in SLUGS.items() if route.startswith(start)), "skolan")
            values = VALUES | {"slug": slug}
            found.append(re.sub(r"<(?:\w+:)?(\w+)>", lambda match, known=values: known[match[1]], route))  # type: ignore[misc]
    return found


@pytest.fixture
def site(make_page: MakePage, eva: User, malmo: Municipality, catalogue: dict[str, Factor]) -> None:
    """A page with two versions, a tag, a link and a municipality."""
    page = make_page(
        municipalities=("1280",), body="## Mål\n\nSe [[Skolan]].", tags=(tag(municipality="1280"),)
    )
    operations.edit(page, Content(title="Skolan", body="## Slut\n\nSe [[Målet]]."), base=1, by=eva)


def test_every_address_is_known_here() -> None:
    assert set(addresses()) == READ_BY_ALL | ASKS_TO_SIGN_IN | POST_ONLY | SIGNING_IN


@pytest.mark.parametrize("address", sorted(READ_BY_ALL))
def test_a_reader_gets_no_cookie_and_no_token(site: None, client: Client, address: str) -> None:
    answer = client.get(f"/{address}")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.text
    assert "Cache-Control" not in answer or "public" not in answer["Cache-Control"]


@pytest.mark.parametrize("address", sorted(ASKS_TO_SIGN_IN))
def test_a_writer_is_asked_to_sign_in(site: None, client: Client, address: str) -> None:
    answer = client.get(f"/{address}")
    assert (answer.status_code, answer["Location"]) == (302, f"/konto/login/?next=/{address}")
    assert not answer.cookies


@pytest.mark.parametrize("address", sorted(POST_ONLY))
def test_get_changes_nothing(site: None, eva: User, address: str) -> None:
    assert signed_in(eva).get(f"/{address}").status_code in {404, 405}


@pytest.mark.parametrize("address", sorted(ASKS_TO_SIGN_IN | POST_ONLY))
def test_a_post_without_a_token_is_refused(site: None, eva: User, address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(eva, backend="mittkoping.accounts.backends.EmailBackend")
    assert strict.post(f"/{address}", {"body": "x"}).status_code == 403


@pytest.mark.parametrize("address", [*sorted(READ_BY_ALL), "konto/login/", "finns-inte/"])
def test_every_answer_has_strict_headers(site: None, client: Client, address: str) -> None:
    headers = client.get(f"/{address}").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "style-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "charset=utf-8" in headers["Content-Type"]


class Outside(HTMLParser):
    """Collects what a page would load from another host, or run inline."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.title_count = self.h1_count = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at what loads, and at what the policy would stop."""
        self.h1_count += tag == "h1"
        self.title_count += tag == "title"
        for name, value in attrs:
            loads = name in {"src", "srcset", "action", "formaction"} or (tag == "link" and name == "href")
            is_canonical = tag == "link" and ("rel", "canonical") in attrs
            if loads and not is_canonical and re.match(r"\s*(\w+:)?//", value or ""):
                self.found.append(f"{tag} {name}={value}")
            if name == "style" or name.startswith("on"):
                self.found.append(f"{tag} {name}={value}")
        if tag == "style" or (tag == "script" and not dict(attrs).get("src")):
            self.found.append(tag)


@pytest.mark.parametrize("address", sorted({*READ_BY_ALL, "konto/login/", "konto/signup/", "finns-inte/"}))
def test_no_page_loads_from_another_host_or_runs_inline(site: None, client: Client, address: str) -> None:
    answer = client.get(f"/{address}")
    if answer["Content-Type"].startswith("text/html"):
        seen = Outside(answer.text)
        assert seen.found == []
        assert seen.h1_count == 1
        assert '<meta name="mittkoping" content="0.1.0">' in answer.text
        assert '<html lang="sv"' in answer.text


@pytest.mark.parametrize("address", sorted(ASKS_TO_SIGN_IN))
def test_the_forms_hold_nothing_inline_either(site: None, rut: User, address: str) -> None:
    answer = signed_in(rut).get(f"/{address}")
    assert answer.status_code == 200
    assert Outside(answer.text).found == []


def test_cookies_are_locked_to_the_host_under_https(settings: Any) -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
