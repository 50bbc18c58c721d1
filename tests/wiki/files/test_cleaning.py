"""What lies in the storage without a row that names it is thrown away once it is old."""

import os
import time
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command

from mittkoping.accounts.models import User
from tests.conftest import signed_in
from tests.wiki.files.made import picture, uploaded
from tests.wiki.files.test_deleting import count_of
from wiki import operations
from wiki.models import AttachmentContent
from wiki.operations import attachments, replacing


def test_a_file_that_vanishes_meanwhile_does_not_end_the_cleaning(
    db: None, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.part", "b.part"):
        (stored / "dokument").mkdir(parents=True, exist_ok=True)
        (stored / "dokument" / name).write_bytes(b"x")
    age(stored)
    real = FileSystemStorage.get_modified_time

    def gone(self: FileSystemStorage, path: str) -> Any:
        if path.endswith("a.part"):
            (stored / path).unlink()
        return real(self, path)

    monkeypatch.setattr(FileSystemStorage, "get_modified_time", gone)
    assert cleaned() == "1 fil slängdes.\n"
    assert count_of(stored) == 0


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


@pytest.mark.parametrize("is_replaced", [False, True])
def test_an_old_stray_that_is_uploaded_while_it_is_cleaned_keeps_its_bytes(
    is_replaced: bool, eva: User, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lay there before is left as it is, old: it is cleaned until the row is written."""
    data = picture((1000, 500))
    first = uploaded(eva, picture(colour=(1, 2, 3)))
    attachments.make_ready(BytesIO(data), "x.png")
    age(stored)
    real = attachments.new_content

    def slow(*facts: Any) -> AttachmentContent:
        assert cleaned() == "3 filer slängdes.\n"
        return real(*facts)

    monkeypatch.setattr(replacing if is_replaced else attachments, "new_content", slow)
    if is_replaced:
        content = operations.replace(first.attachment, BytesIO(data), "x.png", by=eva).content
    else:
        content = uploaded(eva, data)
    assert (stored / content.path).stat().st_size == content.size
    assert count_of(stored) == 1 + 3
