"""Pages as files, at the limits of what a page may hold."""

from pathlib import Path

import pytest

from mittkoping.accounts.models import User
from tests.conftest import tag
from tests.wiki.transfer_commands import fill, run_import
from wiki.content import MAX_LEAD, MAX_NOTE, MAX_SUMMARY, MAX_TAGS, MAX_TITLE, Content
from wiki.models import Edit
from wiki.transfer.front_matter import MAX_FRONT_MATTER, read, write

UUID = "00000000-0000-4000-8000-{:012}"
# Plain, several bytes each, quoted in YAML, doubled in YAML, written as an escape of six.
LETTERS = ["a", "ö", "🐑", '"', "'", "\ufeff"]


@pytest.mark.parametrize("letter", LETTERS)
def test_a_page_with_everything_at_its_limit_is_read_back(letter: str) -> None:
    places = {f"{number:04}": f"{number:04}{'ö' * 26}" for number in range(300)}
    tags = tuple(
        tag(
            UUID.format(number),
            factor="f" * 80,
            strength=2,
            note=f"{letter * (MAX_NOTE - 1)}.",
            municipality=f"{number:04}",
        )
        for number in range(MAX_TAGS)
    )
    content = Content(
        title=f"{letter * (MAX_TITLE - 1)}.",
        lead=f"{letter * (MAX_LEAD - 1)}.",
        tracks=("halsa", "skola"),
        municipalities=tuple(places),
        tags=tags,
    )
    text = write(content, places)
    assert len(text.encode()) + 6 * MAX_SUMMARY < MAX_FRONT_MATTER

    document = read(text)

    assert document.problems == []
    assert (document.title.text, document.lead.text) == (content.title, content.lead)
    assert [entry.text for entry in document.municipalities] == list(places.values())
    assert [entry.note.text for entry in document.tags] == [tag.note for tag in tags]
    assert [entry.key.text for entry in document.tags] == [tag.key for tag in tags]


def test_what_is_for_the_demo_alone_is_passed_over_by_an_import(tmp_path: Path, eva: User) -> None:
    demo = "author: bo@granneby.example\ndate: 2020-03-17T09:42\nsummary: Börjar\nminor: true\n"
    fill(tmp_path, {"sidan.md": f"---\ntitle: Sidan\n{demo}---\nText"})

    assert run_import(tmp_path, eva) == ("1 fil: 1 ny, 0 ändrade, 0 oförändrade, 0 överhoppade", "")
    edit = Edit.objects.get()
    assert (edit.author, edit.summary, edit.is_minor) == (eva, "Inläst från filer", False)
    assert edit.created_at.year > 2020
