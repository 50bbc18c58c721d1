"""What is not read in, and what is said about it."""

import os
from pathlib import Path

import pytest

from factors.models import Factor
from mittkoping.accounts.models import User
from tests.conftest import MakePage
from tests.wiki.transfer_commands import fill, run_import, with_title
from wiki import operations
from wiki.models import Page


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (
            b"---\ntitle: Sk\xe5ne\n---\n",
            "rad 2: Här slutar filen vara UTF-8. Spara om den i UTF-8 och försök igen.",
        ),
        (b"---\ntitle: A\n---\nb\0c\n", "rad 4: Här finns ett NUL-tecken. Är det verkligen en textfil?"),
        (b"x" * 2_200_001, "Filen är större än 2200 kB."),
        (
            "title: A\n---\n",
            "rad 1: Filen ska börja med en rad med bara tre bindestreck (---), och sedan titeln.",
        ),
        (b"", "rad 1: Filen ska börja med en rad med bara tre bindestreck (---), och sedan titeln."),
        ("---\ntitle: A\n\nText", "rad 1: Raden med tre bindestreck (---) som avslutar huvudet saknas."),
        ("---\na: &x [1]\nb: *x\n---\n", "rad 2: Ankare (&) och alias (*) i YAML används inte här."),
        ("---\ntitle: A\ntags: *x\n---\n", "rad 3: Ankare (&) och alias (*) i YAML används inte här."),
        ("---\ntitle: A\ntags: " + "[" * 30_000 + "\n---\n", "rad 3: Listorna är nästlade för djupt."),
        (f"---\ntitle: {'a' * 2_000_000}\n---\n", "rad 1: Huvudet mellan strecken är större än 1843 kB."),
        (
            "---\ntitle: A\nlead: Så: gick det: bra\n---\n",
            "rad 3: YAML-formatet stämmer inte. Sätt citattecken runt värden med kolon, och se efter "
            "indragen.",
        ),
        (
            "---\ntitle: A\nlead: \x07\n---\n",
            "rad 3: Här finns ett tecken som inte får stå i YAML. Ta bort det.",
        ),
        (
            "---\n---\n",
            "rad 1: Här ska det stå nycklar med värden, som ”title: …”.\nx.md rad 1: Skriv en titel.",
        ),
        ("---\nlead: A\n---\n", "rad 1: Skriv en titel."),
        ("---\nlead: A\ntitle:\n---\n", "rad 3: Skriv en titel."),
        ("---\ntitle: /\n---\n", "rad 2: Titeln behöver minst en bokstav eller siffra."),
        (f"---\nlead: A\ntitle: {'a' * 300}\n---\n", "rad 3: Titeln är 300 tecken lång. Gränsen är 120."),
        (f"---\ntitle: A\nlead: {'a' * 501}\n---\n", "rad 3: Ingressen är 501 tecken lång. Gränsen är 500."),
        (
            f"---\ntitle: A\n---\n{'a' * 200_001}",
            "rad 4: Texten är 200001 byte lång. Gränsen är 200000. Dela upp den på flera sidor.",
        ),
        ("---\ntitle: A\ntitle: B\n---\n", "rad 3: Nyckeln ”title” står två gånger."),
        (
            "---\ntitle: A\ntitel: B\n---\n",
            "rad 3: Nyckeln ”titel” är okänd. De som finns är title, lead, kind, tracks, municipalities, "
            "tags, author, summary, minor, date.",
        ),
        ("---\ntitle: [A]\n---\n", "rad 2: Värdet av ”title” ska vara en text.\nx.md rad 2: Skriv en titel."),
        ("---\ntitle: A\ntracks: skola\n---\n", "rad 3: Värdet av ”tracks” ska vara en lista."),
        ("---\ntitle: A\nminor: 7\n---\n", "rad 3: Värdet av ”minor” ska vara true eller false."),
        (
            "---\ntitle: A\nlead: !!python/object:os.system x\n---\n",
            "rad 3: Värdet av ”lead” ska vara en text.",
        ),
        (
            "---\ntitle: A\nkind: blogg\n---\n",
            "rad 3: Sidtypen ”blogg” finns inte. De som finns är erfarenhet, lardom, guide, mote, sida.",
        ),
        (
            "---\ntitle: A\ntracks: [skola,\n  himmel]\n---\n",
            "rad 4: Inriktningen ”himmel” finns inte. Välj skola eller halsa.",
        ),
        ("---\ntitle: A\nmunicipalities:\n- Ankeborg\n---\n", "rad 4: Kommunen ”Ankeborg” finns inte."),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_the_rest_goes_on(
    tmp_path: Path, eva: User, content: str | bytes, complaint: str
) -> None:
    fill(tmp_path, {"x.md": content, "zebra.md": with_title("Zebra")})

    out, err = run_import(tmp_path, eva, fails="1 fil lästes inte in.")

    assert out == "2 filer: 1 ny, 0 ändrade, 0 oförändrade, 0 överhoppade, 1 med fel"
    separator = " " if complaint.startswith("rad") else ": "
    assert err == f"x.md{separator}{complaint}"
    assert [page.title for page in Page.objects.all()] == ["Zebra"]


def test_every_problem_of_a_files_tags_is_told_by_its_line(
    tmp_path: Path, eva: User, catalogue: dict[str, Factor]
) -> None:
    key = "6f0c2b1e-0000-4000-8000-00000000000a"
    source = f"""---
title: A
tags:
- factor: finns-inte
  direction: enabling
- direction: sidledes
  strength: 3
- factor: oppenhet
  direction: enabling
  municipality: Ankeborg
  note: {"o" * 501}
- bara en text
- factor: oppenhet
  direction: enabling
  key: {key}
- factor: oppenhet
  direction: hindering
  key: {key.upper()}
- factor: oppenhet
  direction: hindering
  key: nyckel
---
"""
    _out, err = run_import(fill(tmp_path, {"skola.md": source}), eva, fails="1 fil lästes inte in.")

    assert err.splitlines() == [
        "skola.md rad 4: Nyckelfaktorn ”finns-inte” finns inte i katalogen.",
        "skola.md rad 6: Märkningen saknar nyckelfaktor (factor).",
        "skola.md rad 6: Riktningen (direction) ska vara enabling eller hindering.",
        "skola.md rad 7: Styrkan (strength) ska vara 1, allmänt, eller 2, konkret exempel.",
        "skola.md rad 10: Kommunen ”Ankeborg” finns inte.",
        "skola.md rad 11: Motiveringen är 501 tecken lång. Gränsen är 500.",
        "skola.md rad 12: Här ska det stå nycklar med värden, som ”key: …”.",
        "skola.md rad 12: Märkningen saknar nyckelfaktor (factor).",
        "skola.md rad 12: Riktningen (direction) ska vara enabling eller hindering.",
        "skola.md rad 18: Två märkningar har samma key.",
        "skola.md rad 21: ”nyckel” är ingen UUID. Ta bort raden, så får märkningen en ny.",
    ]
    assert not Page.objects.exists()


def test_a_hundred_and_one_tags_are_too_many(tmp_path: Path, eva: User, catalogue: dict[str, Factor]) -> None:
    tags = "- factor: oppenhet\n  direction: enabling\n" * 101

    _out, err = run_import(
        fill(tmp_path, {"a.md": f"---\ntitle: A\ntags:\n{tags}---\n"}), eva, fails="1 fil lästes inte in."
    )

    assert err == "a.md rad 4: En sida kan ha högst 100 märkningar."


def test_a_title_that_another_page_has_is_refused_at_its_line(tmp_path: Path, page: Page, eva: User) -> None:
    fill(tmp_path, {"en-annan.md": with_title("SKOLAN")})

    _out, err = run_import(tmp_path, eva, fails="1 fil lästes inte in.")

    assert err == "en-annan.md rad 2: Det finns redan en sida som heter ”SKOLAN”. Välj en annan titel."
    assert Page.objects.count() == 1


def test_a_file_name_that_cannot_be_an_address_is_refused(tmp_path: Path, eva: User) -> None:
    names = ("Skåne Län.md", "ny.md", "å–.md", "bra.md", "…\x1b[31m.md")
    fill(tmp_path, {name: with_title(f"Sida {number}") for number, name in enumerate(names)})

    out, err = run_import(tmp_path, eva, fails="4 filer lästes inte in.")

    assert out == "5 filer: 1 ny, 0 ändrade, 0 oförändrade, 0 överhoppade, 4 med fel"
    assert sorted(err.splitlines()) == [
        "Skåne Län.md: Filens namn blir sidans adress, men ”Skåne Län” går inte som adress. "
        "Döp om filen till skane-lan.md.",
        "ny.md: Filens namn blir sidans adress, men ”ny” går inte som adress.",
        "å–.md: Filens namn blir sidans adress, men ”å–” går inte som adress. Döp om filen till a.md.",
        "…[31m.md: Filens namn blir sidans adress, men ”…[31m” går inte som adress. "
        "Döp om filen till 31m.md.",
    ]


def test_two_files_of_one_name_are_both_refused(tmp_path: Path, eva: User) -> None:
    fill(tmp_path, {"a/skola.md": with_title("Ett"), "b/skola.md": with_title("Två"), ".dold/c.md": "dold"})

    out, err = run_import(tmp_path, eva, fails="2 filer lästes inte in.")

    assert out == "2 filer: 0 nya, 0 ändrade, 0 oförändrade, 0 överhoppade, 2 med fel"
    assert err.splitlines() == [
        "a/skola.md: Flera filer har det här namnet. Ingen av dem lästes in.",
        "b/skola.md: Flera filer har det här namnet. Ingen av dem lästes in.",
    ]


def test_links_out_of_the_folder_and_things_that_are_no_files_are_refused(tmp_path: Path, eva: User) -> None:
    outside = fill(tmp_path / "ute", {"hemlig.md": with_title("Hemlig")})
    folder = fill(tmp_path / "inne", {"fil.md": with_title("Fil")})
    (folder / "lank.md").symlink_to(outside / "hemlig.md")
    (folder / "mapp").symlink_to(outside)
    (folder / "runt.md").symlink_to(folder / "runt.md")
    (folder / "mapp.md").mkdir()
    os.mkfifo(folder / "ror.md")
    (folder / "\udcff").mkdir()
    (folder / "\udcff" / "udda.md").write_text("inget huvud")

    out, err = run_import(folder, eva, fails="5 filer lästes inte in.")

    assert out == "6 filer: 1 ny, 0 ändrade, 0 oförändrade, 0 överhoppade, 5 med fel"
    assert err.splitlines() == [
        "lank.md: Filen är en länk ut ur mappen. Sådana läses inte.",
        "mapp.md: Det här är ingen vanlig fil.",
        "ror.md: Det här är ingen vanlig fil.",
        "runt.md: Filen går inte att läsa. Får du läsa den?",
        "\\udcff/udda.md rad 1: Filen ska börja med en rad med bara tre bindestreck (---), och sedan titeln.",
    ]
    assert [page.title for page in Page.objects.all()] == ["Fil"]


def test_a_link_within_the_folder_is_read(tmp_path: Path, eva: User) -> None:
    fill(tmp_path, {"a.md": with_title("Samma")})
    (tmp_path / "b.md").symlink_to("a.md")

    _out, err = run_import(tmp_path, eva, fails="1 fil lästes inte in.")

    assert err == "b.md rad 2: Det finns redan en sida som heter ”Samma”. Välj en annan titel."


def test_an_archived_page_and_a_former_address_are_left_in_peace(
    tmp_path: Path, make_page: MakePage, eva: User, rut: User
) -> None:
    operations.archive(make_page("Arkiverad"), reason="Gammal", by=rut)
    operations.rename(make_page("Före"), "Efter", base=1, by=eva)
    fill(tmp_path, {"arkiverad.md": with_title("Ny text"), "fore.md": with_title("Ny före")})

    _out, err = run_import(tmp_path, eva, fails="2 filer lästes inte in.", overwrite=True)

    assert err.splitlines() == [
        "arkiverad.md: Sidan är arkiverad. Ta tillbaka den ur arkivet först.",
        "fore.md: Sidan har bytt adress. Döp om filen till efter.md.",
    ]
    assert Page.objects.count() == 2


def test_the_author_must_be_somebody_who_may_publish(
    tmp_path: Path, ada: User, eva: User, django_user_model: type[User]
) -> None:
    fill(tmp_path, {"a.md": with_title("A")})
    refusal = "ada@mittkoping.example får inte publicera sidor. Författaren ska vara redaktör."
    run_import(tmp_path, ada, fails=refusal)
    run_import(tmp_path, User(email="x@y.example"), fails="Det finns inget konto med adressen x@y.example.")
    django_user_model.objects.filter(pk=eva.pk).update(is_active=False)
    run_import(tmp_path, eva, fails=refusal.replace("ada", "eva"))
    assert not Page.objects.exists()


def test_a_missing_folder_and_a_long_summary_are_told(tmp_path: Path, eva: User) -> None:
    run_import(tmp_path / "ingen", eva, fails=f"Mappen {tmp_path}/ingen finns inte.")
    long = "Sammanfattningen är 201 tecken lång. Gränsen är 200."
    run_import(tmp_path, eva, fails=long, summary="s" * 201)
