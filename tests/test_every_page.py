"""What holds for every address: no cookies for readers, strict headers, no tokens, no other hosts."""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.addresses import routes
from tests.conftest import signed_in

READ_BY_ALL = {
    "about",
    "factors:index",
    "live",
    "municipalities:index",
    "privacy",
    "terms",
    "wiki:attachment",
    "wiki:attachments",
    "wiki:catalogue_csv",
    "wiki:catalogue_csv_metadata",
    "wiki:catalogue_json",
    "wiki:catalogue_qdc",
    "wiki:changes",
    "wiki:compare",
    "wiki:discussion",
    "wiki:factor",
    "wiki:factor_compare",
    "wiki:factor_history",
    "wiki:factor_proposal",
    "wiki:factor_version",
    "wiki:history",
    "wiki:insight",
    "wiki:insight_csv",
    "wiki:insight_json",
    "wiki:insights",
    "wiki:links_here",
    "wiki:log",
    "wiki:municipality",
    "wiki:municipality_export",
    "wiki:page",
    "wiki:page_list",
    "wiki:passage",
    "wiki:profile",
    "wiki:proposal",
    "wiki:review_statistics",
    "wiki:search",
    "wiki:source",
    "wiki:start",
    "wiki:tags_csv",
    "wiki:tags_csv_metadata",
    "wiki:tags_json",
    "wiki:topic",
    "wiki:unsubscribe",
    "wiki:version",
    "wiki:version_source",
    "wiki:worksheet",
}
LEADS_ON = {"wiki:comment"}
ASKS_TO_SIGN_IN = {
    "wiki:account",
    "wiki:answer",
    "wiki:answer_hide",
    "wiki:appeal",
    "wiki:appeals",
    "wiki:archive",
    "wiki:attachment_new",
    "wiki:block",
    "wiki:comment_edit",
    "wiki:comment_hide",
    "wiki:draft",
    "wiki:draft_source",
    "wiki:drafts",
    "wiki:edit",
    "wiki:export_file",
    "wiki:factor_edit",
    "wiki:factor_merge",
    "wiki:factor_new",
    "wiki:factor_proposal_edit",
    "wiki:factor_retire",
    "wiki:link_completion",
    "wiki:member",
    "wiki:members",
    "wiki:new",
    "wiki:notification_settings",
    "wiki:notifications",
    "wiki:own_proposals",
    "wiki:proposal_edit",
    "wiki:protect",
    "wiki:purge",
    "wiki:rename",
    "wiki:review_edits",
    "wiki:review_queue",
    "wiki:review_reasons",
    "wiki:roll_back",
    "wiki:tag_passage",
    "wiki:template",
    "wiki:template_new",
    "wiki:templates",
    "wiki:watches",
    "wiki:word",
    "wiki:word_new",
}
# Of these, what is eva's own and nobody else's.
EVAS = {"wiki:factor_proposal_edit"}
# Of these, what answers with a file, or with data for a script.
FILES = {"wiki:draft_source", "wiki:export_file", "wiki:link_completion"}
# What people have uploaded is no page: it has headers of its own (tests/wiki/files/test_media.py).
UPLOADED = {"wiki:media"}
POST_ONLY = {
    "wiki:advice",
    "wiki:claim",
    "wiki:decide",
    "wiki:decide_edits",
    "wiki:factor_proposal_decide",
    "wiki:factor_proposal_withdraw",
    "wiki:factor_revert",
    "wiki:notification",
    "wiki:presence",
    "wiki:notifications_seen",
    "wiki:preview",
    "wiki:preview_blocks",
    "wiki:proposal_hide",
    "wiki:proposal_update",
    "wiki:proposal_withdraw",
    "wiki:revert",
    "wiki:watch_factor",
    "wiki:watch_municipality",
    "wiki:watch_page",
    "wiki:watch_track",
    "wiki:word_read",
}
# Below /konto/: getting in, and guarding one's own account.
SIGNING_IN = {
    "account_change_password",
    "account_confirm_email",
    "account_email",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "account_signup",
    "konto/signup/",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "openid_connect_callback",
    "openid_connect_login",
    "socialaccount_connections",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
    "usersessions_list",
}
# What a reader who has not signed in is shown of these.
WAYS_IN = {"account_login", "account_signup", "account_reset_password", "account_email_verification_sent"}


def test_every_address_is_known_here() -> None:
    known = READ_BY_ALL | UPLOADED | LEADS_ON | ASKS_TO_SIGN_IN | POST_ONLY | SIGNING_IN
    assert {route.name for route in routes()} == known


@pytest.mark.parametrize("name", sorted(READ_BY_ALL))
def test_a_reader_gets_no_cookie_and_no_token(site: dict[str, str], client: Client, name: str) -> None:
    answer = client.get(site[name])
    assert answer.status_code == 200
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.text
    assert "Cache-Control" not in answer or "public" not in answer["Cache-Control"]


@pytest.mark.parametrize("name", sorted(LEADS_ON))
def test_a_reader_who_is_led_on_gets_no_cookie(site: dict[str, str], client: Client, name: str) -> None:
    answer = client.get(site[name])
    assert answer.status_code == 302
    assert not answer.cookies


@pytest.mark.parametrize("name", sorted(ASKS_TO_SIGN_IN))
def test_a_writer_is_asked_to_sign_in(site: dict[str, str], client: Client, name: str) -> None:
    answer = client.get(site[name])
    assert (answer.status_code, answer["Location"]) == (302, f"/konto/login/?next={quote(site[name])}")
    assert not answer.cookies


@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_get_changes_nothing(site: dict[str, str], rut: User, name: str) -> None:
    assert signed_in(rut).get(site[name]).status_code == 405


@pytest.mark.parametrize("name", [*sorted(READ_BY_ALL), "account_login", "nowhere"])
def test_every_answer_has_strict_headers(site: dict[str, str], client: Client, name: str) -> None:
    headers = client.get(site.get(name, "/finns-inte/")).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "style-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    # JSON is UTF-8 by its own rules, and has no such parameter.
    assert "charset=utf-8" in headers["Content-Type"] or headers["Content-Type"].endswith("json")


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


@pytest.mark.parametrize("name", sorted({*READ_BY_ALL, *WAYS_IN, "nowhere"}))
def test_no_page_loads_from_another_host_or_runs_inline(
    site: dict[str, str], client: Client, name: str
) -> None:
    answer = client.get(site.get(name, "/finns-inte/"))
    if answer["Content-Type"].startswith("text/html"):
        seen = Outside(answer.text)
        assert seen.found == []
        assert seen.h1_count == 1
        assert '<meta name="mittkoping" content="0.1.0">' in answer.text
        assert '<html lang="sv"' in answer.text


@pytest.mark.parametrize("name", sorted(ASKS_TO_SIGN_IN - FILES))
def test_the_forms_hold_nothing_inline_either(site: dict[str, str], eva: User, rut: User, name: str) -> None:
    answer = signed_in(eva if name in EVAS else rut).get(site[name])
    assert answer.status_code == 200
    seen = Outside(answer.text)
    assert (seen.found, seen.h1_count) == ([], 1)


def test_cookies_are_locked_to_the_host_under_https(settings: Any) -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
