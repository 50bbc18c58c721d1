"""The catalogue comes from its file, and what people have written stays."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from factors import loading, operations
from factors.models import Factor, FactorEdit, Theme
from mittkoping import versions
from mittkoping.accounts.models import User
from mittkoping.text.swedish import sort_key

THEMES = """\
themes:
  - slug: samarbete
    name: Samarbete
factors:
"""
FACTOR = """\
  - slug: {slug}
    name: Öppenhet
    theme: samarbete
    definition: Det som går att visa visas.
    enables: Alla ser.
    hinders: Ingen ser.
    questions: ["Vem ser?"]
    related: [{related}]
"""
OPENNESS = FACTOR.format(slug="oppenhet", related="")
WriteFile = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> WriteFile:
    """Write a catalogue with these factors."""

    def write(text: str, *, themes: str = THEMES) -> Path:
        path = tmp_path / "faktorer.yaml"
        path.write_text(themes + text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def openness(written: WriteFile, db: None) -> Factor:
    """One factor, loaded from a file."""
    assert loading.load(written(OPENNESS)).problems == []
    return Factor.objects.get()


def edit(factor: Factor, *, by: User, **values: str) -> None:
    """Let a person write another version of a factor."""
    for name, value in values.items():
        setattr(factor, name, value)
    operations.publish(factor, by=by, summary="Tydligare")


def test_the_file_holds_36_factors_in_7_themes(db: None) -> None:
    report = loading.load()
    assert (report.new, report.changed, report.unchanged, report.skipped) == (36, 0, 0, 0)
    assert (report.problems, report.notes) == ([], [])
    assert Factor.objects.active().count() == 36
    assert [theme.name for theme in Theme.objects.all()] == [
        "Ledning och styrning",
        "Kultur och lärande",
        "Kompetens och stöd",
        "Människor och behov",
        "Samarbete",
        "Resurser och nytta",
        "Regler, teknik och data",
    ]


def test_a_factor_gets_everything_that_the_file_says_and_its_first_version(db: None) -> None:
    loading.load()
    factor = Factor.objects.select_related("theme").get(slug="gemensam-malbild")
    assert (factor.name, factor.theme.slug, factor.number) == ("Gemensam målbild", "ledning-och-styrning", 1)
    assert factor.definition == (
        "De som berörs har samma bild av vart förändringen ska leda och varför den behövs."
    )
    assert factor.questions[1] == "Hur vet vi att vi är på rätt väg?"
    assert factor.related == ["chefers-engagemang", "kommunikation", "nyttorealisering"]
    assert factor.informed_by == ["CFIR: Mission Alignment", "NPT: Coherence", "TDF: Goals"]
    assert (factor.status, factor.aliases, factor.leda_area) == ("active", [], "")
    first = FactorEdit.objects.get(factor=factor)
    assert (first.number, first.author, first.summary) == (1, None, "Inläst från katalogens fil")
    assert versions.fields(first.revision_id)["definition"] == factor.definition


def test_loading_again_makes_no_version(db: None) -> None:
    loading.load()
    again = loading.load()
    assert (again.new, again.changed, again.unchanged, again.problems) == (0, 0, 36, [])
    assert FactorEdit.objects.count() == 36


def test_a_changed_factor_gets_one_version_and_keeps_what_the_file_leaves_out(
    openness: Factor, written: WriteFile
) -> None:
    Factor.objects.update(aliases=["insyn"])
    report = loading.load(written(OPENNESS.replace("name: Öppenhet", "name: Insyn")))
    assert (report.new, report.changed, report.unchanged) == (0, 1, 0)
    openness.refresh_from_db()
    assert (openness.name, openness.number, openness.aliases) == ("Insyn", 2, ["insyn"])
    assert [(one.number, one.summary) for one in FactorEdit.objects.all()] == [
        (2, "Ändrad i katalogens fil"),
        (1, "Inläst från katalogens fil"),
    ]
    assert openness.sort_key == sort_key("Insyn")


def test_what_a_person_has_edited_is_not_written_over(
    openness: Factor, written: WriteFile, rut: User
) -> None:
    edit(openness, by=rut, definition="Ruts ord.")
    report = loading.load(written(OPENNESS))
    assert (report.skipped, report.changed, report.problems) == (1, 0, [])
    assert report.notes == [
        "faktorer.yaml rad 5: Öppenhet är ändrad på webben och lämnas som den är. "
        "Med --overwrite skrivs den över."
    ]
    openness.refresh_from_db()
    assert (openness.definition, openness.number) == ("Ruts ord.", 2)


def test_what_a_person_has_edited_is_written_over_when_asked(
    openness: Factor, written: WriteFile, rut: User
) -> None:
    edit(openness, by=rut, definition="Ruts ord.")
    report = loading.load(written(OPENNESS), overwrite=True)
    assert (report.skipped, report.changed) == (0, 1)
    openness.refresh_from_db()
    assert (openness.definition, openness.number) == ("Det som går att visa visas.", 3)
    after = loading.load(written(OPENNESS.replace("Alla ser", "Alla vet")))
    assert (after.skipped, after.changed) == (0, 1)


def test_an_edit_that_says_what_the_file_says_is_unchanged(
    openness: Factor, written: WriteFile, rut: User
) -> None:
    edit(openness, by=rut, definition="Det som går att visa, visas.")
    report = loading.load(written(OPENNESS.replace("visa visas", "visa, visas")))
    assert (report.unchanged, report.skipped) == (1, 0)


def test_a_changed_theme_is_saved_in_its_new_order(openness: Factor, written: WriteFile) -> None:
    themes = "themes:\n  - {slug: ny-grupp, name: Ny}\n  - {slug: samarbete, name: Ihop}\nfactors:\n"
    report = loading.load(written(OPENNESS, themes=themes))
    assert report.problems == []
    assert list(Theme.objects.values_list("name", flat=True)) == ["Ny", "Ihop"]


def other(*, slug: str = "mod", related: str = "", **lines: str) -> str:
    """A second factor, which begins on line 13; `lines` replaces whole fields."""
    text = FACTOR.format(slug=slug, related=related)
    for name, line in lines.items():
        start = text.index(f"    {name}:")
        text = text[:start] + line + text[text.index("\n", start) + 1 :]
    return text


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (other(related="oppenhet, finns-inte"), "20: okänd slug i related: finns-inte"),
        (other(related="oppenhet,\n      finns-inte"), "21: okänd slug i related: finns-inte"),
        (other(theme="    theme: okand\n"), "15: okänd slug i theme: okand"),
        (other(slug="Öppen"), "13: slugen Öppen har annat än a–z, 0–9 och enkla bindestreck"),
        (other(slug="a--b"), "13: slugen a--b har annat än a–z, 0–9 och enkla bindestreck"),
        (other(slug="oppenhet"), "13: slugen oppenhet finns redan på rad 5"),
        (other(name=""), "13: fältet name saknas"),
        (
            other(name="    name: 2017\n"),
            "14: name ska vara text. Sätt citattecken runt det som inte är det.",
        ),
        (other(name=f"    name: {'A' * 81}\n"), "14: name är 81 tecken långt. Gränsen är 80."),
        (other(enables="    enables:\n"), "17: enables är tomt"),
        (other(enables='    enables: " \\u200b "\n'), "17: enables är tomt"),
        (other(questions="    questions: Vem?\n"), "19: här ska det stå en lista"),
        (other(questions="    questions: [[Vem]]\n"), "19: questions ska vara text. "),
        (other(hinders="    hinders: A\n    hinder: B\n"), "19: okänt fält: hinder"),
        (other(hinders="    hinders: A\n    hinders: B\n"), "19: fältet hinders står två gånger"),
        ("  - bara text\n", "13: här ska det stå fält med namn, som name: Öppenhet"),
    ],
)
def test_a_bad_factor_is_told_by_line_and_the_good_ones_go_on(
    written: WriteFile, db: None, bad: str, problem: str
) -> None:
    report = loading.load(written(OPENNESS + bad))
    assert [one.startswith(f"faktorer.yaml rad {problem}") for one in report.problems] == [True]
    assert report.new == 1
    assert list(Factor.objects.values_list("slug", flat=True)) == ["oppenhet"]


def test_factors_may_point_at_each_other_and_at_one_that_has_a_problem(written: WriteFile, db: None) -> None:
    first, second = (
        FACTOR.format(slug="mod", related="oppenhet"),
        FACTOR.format(slug="oppenhet", related="mod"),
    )
    assert loading.load(written(first + second)).problems == []
    report = loading.load(written(second + other(slug="nyfiken", related="", name="")))
    assert report.problems == ["faktorer.yaml rad 13: fältet name saknas"]
    pointing = FACTOR.format(slug="trygghet", related="nyfiken")
    report = loading.load(written(pointing + other(slug="nyfiken", related="", name="")))
    assert (report.new, report.problems) == (1, ["faktorer.yaml rad 13: fältet name saknas"])


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"themes: []\nfactors: [\n", "3: texten följer inte reglerna för YAML ("),
        (b"themes: []\n\x07\n", "2: raden har ett tecken som inte får finnas i YAML"),
        ("themes: []\n# öppet\n".encode("latin-1"), "2: filen är inte i UTF-8. Spara om den i UTF-8 och"),
        (b"[" * 20_000, "1: texten är inskjuten i för många nivåer"),
        (b"", "1: filen är tom"),
        (b"- a\n", "1: här ska det stå fält med namn"),
        (b"themes: []\nfaktorer: []\n", "2: okänt fält: faktorer"),
        (b"a: &a [x]\nfactors: [*b]\n", "2: texten följer inte reglerna för YAML (found undefined alias"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused_with_one_sentence(
    tmp_path: Path, db: None, content: bytes, problem: str
) -> None:
    path = tmp_path / "faktorer.yaml"
    path.write_bytes(content)
    report = loading.load(path)
    assert [one.startswith(f"faktorer.yaml rad {problem}") for one in report.problems] == [True]
    assert report.total == 0


def test_references_that_multiply_are_not_followed(tmp_path: Path, db: None) -> None:
    lists = "".join(f"  - &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    path = tmp_path / "faktorer.yaml"
    path.write_text(f"factors:\n  - &a0 [x]\n{lists}", encoding="utf-8")
    report = loading.load(path)
    assert len(report.problems) == 30
    assert report.problems[-1] == "faktorer.yaml rad 31: här ska det stå fält med namn, som name: Öppenhet"


def test_a_missing_file_is_told(tmp_path: Path, db: None) -> None:
    missing = tmp_path / "finns-inte.yaml"
    assert loading.load(missing).problems == [f"{missing} går inte att läsa. Finns filen?"]


def test_the_command_says_what_it_did(db: None) -> None:
    out = StringIO()
    call_command("load_factors", stdout=out)
    call_command("load_factors", stdout=out)
    assert out.getvalue().splitlines() == [
        "36 nyckelfaktorer: 36 nya, 0 ändrade, 0 oförändrade",
        "36 nyckelfaktorer: 0 nya, 0 ändrade, 36 oförändrade",
    ]


def test_the_command_fails_when_a_factor_was_bad_but_not_when_one_was_skipped(
    openness: Factor, written: WriteFile, rut: User
) -> None:
    edit(openness, by=rut, definition="Ruts ord.")
    out, err = StringIO(), StringIO()
    call_command("load_factors", "--file", str(written(OPENNESS)), stdout=out, stderr=err)
    assert out.getvalue() == "1 nyckelfaktor: 0 nya, 0 ändrade, 0 oförändrade, 1 överhoppad\n"
    assert err.getvalue().startswith("faktorer.yaml rad 5: Öppenhet är ändrad på webben")
    with pytest.raises(CommandError, match=r"^1 problem i filen, se ovan\. Resten är inläst\.$"):
        call_command(
            "load_factors",
            "--overwrite",
            "--file",
            str(written(OPENNESS + other(name=""))),
            stdout=out,
            stderr=err,
        )
    assert err.getvalue().splitlines()[-1] == "faktorer.yaml rad 13: fältet name saknas"
    openness.refresh_from_db()
    assert openness.definition == "Det som går att visa visas."
