"""The screen that answers a save when somebody else has changed the same: one and the same place."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mittkoping.accounts.models import User
from tests.conftest import MakePage, form_of
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
from wiki.models import Draft, Page

FOUR = {
    "ours": "Tre stycken där.",
    "theirs": "Tre stycken nu.",
    "both": "Tre stycken där.\n\nTre stycken nu.",
    "own": "Tre stycken, där och nu.",
}


@pytest.fixture
def page(make_page: MakePage) -> Page:
    """A page of three paragraphs."""
    return make_page("Skolan", lead="Om skolan.", body=BASE)


@pytest.fixture
def met(page: Page, as_eva: Client, bo: User) -> Any:
    """Eva has sent a text, of which bo has changed the same words and others meanwhile."""
    theirs = THEIRS.replace("Ett stycke", "Ett långt stycke")
    change(page, bo, theirs, summary="Bo var här")
    return as_eva.post(EDIT, form_of(page, body=MINE + "\nFyra stycken.\n", once="en-nyckel"))


def test_the_answer_holds_both_texts_and_says_who_was_first(met: Any) -> None:
    assert met.status_code == 409
    assert value(met, "body") == (MINE + "\nFyra stycken.\n").replace("\n", "\r\n")
    assert [value(met, name) for name in ("base", "first_base", "once")] == ["2", "1", "en-nyckel"]
    text = seen(met)
    for words in (
        "Någon hann spara före dig. Inget är förlorat.",
        "Bo Ek, Granneby, sparade version 2 för mindre än en minut sedan: ”Bo var här”",
        "Det mesta gick att sätta ihop. Ett ställe har ni båda ändrat: välj vad som ska stå där.",
        "Bara de andra har ändrat här. Deras ändring är med.",
        "Bara du har ändrat här. Din ändring är med.",
        "Ett stycke som är lika i båda texterna Två stycken här.",
        "Deras Tre stycken Borttaget: härTillagt: där. Din Tre stycken Borttaget: härTillagt: nu.",
    ):
        assert words in text
    assert 'href="/sidor/skolan/jamfor/1/2/"' in met.text
    assert value(met, f"text-{KEY}") == "Tre stycken nu."


@pytest.mark.parametrize("pick", FOUR)
def test_each_choice_is_published_and_both_texts_are_in_history(
    met: Any, as_eva: Client, page: Page, pick: str
) -> None:
    own = {"text": FOUR["own"]} if pick == "own" else {}
    answer = send(as_eva, met, val=pick, **own)
    assert (answer.status_code, answer["Location"]) == (302, "/sidor/skolan/")
    page.refresh_from_db()
    assert page.body == f"Ett långt stycke här.\n\nTvå stycken här.\n\n{FOUR[pick]}\n\nFyra stycken.\n"
    assert (page.number, page.edits.get(number=3).base) == (3, 2)
    assert "Tre stycken där." in page.edits.get(number=2).content.body
    assert "Sparat som version 3." in as_eva.get("/sidor/skolan/").text


def test_a_conflict_that_is_not_chosen_is_asked_about_and_nothing_is_lost(met: Any, as_eva: Client) -> None:
    again = send(as_eva, met, **{"text-body-52-1": "Fyra egna stycken."})
    assert again.status_code == 409
    number = choices(again)[KEY].place.shown.number
    assert f'<li><a href="#stalle-{number}">Ställe {number}: Välj vad som ska stå här.</a></li>' in again.text
    assert (
        f'<p class="ds-validation-message" id="stalle-{number}-fel">Välj vad som ska stå här.</p>'
        in again.text
    )
    assert value(again, "text-body-52-1") == "Fyra egna stycken."
    assert value(again, "body") == value(met, "body")
    assert "Välj vad som ska stå här." not in met.text
    assert send(as_eva, again, val="ours").status_code == 302
    assert "Fyra egna stycken." in Page.objects.get().body


def test_words_that_differ_from_what_was_offered_are_chosen_by_being_written(
    met: Any, as_eva: Client, page: Page
) -> None:
    assert send(as_eva, met, text="Skrivet\nutan knapp.").status_code == 302
    page.refresh_from_db()
    assert "Skrivet\nutan knapp.\n\nFyra" in page.body


def test_a_choice_and_own_words_at_once_are_asked_about(met: Any, as_eva: Client, page: Page) -> None:
    again = send(as_eva, met, val="ours", text="Mina egna ord.")
    assert again.status_code == 409
    assert "Du har både valt en text och skrivit egna ord." in seen(again)
    assert value(again, f"text-{KEY}") == "Mina egna ord."
    assert send(as_eva, again, val="ours", text="").status_code == 302
    page.refresh_from_db()
    assert "Tre stycken där.\n" in page.body


def test_own_words_stand_for_a_change_that_only_one_has_made(met: Any, as_eva: Client, page: Page) -> None:
    own = {"text-deras-0-1": "Ett helt annat stycke.", "text-body-52-1": ""}
    assert send(as_eva, met, val="theirs", **own).status_code == 302
    page.refresh_from_db()
    assert page.body == "Ett helt annat stycke.\n\nTvå stycken här.\n\nTre stycken nu.\n"


def test_sending_the_settled_text_twice_makes_one_version(met: Any, as_eva: Client, page: Page) -> None:
    first = send(as_eva, met, val="both")
    again = send(as_eva, met, val="both")
    assert (first.status_code, again.status_code) == (302, 302)
    page.refresh_from_db()
    assert page.number == 3
    assert "Redan sparat som version 3." in as_eva.get("/sidor/skolan/").text


def test_ones_own_text_can_be_saved_as_it_is(met: Any, as_eva: Client, page: Page) -> None:
    assert "ersätter den allt som är publicerat nu" in met.text
    assert send(as_eva, met, "save").status_code == 302
    page.refresh_from_db()
    assert page.body == MINE + "\nFyra stycken.\n"


def test_a_plain_client_gets_just_the_text_published_that_it_sends_back(
    met: Any, as_eva: Client, page: Page
) -> None:
    fields = {name: value(met, name) for name in ("base", "first_base", "title", "summary")}
    assert as_eva.post(EDIT, fields | {"body": "Bara det här.\n"}).status_code == 302
    page.refresh_from_db()
    assert page.body == "Bara det här.\n"


@pytest.mark.parametrize("do", ["preview", "add_tag", "show"])
def test_other_buttons_keep_what_was_chosen(met: Any, as_eva: Client, page: Page, do: str) -> None:
    answer = send(as_eva, met, do, val="own", text="Egna ord.")
    assert answer.status_code == 200
    assert choices(answer)[KEY].chosen == "own"
    assert [value(answer, name) for name in (f"val-{KEY}", f"text-{KEY}", "first_base")] == [
        "own", "Egna ord.", "1",
    ]  # fmt: skip
    assert "Rätta det här" not in answer.text
    if do == "preview":
        shown = answer.text.partition('id="forhandsvisning"')[2].partition("</section>")[0]
        assert all(words in shown for words in ("Ett långt stycke här.", "Egna ord.", "Fyra stycken."))
    assert send(as_eva, answer).status_code == 302
    page.refresh_from_db()
    assert "Egna ord.\n\nFyra" in page.body


def test_a_draft_of_the_screen_comes_back_as_it_was(met: Any, as_eva: Client, eva: User) -> None:
    saved = send(as_eva, met, "draft", val="own", text="Egna ord.")
    assert saved.status_code == 302
    [draft] = Draft.objects.filter(user=eva)
    assert draft.form_url == f"{EDIT}?utkast={draft.pk}"
    again = as_eva.get(draft.form_url)
    assert (choices(again)[KEY].chosen, value(again, f"text-{KEY}")) == ("own", "Egna ord.")
    assert send(as_eva, again).status_code == 302
    assert "Egna ord.\n\nFyra" in Page.objects.get().body
    assert Draft.objects.count() == 0


def test_a_settled_text_that_is_too_long_is_refused_and_kept(
    make_page: MakePage, as_eva: Client, bo: User
) -> None:
    page = make_page("Skolan", body="Kort.\n")
    change(page, bo, "a" * 110_000)
    met = as_eva.post(EDIT, form_of(page, body="b" * 110_000))
    again = send(as_eva, met, **{"val-body-0": "both"})
    assert again.status_code == 409
    assert "Texten är 220002 byte lång. Gränsen är 200000." in seen(again)
    assert (value(again, "body"), choices(again)["body-0"].chosen) == ("b" * 110_000, "both")
    page.refresh_from_db()
    assert page.number == 2


def test_facts_and_tags_are_chosen_one_by_one(page: Page, as_eva: Client, bo: User) -> None:
    theirs = replace(page.content, title="Vår skola", lead="Om oss.", kind="guide", tracks=("halsa",))
    operations.edit(page, theirs, base=1, by=bo)
    mine = form_of(
        page, title="Er skola", lead="Om er.", kind="mote", tracks=["", "skola"], municipalities=""
    )
    met = as_eva.post(EDIT, mine)
    assert (met.status_code, list(choices(met))) == (
        409,
        ["title", "lead", "kind", "tracks", "deras-tracks"][:4],
    )
    assert "Skriv själv:" in seen(met)
    own = {"val-title": "own", "text-title": "Hela\nskolan", "val-lead": "both", "val-kind": "theirs"}
    assert send(as_eva, met, **own).status_code == 302
    page.refresh_from_db()
    assert (page.title, page.lead, page.kind) == ("Hela skolan", "Om oss.\n\nOm er.", "mote")
    assert page.tracks == ["halsa", "skola"]
    assert send(as_eva, met, **own | {"text-title": " "}).status_code == 409


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=5), min_size=1, max_size=4), st.randoms())
def test_every_word_that_either_wrote_is_in_the_answer(
    page: Page, as_eva: Client, bo: User, base: list[list[int]], chance: Random
) -> None:
    change(page, bo, "\n\n".join(" ".join(f"ord{word}" for word in row) for row in [[page.number], *base]))
    page.refresh_from_db()
    texts = []
    for name in ("bo", "eva"):
        words = page.body.split(" ")
        new = [f"{name}{at}" if chance.random() < 0.4 else word for at, word in enumerate(words)]
        texts.append(" ".join([*new, f"{name}s"]))
    number = page.number
    change(page, bo, texts[0])
    answer = as_eva.post(EDIT, form_of(page, body=texts[1], base=str(number)))
    assert (answer.status_code, conflict(answer).conflict_count > 0) == (409, True)
    shown = seen(answer)
    assert [word for text in texts for word in text.split() if word not in shown] == []
