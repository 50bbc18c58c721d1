"""When files cannot be stored: a sentence, nothing half, and nothing typed is lost."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import MakePage, signed_in
from tests.wiki.files.made import sent, uploaded
from wiki.files import storing
from wiki.models import Attachment

JSON = {"Accept": "application/json"}
FULL = "Servern har slut på utrymme"
AWAY = "Vi når inte filerna just nu"


def failing(number: int) -> Any:
    """A storage that writes half, and then fails so."""

    def save(self: FileSystemStorage, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(10))
        raise OSError(number, os.strerror(number))

    return save


@pytest.mark.parametrize(
    ("number", "status", "sentence"),
    [(errno.ENOSPC, 507, FULL), (errno.EDQUOT, 507, FULL), (errno.EIO, 503, AWAY), (errno.EACCES, 503, AWAY)],
)
def test_a_disk_that_does_not_take_it_is_told_of(
    number: int, status: int, sentence: str, eva: User, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FileSystemStorage, "_save", failing(number))
    browser = signed_in(eva)
    by_script = browser.post("/filer/ny/", {"file": sent()}, headers=JSON)
    assert (by_script.status_code, by_script.json()["error"].startswith(f"{sentence}. ")) == (status, True)
    assert int(by_script.headers["Retry-After"]) > 0
    by_form = browser.post("/filer/ny/", {"file": sent(), "creator": "Ada Lind"})
    assert (by_form.status_code, by_form.headers["Cache-Control"]) == (status, "no-store")
    for words in (sentence, "Ada Lind"):
        assert words in by_form.text
    assert not Attachment.objects.exists()
    assert [path for path in stored.rglob("*") if path.is_file()] == []
    monkeypatch.undo()
    assert uploaded(eva).number == 1


def test_a_disk_that_does_not_give_it_is_told_of(
    client: Client, eva: User, make_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = uploaded(eva)
    make_page("Här", body=f"![Gård]({content.url})\n")

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(FileSystemStorage, "_open", fail)
    answer = client.get(content.url)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store")
    assert AWAY in answer.text


def test_two_who_store_the_same_at_once_leave_one(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = default_storage.exists

    def meanwhile(path: str) -> bool:
        found = real(path)
        monkeypatch.undo()
        target = stored / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"same")
        return found

    monkeypatch.setattr(FileSystemStorage, "exists", lambda self, path: meanwhile(path))
    storing.put({"bilder/x.png": b"same"})
    assert [path.name for path in stored.rglob("*.*")] == ["x.png"]
