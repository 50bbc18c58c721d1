"""What is written, and where."""

from pathlib import Path

import pytest
from django.core.management import CommandError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.text.normalise import normalise, normalise_line
from tests.conftest import MakePage, tag
from tests.wiki.transfer_commands import contents, fill, run_export
from wiki import operations
from wiki.content import Content
from wiki.models import Page
from wiki.transfer.front_matter import read, write
from wiki.transfer.problems import Unreadable


def test_archived_pages_are_not_written(tmp_path: Path, make_page: MakePage, rut: User) -> None:
    make_page("Öppen")
    hidden = make_page("Arkiverad")
    run_export(tmp_path / "före")
    assert sorted(contents(tmp_path / "före")) == ["arkiverad.md", "oppen.md"]
    operations.archive(hidden, reason="Gammal", by=rut)

    run_export(tmp_path / "efter")

    assert sorted(contents(tmp_path / "efter")) == ["oppen.md"]


def test_a_folder_with_files_in_it_is_only_written_to_on_demand(tmp_path: Path, page: Page) -> None:
    elsewhere = tmp_path / "annat.txt"
    folder = fill(tmp_path / "ut", {"README.txt": "Mitt eget"})
    elsewhere.write_text("Ska vara kvar")
    (folder / "skolan.md").symlink_to(elsewhere)
    with pytest.raises(CommandError) as refusal:
        run_export(folder)
    assert str(refusal.value) == (
        f"Mappen {folder} är inte tom. Välj en annan, eller skriv över med --overwrite."
    )

    said = run_export(folder, overwrite=True)

    assert said == f"1 fil i {folder}"
    assert elsewhere.read_text() == "Ska vara kvar"
    assert not (folder / "skolan.md").is_symlink()
    assert contents(folder)["skolan.md"].startswith(b"---\ntitle: Skolan\n")
    assert contents(folder)["README.txt"] == b"Mitt eget"


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path, page: Page) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(CommandError) as refusal:
        run_export(tmp_path / "fil")
    assert str(refusal.value) == f"Det gick inte att skriva till {tmp_path}/fil: File exists."


def test_the_file_of_a_page_is_plain_to_read(
    tmp_path: Path, make_page: MakePage, catalogue: dict[str, Factor]
) -> None:
    make_page("Skolan", lead="Om: skolan.", body="\nText", tags=(tag(note="Så"),), municipalities=("9901",))

    run_export(tmp_path)

    assert (
        (tmp_path / "skolan.md").read_text()
        == """---
title: Skolan
lead: 'Om: skolan.'
kind: sida
tracks: []
municipalities:
- Mittköping
tags:
- factor: gemensam-malbild
  direction: enabling
  strength: 1
  note: Så
  key: 00000000-0000-4000-8000-000000000001
---

Text"""
    )


LINES = st.text().map(normalise_line)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(title="A", lead="Ett\n---\n--- \n\n  två\n", body="---\n", note="- 'nej'")
@given(title=LINES, lead=st.text().map(normalise), body=st.text().map(normalise), note=LINES)
def test_what_is_written_is_read_back(title: str, lead: str, body: str, note: str) -> None:
    content = Content(title=title, lead=lead, body=body, tags=(tag(note=note, municipality="9901"),))

    document = read(write(content, {"9901": "Mittköping"}))

    assert not document.problems
    assert (document.title.text, document.lead.text, document.body.text) == (title, lead, body)
    assert (document.tags[0].note.text, document.tags[0].municipality.text) == (note, "Mittköping")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("-:&*!{}[]#|>'\"\\, \n\t\r%@`?axt0\x07é\u2028\ufeff")))
def test_any_front_matter_is_read_or_refused(source: str) -> None:
    text = f"---\n{source}\n---\nbody"
    try:
        document = read(text)
    except Unreadable as refusal:
        problems, body = [refusal.problem], "body"
    else:
        problems, body = document.problems, document.body.text
    assert body.endswith("body")
    assert all(0 < problem.line <= text.count("\n") + text.count("\r") + 1 for problem in problems)
