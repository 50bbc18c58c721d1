"""Personal numbers are found before anything is saved, and said without being repeated.

The numbers are made up: Skatteverket's examples and numbers for tests.
"""

import pytest

from mittkoping.accounts.models import User
from tests.conftest import form_of, signed_in, tag
from wiki import operations
from wiki.content import Content
from wiki.models import Page
from wiki.validation import personal_number_problems, problems, title_problems

NUMBER = "811218-9876"
ADVICE = "Ta bort det och spara igen. Det som sparas i wikin kan alla läsa, även i historiken."


def test_a_text_with_a_number_is_told_where() -> None:
    text = f"Rad ett.\n\nRing Kalle, {NUMBER}, i dag."
    sentence = "Texten innehåller ett personnummer: det som börjar med 8112… på rad 3."
    assert personal_number_problems("Texten", text) == [f"{sentence} {ADVICE}"]


def test_one_line_needs_no_line_number() -> None:
    [sentence] = personal_number_problems("Skälet", f"Tog bort {NUMBER}")
    assert sentence == f"Skälet innehåller ett personnummer: det som börjar med 8112…. {ADVICE}"


@pytest.mark.parametrize(
    "text", ["", "811218-9875", "Organisationsnummer 556036-0793", "Version 3.8112189876"]
)
def test_what_is_no_personal_number_is_let_through(text: str) -> None:
    assert personal_number_problems("Texten", text) == []


@pytest.mark.parametrize(
    ("field", "content"),
    [
        ("title", Content(title=f"Om {NUMBER}")),
        ("lead", Content(title="Skolan", lead=NUMBER)),
        ("body", Content(title="Skolan", body=NUMBER)),
        ("tags", Content(title="Skolan", tags=(tag(note=f"Fråga {NUMBER}"),))),
    ],
)
def test_every_part_of_a_page_is_looked_at(field: str, content: Content) -> None:
    [(found, sentence)] = problems(content)
    assert found == field
    assert "personnummer" in sentence
    assert NUMBER not in sentence
    assert "9876" not in sentence


def test_a_title_alone_is_looked_at() -> None:
    [sentence] = title_problems(f"Om {NUMBER}")
    assert sentence.startswith("Titeln innehåller ett personnummer")


def test_the_form_keeps_the_text_and_saves_nothing(page: Page, eva: User) -> None:
    body = f"Första raden.\nKalle har {NUMBER}."
    answer = signed_in(eva).post("/sidor/skolan/redigera/", form_of(page, body=body))
    assert answer.status_code == 200
    assert "det som börjar med 8112… på rad 2" in answer.text
    assert answer.context["form"]["body"].value() == body
    page.refresh_from_db()
    assert page.number == 1


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/sidor/skolan/byt-namn/", {"title": f"Om {NUMBER}", "base": "1"}),
        ("/sidor/skolan/byt-namn/", {"title": "Grundskolan", "base": "1", "reason": NUMBER}),
        ("/sidor/skolan/arkivera/", {"do": "archive", "reason": NUMBER}),
        ("/sidor/skolan/version/1/dolj/", {"base": "1", "versions": "1", "reason": NUMBER}),
    ],
)
def test_reasons_and_names_are_looked_at(page: Page, rut: User, address: str, form: dict[str, str]) -> None:
    answer = signed_in(rut).post(address, form)
    assert (answer.status_code, "innehåller ett personnummer" in answer.text) == (200, True)
    page.refresh_from_db()
    assert (page.number, page.is_archived, page.edits.get().is_hidden) == (1, False, False)


def test_an_old_page_can_be_cleaned(page: Page, eva: User) -> None:
    Page.objects.update(body=f"Kalle har {NUMBER}.")
    answer = signed_in(eva).post("/sidor/skolan/redigera/", form_of(page, body="Kalle."))
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.body == "Kalle."
    assert isinstance(operations.edit(page, Content(title="Skolan"), base=2, by=eva).pk, int)
