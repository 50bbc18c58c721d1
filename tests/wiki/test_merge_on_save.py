"""Two people save one page: what goes together is published at once, and says so."""

from dataclasses import replace

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import MakePage, form_of, signed_in
from tests.wiki.settling_form import BASE, EDIT, change
from wiki import operations
from wiki.models import Page

MERGED = "Sparat som version 3, sammanfogad med version 2 av Bo Ek. Allt är kvar."
MARK = '<span class="edit-row__minor">sammanfogad</span>'


@pytest.fixture
def page(make_page: MakePage) -> Page:
    """A page of three paragraphs."""
    return make_page("Skolan", lead="Om skolan.", body=BASE)


@pytest.mark.parametrize(
    ("theirs", "mine", "together"),
    [
        (
            ("Ett stycke", "Ett långt stycke"),
            ("Tre", "3"),
            ("Ett långt stycke här.", "Två stycken här.", "3"),
        ),
        (("Två stycken", "Två långa stycken"), ("Två", "2"), ("Ett stycke här.", "2 långa stycken här.")),
        (("Ett stycke här.\n\n", ""), ("här.\n\nTre", "här.\n\n3"), ("Två stycken här.", "3 stycken")),
    ],
    ids=["other paragraphs", "other words", "one gone and one changed"],
)
def test_what_goes_together_is_published_at_once(
    page: Page,
    as_eva: Client,
    bo: User,
    theirs: tuple[str, str],
    mine: tuple[str, str],
    together: tuple[str, ...],
) -> None:
    change(page, bo, BASE.replace(*theirs))
    answer = as_eva.post(EDIT, form_of(page, body=BASE.replace(*mine), base="1"))
    assert (answer.status_code, answer["Location"]) == (302, "/sidor/skolan/")
    page.refresh_from_db()
    assert (page.number, page.edits.get(number=3).base) == (3, 1)
    assert page.body.startswith("\n\n".join(together))


def test_the_notice_says_with_whom_and_leads_to_what_each_has_changed(
    page: Page, as_eva: Client, bo: User
) -> None:
    change(page, bo, BASE.replace("Ett", "1"))
    as_eva.post(EDIT, form_of(page, body=BASE.replace("Tre", "3"), base="1"))
    shown = as_eva.get("/sidor/skolan/").text
    assert (
        f'{MERGED} <a href="/sidor/skolan/jamfor/2/3/">Se vad du ändrade</a>'
        ' <a href="/sidor/skolan/jamfor/1/2/">Se vad de andra ändrade</a>'
    ) in shown


def test_history_marks_the_version_that_was_merged_and_no_other(page: Page, as_eva: Client, bo: User) -> None:
    change(page, bo, BASE.replace("Ett", "1"))
    as_eva.post(EDIT, form_of(page, body=BASE.replace("Tre", "3"), base="1"))
    change(page, bo, "Något nytt.\n")
    rows = as_eva.get("/sidor/skolan/historik/").text.split('<div class="edit-row')[1:]
    assert [MARK in row for row in rows] == [False, True, False, False]
    assert "version 3" in rows[1]


def test_facts_and_text_by_two_people_go_together(page: Page, as_eva: Client, bo: User) -> None:
    operations.edit(page, replace(page.content, title="Grundskolan", tracks=("skola",)), base=1, by=bo)
    answer = as_eva.post(EDIT, form_of(page, body=BASE.replace("Tre", "3"), kind="guide"))
    assert answer.status_code == 302
    page.refresh_from_db()
    assert (page.title, page.kind, page.tracks) == ("Grundskolan", "guide", ["skola"])
    assert "3 stycken" in page.body


def test_the_same_words_are_published_once(page: Page, as_eva: Client, bo: User) -> None:
    change(page, bo, BASE.replace("Ett", "1"))
    answer = as_eva.post(EDIT, form_of(page, body=BASE.replace("Ett", "1"), base="1"))
    assert (answer.status_code, Page.objects.get().number) == (302, 2)
    assert "Texten är redan sparad." in as_eva.get("/sidor/skolan/").text


def test_what_is_proposed_meets_nobody(page: Page, ada: User, bo: User) -> None:
    change(page, bo, BASE.replace("Tre stycken här", "Tre stycken där"))
    mine = form_of(page, body=BASE.replace("Tre stycken här", "Tre stycken nu"), base="1")
    assert signed_in(ada).post(EDIT, mine).status_code == 302
    assert [proposal.base for proposal in page.proposals.all()] == [1]
