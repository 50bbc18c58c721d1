"""The unreviewed edits of a page, looked at together."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mittkoping.accounts.models import User
from tests.conftest import make_moderator, signed_in
from tests.wiki.review_form import WORDS, count_queries, move_on, seen
from wiki import operations
from wiki.models import Claim, Edit, Page, ReviewItem
from wiki.models.review import CLAIM_TTL

SCREEN = "/granskning/sidor/skolan/"
DECIDE = "/granskning/sidor/skolan/beslut/"


@pytest.fixture
def edited(page: Page, eva: User, bo: User, rut: User) -> Page:
    """A page with one reviewed version, and three by eva and bo that nobody has looked at."""
    operations.mark_reviewed(page, up_to=1, by=rut)
    move_on(page, eva, "Första stycket.\n\nAndra stycket.\n\nTredje.\n")
    move_on(page, bo, "Första stycket, ändrat.\n\nAndra stycket.\n\nTredje.\n")
    move_on(page, eva, "Första stycket, ändrat.\n")
    page.refresh_from_db()
    return page


@pytest.fixture
def as_rut(rut: User) -> Client:
    """A browser in which rut has signed in."""
    return signed_in(rut)


def send(client: Client, deed: str, **fields: str) -> Any:
    """Press a button, after looking at version 4."""
    return client.post(DECIDE, {"do": deed, "number": "4", **fields})


def reason_in(answer: Any) -> str:
    """What stands in the field for the reason."""
    found = re.search(r'<textarea[^>]*name="reason"[^>]*>\n?(.*?)</textarea>', answer.text, re.DOTALL)
    assert found
    return html.unescape(found[1])


def states(page: Page) -> list[bool]:
    """Which versions are reviewed, the first one first."""
    return [edit.is_reviewed for edit in page.edits.order_by("number")]


def test_the_edits_are_shown_from_the_last_reviewed_version(edited: Page, as_rut: Client) -> None:
    shown = seen(as_rut.get(SCREEN).text)
    assert "3 ändringar sedan version 1, som är granskad." in shown
    assert "2 ställen ändras" in shown
    assert "Nu på sidan Första stycket Tillagt: , ändrat ." in shown
    assert "I den granskade versionen Borttaget: Andra stycket. Nu på sidan Inget: det är borttaget." in shown
    assert re.search(r"version 4 .* Eva Berg , Mittköping version 3 .* Bo Ek , Granneby version 2", shown)


@pytest.mark.parametrize("view", ["sidan", "kalltext"])
def test_the_edits_are_shown_as_page_and_as_source(edited: Page, as_rut: Client, view: str) -> None:
    text = as_rut.get(f"{SCREEN}?visa={view}").text
    assert "Granskad" in text
    assert re.search(r"<ins>.*ändrat", text)
    assert re.search(r"<del>.*Andra stycket", text)


def test_what_is_fine_is_marked(edited: Page, as_rut: Client, rut: User) -> None:
    answer = send(as_rut, "reviewed")
    assert (answer.status_code, answer["Location"]) == (302, "/granskning/")
    assert states(edited) == [True, True, True, True]
    assert edited.edits.get(number=3).reviewer == rut
    assert not ReviewItem.objects.filter(page=edited).exists()
    assert "3 ändringar av ”Skolan” är granskade." in as_rut.get("/granskning/").text


def test_what_came_after_one_looked_is_not_marked(edited: Page, as_rut: Client, bo: User) -> None:
    move_on(edited, bo, "Något annat.\n")
    assert send(as_rut, "reviewed").status_code == 302
    assert states(edited) == [True, True, True, True, False]


def test_the_page_goes_back_to_what_was_reviewed(edited: Page, as_rut: Client) -> None:
    blank = send(as_rut, "restore", reason=" \u200b ")
    assert blank.status_code == 200
    assert "Skriv varför sidan återställs. Alla kan läsa skälet." in blank.text
    assert send(as_rut, "restore", reason="Det blev sämre.").status_code == 302
    edited.refresh_from_db()
    assert (edited.number, edited.body) == (5, "Första stycket.\n\nAndra stycket.\n")
    assert edited.edits.get(number=5).summary == "Det blev sämre."
    assert all(states(edited))


def test_a_page_that_has_moved_on_is_not_restored_unseen(edited: Page, as_rut: Client, bo: User) -> None:
    move_on(edited, bo, "Något annat.\n")
    answer = send(as_rut, "restore", reason=WORDS)
    assert answer.status_code == 409
    assert "Sidan har fått en nyare version sedan du öppnade den." in answer.text
    assert reason_in(answer) == WORDS
    assert 'name="number" value="5"' in answer.text
    assert "Något annat." in answer.text
    assert send(as_rut, "restore", reason=WORDS, number="5").status_code == 302


@pytest.mark.parametrize("number", ["", "x", "99999999999999", "-1", "0", "5"])
@pytest.mark.parametrize("deed", ["reviewed", "restore"])
def test_a_form_that_does_not_say_what_was_looked_at_is_shown_anew(
    edited: Page, as_rut: Client, deed: str, number: str
) -> None:
    answer = send(as_rut, deed, reason=WORDS, number=number)
    assert answer.status_code == 409
    assert reason_in(answer) == WORDS
    assert states(edited) == [True, False, False, False]


@pytest.mark.parametrize("deed", ["reviewed", "restore"])
def test_the_later_of_two_moderators_decides_nothing(edited: Page, as_rut: Client, deed: str) -> None:
    moa = make_moderator("moa@skl.example", "Moa Vik")
    operations.mark_reviewed(edited, up_to=4, by=moa)
    answer = send(as_rut, deed, reason=WORDS)
    assert answer.status_code == 409
    assert "Ändringarna är redan granskade." in answer.text
    assert reason_in(answer) == WORDS
    assert edited.edits.get(number=4).reviewer == moa


def test_a_page_without_unreviewed_edits_is_already_reviewed(page: Page, as_rut: Client, rut: User) -> None:
    operations.mark_reviewed(page, up_to=1, by=rut)
    answer = as_rut.get(SCREEN)
    assert answer.status_code == 200
    assert "”Skolan” är redan granskad" in answer.text
    assert 'href="/granskning/"' in answer.text
    assert as_rut.get("/granskning/sidor/finns-inte/").status_code == 404


def test_a_page_that_was_never_reviewed_cannot_go_back(page: Page, as_rut: Client) -> None:
    shown = seen(as_rut.get(SCREEN).text)
    assert "Ingen version av sidan är granskad." in shown
    assert "Återställ till" not in shown
    answer = send(as_rut, "restore", number="1", reason=WORDS)
    assert answer.status_code == 200
    assert "Sidan har ingen granskad version att gå tillbaka till." in answer.text
    assert reason_in(answer) == WORDS
    assert send(as_rut, "reviewed", number="1").status_code == 302


def test_moderators_do_not_review_their_own_edits(edited: Page, bo: User) -> None:
    bo.is_moderator = True
    bo.save(update_fields=["is_moderator"])
    bo.authenticator_set.create(type="totp", data={})
    shown = seen(signed_in(bo).get(SCREEN).text)
    assert "Några av ändringarna är dina egna. Be en annan moderator att granska dem." in shown
    assert "Granskad" not in shown
    answer = send(signed_in(bo), "reviewed", reason=WORDS)
    assert answer.status_code == 403
    assert WORDS in answer.text


def test_only_moderators_review(edited: Page, eva: User, ada: User, client: Client) -> None:
    for who in (eva, ada):
        assert signed_in(who).get(SCREEN).status_code == 403
        answer = send(signed_in(who), "reviewed", reason=WORDS)
        assert answer.status_code == 403
        assert WORDS in answer.text
    assert client.get(SCREEN)["Location"] == f"/konto/login/?next={SCREEN}"
    assert send(client, "reviewed").status_code == 403
    assert states(edited) == [True, False, False, False]


def test_the_edits_of_an_archived_page_wait(edited: Page, as_rut: Client, rut: User) -> None:
    operations.archive(edited, reason="Dubblett.", by=rut)
    shown = seen(as_rut.get(SCREEN).text)
    assert "Dess ändringar granskas när den är tillbaka ur arkivet." in shown
    assert "Ditt beslut" not in shown
    answer = send(as_rut, "reviewed", reason=WORDS)
    assert answer.status_code == 403
    assert "Sidan är arkiverad." in answer.text


def test_a_claim_that_ran_out_or_was_taken_over_is_told(edited: Page, as_rut: Client, rut: User) -> None:
    item = ReviewItem.objects.get(page=edited)
    operations.take_claim(item, by=rut)
    Claim.objects.update(kept_at=timezone.now() - CLAIM_TTL - timedelta(minutes=1))
    answer = send(as_rut, "reviewed", reason=WORDS)
    assert (answer.status_code, reason_in(answer)) == (409, WORDS)
    assert "Din granskning hann gå ut." in answer.text
    operations.take_over_claim(item, by=make_moderator("moa@skl.example", "Moa Vik"))
    answer = send(as_rut, "reviewed", reason=WORDS)
    assert (answer.status_code, reason_in(answer)) == (409, WORDS)
    assert "Ta över från Moa Vik och fortsätt" in answer.text
    assert send(as_rut, "take_over", reason=WORDS).status_code == 200
    assert send(as_rut, "reviewed", reason=WORDS).status_code == 302


def test_the_summary_of_a_hidden_version_is_not_shown(edited: Page, as_rut: Client) -> None:
    edited.edits.filter(number=3).update(summary="Hemligt")
    assert "Hemligt" in as_rut.get(SCREEN).text
    Edit.objects.filter(page=edited, number=3).update(hidden_at=timezone.now())
    assert "Hemligt" not in as_rut.get(SCREEN).text


def test_a_hidden_version_is_not_named_as_what_the_page_goes_back_to(edited: Page, as_rut: Client) -> None:
    edited.edits.filter(number=2).update(review_state=Edit.ReviewState.REVIEWED, hidden_at=timezone.now())
    screen = seen(as_rut.get(SCREEN).text)
    assert "2 ändringar sedan version 1, som är granskad." in screen
    assert "Återställ till version 1" in screen
    assert "Läs version 1, som är den senast granskade" in as_rut.get("/sidor/skolan/").text
    assert send(as_rut, "restore", reason=WORDS).status_code == 302
    assert edited.edits.get(number=5).source_number == 1


def test_who_takes_over_what_was_decided_in_the_same_moment_is_told(
    edited: Page, as_rut: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    moa = make_moderator("moa@skl.example", "Moa Vik")

    def decide_first(item: ReviewItem, *, by: User) -> None:
        operations.mark_reviewed(edited, up_to=4, by=moa)
        take_over(item, by=by)

    take_over = operations.take_over_claim
    monkeypatch.setattr(operations, "take_over_claim", decide_first)
    answer = send(as_rut, "take_over", reason=WORDS)
    assert (answer.status_code, reason_in(answer)) == (409, WORDS)
    assert "Ändringarna är redan granskade." in answer.text


def test_the_screen_takes_as_many_queries_for_many_edits_as_for_few(
    edited: Page, as_rut: Client, bo: User
) -> None:
    few = count_queries(as_rut, SCREEN)
    for number in range(6):
        move_on(edited, bo, f"Stycke {number}.\n\nFörsta stycket.\n")
    assert count_queries(as_rut, SCREEN) == few
    assert few <= 25


def test_getting_the_screen_changes_nothing(edited: Page, as_rut: Client) -> None:
    assert as_rut.get(DECIDE).status_code == 405
    assert as_rut.get(SCREEN).status_code == 200
    assert states(edited) == [True, False, False, False]
    assert not Claim.objects.exists()


def test_a_former_name_leads_to_the_screen(edited: Page, as_rut: Client, rut: User) -> None:
    operations.rename(edited, title="Nya skolan", reason="", base=4, by=rut)
    answer = as_rut.get(SCREEN)
    assert (answer.status_code, answer["Location"]) == (301, "/granskning/sidor/nya-skolan/")
