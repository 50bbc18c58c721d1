"""A text that is being put together with another one, while the page moves on."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import MakePage, form_of, signed_in, tag
from tests.wiki.purge_setup import hide
from tests.wiki.settling_form import (
    BASE,
    EDIT,
    KEY,
    MINE,
    THEIRS,
    change,
    choices,
    conflict,
    seen,
    send,
    value,
)
from wiki import operations
from wiki.models import Page
from wiki.screening import side_by_side


@pytest.fixture
def page(make_page: MakePage) -> Page:
    """A page of three paragraphs."""
    return make_page("Skolan", lead="Om skolan.", body=BASE)


@pytest.fixture
def met(page: Page, as_eva: Client, bo: User) -> Any:
    """Eva has sent a text, of which bo has changed the same words meanwhile."""
    change(page, bo, THEIRS)
    return as_eva.post(EDIT, form_of(page, body=MINE, base="1"))


def bases(answer: Any) -> tuple[str, str]:
    """What the form says to have been looked at, and to have been started from."""
    return value(answer, "base"), value(answer, "first_base")


def test_what_came_elsewhere_meanwhile_is_merged(met: Any, page: Page, as_eva: Client, bo: User) -> None:
    change(page, bo, THEIRS.replace("Ett stycke", "Ett nytt stycke"))
    assert send(as_eva, met, val="theirs").status_code == 302
    page.refresh_from_db()
    assert page.body == "Ett nytt stycke här.\n\nTvå stycken här.\n\nTre stycken nu.\n"
    assert "Sparat som version 4, sammanfogad med version 3 av Bo Ek." in as_eva.get("/sidor/skolan/").text


def test_what_is_settled_may_meet_a_newer_version_and_goes_on_from_what_was_looked_at(
    met: Any, page: Page, as_eva: Client, bo: User
) -> None:
    change(page, bo, THEIRS.replace("där", "överallt"))
    again = send(as_eva, met, val="own", text="Tre stycken, där och nu.")
    assert again.status_code == 409
    assert value(again, "body") == BASE.replace("Tre stycken här", "Tre stycken, där och nu").replace(
        "\n", "\r\n"
    )
    assert bases(again) == ("3", "2")
    place = choices(again)[KEY].place.change
    assert (place.base, place.ours) == ("Tre stycken där.", "Tre stycken överallt.")
    assert choices(again)[KEY].chosen == ""
    assert send(as_eva, again, val="theirs").status_code == 302
    page.refresh_from_db()
    assert page.body.endswith("Tre stycken, där och nu.\n")


def test_settled_facts_and_tags_go_on_too(
    make_page: MakePage, as_eva: Client, bo: User, catalogue: object
) -> None:
    page = make_page("Skolan", body=BASE, municipalities=("9901",))
    theirs = replace(page.content, body=THEIRS, tracks=("halsa",), tags=(tag(),))
    operations.edit(page, theirs, base=1, by=bo)
    rows = {"tags-TOTAL_FORMS": "1", "tags-INITIAL_FORMS": "0"}
    rows |= {"tags-0-factor": "gemensam-malbild", "tags-0-direction": "hindering", "tags-0-note": "Min."}
    met = as_eva.post(EDIT, form_of(page, body=MINE, municipalities="Mittköping", **rows))
    change(page, bo, THEIRS.replace("där", "överallt"))
    again = send(as_eva, met, val="theirs")
    assert (again.status_code, value(again, "municipalities")) == (409, "Mittköping")
    assert [value(again, f"tags-{row}-note") for row in (0, 1)] == ["", "Min."]
    assert send(as_eva, again, val="theirs").status_code == 302
    page.refresh_from_db()
    assert (page.tracks, page.municipality_codes, page.body) == (["halsa"], ["9901"], MINE)
    assert [row["note"] for row in page.tags] == ["", "Min."]


def test_a_text_that_was_not_settled_still_comes_from_where_it_came_from(
    met: Any, page: Page, as_eva: Client, bo: User
) -> None:
    change(page, bo, THEIRS.replace("där", "överallt").replace("Ett", "1"))
    again = send(as_eva, met, "save", val="ours")
    assert (again.status_code, bases(again), value(again, "body")) == (
        409,
        ("3", "1"),
        MINE.replace("\n", "\r\n"),
    )
    # What was chosen was chosen about another text.
    assert choices(again)[KEY].chosen == ""
    assert "Det som stod här har ändrats sedan du valde." in seen(again)
    assert send(as_eva, again, val="ours").status_code == 302
    page.refresh_from_db()
    assert page.body == "1 stycke här.\n\nTvå stycken här.\n\nTre stycken överallt.\n"


def test_what_was_chosen_about_what_stays_is_kept(make_page: MakePage, as_eva: Client, bo: User) -> None:
    page = make_page("Skolan", body="Ett.\n\nTvå.\n")
    change(page, bo, "Ett där.\n\nTvå där.\n")
    met = as_eva.post(EDIT, form_of(page, body="Ett nu.\n\nTvå nu.\n", base="1"))
    change(page, bo, "Ett där.\n\nTvå överallt.\n")
    picks = {"val-body-0": "ours", "val-body-6": "own", "text-body-6": "Två, tre."}
    again = send(as_eva, met, "save", **picks)
    assert [choices(again)[key].chosen for key in ("body-0", "body-6")] == ["ours", "own"]
    assert choices(again)["body-6"].note
    assert send(as_eva, again).status_code == 302
    page.refresh_from_db()
    assert page.body == "Ett där.\n\nTvå, tre.\n"


def test_a_hidden_start_leaves_a_choice_between_wholes(
    met: Any, page: Page, as_eva: Client, rut: User
) -> None:
    hide(page, [1], by=rut)
    again = send(as_eva, met, val="ours")
    assert again.status_code == 409
    assert "Versionen som du utgick från är dold" in seen(again)
    assert conflict(again).compare_href == ""
    assert list(choices(again)) == ["body"]
    assert send(as_eva, again, **{"val-body": "both"}).status_code == 302
    page.refresh_from_db()
    assert page.body == f"{THEIRS}\n{MINE}"


def test_a_start_that_is_hidden_before_the_save_is_told_of(
    page: Page, as_eva: Client, bo: User, rut: User
) -> None:
    change(page, bo, THEIRS)
    hide(page, [1], by=rut)
    met = as_eva.post(EDIT, form_of(page, body=MINE, title="Min", base="1"))
    assert (met.status_code, value(met, "body")) == (409, MINE.replace("\n", "\r\n"))
    assert list(choices(met)) == ["title", "body"]
    assert send(as_eva, met, **{"val-title": "ours", "text-body": "Eget.\n"}).status_code == 302
    page.refresh_from_db()
    assert (page.title, page.body) == ("Skolan", "Eget.")


def test_a_version_that_is_hidden_while_it_is_looked_at_gives_way_to_the_newest(
    met: Any, page: Page, as_eva: Client, bo: User, rut: User
) -> None:
    change(page, bo, THEIRS.replace("där", "överallt"))
    hide(page, [2], by=rut)
    again = send(as_eva, met, val="own", text="Mina ord.")
    assert (again.status_code, bases(again)) == (409, ("3", "1"))
    assert value(again, f"text-{KEY}") == "Mina ord."
    assert "Tre stycken där" not in again.text
    assert choices(again)[KEY].chosen == "own"
    assert send(as_eva, again).status_code == 302
    page.refresh_from_db()
    assert page.body == BASE.replace("Tre stycken här.", "Mina ord.")


def test_own_words_whose_place_is_gone_are_handed_back(met: Any, page: Page, as_eva: Client) -> None:
    again = send(as_eva, met, val="own", text="Mina ord.", body=BASE + "\nFyra.\n")
    assert again.status_code == 409
    assert "Egna ord som du hade skrivit har ingen plats längre." in seen(again)
    assert value(again, "kvar") == "Mina ord."
    assert list(choices(again)) == ["deras-35-1", "body-52-1"]
    kept = send(as_eva, again, "preview")
    assert value(kept, "kvar") == "Mina ord."
    assert send(as_eva, kept).status_code == 302
    page.refresh_from_db()
    assert page.body == THEIRS + "\nFyra.\n"


def test_words_that_nobody_changed_are_not_handed_back(met: Any, page: Page, as_eva: Client) -> None:
    assert send(as_eva, met, body=BASE + "\nFyra.\n").status_code == 302


def test_a_text_that_is_changed_as_a_whole_is_what_is_chosen_among(
    met: Any, page: Page, as_eva: Client
) -> None:
    sent = send(as_eva, met, val="theirs", body=MINE.replace("nu", "sedan"))
    assert sent.status_code == 409
    assert "Det som stod här har ändrats sedan du valde." in seen(sent)
    assert value(sent, f"text-{KEY}") == "Tre stycken sedan."
    assert send(as_eva, sent, val="theirs").status_code == 302
    page.refresh_from_db()
    assert page.body == MINE.replace("nu", "sedan")


def test_of_too_many_places_those_that_are_not_shown_are_chosen_about_together(
    make_page: MakePage, as_eva: Client, bo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side_by_side, "MAX_SHOWN", 2)
    page = make_page("Skolan", body="Ett.\n\nTvå.\n\nTre.\n\nFyra.\n")
    change(page, bo, "Ett.\n\nTvå där.\n\nTre där.\n\nFyra där.\n")
    met = as_eva.post(EDIT, form_of(page, body="1.\n\nTvå nu.\n\nTre nu.\n\nFyra nu.\n", base="1"))
    assert list(choices(met)) == ["body-6", "body-12"]
    assert "2 ställen till skiljer, men visas inte vart och ett" in seen(met)
    picks = {"val-body-6": "ours", "val-body-12": "theirs"}
    again = send(as_eva, met, **picks)
    assert '<a href="#resten">Välj för ställena som inte visas ett och ett.</a>' in again.text
    assert send(as_eva, again, **{"val-resten": "ours"}).status_code == 302
    page.refresh_from_db()
    assert page.body == "1.\n\nTvå där.\n\nTre nu.\n\nFyra där.\n"


def test_a_page_that_may_not_be_written_on_any_more_keeps_the_text(
    met: Any, page: Page, as_eva: Client
) -> None:
    Page.objects.filter(pk=page.pk).update(protection=Page.Protection.LOCKED)
    answer = send(as_eva, met, val="own", text="Mina ord.")
    assert answer.status_code == 403
    assert "Mina ord." in answer.text


def test_settling_where_nothing_has_met_is_saving(page: Page, as_eva: Client, ada: User) -> None:
    assert as_eva.post(EDIT, form_of(page, body="Nytt.\n", do="settle")).status_code == 302
    page.refresh_from_db()
    assert page.body == "Nytt.\n"
    assert signed_in(ada).post(EDIT, form_of(page, body="Förslag.\n", do="settle")).status_code == 302
    assert page.proposals.count() == 1
