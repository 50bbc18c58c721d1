"""Versions are ordered by their number, whatever the clock says."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.clock import Clock
from tests.conftest import published
from wiki import operations
from wiki.content import Content
from wiki.models import Edit, Page


@pytest.fixture
def backwards(monkeypatch: pytest.MonkeyPatch, eva: User, bo: User) -> Page:
    """A page of three versions, each an hour before the one it followed: a server's clock was put right."""
    clock = Clock(monkeypatch)
    page = published(operations.create(Content(title="Skolan", body="Ett.\n"), by=eva)).page
    for number, by in ((1, bo), (2, eva)):
        clock.forward(hours=-1)
        operations.edit(page, Content(title="Skolan", body=f"Efter {number}.\n"), base=number, by=by)
    page.refresh_from_db()
    return page


def test_a_clock_that_goes_back_does_not_reorder_versions(backwards: Page, client: Client) -> None:
    edits = list(backwards.edits.all())
    assert [edit.number for edit in edits] == [3, 2, 1]
    assert edits[0].created_at < edits[1].created_at < edits[2].created_at
    assert [edit.number for edit in Edit.objects.newest_first()] == [3, 2, 1]
    for address in ("/sidor/skolan/historik/", "/andringar/"):
        shown = re.findall(r'href="/sidor/skolan/version/(\d)/"', client.get(address).text)
        assert list(dict.fromkeys(shown)) == ["3", "2", "1"], address
    assert "Efter 2." in client.get("/sidor/skolan/").text


def test_a_merge_goes_by_numbers_too(backwards: Page, bo: User) -> None:
    late = operations.edit(backwards, replace(backwards.content, lead="Ny ingress."), base=3, by=bo)
    assert (published(late).number, published(late).content.body) == (4, "Efter 2.\n")


def test_what_is_reviewed_goes_by_numbers(backwards: Page, rut: User) -> None:
    operations.mark_reviewed(backwards, up_to=2, by=rut)
    assert list(backwards.edits.unreviewed().values_list("number", flat=True)) == [3]
    edit = backwards.edits.with_review().get(number=3)
    assert edit.reviewed_to == 2
