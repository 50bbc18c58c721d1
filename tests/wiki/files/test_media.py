"""The bytes of files: who may have them, and what browsers are told of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import MakePage, published, signed_in
from tests.wiki.files.fetching import get
from tests.wiki.files.made import PDF, moving, odt, picture, uploaded
from wiki import operations
from wiki.content import Content
from wiki.models import AttachmentContent, AttachmentUse, Page
from wiki.operations import purging

Show = Callable[..., Page]
PUBLIC, PRIVATE = "public, max-age=600", "private, no-store"
LOCKED_IN = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Accept-Ranges": "none",
}


@pytest.fixture
def show(make_page: MakePage) -> Show:
    """Publish a page that shows a content: show(content, "Skolan")."""

    def make(content: AttachmentContent, title: str = "Skolan") -> Page:
        return make_page(
            title, body=f"![En skolgård]({content.url})\n" if content.is_image else f"[Fil]({content.url})\n"
        )

    return make


def test_everybody_has_the_picture_of_a_page(client: Client, eva: User, show: Show, stored: Path) -> None:
    content = uploaded(eva, picture((1000, 500)))
    show(content)
    response = get(client, content.url)
    assert response.body == (stored / content.path).read_bytes()
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Content-Length"] == str(content.size)
    assert response.headers["Cache-Control"] == PUBLIC
    assert response.headers["ETag"] == f'"{content.digest}"'
    assert "attachment" not in response.headers["Content-Disposition"]
    assert response.cookies == 0
    assert {name: response.headers[name] for name in LOCKED_IN} == LOCKED_IN


def test_smaller_sizes_follow_the_main_one(client: Client, eva: User, show: Show, stored: Path) -> None:
    content = uploaded(eva, picture((1000, 500)))
    smaller = content.url.replace(".png", "-480.png")
    assert get(client, smaller).status == 404
    show(content)
    response = get(client, smaller)
    assert response.body == (stored / smaller.removeprefix("/media/")).read_bytes()
    assert response.headers["ETag"] != f'"{content.digest}"'
    assert get(client, content.url.replace(".png", "-240.png")).status == 404


@pytest.mark.parametrize(
    ("data", "name", "media_type", "shown"),
    [
        (PDF, "plan.pdf", "application/pdf", 'attachment; filename="plan.pdf"'),
        (odt(), "åtta ”mål”.odt", "application/vnd.oasis.opendocument.text",
         "attachment; filename*=utf-8''%C3%A5tta%20%E2%80%9Dm%C3%A5l%E2%80%9D.odt"),
        (b"<script>alert(1)</script>", 'a"b.txt', "text/plain; charset=utf-8",
         'attachment; filename="a\\"b.txt"'),
        ("Åre;1\n".encode("cp1252"), "x.csv", "text/csv; charset=windows-1252",
         'attachment; filename="x.csv"'),
    ],
)  # fmt: skip
def test_documents_are_downloads(
    client: Client, eva: User, show: Show, data: bytes, name: str, media_type: str, shown: str
) -> None:
    content = uploaded(eva, data, name)
    show(content)
    response = get(client, content.url)
    assert response.body == data
    assert (response.headers["Content-Type"], response.headers["Content-Disposition"]) == (media_type, shown)
    assert {name: response.headers[name] for name in LOCKED_IN} == LOCKED_IN


def test_what_no_page_shows_is_its_uploaders_and_the_moderators(
    client: Client, ada: User, bo: User, rut: User
) -> None:
    content = uploaded(ada)
    assert get(client, content.url).status == 404
    assert get(signed_in(bo), content.url).status == 404
    for who in (ada, rut):
        response = get(signed_in(who), content.url)
        assert (response.status, response.headers["Cache-Control"]) == (200, PRIVATE)


def test_what_only_a_proposal_shows_is_not_for_everybody(client: Client, ada: User, page: Page) -> None:
    content = uploaded(ada)
    operations.propose(page, Content(title="Skolan", body=f"![En gård]({content.url})"), base=1, by=ada)
    assert get(client, content.url).status == 404


def test_what_only_an_older_version_shows_is_still_there(client: Client, eva: User, show: Show) -> None:
    content = uploaded(eva)
    page = show(content)
    published(operations.edit(page, Content(title="Skolan", body="Ingen bild."), base=1, by=eva))
    assert get(client, content.url).status == 200


def test_what_only_a_hidden_version_shows_is_gone(client: Client, eva: User, rut: User, show: Show) -> None:
    content = uploaded(eva)
    page = show(content)
    published(operations.edit(page, Content(title="Skolan", body="Ingen bild."), base=1, by=eva))
    assert get(client, content.url).status == 200
    purging.purge(page, purging.Purge(numbers=[1], instead=0, base=2), reason="Ett barn", by=rut)
    assert get(client, content.url).status == 404


def test_what_an_archived_page_shows_is_for_moderators(
    client: Client, eva: User, bo: User, rut: User, show: Show
) -> None:
    content = uploaded(eva)
    page = show(content)
    assert get(signed_in(bo), content.url).status == 200
    operations.archive(page, reason="Klar", by=rut)
    assert get(client, content.url).status == 404
    assert get(signed_in(bo), content.url).status == 404
    assert get(signed_in(rut), content.url).headers["Cache-Control"] == PRIVATE


def test_a_file_that_two_have_is_named_by_the_one_that_is_shown(
    client: Client, ada: User, eva: User, rut: User, show: Show
) -> None:
    secret = uploaded(ada, PDF, "hemligt.pdf")
    content = uploaded(eva, PDF, "plan.pdf")
    assert secret.path == content.path
    page = show(content)
    AttachmentUse.objects.exclude(content=content).delete()
    assert 'filename="plan.pdf"' in get(client, content.url).headers["Content-Disposition"]
    assert 'filename="plan.pdf"' in get(signed_in(rut), content.url).headers["Content-Disposition"]
    assert page.number == 1


def test_a_browser_that_has_it_is_told_so(client: Client, eva: User, show: Show) -> None:
    content = uploaded(eva)
    show(content)
    response = get(client, content.url, if_none_match=f'"{content.digest}"')
    assert (response.status, response.body) == (304, b"")
    assert (response.headers["ETag"], response.headers["Cache-Control"]) == (f'"{content.digest}"', PUBLIC)
    assert get(client, content.url, if_none_match='"annat"').status == 200


def test_head_tells_the_same_and_ranges_are_not_served(client: Client, eva: User, show: Show) -> None:
    content = uploaded(eva)
    show(content)
    head = get(client, content.url, "head")
    assert (head.status, head.headers["Content-Length"], head.body) == (200, str(content.size), b"")
    response = get(client, content.url, range="bytes=0-3")
    assert (response.status, len(response.body)) == (200, content.size)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_is_sent_there(client: Client, eva: User, show: Show, method: str) -> None:
    content = uploaded(eva)
    show(content)
    assert get(client, content.url, method).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "../settings.py",
        "bilder/",
        "bilder/../../db.sqlite3",
        "%2e%2e/db",
        "%00",
        "bilder/%00.png",
        "x" * 400,
        "bilder/x.png",
    ],
)
def test_other_paths_lead_nowhere(client: Client, db: None, path: str) -> None:
    assert get(client, f"/media/{path}").status == 404


def test_a_row_without_its_file_is_404(client: Client, eva: User, show: Show, stored: Path) -> None:
    content = uploaded(eva)
    show(content)
    (stored / content.path).unlink()
    assert get(client, content.url).status == 404


@pytest.mark.parametrize("who", ["anonymous", "ada", "rut"])
def test_a_file_takes_few_queries(
    who: str, eva: User, show: Show, request: pytest.FixtureRequest, django_assert_max_num_queries: Any
) -> None:
    content = uploaded(eva, moving(3), "rör sig.gif")
    show(content)
    browser = Client() if who == "anonymous" else signed_in(request.getfixturevalue(who))
    with django_assert_max_num_queries(3):
        assert get(browser, content.url).status == 200
