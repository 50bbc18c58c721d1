"""A factor's questions on paper, and from the notes to a page."""

from typing import Any

import pytest
from django.test import Client

from factors.models import Factor
from mittkoping.accounts.models import User
from wiki.models import Page

pytestmark = pytest.mark.usefixtures("catalogue")

SHEET = "/faktorer/gemensam-malbild/motesblad/"
NEW = "/sidor/ny/"
QUESTIONS = (
    "Kan tre kollegor på olika nivåer beskriva målet med egna ord?",
    "Hur vet vi att vi är på rätt väg?",
    "Vilket problem för invånaren, eleven eller brukaren ska bli mindre?",
)


def form(browser: Client, query: str) -> tuple[Any, Any]:
    """The form of a new page and its tags, as that address opens them."""
    answer = browser.get(f"{NEW}?{query}")
    assert answer.status_code == 200
    return answer.context["form"], answer.context["tags"]


def test_the_sheet_has_the_definition_the_signs_and_every_question(
    client: Client, catalogue: dict[str, Factor]
) -> None:
    factor = catalogue["gemensam-malbild"]
    answer = client.get(SHEET)
    for text in (factor.name, factor.definition, factor.enables, factor.hinders, *QUESTIONS):
        assert text in answer.text
    # Room to write: below the signs both ways, below each question, and for what comes next.
    assert answer.text.count('class="worksheet__lines') == 2 + len(QUESTIONS) + 1
    assert not answer.cookies


def test_the_sheet_of_a_merged_factor_is_that_of_the_one_that_it_is_part_of(
    client: Client, catalogue: dict[str, Factor]
) -> None:
    Factor.objects.filter(slug="kommunikation").update(merged_into=catalogue["gemensam-malbild"])
    answer = client.get("/faktorer/kommunikation/motesblad/")
    assert (answer.status_code, answer.headers["Location"]) == (302, SHEET)
    assert "no-store" in answer.headers["Cache-Control"]
    spelled = client.get("/faktorer/Gemensam målbild/motesblad/")
    assert (spelled.status_code, spelled.headers["Location"]) == (301, SHEET)
    assert client.get("/faktorer/finns-inte/motesblad/").status_code == 404


def test_notes_begin_as_a_meeting_with_the_questions_and_a_tag(as_eva: Client) -> None:
    edit, tags = form(as_eva, "typ=mote&faktor=gemensam-malbild")
    assert edit["kind"].value() == "mote"
    body = edit["body"].value()
    assert [line for line in body.split("\n") if line] == [
        "## Gemensam målbild",
        *(f"### {question}" for question in QUESTIONS),
        "## Det här provar vi nu",
    ]
    row, empty = tags.forms
    assert (row["factor"].value(), row["direction"].value()) == ("gemensam-malbild", None)
    assert empty["factor"].value() is None
    # The row is open, since its direction is to be chosen.
    assert (
        as_eva.get(f"{NEW}?typ=mote&faktor=gemensam-malbild").text.count('<details class="tag-row" open') == 3
    )


def test_several_factors_make_a_heading_and_a_tag_each(as_eva: Client) -> None:
    edit, tags = form(as_eva, "typ=mote&faktor=kommunikation&faktor=gemensam-malbild&faktor=kommunikation")
    headings = [line for line in edit["body"].value().split("\n") if line.startswith("## ")]
    assert headings == ["## Kommunikation", "## Gemensam målbild", "## Det här provar vi nu"]
    assert [row["factor"].value() for row in tags.forms[:-1]] == ["kommunikation", "gemensam-malbild"]


def test_the_form_of_the_sheet_leads_there_without_script(as_eva: Client) -> None:
    answer = as_eva.get(SHEET)
    assert f'<form class="stack stack--tight" method="get" action="{NEW}">' in answer.text
    assert '<input type="hidden" name="typ" value="mote">' in answer.text
    assert '<input type="hidden" name="faktor" value="gemensam-malbild">' in answer.text
    assert 'type="checkbox" name="faktor" value="kommunikation"' in answer.text


def test_what_is_asked_wrongly_is_passed_over(as_eva: Client) -> None:
    Factor.objects.filter(slug="kommunikation").update(status=Factor.Status.RETIRED)
    edit, tags = form(as_eva, "typ=roman&faktor=finns-inte&faktor=kommunikation&faktor=%00&titel=Ett+möte")
    assert (edit["kind"].value(), edit["body"].value(), edit["title"].value()) == (
        "erfarenhet",
        None,
        "Ett möte",
    )
    assert len(tags.forms) == 1


def test_a_merged_factor_begins_as_the_one_that_it_is_part_of(
    as_eva: Client, catalogue: dict[str, Factor]
) -> None:
    merged = Factor.objects.filter(slug="kommunikation")
    merged.update(merged_into=catalogue["gemensam-malbild"], status=Factor.Status.MERGED)
    _edit, tags = form(as_eva, "faktor=kommunikation&faktor=gemensam-malbild")
    assert [row["factor"].value() for row in tags.forms[:-1]] == ["gemensam-malbild"]


def test_notes_are_saved_once_a_direction_is_chosen(as_eva: Client, eva: User) -> None:
    sent = {
        "title": "Möte om målet",
        "body": "## Gemensam målbild\n\nVi kan.",
        "kind": "mote",
        "base": "",
        "tags-TOTAL_FORMS": "2",
        "tags-INITIAL_FORMS": "1",
        "tags-0-key": "",
        "tags-0-factor": "gemensam-malbild",
        "tags-0-strength": "1",
        "tags-0-note": "",
        "tags-0-municipality": "",
        "tags-1-key": "",
        "tags-1-factor": "",
        "tags-1-strength": "1",
        "tags-1-note": "",
        "tags-1-municipality": "",
    }
    address = f"{NEW}?typ=mote&faktor=gemensam-malbild"
    refused = as_eva.post(address, sent)
    assert refused.status_code == 200
    assert "Välj om nyckelfaktorn främjar eller hämmar." in refused.text
    assert not Page.objects.exists()
    assert as_eva.post(address, sent | {"tags-0-direction": "enabling"}).status_code == 302
    page = Page.objects.get()
    assert (page.kind, page.body) == ("mote", "## Gemensam målbild\n\nVi kan.")
    (tag,) = page.content.tags
    assert (tag.factor, tag.direction, tag.author) == ("gemensam-malbild", "enabling", eva.pk)


def test_the_form_of_a_page_that_is_there_is_not_filled_with_notes(as_eva: Client, page: Page) -> None:
    answer = as_eva.get("/sidor/skolan/redigera/?typ=mote&faktor=gemensam-malbild&titel=Nej")
    form, tags = answer.context["form"], answer.context["tags"]
    assert (form["title"].value(), form["body"].value()) == (page.title, page.body)
    assert len(tags.forms) == 1
