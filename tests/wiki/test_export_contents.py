"""What is in the file with all that a municipality has written."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage
from tests.conftest import tag as make_tag
from tests.wiki.export_setup import written
from tests.wiki.purge_setup import CANARY, clean, hide, tell
from wiki import operations
from wiki.exporting.archive import write_archive
from wiki.exporting.page_files import linked
from wiki.exporting.selection import pages_of
from wiki.models import Experience, Page

pytestmark = pytest.mark.django_db
KEY = "5c0d1f4e-0000-4000-8000-000000000001"


def test_pages_written_for_the_municipality_and_pages_about_it_are_in_the_file(
    make_page: MakePage, mittkoping_: Municipality, malmo: Municipality, eva: User, bo: User
) -> None:
    make_page("Av oss")
    make_page("Om oss", by=bo, municipalities=("9901",))
    make_page("Av andra", by=bo, municipalities=("1280",))
    ours_too = make_page("Ändrad av oss", by=bo)
    operations.edit(ours_too, replace(ours_too.content, body="Vi med."), base=1, by=eva)
    files = written(mittkoping_)
    assert sorted(name for name in files if name.startswith("sidor/")) == [
        "sidor/andrad-av-oss.html",
        "sidor/andrad-av-oss.json",
        "sidor/av-oss.html",
        "sidor/av-oss.json",
        "sidor/om-oss.html",
        "sidor/om-oss.json",
    ]
    assert {"README.txt", "index.html", "erfarenheter.json", "stil.css"} <= files.keys()
    assert '<a href="sidor/om-oss.html">Om oss</a></th><td>handlar om kommunen</td>' in files["index.html"]
    assert '<a href="sidor/av-oss.html">Av oss</a></th><td>skriven för kommunen</td>' in files["index.html"]
    assert "CC BY 4.0" in files["README.txt"]
    assert f"{timezone.localdate():%Y}" in files["README.txt"]


def test_a_page_has_its_whole_history_with_text_and_tags(
    make_page: MakePage, mittkoping_: Municipality, catalogue: Any, eva: User, bo: User
) -> None:
    tag = make_tag(KEY, note="Som alla sa", author=bo.pk, municipality="9901")
    page = make_page(body="Ett.", summary="Börjar")
    operations.edit(page, replace(page.content, body="Två <b>.", tags=(tag,)), base=1, summary="Mer", by=bo)
    found = json.loads(written(mittkoping_)["sidor/skolan.json"])
    first, second = found["versions"]
    assert (first["number"], first["author"], first["municipality"]) == (1, "Eva Berg", "Mittköping")
    assert (first["summary"], first["body"], first["act"]) == ("Börjar", "Ett.", "create")
    assert (second["number"], second["author"], second["municipality"]) == (2, "Bo Ek", "Granneby")
    assert second["body"] == "Två <b>."
    assert second["tags"][0]["note"] == "Som alla sa"
    assert "author" not in second["tags"][0]
    assert [row["key"] for row in found["tags"]] == [KEY]
    assert (found["tags"][0]["municipality"], found["tags"][0]["is_fictional"]) == ("Mittköping", True)
    assert found["hidden_versions"] == []
    assert found["version"] == 2
    html = written(mittkoping_)["sidor/skolan.html"]
    assert "Två &lt;b&gt;." in html
    assert "Som alla sa" in html
    assert eva.email not in html + json.dumps(found)


def test_a_hidden_version_is_left_out_and_said_to_be(
    page: Page, mittkoping_: Municipality, eva: User, rut: User
) -> None:
    clean(tell(page, eva), eva)
    assert CANARY in "".join(written(mittkoping_).values())
    hide(page, [2, 3], by=rut)
    files = written(mittkoping_)
    assert CANARY not in "".join(files.values())
    found = json.loads(files["sidor/skolan.json"])
    assert [version["number"] for version in found["versions"]] == [1, 4]
    assert found["hidden_versions"] == [
        {"number": 2, "reason": "Personuppgifter"},
        {"number": 3, "reason": "Personuppgifter"},
    ]
    assert "Versionen är dold och finns inte med. Skälet är: Personuppgifter" in files["sidor/skolan.html"]


def test_an_archived_page_is_left_out(page: Page, mittkoping_: Municipality, rut: User) -> None:
    assert [found.slug for found in pages_of(mittkoping_)] == ["skolan"]
    operations.archive(page, reason="Gammal", by=rut)
    assert not [name for name in written(mittkoping_) if name.startswith("sidor/")]


def test_answers_to_passages_are_in_the_file_unless_they_are_hidden(
    page: Page, mittkoping_: Municipality, granneby: Municipality, eva: User, bo: User
) -> None:
    facts = {"page": page, "key": KEY, "applies": True}
    ours = Experience.objects.create(municipality=mittkoping_, user=eva, line="Så är det.", **facts)
    Experience.objects.create(municipality=granneby, user=bo, line="Inte hos dem.", **facts)
    told = json.loads(written(mittkoping_)["erfarenheter.json"])["experiences"]
    assert [(row["line"], row["applies"], row["key"]) for row in told] == [("Så är det.", True, KEY)]
    Experience.objects.filter(pk=ours.pk).update(hidden_at=timezone.now())
    assert json.loads(written(mittkoping_)["erfarenheter.json"])["experiences"] == []


def test_links_lead_to_files_beside_or_to_the_site(settings: Any) -> None:
    site = settings.SITE_URL
    html = (
        '<a href="/sidor/skolan/#u-mal">a</a> <a class="x" href="/sidor/annan/">b</a> '
        '<a href="#u-1">c</a> <a href="https://x.example/">d</a> <code>&lt;a href="/x"&gt;</code>'
    )
    assert linked(html, {"skolan"}) == (
        f'<a href="skolan.html#u-mal">a</a> <a class="x" href="{site}/sidor/annan/">b</a> '
        '<a href="#u-1">c</a> <a href="https://x.example/">d</a> <code>&lt;a href="/x"&gt;</code>'
    )


def test_progress_is_told_page_by_page(make_page: MakePage, mittkoping_: Municipality) -> None:
    for title in ("Ett", "Två", "Tre"):
        make_page(title)
    assert list(write_archive(io.BytesIO(), mittkoping_)) == [(0, 3), (1, 3), (2, 3), (3, 3)]
