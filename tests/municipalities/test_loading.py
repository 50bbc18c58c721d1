"""The municipalities come from their file, whole and in Swedish order."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum
from pytest_django.fixtures import DjangoAssertNumQueries

from mittkoping.municipalities import loading
from mittkoping.municipalities.models import County, Group, Municipality

HEADER = "code,name,county_code,county_name,group_code,group_name,lat,lon,population,domain\n"
ALE = "1440,Ale,14,Västra Götalands län,B4,Pendlingskommun nära större stad,57.9,12.2,29549,ale.se\n"
MORA = "2062,Mora,20,Dalarnas län,C9,Landsbygdskommun med besöksnäring,61.1,14.3,20279,morakommun.se\n"


@pytest.fixture
def loaded(db: None) -> loading.Report:
    """The whole file, loaded."""
    return loading.load()


def written(folder: Path, text: str) -> Path:
    """A file of municipalities with this text below the heading."""
    path = folder / "kommuner.csv"
    path.write_text(HEADER + text, encoding="utf-8")
    return path


def test_the_file_holds_290_municipalities_in_21_counties_and_9_groups(loaded: loading.Report) -> None:
    assert (loaded.new, loaded.changed, loaded.unchanged, loaded.problems) == (290, 0, 0, [])
    assert Municipality.objects.real().count() == 290
    assert County.objects.count() == 21
    assert Group.objects.count() == 9
    assert Municipality.objects.aggregate(all=Sum("population")) == {"all": 9_995_153}


def test_a_municipality_gets_everything_that_the_files_say(loaded: loading.Report) -> None:
    osteraker = Municipality.objects.select_related("county", "group").get(code="0117")
    assert (osteraker.name, osteraker.slug, osteraker.domain) == ("Österåker", "osteraker", "osteraker.se")
    assert osteraker.county is not None
    assert (osteraker.county.code, osteraker.county.name) == ("01", "Stockholms län")
    assert (osteraker.group.code, osteraker.group.name) == ("A2", "Pendlingskommun nära storstad")
    assert (osteraker.latitude, osteraker.longitude) == (59.5103, 18.3698)
    assert (osteraker.population, osteraker.population_year) == (43293, 2016)
    assert osteraker.map_path.startswith("M260.9 697.1l0.2 1.7")
    assert osteraker.map_x is not None
    assert osteraker.map_y is not None
    assert not osteraker.is_fictional


def test_every_real_municipality_can_be_drawn(loaded: loading.Report) -> None:
    drawn = Municipality.objects.exclude(map_path="").exclude(map_x=None).exclude(map_y=None)
    assert drawn.count() == 290


def test_loading_again_changes_nothing(
    loaded: loading.Report, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):  # a savepoint and its end, one SELECT, two for the areas
        again = loading.load()
    assert (again.new, again.changed, again.unchanged, again.problems) == (0, 0, 290, [])


def test_only_a_row_that_has_changed_is_saved_and_it_keeps_its_slug(loaded: loading.Report) -> None:
    Municipality.objects.filter(code="1440").update(name="Gamla Ale", population=1, slug="gamla-ale")
    again = loading.load()
    assert (again.new, again.changed, again.unchanged) == (0, 1, 289)
    ale = Municipality.objects.get(code="1440")
    assert (ale.name, ale.population, ale.slug) == ("Ale", 29549, "gamla-ale")


def test_the_database_gives_swedish_order(loaded: loading.Report) -> None:
    names = list(Municipality.objects.in_order().values_list("name", flat=True))
    assert names[:3] == ["Ale", "Alingsås", "Alvesta"]
    last = (
        "Ydre, Ystad, Åmål, Ånge, Åre, Årjäng, Åsele, Åstorp, Åtvidaberg, Älmhult, Älvdalen, Älvkarleby, "
        "Älvsbyn, Ängelholm, Öckerö, Ödeshög, Örebro, Örkelljunga, Örnsköldsvik, Östersund, Österåker, "
        "Östhammar, Östra Göinge, Överkalix, Övertorneå"
    )
    assert ", ".join(names[-25:]) == last
    assert names.index("Habo") < names.index("Hagfors") < names.index("Håbo")


def test_habo_keeps_the_clean_slug_whatever_the_order_of_the_rows(tmp_path: Path, db: None) -> None:
    rows = loading.DEFAULT.read_text(encoding="utf-8").splitlines(keepends=True)[1:]
    slugs = []
    for order in (rows, rows[::-1], rows[100:] + rows[:100]):
        Municipality.objects.all().delete()
        assert loading.load(written(tmp_path, "".join(order))).new == 290
        slugs.append(dict(Municipality.objects.values_list("code", "slug")))
    assert slugs[0] == slugs[1] == slugs[2]
    assert (slugs[0]["0643"], slugs[0]["0305"]) == ("habo", "habo-uppsala")


def test_a_row_with_a_problem_keeps_its_slug_free_for_when_it_is_mended(tmp_path: Path, db: None) -> None:
    habo = "0643,Habo,06,Jönköpings län,B4,Pendlingskommun,{},14.0,11586,habokommun.se\n"
    habo_in_uppland = "0305,Håbo,03,Uppsala län,A2,Pendlingskommun nära storstad,59.6,17.5,20737,habo.se\n"
    loading.load(written(tmp_path, habo_in_uppland + habo.format("97.9")))
    assert list(Municipality.objects.values_list("slug", flat=True)) == ["habo-uppsala"]
    loading.load(written(tmp_path, habo_in_uppland + habo.format("57.9")))
    assert set(Municipality.objects.values_list("slug", flat=True)) == {"habo-uppsala", "habo"}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (ALE.replace("1440", "12"), "koden 12 är inte fyra siffror"),
        (ALE.replace("1440", "１４４０"), "koden １４４０ är inte fyra siffror"),
        (ALE.replace("1440", "0140"), "koden 0140 hör inte till länet 14"),
        (ALE.replace("1440", "9940").replace(",14,", ",99,"), "koden 9940 är för påhittade kommuner"),
        (ALE.replace("1440", ""), "kolumnen code är tom"),
        (ALE.replace(",Ale,", ", \u200b ,"), "kolumnen name är tom"),
        (ALE.replace(",Ale,", f",{'A' * 61},"), "name är 61 tecken långt. Gränsen är 60."),
        (ALE.replace(",Ale,", ",Mora,"), "namnet Mora har redan kommunen 2062"),
        (MORA, "koden 2062 finns redan på rad 2"),
        (ALE.replace(",14,", ",1x,"), "länskoden 1x är inte två siffror"),
        (ALE.replace("B4", "Ö4"), "kommungruppen Ö4 är inte skriven som B3"),
        (ALE.replace("57.9", "12.2"), "latituden 12.2 ligger inte i Sverige"),
        (ALE.replace("57.9", "nan"), "latituden nan ligger inte i Sverige"),
        (ALE.replace("12.2", "1_2"), "longituden 1_2 ligger inte i Sverige"),
        (ALE.replace("29549", "29 549"), "folkmängden 29 549 är inte ett heltal"),
        (ALE.replace("29549", "-1"), "folkmängden -1 är inte ett heltal"),
        (
            ALE.replace("ale.se", "https://ale.se/"),
            "domänen https://ale.se/ är inte skriven som mittkoping.se",
        ),
        (ALE.replace(",B4,Pend", ",C9,Pend"), "C9 heter Pendlingskommun nära större stad här, men "),
        (ALE.replace(",ale.se", ""), "raden har inte lika många kolumner som rubrikraden (10)"),
        (ALE.replace(",ale.se", ",ale.se,x"), "raden har inte lika många kolumner som rubrikraden (10)"),
        ('1440,"Ale\n', "härifrån går filen inte att läsa. Är ett citattecken fel?"),
    ],
)
def test_a_bad_row_is_told_by_line_and_the_good_ones_go_on(
    tmp_path: Path, db: None, row: str, sentence: str
) -> None:
    report = loading.load(written(tmp_path, MORA + row))
    assert any(problem.startswith(f"kommuner.csv rad 3: {sentence}") for problem in report.problems)
    assert report.new == 1
    assert list(Municipality.objects.values_list("name", flat=True)) == ["Mora"]


def test_a_name_that_another_municipality_already_has_is_a_problem(tmp_path: Path, db: None) -> None:
    loading.load(written(tmp_path, MORA))
    report = loading.load(written(tmp_path, ALE.replace(",Ale,", ",Mora,")))
    assert report.problems == ["kommuner.csv rad 2: namnet Mora har redan kommunen 2062"]


def test_a_file_that_is_not_utf_8_is_refused_with_a_sentence(tmp_path: Path, db: None) -> None:
    path = tmp_path / "kommuner.csv"
    path.write_bytes((HEADER + MORA + ALE.replace("Ale", "Åle")).encode("latin-1"))
    report = loading.load(path)
    # The first letter outside ASCII is in the name of Mora's group.
    sentence = "filen är inte i UTF-8. Spara om den i UTF-8 och försök igen."
    assert report.problems == [f"kommuner.csv rad 2: {sentence}"]
    assert not Municipality.objects.exists()


def test_a_file_from_a_spreadsheet_is_read(tmp_path: Path, db: None) -> None:
    path = tmp_path / "kommuner.csv"
    path.write_bytes(b"\xef\xbb\xbf" + (HEADER + MORA + "\n" + ALE).replace("\n", "\r\n").encode())
    assert loading.load(path).problems == []
    assert list(Municipality.objects.in_order().values_list("name", flat=True)) == ["Ale", "Mora"]


def test_a_year_beside_the_population_is_kept(tmp_path: Path, db: None) -> None:
    path = tmp_path / "kommuner.csv"
    path.write_text(HEADER.replace("domain", "domain,population_year") + MORA.strip() + ",2025\n", "utf-8")
    assert loading.load(path).problems == []
    assert Municipality.objects.get().population_year == 2025


def test_a_missing_file_and_a_missing_column_are_told(tmp_path: Path, db: None) -> None:
    missing = tmp_path / "finns-inte.csv"
    assert loading.load(missing).problems == [f"{missing} går inte att läsa. Finns filen?"]
    assert loading.load(tmp_path).problems == [f"{tmp_path} går inte att läsa. Finns filen?"]
    path = tmp_path / "kommuner.csv"
    path.write_text(HEADER.replace(",", ";") + MORA, encoding="utf-8")
    columns = "code, name, group_code, group_name, county_code, county_name"
    assert loading.load(path).problems == [f"kommuner.csv rad 1: rubrikraden saknar {columns}"]
    path.write_text("", encoding="utf-8")
    assert loading.load(path).problems == [f"kommuner.csv rad 1: rubrikraden saknar {columns}"]


def test_the_fictional_municipalities_stand_apart(loaded: loading.Report) -> None:
    report = loading.load_fictional()
    assert (report.new, report.problems) == (6, [])
    names = ["Granneby", "Lillsjö", "Mittköping", "Norrås", "Storhamn", "Söderby"]
    assert [one.name for one in Municipality.objects.fictional().in_order()] == names
    assert Municipality.objects.real().count() == 290
    mittkoping = Municipality.objects.get(code="9901")
    assert (mittkoping.slug, mittkoping.domain) == ("mittkoping", "mittkoping.example")
    assert (mittkoping.county, mittkoping.population, mittkoping.population_year) == (None, None, None)
    assert (mittkoping.map_path, mittkoping.map_x, mittkoping.latitude) == ("", None, None)
    assert loading.load_fictional().unchanged == 6


def test_the_fictional_municipalities_name_the_groups_as_the_real_file_does(db: None) -> None:
    assert loading.load_fictional().new == 6
    with loading.DEFAULT.open(encoding="utf-8", newline="") as file:
        real = {row["group_code"]: row["group_name"] for row in csv.DictReader(file)}
    used = dict(Group.objects.values_list("code", "name"))
    assert len(used) == 5
    assert used.items() <= real.items()


def test_the_command_says_what_it_did(db: None) -> None:
    out = StringIO()
    call_command("load_municipalities", stdout=out)
    call_command("load_municipalities", "--fictional", stdout=out)
    assert out.getvalue().splitlines() == [
        "290 kommuner: 290 nya, 0 ändrade, 0 oförändrade",
        "290 kommuner: 0 nya, 0 ändrade, 290 oförändrade",
        "6 påhittade kommuner: 6 nya, 0 ändrade, 0 oförändrade",
    ]


def test_the_command_fails_when_a_row_was_bad(tmp_path: Path, db: None) -> None:
    out, err = StringIO(), StringIO()
    path = written(tmp_path, MORA + ALE.replace("1440", "12"))
    with pytest.raises(CommandError, match=r"^2 problem i filen, se ovan\. Resten är inläst\.$"):
        call_command("load_municipalities", "--file", str(path), stdout=out, stderr=err)
    assert out.getvalue() == "1 kommun: 1 ny, 0 ändrade, 0 oförändrade\n"
    assert err.getvalue().splitlines() == [
        "kommuner.csv rad 3: koden 12 är inte fyra siffror",
        "kommuner.csv rad 3: koden 12 hör inte till länet 14",
    ]
