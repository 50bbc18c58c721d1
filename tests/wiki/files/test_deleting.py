"""Deleted files: gone for everybody, told of in the log, and cleaned out of the storage."""

import os
import time
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from tests.conftest import MakePage, signed_in
from tests.wiki.files.fetching import get
from tests.wiki.files.made import picture, uploaded
from wiki import operations

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


def test_what_another_file_holds_too_is_kept(eva: User, ada: User, rut: User, stored: Path) -> None:
    content = uploaded(eva)
    uploaded(ada)
    operations.delete_file(content.attachment, "Fel", by=rut)
    assert count_of(stored) == 1


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


def test_bytes_that_could_not_be_thrown_away_are_cleaned_later(
    eva: User, rut: User, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = uploaded(eva)
    kept = uploaded(eva, picture((1000, 500)))

    def fail(path: str) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(type(default_storage._wrapped), "delete", lambda self, path: fail(path))  # type: ignore[attr-defined]  # a lazy object
        operations.delete_file(content.attachment, "Fel", by=rut)
    assert (stored / content.path).exists()
    assert signed_in(rut).get(content.url).status_code == 404
    assert cleaned() == "0 filer slängdes.\n"
    age(stored)
    assert cleaned() == "1 fil slängdes.\n"
    assert cleaned() == "0 filer slängdes.\n"
    assert count_of(stored) == 3
    assert (stored / kept.path).exists()


def test_what_no_row_names_is_cleaned_once_it_is_old(eva: User, stored: Path) -> None:
    assert cleaned() == "0 filer slängdes.\n"
    stray = stored / "bilder" / f"{'a' * 32}-1000x500-480.png"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")
    (stored / "dokument").mkdir()
    (stored / "dokument" / "x.part").write_bytes(b"x")
    assert cleaned() == "0 filer slängdes.\n"
    age(stored)
    assert cleaned() == "2 filer slängdes.\n"
    assert count_of(stored) == 0


def cleaned() -> str:
    out = StringIO()
    call_command("clean_files", stdout=out)
    return out.getvalue()


def age(folder: Path) -> None:
    for path in folder.rglob("*"):
        long_ago = time.time() - 25 * 3600
        os.utime(path, (long_ago, long_ago))


def test_a_row_that_could_not_be_written_leaves_a_file_that_is_cleaned(
    eva: User, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("wiki.operations.attachments.new_content", fail)
        with pytest.raises(RuntimeError):
            uploaded(eva)
    assert count_of(stored) == 1
    age(stored)
    assert cleaned() == "1 fil slängdes.\n"
