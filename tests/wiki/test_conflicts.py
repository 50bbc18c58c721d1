"""When a save does not go through: somebody was first, the database is busy, the text is taken away."""

import difflib
from dataclasses import replace
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from mittkoping.municipalities.naming import MunicipalityNames
from tests.conftest import MakePage, form_of, signed_in, tag
from wiki import operations
from wiki.models import Page
from wiki.transfer.catalogue import Catalogue
from wiki.transfer.contents import ContentBuilder
from wiki.transfer.front_matter import read

EDIT = "/sidor/skolan/redigera/"
TYPED = "Det här har någon skrivit i en timme.\n"
NOTICE = "Någon hann spara före dig."
WARNING = "När du sparar din text som den är ersätter den allt som är publicerat nu."


def test_the_later_of_two_saves_gets_both_texts(page: Page, eva: User, bo: User) -> None:
    signed_in(bo).post("/sidor/skolan/redigera/", form_of(page, body="Bos text.\n"))
    answer = signed_in(eva).post("/sidor/skolan/redigera/", form_of(page, body=TYPED))
    assert answer.status_code == 409
    assert answer.context["form"]["body"].value() == TYPED
    assert answer.context["form"]["base"].value() == "2"
    assert "Bo Ek" in answer.text
    assert "Bos text." in answer.text
    page.refresh_from_db()
    assert (page.number, page.body) == (2, "Bos text.\n")


def shown(answer: Any) -> dict[str, str]:
    """The form of an answer, as the browser would send it: every row of tags that says something."""
    form = {name: str(answer.context["form"][name].value() or "") for name in ("base", "first_base", "body")}
    form |= {"title": "Skolan", "tags-TOTAL_FORMS": "1", "tags-INITIAL_FORMS": "0"}
    row = answer.context["tags"][0]
    return form | {field.html_name: str(field.value() or "") for field in row if field.name != "DELETE"}


@pytest.fixture
def tagged(make_page: MakePage, bo: User, catalogue: dict[str, Factor]) -> Page:
    """A page with one tag, by bo."""
    return make_page("Skolan", body="Först.\n", tags=(tag(note="Alla visste.", author=bo.pk),))


def rows_of(page: Page) -> dict[str, str]:
    """The page's one tag, as the browser sends it."""
    (one,) = page.tags
    row = {name: one[name] or "" for name in ("key", "factor", "direction", "strength", "note")}
    return {f"tags-0-{name}": str(value) for name, value in row.items()} | {
        "tags-TOTAL_FORMS": "1",
        "tags-INITIAL_FORMS": "1",
        "tags-0-municipality": "",
    }


def test_a_tag_removed_meanwhile_comes_back_as_it_was(tagged: Page, eva: User, bo: User) -> None:
    before = tagged.tags
    operations.edit(tagged, replace(tagged.content, body="Bos text.", tags=()), base=1, by=bo)
    answer = signed_in(eva).post(EDIT, form_of(tagged, body=TYPED) | rows_of(tagged))
    assert answer.status_code == 409
    operations.edit(tagged, replace(tagged.content, body="Igen.", tags=()), base=2, by=bo)
    answer = signed_in(eva).post(EDIT, shown(answer))
    assert answer.status_code == 409
    form = shown(answer)
    assert (form["base"], form["first_base"], form["tags-0-key"]) == ("3", "1", tag().key)
    assert signed_in(eva).post(EDIT, form).status_code == 302
    tagged.refresh_from_db()
    assert (tagged.number, tagged.body, tagged.tags) == (4, TYPED, before)


def test_a_form_without_tags_leaves_those_of_the_newest_version(tagged: Page, eva: User, bo: User) -> None:
    operations.edit(tagged, replace(tagged.content, body="Bos text.", tags=()), base=1, by=bo)
    answer = signed_in(eva).post(EDIT, form_of(tagged, body=TYPED))
    assert answer.status_code == 409
    form = {name: value for name, value in shown(answer).items() if not name.startswith("tags-")}
    assert signed_in(eva).post(EDIT, form).status_code == 302
    tagged.refresh_from_db()
    assert (tagged.body, tagged.tags) == (TYPED, [])


@pytest.mark.parametrize(
    "changes", [{"do": "preview"}, {"do": "add_tag"}, {"title": ""}, {"tags-0-factor": "finns-inte"}]
)
def test_the_warning_of_a_conflict_stays_until_it_is_saved(
    tagged: Page, eva: User, bo: User, changes: dict[str, str]
) -> None:
    operations.edit(tagged, replace(tagged.content, body="Bos text.\n"), base=1, by=bo, summary="Bo var här")
    as_eva = signed_in(eva)
    first = as_eva.post(EDIT, form_of(tagged, body=TYPED) | rows_of(tagged))
    again = as_eva.post(EDIT, shown(first) | changes)
    assert (first.status_code, again.status_code) == (409, 200)
    for answer in (first, again):
        assert [words in answer.text for words in (NOTICE, WARNING, "”Bo var här”")] == [True] * 3
        *_, choice = answer.context["conflict"].choices.choices
        assert (choice.place.change.ours, choice.place.change.theirs) == ("Bos text.", TYPED.strip())
    assert answer.context["form"]["body"].value() == TYPED
    assert ("Rätta det här" in again.text) == ("do" not in changes)
    assert as_eva.post(EDIT, shown(first)).status_code == 302
    calm = as_eva.get(EDIT)
    assert [words in calm.text for words in (NOTICE, WARNING)] == [False] * 2


@pytest.mark.parametrize("mark", ["0", "99", "elva", "²", "9" * 5000, "\x00"])
def test_a_mark_of_no_conflict_is_nothing(page: Page, as_eva: Client, mark: str) -> None:
    answer = as_eva.post(EDIT, form_of(page, do="preview", first_base=mark))
    assert (answer.status_code, NOTICE in answer.text) == (200, False)


def test_a_busy_database_hands_the_text_back(
    page: Page, as_eva: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def be_busy(*_args: object, **_keywords: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(operations, "edit", be_busy)
    monkeypatch.setattr(operations, "create", be_busy)
    for address, form in ((EDIT, form_of(page, body=TYPED)), ("/sidor/ny/", {"title": "Ny", "body": TYPED})):
        answer = as_eva.post(address, form)
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert "Databasen är upptagen just nu." in answer.text
        assert "Din text finns kvar här. Försök igen om en stund." in answer.text
        assert answer.context["form"]["body"].value() == TYPED
        assert "Rätta det här" not in answer.text


def test_a_broken_database_is_not_called_busy(
    page: Page, as_eva: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_args: object, **_keywords: object) -> None:
        raise OperationalError("database disk image is malformed")

    monkeypatch.setattr(operations, "edit", break_down)
    with pytest.raises(OperationalError, match="malformed"):
        as_eva.post(EDIT, form_of(page, body=TYPED))


def test_a_page_is_taken_away_as_a_file_that_can_be_read_in(
    tagged: Page, ada: User, bo: User, granneby: Municipality
) -> None:
    form = form_of(
        tagged, title="Ny: titel", lead="Rad ett.\nRad två.", body=TYPED, municipalities="granneby"
    )
    form |= rows_of(tagged) | {"tags-0-municipality": "Granneby", "do": "download", "tracks": ["skola"]}
    taken = signed_in(ada).post(EDIT, form)
    assert taken["Content-Disposition"] == 'attachment; filename="skolan.md"'
    builder = ContentBuilder(
        read(taken.text), Catalogue(), before=tagged.content.tags, author=ada.pk, number=2
    )
    assert builder.problems == []
    assert builder.content == replace(
        tagged.content,
        title="Ny: titel",
        lead="Rad ett.\nRad två.",
        body=TYPED,
        tracks=("skola",),
        municipalities=("9902",),
        tags=(tag(note="Alla visste.", municipality="9902", author=bo.pk),),
    )


def test_what_is_wrong_in_a_form_is_taken_away_as_typed(page: Page, ada: User) -> None:
    form = form_of(page, title="x" * 300, municipalities="Atlantis, Mittköping", kind="roman", do="download")
    form |= {"tags-TOTAL_FORMS": "1", "tags-INITIAL_FORMS": "0", "tags-0-note": "Viktigt.\x00"}
    form |= {"tags-0-municipality": "Atlantis"}
    taken = read(signed_in(ada).post(EDIT, form).text)
    assert (taken.title.text, taken.kind.text, taken.body.text) == ("x" * 300, "roman", page.body)
    assert [entry.text for entry in taken.municipalities] == ["Atlantis", "Mittköping"]
    (only,) = taken.tags
    assert (only.note.text, only.factor.text, only.municipality.text) == ("Viktigt.", "", "Atlantis")


def test_thousands_of_municipalities_are_refused_without_looking(
    page: Page, as_eva: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def look(text: str, *_args: object, **_keywords: object) -> list[str]:
        asked.append(text)
        return []

    monkeypatch.setattr(difflib, "get_close_matches", look)
    names = [f"Påhittad {number}" for number in range(10_000)]
    answer = as_eva.post(EDIT, form_of(page, municipalities=",".join(names)))
    assert "Du har skrivit 10000 kommuner. Gränsen är 300." in answer.text
    assert asked == []
    answer = as_eva.post(EDIT, form_of(page, municipalities=",".join(names[:9] + names[:9] + ["x" * 99])))
    assert answer.text.count('<li><a href="#id_municipalities">Kommunen ”Påhittad ') == 9
    assert f"Kommunen ”{'x' * 59}…” finns inte." in answer.text
    assert asked == names[:5]


@pytest.mark.parametrize("do", ["preview", "add_tag"])
def test_a_form_that_is_not_saved_is_not_looked_up(
    page: Page, as_eva: Client, monkeypatch: pytest.MonkeyPatch, do: str
) -> None:
    def look(*_args: object) -> None:
        raise AssertionError("looked up")

    form = form_of(page, municipalities="Atlantis", do=do)
    form |= {"tags-TOTAL_FORMS": "1", "tags-INITIAL_FORMS": "0", "tags-0-municipality": "Atlantis"}
    monkeypatch.setattr(MunicipalityNames, "code", look)
    answer = as_eva.post(EDIT, form)
    assert (answer.status_code, answer.text.count("Atlantis")) == (200, 2)
    with pytest.raises(AssertionError, match="looked up"):
        as_eva.post(EDIT, form | {"do": "save"})


def test_a_reason_over_its_limit_is_told_in_good_swedish(page: Page, as_eva: Client) -> None:
    answer = as_eva.post("/sidor/skolan/byt-namn/", {"title": "Ny", "base": "1", "reason": "x" * 201})
    assert "Skälet är 201 tecken långt. Gränsen är 200." in answer.text
