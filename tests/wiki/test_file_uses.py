"""Each version tells which files it names."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from mittkoping.accounts.models import User
from tests.conftest import MakePage, published
from tests.wiki.picturing import DOCUMENT, PICTURE, stored
from wiki import operations
from wiki.content import Content
from wiki.models import AttachmentContent, AttachmentUse, Edit, Page
from wiki.operations.using import project_files

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def uses() -> list[tuple[str, int]]:
    rows = AttachmentUse.objects.order_by("edit__number", "content__path")
    return [(f"/media/{path}", number) for path, number in rows.values_list("content__path", "edit__number")]


def shown_to_all() -> list[str]:
    return [content.url for content in AttachmentContent.objects.shown_to(NOBODY).order_by("path")]


def test_every_version_names_its_own_files(make_page: MakePage, eva: User) -> None:
    for url in (PICTURE, DOCUMENT):
        stored(url, by=eva)
    assert shown_to_all() == []
    page = make_page(body=f"![Ån]({PICTURE})")
    assert uses() == [(PICTURE, 1)]
    operations.edit(page, replace(page.content, body=f"[Plan]({DOCUMENT}) ![Ån]({PICTURE})"), base=1, by=eva)
    assert uses() == [(PICTURE, 1), (PICTURE, 2), (DOCUMENT, 2)]
    operations.revert(Page.objects.get(), 1, base=2, by=eva)
    assert uses()[-1] == (PICTURE, 3)
    assert shown_to_all() == [PICTURE, DOCUMENT]


def test_a_smaller_size_is_a_use_of_the_picture(make_page: MakePage, eva: User) -> None:
    stored(PICTURE, by=eva)
    make_page(body=f"![Ån]({PICTURE.replace('.png', '-480.png')})")
    assert uses() == [(PICTURE, 1)]


def test_of_several_who_have_uploaded_the_same_the_authors_file_is_used(
    make_page: MakePage, eva: User, bo: User, rut: User
) -> None:
    first, own, gone = (stored(PICTURE, by=by, name=f"{by}.png") for by in (eva, bo, rut))
    gone.attachment.deleted_at = gone.at
    gone.attachment.save()
    make_page(body=f"![Ån]({PICTURE})", by=bo)
    make_page("Ån", body=f"![Ån]({PICTURE})", by=eva)
    assert list(AttachmentUse.objects.order_by("pk").values_list("content", flat=True)) == [own.pk, first.pk]


def test_what_somebody_keeps_to_themselves_stays_so_when_others_show_the_same(
    make_page: MakePage, ada: User, eva: User, bo: User
) -> None:
    stored(PICTURE, by=ada, name="hemligt.png")
    shown = stored(PICTURE, by=eva)
    page = make_page(body=f"![Ån]({PICTURE})", by=eva)
    operations.edit(page, replace(page.content, body=f"Här: ![Ån]({PICTURE})"), base=1, by=bo)
    assert list(AttachmentUse.objects.values_list("content", flat=True)) == [shown.pk, shown.pk]


def test_to_know_an_address_is_no_right_to_publish(make_page: MakePage, ada: User, bo: User) -> None:
    stored(DOCUMENT, by=ada)
    make_page(body=f"[Planen]({DOCUMENT})", by=bo)
    assert (uses(), shown_to_all()) == ([], [])


def test_a_picture_of_the_reviewers_own_is_shown(page: Page, ada: User, rut: User) -> None:
    stored(PICTURE, by=rut)
    proposal = operations.propose(page, replace(page.content, body="Ån."), base=1, by=ada)
    project_files(operations.accept(proposal, revision=1, by=rut), [PICTURE])
    assert uses() == [(PICTURE, 2)]


def test_a_proposal_names_no_file_for_others_until_it_is_published(page: Page, ada: User, rut: User) -> None:
    stored(PICTURE, by=ada)
    content = replace(page.content, body=f"![Ån]({PICTURE})")
    proposal = operations.propose(page, content, base=1, by=ada)
    assert (uses(), shown_to_all()) == ([], [])
    operations.accept(proposal, revision=1, by=rut)
    assert (uses(), shown_to_all()) == ([(PICTURE, 2)], [PICTURE])


def test_a_file_of_an_archived_page_or_a_hidden_version_is_shown_to_nobody_else(
    make_page: MakePage, eva: User, rut: User
) -> None:
    stored(PICTURE, by=eva)
    page = make_page(body=f"![Ån]({PICTURE})")
    assert shown_to_all() == [PICTURE]
    operations.archive(page, reason="Dubbel.", by=rut)
    assert shown_to_all() == []
    operations.restore(Page.objects.get(), by=rut)
    assert shown_to_all() == [PICTURE]
    operations.edit(Page.objects.get(), replace(page.content, body="Kort."), base=1, by=eva)
    assert shown_to_all() == [PICTURE]
    Edit.objects.filter(number=1).update(hidden_at="2026-01-01T00:00Z", hidden_by=rut, hidden_reason="Så.")
    assert shown_to_all() == []


def test_what_is_read_in_names_its_files(eva: User) -> None:
    stored(DOCUMENT, by=eva)
    content = Content(title="Ån", body=f"[Plan]({DOCUMENT}#sida=2)")
    published(operations.create(content, by=eva, act=Edit.Act.IMPORT))
    assert uses() == [(DOCUMENT, 1)]


def test_a_page_without_files_asks_nothing(make_page: MakePage, django_assert_num_queries: Any) -> None:
    page = make_page(body="Text.")
    edit = page.edits.get()
    with django_assert_num_queries(0):
        project_files(edit, [])
    # The author, and the files.
    with django_assert_num_queries(2):
        project_files(edit, [PICTURE])
