"""The files of the insights: what the screen shows, with licence, date, facets, n and the rule."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from factors.models import Factor
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage
from tests.wiki.stating import state, stated
from wiki.views.insight_catalogue import BY_NAME

NAMES = list(BY_NAME)
GOAL, TRUST = "gemensam-malbild", "tillit"


@pytest.fixture(autouse=True)
def said(
    malmo: Municipality, mittkoping_: Municipality, catalogue: dict[str, Factor], make_page: MakePage
) -> None:
    """Malmö: goals clearly enable, trust hinders. Mittköping: goals hinder."""
    state(make_page, "Ett", f"+2 {GOAL} 1280", f"-1 {TRUST} 1280", tracks=("skola",))
    state(make_page, "Två", f"+2 {GOAL} 1280", f"-2 {GOAL} 9901", tracks=("halsa",))


def table(client: Client, name: str, query: str = "") -> list[dict[str, str]]:
    """The rows of a CSV file, by the words of its head."""
    answer = client.get(f"/insikter/{name}.csv{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv; charset=utf-8")
    assert answer["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    text = answer.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))


def document(client: Client, name: str, query: str = "") -> dict[str, Any]:
    """What a JSON file holds."""
    answer = client.get(f"/insikter/{name}.json{query}")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.getvalue())
    return found


def test_the_matrix_in_a_spreadsheet(client: Client) -> None:
    rows = {row["Nyckelfaktor-id"]: row for row in table(client, "matris", "?pahittade=1")}
    goal, trust = rows[GOAL], rows[TRUST]
    assert (goal["A1 Storstäder"], goal["A1 Storstäder: antal kommuner"]) == ("2", "1")
    assert goal["B3 Pendlingskommun nära större stad"] == "-1"
    assert (goal["Alla"], goal["Alla: antal kommuner"]) == ("blandat", "2")
    assert (trust["A1 Storstäder"], trust["B3 Pendlingskommun nära större stad"]) == ("-1", "")
    assert len(rows) == 36
    assert goal["Underlag"] == "2 kommuner, 4 märkningar på 2 sidor (inkl. påhittade)"
    assert goal["Begränsat till"] == "Påhittade kommuner: Räknas med"
    assert goal["Källa"].endswith("/insikter/matris/?pahittade=1")
    assert goal["Så räknar vi"].startswith("Främjar tydligt (▲▲)")
    assert goal["Licens"] == "CC0 1.0"
    assert goal["Hämtad"] == timezone.localdate().isoformat()


def test_bars_in_a_document_with_all_that_they_are_made_of(client: Client) -> None:
    found = document(client, "staplar", "?spar=skola&pahittade=1")
    assert found["title"] == "Främjar eller hämmar"
    assert found["licence"]["name"] == "CC0 1.0"
    assert found["date"] == timezone.localdate().isoformat()
    assert found["facets"] == {"spar": "skola", "pahittade": "1"}
    assert found["counted"] == {
        "label": "1 kommun, 2 märkningar på 1 sida (inkl. påhittade)",
        "municipalities": 1,
        "fictional": 0,
        "statements": 2,
        "pages": 1,
        "with_fictional": True,
    }
    assert found["rule"] == [str(sentence) for sentence in BY_NAME["staplar"].rule]
    assert found["rows"][0] == {
        "theme": "Ledning och styrning",
        "factor": GOAL,
        "factor_name": "Gemensam målbild",
        "hindering": 0,
        "enabling": 1,
        "both": 0,
        "municipalities": 1,
    }


def test_what_nobody_has_written_about_is_blank_and_never_0(client: Client) -> None:
    [silent] = [row for row in document(client, "omnamnda")["rows"] if row["factor"] == "uthallighet"]
    assert (silent["municipalities"], silent["of"], silent["percent"]) == (None, None, None)
    [silent] = [row for row in document(client, "matris")["rows"] if row["factor"] == "uthallighet"]
    assert silent["alla"] is None
    [row] = [row for row in table(client, "omnamnda") if row["Nyckelfaktor-id"] == "uthallighet"]
    assert row["Procent"] == ""


@pytest.mark.parametrize("name", NAMES)
def test_every_insight_has_both_files_with_the_same_rows(client: Client, name: str) -> None:
    query = "?kommun=mittkoping&pahittade=1"
    found, rows = document(client, name, query), table(client, name, query)
    assert len(found["rows"]) == len(rows)
    assert all(set(row) == set(found["columns"]) for row in found["rows"])
    assert found["counted"]["with_fictional"] is True
    assert all(row["Underlag"] == found["counted"]["label"] for row in rows)


def test_what_others_say_in_a_document(client: Client) -> None:
    rows = document(client, "hinder-och-mojliggorare", "?kommun=mittkoping&pahittade=1")["rows"]
    assert [(row["municipality"], row["factor"], row["page"]) for row in rows] == [
        ("Malmö", GOAL, "Två"),
        ("Malmö", GOAL, "Ett"),
    ]
    assert rows[0]["url"].endswith("/sidor/tva/")


def test_formulas_are_neutralised_in_spreadsheets_only(client: Client, make_page: MakePage) -> None:
    hindered = stated(f"-1 {TRUST} 1280", phase="before", note="=1+1", tried="@SUM(A1)")
    make_page("=HYPERLINK", tags=(hindered, stated(f"+1 {TRUST} 1280", phase="after", note="=1+1")))
    [row] = [
        row
        for row in table(client, "hinder-och-mojliggorare", f"?faktor={TRUST}")
        if row["Nyckelfaktor-id"] == TRUST
    ]
    assert (row["Sida"], row["Motivering"]) == ("'=HYPERLINK", "'=1+1")
    [story] = table(client, "over-tid")
    assert story["Det som provades"] == "'@SUM(A1)"
    assert document(client, "over-tid")["rows"][0]["tried"] == ["@SUM(A1)"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_files_take_few_queries_and_leave_no_cookie(
    client: Client, name: str, kind: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        answer = client.get(f"/insikter/{name}.{kind}?kommun=mittkoping&pahittade=1&faktor={GOAL}&spar=fel")
        assert answer.status_code == 200
        assert answer.getvalue()
    assert not answer.cookies
