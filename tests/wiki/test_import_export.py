"""Pages in from files, and out to files: the way there and back."""

import uuid
from pathlib import Path

import pytest
from django.utils import timezone

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from mittkoping.text.normalise import normalise
from tests.conftest import MakePage, tag
from tests.wiki.transfer_commands import contents, fill, generated, run_export, run_import, with_title
from wiki import operations
from wiki.content import Content
from wiki.models import Edit, FactorTag, Page
from wiki.operations.links import AT_ONCE

FULL = """---
title: Skolan i molnet
lead: Hur det gick.
kind: lardom
tracks: [skola, halsa]
municipalities: [Mittköping, "1280"]
tags:
- factor: gemensam-malbild
  direction: hindering
  strength: 2
  note: Ingen visste vart vi skulle.
  municipality: malmö
---
## Bakgrund

Vi började.
"""
ODD_BODIES = {
    "tom": "",
    "tomma-rader": "\n\n\nText efter tre tomma rader\n",
    "blanksteg": "  Indraget, med blanksteg efter   \n\t\n   ",
    "utan-slut": "Ingen radbrytning sist",
    "streck": "Före\n\n---\n\nEfter\n--- \n---\ntitle: inte en titel\n---",
    "bara-streck": "---",
    "emoji": "👩🏽\u200d💻 på 🇸🇪, a\u0308 blir ä först när det sparas, \u2028 och \ufeff står kvar\n",
}


def empty_the_wiki() -> None:
    """No page is left, as in a new installation."""
    Edit.objects.all().delete()
    Page.objects.all().delete()


def test_a_file_becomes_a_page_with_everything_in_it(
    tmp_path: Path, eva: User, malmo: Municipality, catalogue: dict[str, Factor]
) -> None:
    out, err = run_import(fill(tmp_path, {"skolan-i-molnet.md": FULL}), eva)

    assert (out, err) == ("1 fil: 1 ny, 0 ändrade, 0 oförändrade, 0 överhoppade", "")
    page = Page.objects.get()
    stored = page.content.tags[0]
    assert page.slug == "skolan-i-molnet"
    assert uuid.UUID(stored.key)
    assert page.content == Content(
        title="Skolan i molnet",
        lead="Hur det gick.",
        body="## Bakgrund\n\nVi började.\n",
        kind="lardom",
        tracks=("halsa", "skola"),
        municipalities=("1280", "9901"),
        tags=(
            tag(
                key=stored.key,
                direction="hindering",
                strength=2,
                note="Ingen visste vart vi skulle.",
                municipality="1280",
                author=eva.pk,
            ),
        ),
    )
    edit = page.edits.get()
    assert (edit.act, edit.author, edit.summary, edit.number) == ("import", eva, "Inläst från filer", 1)
    assert [row.factor.slug for row in FactorTag.objects.all()] == ["gemensam-malbild"]


def test_reading_in_again_makes_no_version(
    tmp_path: Path, eva: User, malmo: Municipality, catalogue: dict[str, Factor]
) -> None:
    fill(tmp_path, {"skolan-i-molnet.md": FULL, "tva.md": with_title("Två")})
    run_import(tmp_path, eva)

    out, err = run_import(tmp_path, eva)

    assert (out, err) == ("2 filer: 0 nya, 0 ändrade, 2 oförändrade, 0 överhoppade", "")
    assert Edit.objects.count() == 2


def test_a_changed_file_makes_a_version_and_its_tags_keep_their_keys_and_authors(
    tmp_path: Path, eva: User, bo: User, malmo: Municipality, catalogue: dict[str, Factor]
) -> None:
    run_import(fill(tmp_path, {"skolan-i-molnet.md": FULL}), eva)
    before = Page.objects.get().content.tags[0]
    more = "- factor: oppenhet\n  direction: enabling\n---\n"
    changed = FULL.replace("Ingen visste", "Alla undrade").replace("---\n## Bakgrund", f"{more}## Bakgrunden")

    out, _err = run_import(fill(tmp_path, {"skolan-i-molnet.md": changed}), bo)

    assert out == "1 fil: 0 nya, 1 ändrad, 0 oförändrade, 0 överhoppade"
    page = Page.objects.get()
    kept, added = page.content.tags
    assert (page.number, page.body) == (2, "## Bakgrunden\n\nVi började.\n")
    assert (kept.key, kept.author, kept.note) == (before.key, eva.pk, "Alla undrade vart vi skulle.")
    assert (added.factor, added.strength, added.author) == ("oppenhet", 1, bo.pk)


def test_a_page_edited_since_it_was_read_in_is_reported_and_skipped(
    tmp_path: Path, eva: User, bo: User
) -> None:
    fill(tmp_path, {"ett.md": with_title("Ett"), "tva.md": with_title("Två")})
    run_import(tmp_path, eva)
    page = Page.objects.get(slug="ett")
    operations.edit(page, Content(title="Ett", body="Bos text.\n"), base=1, by=bo)

    out, err = run_import(tmp_path, eva)

    assert out == "2 filer: 0 nya, 0 ändrade, 1 oförändrad, 1 överhoppad"
    assert err == "ett.md: Sidan har ändrats i wikin sedan den lästes in. Skriv över den med --overwrite."
    page.refresh_from_db()
    assert (page.number, page.body) == (2, "Bos text.\n")

    out, err = run_import(tmp_path, eva, overwrite=True)

    assert (out, err) == ("2 filer: 0 nya, 1 ändrad, 1 oförändrad, 0 överhoppade", "")
    page.refresh_from_db()
    assert (page.number, page.body) == (3, "Text.\n")


def test_a_page_that_was_never_read_in_is_not_overwritten_by_chance(
    tmp_path: Path, page: Page, eva: User
) -> None:
    out, _err = run_import(fill(tmp_path, {"skolan.md": with_title("Skolan")}), eva)

    assert out == "1 fil: 0 nya, 0 ändrade, 0 oförändrade, 1 överhoppad"
    page.refresh_from_db()
    assert page.number == 1


def test_a_byte_order_mark_and_windows_line_breaks_make_no_difference(tmp_path: Path, eva: User) -> None:
    fill(
        tmp_path,
        {"a.md": b"\xef\xbb\xbf" + with_title("A", "Ett\n\nTv\u00e5\n").replace("\n", "\r\n").encode()},
    )
    run_import(tmp_path, eva)
    assert Page.objects.get().body == "Ett\n\nTvå\n"

    fill(tmp_path, {"a.md": with_title("A", "Ett\n\nTva\u030a\n")})
    out, _err = run_import(tmp_path, eva)

    assert out == "1 fil: 0 nya, 0 ändrade, 1 oförändrad, 0 överhoppade"


def test_links_between_files_lead_somewhere_whatever_their_order(
    tmp_path: Path, eva: User, capsys: pytest.CaptureFixture[str]
) -> None:
    files = generated(40)

    out, _err = run_import(fill(tmp_path, files), eva, verbosity=1)

    assert out == "40 filer: 40 nya, 0 ändrade, 0 oförändrade, 0 överhoppade"
    assert "40/40" in capsys.readouterr().err  # the progress bar
    for page in Page.objects.all():
        assert page.html.count('<a class="wl" href="/sidor/sida-nummer-') == 3
        assert "saknas" not in page.html
        assert "<table>" in page.html
        assert page.stale == 0


def test_a_page_that_very_many_link_to_may_come_last(tmp_path: Path, eva: User) -> None:
    count = AT_ONCE + 5
    files = {f"a-{n}.md": with_title(f"A {n}", "Se [[Den sista]].\n") for n in range(count)}

    run_import(fill(tmp_path, files | {"den-sista.md": with_title("Den sista")}), eva)

    link = '<p>Se <a class="wl" href="/sidor/den-sista/">Den sista</a>.</p>'
    assert Page.objects.filter(html=link, stale=0).count() == count


@pytest.mark.slow
def test_five_hundred_files_are_read_in_and_come_out_the_same(tmp_path: Path, eva: User) -> None:
    run_import(fill(tmp_path / "in", generated(500)), eva)
    assert not Page.objects.filter(html__contains="saknas").exists()

    run_export(tmp_path / "ut")
    first = contents(tmp_path / "ut")
    empty_the_wiki()
    run_import(tmp_path / "ut", eva)
    run_export(tmp_path / "igen")

    assert len(first) == 500
    assert contents(tmp_path / "igen") == first


def test_export_then_import_into_an_empty_wiki_gives_the_same_files(
    tmp_path: Path, make_page: MakePage, eva: User, malmo: Municipality, catalogue: dict[str, Factor]
) -> None:
    bodies = {slug: normalise(body) for slug, body in ODD_BODIES.items()}
    for slug, body in bodies.items():
        tags = (tag(note="Ja: ”nej” # och 'så' -", municipality="1280", author=eva.pk),)
        content = Content(
            title=f"{slug}: 2018 #1 – å",
            lead=" En\n\nrad: med \u2028 \\ ’citat’ ",
            body=body,
            kind="mote",
            tracks=("skola",),
            municipalities=("1280", "9901"),
            tags=tags,
        )
        operations.create(content, by=eva, slug=slug)
    make_page("yes", body="En titel som YAML kunde ta för ja.")
    stored = {page.slug: page.content for page in Page.objects.all()}

    said = run_export(tmp_path / "ut")
    first = contents(tmp_path / "ut")
    empty_the_wiki()
    run_import(tmp_path / "ut", eva)
    run_export(tmp_path / "igen")

    assert said == f"{len(stored)} filer i {tmp_path}/ut"
    assert {page.slug: page.content for page in Page.objects.all()} == stored
    assert {slug: Page.objects.get(slug=slug).body for slug in bodies} == bodies
    assert contents(tmp_path / "igen") == first
    assert first["streck.md"].endswith(b"---\n" + bodies["streck"].encode())


def test_reading_in_what_was_written_changes_nothing(
    tmp_path: Path, page: Page, eva: User, bo: User, catalogue: dict[str, Factor]
) -> None:
    tags = (tag(author=bo.pk),)
    operations.edit(page, Content(title="Skolan", body="Bos.\n", tags=tags), base=1, by=bo)
    run_export(tmp_path)

    out, err = run_import(tmp_path, eva)

    assert (out, err) == ("1 fil: 0 nya, 0 ändrade, 1 oförändrad, 0 överhoppade", "")


def test_a_page_says_in_its_history_that_it_was_read_in(tmp_path: Path, eva: User) -> None:
    run_import(fill(tmp_path, {"a.md": with_title("A")}), eva)

    edit = Edit.objects.get()

    assert edit.get_act_display() == "inläsning"
    assert edit.created_at <= timezone.now()
