"""Deleted files: gone for everybody, told of in the log, and cleaned out of the storage."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from tests.conftest import MakePage, signed_in
from tests.wiki.files.fetching import get
from tests.wiki.files.made import picture, sent, uploaded
from wiki import operations
from wiki.files import storing
from wiki.models import Attachment, AttachmentContent
from wiki.operations import attachments, replacing
from wiki.operations.attachments import make_ready

DELETED = "En moderator har tagit bort just den här filen. Den går inte att ladda upp igen."


def count_of(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


def test_a_deleted_file_is_gone_in_all_sizes(
    client: Client, eva: User, rut: User, make_page: MakePage, stored: Path
) -> None:
    content = uploaded(eva, picture((1000, 500)))
    make_page("Här", body=f"![Gård]({content.url})\n")
    assert (count_of(stored), get(client, content.url).status) == (3, 200)
    operations.delete_file(content.attachment, "Visar ett barn", by=rut)
    assert count_of(stored) == 0
    for browser in (client, signed_in(eva), signed_in(rut)):
        assert browser.get(content.url).status_code == 404
    content.attachment.refresh_from_db()
    assert (content.attachment.deleted_by, content.attachment.deleted_reason) == (rut, "Visar ett barn")


def test_the_same_of_somebody_else_is_deleted_too(
    client: Client, eva: User, ada: User, rut: User, make_page: MakePage, stored: Path
) -> None:
    content, same, other = uploaded(eva), uploaded(ada), uploaded(ada, picture(colour=(1, 2, 3)))
    make_page("Här", body=f"![Gård]({content.url})\n")
    assert get(client, content.url).status == 200
    operations.delete_file(content.attachment, "Visar ett barn", by=rut)
    deleted = Attachment.objects.exclude(deleted_at=None).order_by("pk")
    assert list(deleted) == [content.attachment, same.attachment]
    assert {(each.deleted_by, each.deleted_reason) for each in deleted} == {(rut, "Visar ett barn")}
    entries = LogEntry.objects.filter(act=LogEntry.Act.DELETE_FILE)
    assert [entry.reason for entry in entries] == ["Visar ett barn"] * 2
    assert client.get(content.url).status_code == 404
    assert [path.name for path in stored.rglob("*.*")] == [other.path.rpartition("/")[2]]


def test_what_a_kept_file_holds_as_well_is_not_thrown_away(
    eva: User, ada: User, rut: User, stored: Path
) -> None:
    """Of two files that are deleted together, one has held what a third one holds."""
    first, second = uploaded(eva), uploaded(ada)
    shared = picture(colour=(1, 2, 3))
    operations.replace(second.attachment, BytesIO(shared), "ny.png", by=ada)
    third = uploaded(eva, shared)
    operations.delete_file(first.attachment, "Fel", by=rut)
    third.attachment.refresh_from_db()
    assert not third.attachment.is_deleted
    assert [path.name for path in stored.rglob("*.*")] == [third.path.rpartition("/")[2]]


def test_what_is_uploaded_in_the_moment_of_deletion_keeps_its_bytes(
    eva: User, ada: User, rut: User, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = uploaded(eva)
    real = storing.throw_away

    def meanwhile(paths: Iterable[str]) -> None:
        attachment = Attachment.objects.create(name="samma.png", uploaded_by=ada)
        content.pk, content.attachment = None, attachment
        content.save()
        real(paths)

    monkeypatch.setattr(storing, "throw_away", meanwhile)
    operations.delete_file(content.attachment, "Fel", by=rut)
    assert count_of(stored) == 1


def test_what_is_deleted_right_after_it_was_uploaded_is_not_stored_again(
    eva: User, rut: User, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = attachments._upload

    def slow(*facts: Any) -> AttachmentContent:
        content = real(*facts)
        operations.delete_file(content.attachment, "Fel", by=rut)
        return content

    monkeypatch.setattr(attachments, "_upload", slow)
    with pytest.raises(operations.BadFile, match=DELETED):
        uploaded(eva)
    assert count_of(stored) == 0


def test_a_file_that_is_deleted_during_a_replacement_is_not_taken(
    eva: User, ada: User, rut: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, blue = uploaded(ada), picture(colour=(1, 2, 3))
    theirs = uploaded(eva, blue)
    real = make_ready

    def slow(data: BinaryIO, name: str) -> Any:
        ready = real(data, name)
        operations.delete_file(theirs.attachment, "Fel", by=rut)
        return ready

    monkeypatch.setattr(replacing, "make_ready", slow)
    with pytest.raises(operations.BadFile, match=DELETED):
        operations.replace(mine.attachment, BytesIO(blue), "x.png", by=ada)
    assert mine.attachment.contents.count() == 1


def test_what_is_deleted_is_neither_described_nor_replaced(eva: User, rut: User) -> None:
    stale = uploaded(eva).attachment
    deleted = Attachment.objects.get(pk=stale.pk)
    operations.delete_file(deleted, "Fel", by=rut)
    deleted.refresh_from_db()
    for attachment in (stale, deleted):
        with pytest.raises(PermissionDenied, match=r"^Filen är borttagen\.$"):
            operations.describe(attachment, "Ny", "", "", by=eva)
        with pytest.raises(PermissionDenied, match=r"^Filen är borttagen\.$"):
            operations.replace(attachment, BytesIO(picture(colour=(1, 2, 3))), "x.png", by=eva)
    response = signed_in(rut).post(deleted.get_absolute_url(), {"do": "describe", "name": "Ny"})
    assert response.status_code == 403
    assert "Filen är borttagen." in response.text
    assert Attachment.objects.get().name == "skolgård.png"


@pytest.mark.parametrize("who", ["eva", "rut"])
def test_a_file_that_goes_while_its_successor_is_looked_at_is_told_of(
    who: str, eva: User, rut: User, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    attachment = uploaded(eva).attachment

    def slow(data: BinaryIO, name: str) -> Any:
        operations.delete_file(attachment, "Fel", by=rut)
        raise operations.BadFile("Filen är tom.")

    monkeypatch.setattr(replacing, "make_ready", slow)
    response = signed_in(request.getfixturevalue(who)).post(
        attachment.get_absolute_url(), {"do": "replace", "file": sent()}
    )
    expected = {
        "eva": (404, "En moderator har tagit bort filen."),
        "rut": (200, "Rut Alm har tagit bort filen."),
    }
    status, sentence = expected[who]
    assert response.status_code == status
    assert sentence in response.text


def test_all_that_it_has_held_goes(eva: User, rut: User, stored: Path) -> None:
    content = uploaded(eva)
    operations.replace(content.attachment, BytesIO(picture(colour=(1, 2, 3))), "ny.png", by=eva)
    assert count_of(stored) == 2
    operations.delete_file(content.attachment, "Fel", by=rut)
    assert count_of(stored) == 0


def test_what_has_been_deleted_is_not_taken_again(eva: User, ada: User, rut: User, stored: Path) -> None:
    content = uploaded(eva)
    operations.delete_file(content.attachment, "Fel", by=rut)
    with pytest.raises(operations.BadFile, match=DELETED):
        uploaded(ada)
    other = uploaded(ada, picture(colour=(1, 2, 3)))
    with pytest.raises(operations.BadFile, match=DELETED):
        operations.replace(other.attachment, BytesIO(picture()), "x.png", by=ada)
    assert count_of(stored) == 1


def test_only_moderators_delete_and_say_why(ada: User, eva: User, rut: User) -> None:
    attachment = uploaded(ada).attachment
    for user in (ada, eva):
        with pytest.raises(PermissionDenied, match="Bara moderatorer tar bort filer"):
            operations.delete_file(attachment, "Fel", by=user)
    with pytest.raises(operations.ReasonMissing):
        operations.delete_file(attachment, "", by=rut)
    operations.delete_file(attachment, "Fel", by=rut)
    with pytest.raises(PermissionDenied, match="Filen är redan borttagen"):
        operations.delete_file(attachment, "Fel", by=rut)
    assert LogEntry.objects.filter(act=LogEntry.Act.DELETE_FILE).count() == 1


def test_the_form_asks_why(eva: User, rut: User) -> None:
    attachment = uploaded(eva).attachment
    browser, address = signed_in(rut), attachment.get_absolute_url()
    assert "Skriv ett skäl. Alla kan läsa det i loggen." in browser.post(address, {"do": "delete"}).text
    response = browser.post(address, {"do": "delete", "reason": "Visar ett barn"}, follow=True)
    assert response.redirect_chain == [("/filer/", 302)]
    attachment.refresh_from_db()
    assert attachment.is_deleted


def test_the_page_of_a_deleted_file_tells_moderators_why(
    client: Client, eva: User, rut: User, make_page: MakePage
) -> None:
    content = uploaded(eva, name="hemlig.png")
    make_page("Här", body=f"![Gård]({content.url})\n")
    operations.delete_file(content.attachment, "Visar ett barn", by=rut)
    address = content.attachment.get_absolute_url()
    for browser in (client, signed_in(eva)):
        response = browser.get(address)
        assert response.status_code == 404
        assert "En moderator har tagit bort filen." in response.text
        assert "hemlig" not in response.text
    response = signed_in(rut).get(address)
    assert response.status_code == 404
    for words in ("Rut Alm har tagit bort filen. Skäl: Visar ett barn", "hemlig.png", "/sidor/har/"):
        assert words in response.text
    assert content.url not in response.text
    assert "/filer/" not in client.get("/filer/").text.partition('id="antal"')[2].partition("</section>")[0]


def test_the_log_tells_everybody_and_names_the_file_to_moderators(
    client: Client, eva: User, rut: User
) -> None:
    attachment = uploaded(eva, name="hemlig.png").attachment
    operations.delete_file(attachment, "Visar ett barn", by=rut)
    for browser in (client, signed_in(eva)):
        text = browser.get("/logg/?vad=delete_file").text
        assert "<strong>Tog bort en fil</strong>: en fil" in text
        assert "Visar ett barn" in text
        assert "hemlig" not in text
    assert f'<a href="{attachment.get_absolute_url()}">hemlig.png</a>' in signed_in(rut).get("/logg/").text
