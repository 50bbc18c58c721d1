"""Every hostile file is treated as its list says: our own small set, and the large one that CORPORA names."""

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import signed_in
from tests.wiki.files.fetching import get
from tests.wiki.files.made import picture, sent
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
MEMORY = 100  # MB that all of them together may add
needs_proc = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="Linux tells it, others do not"
)
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


LOOK = """
import re, sys
from io import BytesIO
from pathlib import Path
import django
django.setup()
from wiki.files.refusing import NotTaken
from wiki.files.taking import take

def most():
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])

before = most()
for name in sys.argv[1:]:
    path = Path(name)
    try:
        take(BytesIO(path.read_bytes()), path.name)
    except NotTaken:
        pass
print(most() - before)
"""


def memory(*files: Path) -> float:
    """MB that looking at these, one after the other, adds to what a new process has had at the most."""
    command = [sys.executable, "-c", LOOK, *map(str, files)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return int(done.stdout) / 2**10


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
    response = upload(name, (FOLDER / name).read_bytes(), eva)
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


@needs_proc
def test_hostile_files_take_little_memory(tmp_path: Path) -> None:
    for name, data in SMALL.items():
        (tmp_path / name).write_bytes(data)
    large = FOLDER.iterdir() if FOLDER else ()
    assert memory(*tmp_path.iterdir(), *large) < MEMORY


@needs_proc
def test_much_memory_would_be_seen(tmp_path: Path) -> None:
    """A picture that is as large as one may be, and no harm."""
    path = tmp_path / "large.png"
    path.write_bytes(picture((5000, 5000)))
    assert memory(path) > 60


def test_the_list_knows_every_file() -> None:
    assert not FOLDER or {*TAKEN, *MAY_BE_TAKEN} <= set(listed())


def test_nobody_else_uploads(client: Client, db: None) -> None:
    response = client.post("/filer/ny/", {"file": BytesIO(b"x")}, headers={"Accept": "application/json"})
    assert response.status_code == 403
