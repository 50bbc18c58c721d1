"""The tags of a page's form over HTTP: which row is which tag, and that none of it is lost or stolen."""

import json
from typing import Any

import pytest
from django.test import Client

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage, form_of, signed_in, tag
from wiki.models import FactorTag, Page

EDIT = "/sidor/skolan/redigera/"
TYPED = "Det här har någon skrivit i en timme.\n"
ROW = {
    "key": "",
    "factor": "gemensam-malbild",
    "direction": "enabling",
    "strength": "2",
    "note": "Alla visste.",
}


def tags_of(*rows: dict[str, Any]) -> dict[str, Any]:
    """The formset as the browser sends it."""
    data: dict[str, Any] = {"tags-TOTAL_FORMS": str(len(rows)), "tags-INITIAL_FORMS": "0"}
    for at, row in enumerate(rows):
        data |= {f"tags-{at}-{name}": value for name, value in row.items()}
    return data


def test_tags_are_added_changed_and_removed(
    page: Page, eva: User, bo: User, catalogue: dict[str, Factor], granneby: Municipality
) -> None:
    row = {
        "factor": "gemensam-malbild",
        "direction": "hindering",
        "strength": "2",
        "note": "Ingen visste.",
        "municipality": "granneby",
    }
    signed_in(eva).post("/sidor/skolan/redigera/", form_of(page) | tags_of(row))
    made = FactorTag.objects.get()
    assert (made.direction, made.strength, made.note, made.municipality) == (
        "hindering",
        2,
        "Ingen visste.",
        granneby,
    )
    kept = row | {"key": str(made.key), "note": "Få visste."}
    signed_in(bo).post("/sidor/skolan/redigera/", form_of(page, base="2") | tags_of(kept))
    made.refresh_from_db()
    assert (made.note, made.author) == ("Få visste.", eva)
    signed_in(bo).post("/sidor/skolan/redigera/", form_of(page, base="3") | tags_of(kept | {"DELETE": "on"}))
    assert not FactorTag.objects.exists()
    assert page.edits.get(number=3).content.tags[0].note == "Få visste."


def test_the_same_tags_sent_again_change_nothing(
    page: Page, as_eva: Client, catalogue: dict[str, Factor]
) -> None:
    row = {"factor": "gemensam-malbild", "direction": "enabling", "strength": "1", "note": "Alla visste."}
    as_eva.post("/sidor/skolan/redigera/", form_of(page) | tags_of(row))
    page.refresh_from_db()
    assert page.content.tags[0].strength == 1
    again = tags_of(row | {"key": page.tags[0]["key"]})
    answer = as_eva.post("/sidor/skolan/redigera/", form_of(page, base="2") | again, follow=True)
    assert "Inget är ändrat" in answer.text
    assert page.edits.count() == 2


def test_an_unknown_factor_is_told_at_its_field(
    page: Page, as_eva: Client, catalogue: dict[str, Factor]
) -> None:
    row = {"factor": "finns-inte", "direction": "enabling", "strength": "1", "note": "Viktig."}
    answer = as_eva.post("/sidor/skolan/redigera/", form_of(page, body=TYPED) | tags_of(row))
    assert answer.status_code == 200
    assert "Nyckelfaktorn ”finns-inte” finns inte i katalogen." in answer.text
    assert TYPED.strip() in answer.text
    assert "Viktig." in answer.text
    page.refresh_from_db()
    assert page.number == 1


def test_one_more_tag_row_without_javascript(
    page: Page, as_eva: Client, catalogue: dict[str, Factor]
) -> None:
    row = {"factor": "gemensam-malbild", "direction": "enabling", "strength": "1", "note": "Behålls."}
    answer = as_eva.post(
        "/sidor/skolan/redigera/", form_of(page, body=TYPED, do="add_tag") | tags_of(row, {"factor": ""})
    )
    assert answer.status_code == 200
    assert 'name="tags-2-factor"' in answer.text
    assert "Behålls." in answer.text
    assert TYPED.strip() in answer.text
    assert page.edits.count() == 1


def stored(page: Page) -> list[dict[str, Any]]:
    """The tags of the page as they are now."""
    page.refresh_from_db()
    tags: list[dict[str, Any]] = page.tags
    return tags


@pytest.fixture
def tagged(make_page: MakePage, bo: User, catalogue: dict[str, Factor]) -> Page:
    """A page with one tag, by bo, that has something in every field."""
    own = tag(strength=2, note="Alla visste.", municipality="9902", author=bo.pk)
    return make_page(tags=(own,))


def test_a_new_tag_sent_twice_is_saved_once(page: Page, as_eva: Client, catalogue: dict[str, Factor]) -> None:
    form = form_of(page) | tags_of(ROW, ROW | {"note": "Två gånger."})
    assert as_eva.post(EDIT, form).status_code == 302
    keys = [each["key"] for each in stored(page)]
    answer = as_eva.post(EDIT, form, follow=True)
    assert answer.redirect_chain == [("/sidor/skolan/", 302)]
    assert "Texten är redan sparad." in answer.text
    assert [each["key"] for each in stored(page)] == keys
    assert (len(set(keys)), page.number) == (2, 2)


def test_a_new_page_sent_twice_is_made_once(as_eva: Client, bo: User, catalogue: dict[str, Factor]) -> None:
    form = {"title": "Skolan", "body": "Hej."} | tags_of(ROW)
    assert as_eva.post("/sidor/ny/", form)["Location"] == "/sidor/skolan/"
    answer = as_eva.post("/sidor/ny/", form, follow=True)
    assert answer.redirect_chain == [("/sidor/skolan/", 302)]
    assert "Sidan är redan sparad." in answer.text
    assert Page.objects.get().number == 1
    for sender, changes in ((as_eva, {"body": "Annat."}), (signed_in(bo), {})):
        refused = sender.post("/sidor/ny/", form | changes)
        assert "Det finns redan en sida som heter ”Skolan”." in refused.text


def test_two_writers_and_two_rounds_make_different_tags(
    page: Page, eva: User, bo: User, catalogue: dict[str, Factor]
) -> None:
    for base, by in enumerate((eva, bo, eva, bo), 1):
        kept = [
            {"key": each["key"], "factor": each["factor"], "direction": "enabling"} for each in stored(page)
        ]
        assert signed_in(by).post(EDIT, form_of(page) | tags_of(ROW, *kept)).status_code == 302
        assert len(stored(page)) == base
    authors = {each["key"]: each["author"] for each in page.tags}
    assert len(authors) == 4
    assert sorted(authors.values()) == sorted([eva.pk, bo.pk] * 2)


def test_a_key_sent_twice_or_made_up_takes_no_tag_over(tagged: Page, eva: User) -> None:
    own = tagged.tags[0]
    made_up = "11111111-1111-4111-8111-111111111111"
    rows = [ROW | {"key": own["key"]}, ROW | {"key": own["key"]}, ROW | {"key": made_up}]
    signed_in(eva).post(EDIT, form_of(tagged) | tags_of(*rows))
    first, *others = stored(tagged)
    assert (first["key"], first["author"]) == (own["key"], own["author"])
    assert [each["author"] for each in others] == [eva.pk] * 2
    assert len({own["key"], made_up, *(each["key"] for each in others)}) == 4


def test_fields_of_a_tag_that_are_not_sent_are_left_alone(tagged: Page, eva: User) -> None:
    before = tagged.tags
    rows = [{"key": before[0]["key"], "factor": "gemensam-malbild", "direction": "hindering"}]
    signed_in(eva).post(EDIT, form_of(tagged) | tags_of(*rows))
    assert stored(tagged) == [before[0] | {"direction": "hindering"}]
    signed_in(eva).post(EDIT, form_of(tagged) | tags_of(rows[0] | {"note": "", "municipality": ""}))
    assert stored(tagged) == [before[0] | {"direction": "hindering", "note": "", "municipality": None}]


@pytest.mark.parametrize("more", [{}, {"municipality": "granneby"}])
def test_the_four_fields_alone_keep_a_tag_its_own(tagged: Page, eva: User, more: dict[str, str]) -> None:
    before = tagged.tags[0]
    row = {
        "factor": "gemensam-malbild",
        "direction": "enabling",
        "strength": "1",
        "note": "Få visste.",
    } | more
    signed_in(eva).post(EDIT, form_of(tagged) | tags_of(row, row))
    first, second = stored(tagged)
    assert first == before | {"strength": 1, "note": "Få visste."}
    assert (second["author"], second["key"] != before["key"]) == (eva.pk, True)


def test_the_four_fields_about_something_else_are_a_new_tag(tagged: Page, eva: User) -> None:
    row = {"factor": "gemensam-malbild", "direction": "enabling", "municipality": "Mittköping"}
    signed_in(eva).post(EDIT, form_of(tagged) | tags_of(row))
    (only,) = stored(tagged)
    assert (only["author"], only["municipality"], only["note"]) == (eva.pk, "9901", "")
    assert only["key"] != tag().key


def test_of_two_alike_the_one_with_the_same_note_is_kept(
    make_page: MakePage, bo: User, eva: User, catalogue: dict[str, Factor]
) -> None:
    keys = ["00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"]
    page = make_page(tags=(tag(keys[0], note="Ett."), tag(keys[1], note="Två.", author=bo.pk)))
    row = {"factor": "gemensam-malbild", "direction": "enabling", "strength": "1", "note": "Två."}
    signed_in(eva).post(EDIT, form_of(page) | tags_of(row))
    assert [(each["key"], each["author"]) for each in stored(page)] == [(keys[1], bo.pk)]


@pytest.mark.parametrize(
    "row", [{"note": "Viktigt."}, {"direction": "hindering"}, {"municipality": "Granneby"}], ids=json.dumps
)
def test_a_row_that_says_something_needs_a_factor(
    page: Page, as_eva: Client, granneby: Municipality, row: dict[str, str]
) -> None:
    form = form_of(page, body=TYPED) | tags_of({"key": "", "factor": "", "strength": "1", "note": ""} | row)
    answer = as_eva.post(EDIT, form)
    assert answer.status_code == 200
    assert "Rad 1: Välj en nyckelfaktor, eller ta bort märkningen." in answer.text
    assert stored(page) == []
    assert as_eva.post(EDIT, form | {"tags-0-DELETE": "on"}).status_code == 302


def test_the_summary_of_mistakes_says_each_thing_once(page: Page, as_eva: Client) -> None:
    row = ROW | {"key": "ingen-nyckel", "factor": "", "note": "x" * 501}
    form = form_of(page, title="", kind="roman", summary="x" * 201, base="9") | tags_of(row)
    answer = as_eva.post(EDIT, form)
    summary = answer.text.split('id="fel"')[1].split("</ul>")[0]
    lines = [line.split("</li>")[0] for line in summary.split("<li>")[1:]]
    assert [line.removesuffix("</a>").split('">')[-1] for line in lines] == [
        "Skriv en titel.",
        "Sidtyp: Välj ett giltigt alternativ. roman finns inte bland tillgängliga alternativ.",
        "Sidan har ingen sådan version. Öppna sidan i en ny flik och för över din text.",
        "Rad 1: Nyckeln är ingen UUID. Lämna den tom för en ny märkning.",
        "Rad 1: Välj en nyckelfaktor, eller ta bort märkningen.",
        "Rad 1: Motiveringen är 501 tecken lång. Gränsen är 500.",
        "Sammanfattningen är 201 tecken lång. Gränsen är 200.",
    ]
    assert [line for line in lines if "href" not in line] == [
        "Sidan har ingen sådan version. Öppna sidan i en ny flik och för över din text.",
        "Rad 1: Nyckeln är ingen UUID. Lämna den tom för en ny märkning.",
    ]
