"""The catalogue and its tags as files for anybody."""

import csv
import io
import json
import re
import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from factors.models import Factor, FactorEdit
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage
from tests.conftest import tag as make_tag
from wiki import operations
from wiki.exporting import tags
from wiki.exporting.origin import CatalogueVersion, Origin, catalogue_version
from wiki.exporting.spreadsheet import Column, harmless, write_csv
from wiki.models import FactorTag
from wiki.passages import choose

pytestmark = pytest.mark.usefixtures("catalogue")

SITE = settings.SITE_URL
KEY = "5c0d1f4e-0000-4000-8000-000000000001"
ORIGIN = Origin(date(2026, 11, 22), CatalogueVersion(41, date(2026, 11, 20)))
ADDRESSES = (
    "/data/nyckelfaktorer.csv",
    "/data/nyckelfaktorer.csv-metadata.json",
    "/data/nyckelfaktorer.json",
    "/data/nyckelfaktorer.qdc",
    "/data/markningar.csv",
    "/data/markningar.csv-metadata.json",
    "/data/markningar.json",
)


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    """The rows of a CSV file by their headings."""
    text = client.get(address).content.decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";"))


def tagged(make_page: MakePage, malmo: Municipality, eva: User) -> Any:
    """A page about Malmö with a tag on words of it, and one on the whole page."""
    page = make_page(body="Vi hade ett skåp. Batterierna dog i kylan.", municipalities=("1280",))
    passage = choose(page, 1, page.plain.index("Batterierna"), len(page.plain) - 1)
    fields = {"note": "=1+1", "tried": "Nya batterier", "strength": 2, "phase": "during", "author": eva.pk}
    on_words = make_tag(KEY, factor="mod-att-prova", direction="hindering", passage=passage, **fields)
    operations.tag_passage(page, on_words, base=1, by=eva)
    page.refresh_from_db()
    operations.tag_passage(page, make_tag(author=eva.pk), base=2, by=eva)
    page.refresh_from_db()
    return page


@pytest.mark.parametrize("address", ADDRESSES)
def test_anybody_may_fetch_the_files(client: Client, page: Any, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    name = address.rsplit("/", 1)[1]
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert '<https://creativecommons.org/publicdomain/zero/1.0/deed.sv>; rel="license"' in answer["Link"]
    assert client.post(address).status_code == 405


def test_the_version_of_the_catalogue_counts_the_edits_of_factors(catalogue: dict[str, Factor]) -> None:
    FactorEdit.objects.update(created_at=datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    before = catalogue_version()
    assert before.number == FactorEdit.objects.count() == len(catalogue)
    # Half past midnight in Sweden.
    assert str(before) == f"Katalog {before.number} (2026-11-23)"
    FactorEdit.objects.all().delete()
    assert str(catalogue_version()) == "Katalog 0"


def test_the_catalogue_for_spreadsheets_says_where_it_is_from_on_every_row(client: Client) -> None:
    rows = rows_of(client, "/data/nyckelfaktorer.csv")
    assert len(rows) == 36
    row = next(row for row in rows if row["Id"] == "gemensam-malbild")
    assert row["Nyckelfaktor"] == "Gemensam målbild"
    assert row["Tema"] == "Ledning och styrning"
    assert row["Frågor att ställa sig"].split(" | ")[1] == "Hur vet vi att vi är på rätt väg?"
    assert row["Status"] == "aktiv"
    assert row["Adress"] == f"{SITE}/faktorer/gemensam-malbild/"
    assert {row["Licens"] for row in rows} == {"CC0 1.0"}
    assert {row["Hämtad"] for row in rows} == {timezone.localdate().isoformat()}
    assert {row["Katalogens version"] for row in rows} == {str(catalogue_version())}


def test_the_description_names_every_column_of_the_table(client: Client, page: Any) -> None:
    for name in ("nyckelfaktorer", "markningar"):
        answer = client.get(f"/data/{name}.csv")
        described_by = re.search(r'<(\S+)>; rel="describedby"', answer["Link"])
        assert described_by
        facts = json.loads(client.get(described_by[1]).content)
        header = answer.content.decode()[1:].split("\r\n")[0].split(";")
        assert [column["titles"] for column in facts["tableSchema"]["columns"]] == header
        assert facts["url"] == f"{name}.csv"
        assert facts["dc:license"] == {"@id": "https://creativecommons.org/publicdomain/zero/1.0/deed.sv"}
        assert facts["schema:version"] == str(catalogue_version())
        assert facts["dialect"]["delimiter"] == ";"


def test_a_catalogue_for_programs_has_all_that_readers_see(
    client: Client, catalogue: dict[str, Factor]
) -> None:
    catalogue["mod-att-prova"].merged_into = catalogue["gemensam-malbild"]
    catalogue["mod-att-prova"].status = Factor.Status.MERGED
    catalogue["mod-att-prova"].save()
    Factor.objects.filter(slug="kommunikation").update(status=Factor.Status.RETIRED)
    Factor.objects.filter(slug="finansiering").update(status=Factor.Status.PROPOSED)
    found = client.get("/data/nyckelfaktorer.json").json()
    rows = {row["slug"]: row for row in found["factors"]}
    assert rows["mod-att-prova"]["merged_into"] == "gemensam-malbild"
    assert rows["kommunikation"]["status"] == "retired"
    assert "finansiering" not in rows
    assert len(rows) == 35
    assert rows["gemensam-malbild"]["questions"] == catalogue["gemensam-malbild"].questions
    assert rows["gemensam-malbild"]["url"] == f"{SITE}/faktorer/gemensam-malbild/"
    assert found["licence"]["name"] == "CC0 1.0"
    assert found["catalogue"]["label"] == str(catalogue_version())
    assert found["date"] == timezone.localdate().isoformat()
    assert len(found["themes"]) == 7


def test_a_tag_is_told_with_its_words_and_its_place_but_not_who_made_it(
    client: Client, make_page: MakePage, malmo: Municipality, eva: User
) -> None:
    tagged(make_page, malmo, eva)
    answer = client.get("/data/markningar.json")
    on_words, on_page = answer.json()["tags"]
    assert on_words == {
        "key": KEY,
        "page": "Skolan",
        "page_url": f"{SITE}/sidor/skolan/",
        "version": 3,
        "factor": "mod-att-prova",
        "factor_name": "Mod att prova och misslyckas",
        "tagged_as": "mod-att-prova",
        "direction": "hindering",
        "strength": 2,
        "phase": "during",
        "note": "=1+1",
        "tried": "Nya batterier",
        "municipality_code": "1280",
        "municipality": "Malmö",
        "is_fictional": False,
        "words": "Batterierna dog i kylan",
        "words_version": 1,
        "state": "here",
        "made": timezone.localdate().isoformat(),
        "url": f"{SITE}/sidor/skolan/#p-{KEY}",
    }
    assert (on_page["state"], on_page["words"], on_page["url"]) == ("", "", f"{SITE}/sidor/skolan/")
    for address in ("/data/markningar.json", "/data/markningar.csv"):
        text = client.get(address).content.decode()
        assert "Skolan" in text
        assert eva.name not in text
        assert eva.email not in text
    assert "CC BY 4.0" in answer.json()["quotes"]


def test_tags_for_spreadsheets_have_words_for_codes_and_no_formulas(
    client: Client, make_page: MakePage, malmo: Municipality, eva: User
) -> None:
    tagged(make_page, malmo, eva)
    row, whole = rows_of(client, "/data/markningar.csv")
    assert row["Motivering"] == "'=1+1"
    assert (row["Riktning"], row["Fas"], row["Styrka"]) == ("hämmar", "under", "2")
    assert (row["Räknas för kommun"], row["Påhittad kommun"]) == ("Malmö", "false")
    assert row["Avsnittets läge"] == "finns i texten"
    assert whole["Avsnittets läge"] == "hela sidan"


def test_a_tag_of_a_merged_factor_is_told_under_the_one_that_it_is_part_of_now(
    client: Client, make_page: MakePage, malmo: Municipality, eva: User, catalogue: dict[str, Factor]
) -> None:
    tagged(make_page, malmo, eva)
    last = catalogue["gemensam-malbild"]
    between = catalogue["kommunikation"]
    Factor.objects.filter(pk=between.pk).update(merged_into=last)
    Factor.objects.filter(slug="mod-att-prova").update(merged_into=between)
    told = client.get("/data/markningar.json").json()["tags"][0]
    assert (told["tagged_as"], told["factor"], told["factor_name"]) == (
        "mod-att-prova",
        "gemensam-malbild",
        "Gemensam målbild",
    )


def test_tags_of_archived_pages_are_not_told_even_to_moderators(
    client: Client, make_page: MakePage, malmo: Municipality, eva: User, rut: User
) -> None:
    page = tagged(make_page, malmo, eva)
    assert len(client.get("/data/markningar.json").json()["tags"]) == 2
    operations.archive(page, reason="Gammal", by=rut)
    client.force_login(rut, backend="mittkoping.accounts.backends.EmailBackend")
    assert client.get("/data/markningar.json").json()["tags"] == []
    assert rows_of(client, "/data/markningar.csv") == []


def test_many_tags_take_a_bounded_number_of_queries(
    make_page: MakePage,
    malmo: Municipality,
    eva: User,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Any,
) -> None:
    page = tagged(make_page, malmo, eva)
    row = FactorTag.objects.filter(page=page).latest("pk")
    FactorTag.objects.bulk_create(
        FactorTag(key=uuid.uuid4(), page=page, order=2, factor=row.factor, direction="enabling", strength=1)
        for _number in range(8)
    )
    monkeypatch.setattr(tags, "AT_ONCE", 5)
    with django_assert_num_queries(2 + 2):
        told = list(tags.tags())
    assert len({one["key"] for one in told}) == 10


@pytest.mark.parametrize("text", ["=1+1", "+46", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("x")'])
def test_what_a_spreadsheet_would_take_for_a_formula_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_other_text_and_numbers_stay_as_they_are() -> None:
    columns = (
        Column("text", "Text"),
        Column("number", "Tal", "integer"),
        Column("list", "Lista", is_list=True),
    )
    row = {"text": 'Ett; "två"\nrader', "number": -1, "list": ["-a", "b"]}
    about = "CC0 1.0;2026-11-22;Katalog 41 (2026-11-20)"
    assert "".join(write_csv(columns, [row], ORIGIN)) == (
        "\ufeffText;Tal;Lista;Licens;Hämtad;Katalogens version\r\n"
        f'"Ett; ""två""\nrader";-1;\'-a | b;{about}\r\n'
    )
