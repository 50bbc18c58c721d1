"""Every hostile file is treated as its list says: our own small set, and the large one that CORPORA names."""

import json
import os
import resource
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import signed_in
from tests.wiki.files.fetching import get
from tests.wiki.files.made import sent
from wiki.models import AttachmentContent

CORPORA = os.environ.get("CORPORA")
FOLDER = Path(CORPORA, "uploads") if CORPORA else None
# What is taken, or may be. Everything else in the list is to be refused.
TAKEN = {
    "ok.png": "image/png",
    "polyglot-png-html.png": "image/png",
    "script.pdf": "application/pdf",
    "formula.csv": "text/csv; charset=utf-8",
    "html.txt": "text/plain; charset=utf-8",
    "utf7.txt": "text/plain; charset=utf-8",
}
MAY_BE_TAKEN = {
    "polyglot-gif-js.gif": "image/gif",
    "polyglot-gif-html.gif": "image/gif",
    "crc-broken.png": "image/png",
}
MEMORY = 150  # MB that all of them together may add
SMALL = {
    "polyglot.gif": b"GIF89a/*\x01\x00\x00\x00\x00*/=1;alert(1)",
    "html.jpg": b"<!doctype html><script>alert(1)</script>",
    "svg.png": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "script.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "laughs.svg": b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg>&b;</svg>',
    "page.html": b"<script>alert(1)</script>",
    "slip.zip": b"PK\x05\x06" + b"\0" * 18,
    "docx.pdf": b"PK\x03\x04" + b"\0" * 60,
    "x.php.jpg": b"\x89PNG\r\n\x1a\n" + b"\0" * 60,
    "empty.png": b"",
}


def listed() -> list[Any]:
    if not FOLDER:
        return []
    return [entry["file"] for entry in json.loads((FOLDER / "MANIFEST.json").read_text())["files"]]


def memory() -> float:
    """The most that the process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


@pytest.fixture(autouse=True)
def stored(settings: Any, tmp_path: Path) -> Path:
    """A storage of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def upload(name: str, data: bytes, by: User) -> Any:
    return signed_in(by).post(
        "/filer/ny/", {"file": sent(data, name)}, headers={"Accept": "application/json"}
    )


@pytest.mark.parametrize("name", listed())
def test_hostile_files_are_treated_as_the_list_says(name: str, eva: User, rut: User, stored: Path) -> None:
    assert FOLDER
    before = memory()
    response = upload(name, (FOLDER / name).read_bytes(), eva)
    assert memory() - before < MEMORY
    if response.status_code == 201:
        assert_harmless(name, (TAKEN | MAY_BE_TAKEN)[name], response.json()["url"], rut, stored)
    else:
        assert name not in TAKEN
        assert response.status_code == 422
        assert len(response.json()["error"]) > 10
        assert not stored.exists()


def assert_harmless(name: str, media_type: str, url: str, by: User, stored: Path) -> None:
    """It is stored under a name of ours, and served as what it is, locked in."""
    assert FOLDER
    content = AttachmentContent.objects.get()
    answer = get(signed_in(by), url)
    assert answer.headers["Content-Type"] == content.media_type == media_type
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert [path.name for path in stored.rglob("*.*")] == [content.path.rpartition("/")[2]]
    if content.is_image:
        for mark in (b"<!", b"alert", b"script"):
            assert mark not in answer.body
    else:
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer.body == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("name", SMALL)
def test_our_own_hostile_files_are_refused(name: str, eva: User, stored: Path) -> None:
    response = upload(name, SMALL[name], eva)
    assert (response.status_code, stored.exists()) == (422, False)
    assert response.json()["error"]


def test_the_list_knows_every_file() -> None:
    assert not FOLDER or {*TAKEN, *MAY_BE_TAKEN} <= set(listed())


def test_nobody_else_uploads(client: Client, db: None) -> None:
    response = client.post("/filer/ny/", {"file": BytesIO(b"x")}, headers={"Accept": "application/json"})
    assert response.status_code == 403
