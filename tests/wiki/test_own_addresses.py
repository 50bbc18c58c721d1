"""Whole addresses of our own files become the addresses by which readers are let in."""

from typing import Any

import pytest
from django.test import Client

from tests.conftest import MakePage, form_of
from wiki.forms.own_addresses import with_own_addresses

FILE = "/media/dokument/plan.pdf"
SITE = "https://wiki.example:8443"


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    """A site with a host and a port of its own."""
    settings.SITE_URL = SITE


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (f"[Plan]({SITE}{FILE})", f"[Plan]({FILE})"),
        (f'![Plan](HTTP://Wiki.Example:8443{FILE} "x") ord', f'![Plan]({FILE} "x") ord'),
        (f"[Plan](<{SITE}{FILE}>)", f"[Plan](<{FILE}>)"),
        (f"- [![a]({SITE}/media/a.png)]({SITE}/filer/x/)", "- [![a](/media/a.png)](/filer/x/)"),
    ],
)
def test_our_own_host_goes_from_links_and_pictures(written: str, kept: str) -> None:
    assert with_own_addresses(f"A\n\n{written}\n", "A\n") == f"A\n\n{kept}\n"
    assert with_own_addresses(kept, "") == kept
    # What the writer did not touch is as it was.
    assert with_own_addresses(f"A\n\n{written}\n", f"{written}\nB") == f"A\n\n{written}\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{SITE}{FILE}",
        f"[{SITE}{FILE}] ({SITE}{FILE})",
        f"[Sida]({SITE}/sidor/skolan/)",
        f"[Annan](https://wiki.example{FILE})",
        f"[Annan](https://wikixexample:8443{FILE})",
        f"[Annan]({SITE}.evil.example{FILE})",
        f"[Annan](ftp://wiki.example:8443{FILE})",
        f"Ord \\[a\\]({SITE}{FILE})",
        f"`[Plan]({SITE}{FILE})`",
        f"```\n[Plan]({SITE}{FILE})\n```",
        f"> ~~~\n> [Plan]({SITE}{FILE})",
    ],
)
def test_all_else_is_left_alone(text: str) -> None:
    assert with_own_addresses(text, "") == text


@pytest.mark.django_db
def test_a_form_is_saved_with_them_and_the_version_names_the_file(
    make_page: MakePage, as_eva: Client
) -> None:
    page = make_page(body=f"[Gammal]({SITE}/media/b.pdf)\n")
    form = form_of(page, body=f"{page.body}\n[Ny]({SITE}{FILE})\n")
    assert as_eva.post("/sidor/skolan/redigera/", form).status_code == 302
    page.refresh_from_db()
    assert page.body == f"[Gammal]({SITE}/media/b.pdf)\n\n[Ny]({FILE})\n"
