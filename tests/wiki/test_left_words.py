"""Own words from the screen where two texts are put together, when another text is saved than they are in."""

from typing import Any

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import MakePage, form_of
from tests.faults.forms import form_with
from tests.wiki.drafting import autosave
from tests.wiki.settling_form import BASE, EDIT, KEY, MINE, SETTLE, THEIRS, change, choices, send
from wiki.models import Draft, Page

OWN = "Mina helt egna ord."
LEFT = "Dina egna ord från sammanslagningen ligger kvar bland borttagna utkast."


@pytest.fixture
def page(make_page: MakePage) -> Page:
    """A page of three paragraphs."""
    return make_page("Skolan", lead="Om skolan.", body=BASE)


@pytest.fixture
def met(page: Page, as_eva: Client, bo: User) -> Any:
    """Eva has sent a text, of which bo has changed the same words meanwhile."""
    change(page, bo, THEIRS)
    return as_eva.post(EDIT, form_of(page, body=MINE, base="1") | {"once": "nyckel"})


def left() -> Draft:
    """The only draft that there is."""
    return Draft.objects.thrown_away().get()


def test_own_words_are_kept_when_the_text_is_saved_as_it_is(met: Any, page: Page, as_eva: Client) -> None:
    assert send(as_eva, met, do="save", val="own", text=OWN)["Location"] == "/sidor/skolan/"
    page.refresh_from_db()
    assert page.body == MINE
    shown = as_eva.get("/sidor/skolan/").text
    assert LEFT in shown
    assert f'href="{left().get_absolute_url()}"' in shown
    assert OWN in as_eva.get(left().get_absolute_url()).text
    as_eva.post(left().get_absolute_url(), {"do": "undo"})
    again = as_eva.get(Draft.objects.kept().get().form_url)
    assert (choices(again)[KEY].chosen, choices(again)[KEY].text) == ("own", OWN)


def test_the_draft_of_the_form_makes_room_for_them(met: Any, as_eva: Client) -> None:
    typed: dict[str, Any] = dict(form_with(met.text, SETTLE).filled(**{f"text-{KEY}": "Äldre.", "tab": "A"}))
    told = autosave(as_eva, EDIT, typed | {"seq": "1"}).json()
    facts = {"draft": str(told["draft"]), "counter": "1", "tab": "A", "seq": "2"}
    assert send(as_eva, met, do="save", val="own", text=OWN, **facts).status_code == 302
    assert left().fields[f"text-{KEY}"] == [OWN]
    assert Draft.objects.count() == 1


def test_words_without_a_place_are_kept_when_the_choices_are_saved(met: Any, as_eva: Client) -> None:
    data = [*form_with(met.text, SETTLE).filled(**{f"val-{KEY}": "ours"}), ("kvar", OWN), ("do", "settle")]
    form: dict[str, list[str]] = {}
    for name, value in data:
        form.setdefault(name, []).append(value)
    answer = as_eva.post(EDIT, form, follow=True)
    assert LEFT in answer.text
    assert left().fields["kvar"] == [OWN]


def test_words_that_are_saved_leave_nothing(met: Any, as_eva: Client) -> None:
    assert send(as_eva, met, val="own", text=OWN).status_code == 302
    shown = as_eva.get("/sidor/skolan/").text
    assert ("Sparat som version 3." in shown, LEFT in shown) == (True, False)
    assert not Draft.objects.exists()


def test_words_that_only_stand_inside_others_are_not_saved(met: Any, as_eva: Client) -> None:
    assert send(as_eva, met, do="save", val="own", text="styck").status_code == 302
    assert left().fields[f"text-{KEY}"] == ["styck"]


def test_a_text_that_changes_nothing_keeps_them_too(met: Any, as_eva: Client) -> None:
    for _time in range(2):
        sent = {"val": "own", "text": OWN, "body": THEIRS}
        assert LEFT in as_eva.get(send(as_eva, met, do="save", **sent)["Location"]).text
    assert left().fields["body"] == [THEIRS]


def test_a_save_that_is_refused_throws_nothing_away(met: Any, as_eva: Client) -> None:
    answer = send(as_eva, met, do="save", val="own", text=OWN, summary="x" * 201)
    assert answer.status_code == 200
    assert (OWN in answer.text, LEFT in answer.text) == (True, False)
    assert not Draft.objects.exists()
