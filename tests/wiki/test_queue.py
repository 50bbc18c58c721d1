"""The queue: everything that waits for a moderator, oldest first."""

import re
from datetime import timedelta
from functools import partial

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mittkoping.accounts.models import User
from tests.conftest import make_moderator, signed_in
from tests.wiki.queueing import QUEUE, Propose, ask, propose_by, titles, wait
from wiki import operations, queue
from wiki.content import Content
from wiki.models import Page, ReviewItem


@pytest.fixture
def propose(ada: User) -> Propose:
    """Propose as ada: propose("Ny sida"), propose(page=…, body="…", days=3)."""
    return partial(propose_by, ada)


def test_proposals_edits_and_accounts_stand_together_oldest_first(
    propose: Propose, page: Page, ada: User, rut: User
) -> None:
    propose("Ny sida", days=3)
    wait(ReviewItem.objects.get(page=page), days=1)
    propose(page=page, body="Nytt.", title="Skola", days=5)
    ask(ada, days=2)
    assert titles(rut) == ["Skola", "Ny sida", "Ada Lind", "Skolan"]


def test_a_row_tells_what_who_how_long_and_how_large(propose: Propose, page: Page, rut: User) -> None:
    proposal = propose("Ny sida", days=3, body="x" * 93, tracks=("skola",))
    text = signed_in(rut).get(QUEUE).text
    plain = " ".join(re.sub(r"(?s)<svg.*?</svg>|<[^>]+>", "", text).split())
    assert (
        "förslag till ny sida Ny sida Ada Lind, uppger Mittköping väntat 3 dagar liten, 100 tecken" in plain
    )
    assert "Skola och lärande" in plain
    assert "1 ändring Skolan Eva Berg, Mittköping väntat mindre än en minut liten, ±" in plain
    assert f'href="/granskning/forslag/{proposal.pk}/"' in text
    assert 'href="/granskning/sidor/skolan/"' in text


def test_edits_of_one_page_are_one_row(page: Page, eva: User, bo: User, rut: User) -> None:
    operations.edit(page, Content(title="Skolan", body="Två."), base=1, by=bo)
    operations.edit(page, Content(title="Skolan", body="Tre."), base=2, by=eva)
    answer = signed_in(rut).get(QUEUE).text
    assert titles(rut) == ["Skolan"]
    assert "3 ändringar" in answer
    assert answer.index("Eva Berg") < answer.index("Bo Ek")
    assert answer.count("Eva Berg") == 1


def test_who_looks_at_it_is_told_until_the_claim_has_run_out(propose: Propose, rut: User) -> None:
    item = propose("Ny sida").review_item
    anna = make_moderator("anna@skl.example", "Anna Ek")
    claim = operations.take_claim(item, by=anna)
    claim.taken_at -= timedelta(minutes=3)
    claim.save()
    assert "Anna Ek granskar sedan 3 minuter" in signed_in(rut).get(QUEUE).text
    assert "Du granskar sedan 3 minuter" in signed_in(anna).get(QUEUE).text
    claim.kept_at -= timedelta(minutes=15)
    claim.save()
    assert "Anna Ek" not in signed_in(rut).get(QUEUE).text


def test_what_is_for_an_archived_page_is_left_out(propose: Propose, page: Page, rut: User) -> None:
    propose(page=page, title="Förslaget")
    assert sorted(titles(rut)) == ["Förslaget", "Skolan"]
    operations.archive(page, reason="Dubblett", by=rut)
    assert titles(rut) == []
    assert queue.waiting_count() == 0
    page.refresh_from_db()
    operations.restore(page, by=rut)
    assert sorted(titles(rut)) == ["Förslaget", "Skolan"]


def test_what_is_decided_withdrawn_or_hidden_is_left_out(propose: Propose, ada: User, rut: User) -> None:
    rejected, withdrawn, hidden = (propose(title) for title in ("Ett", "Två", "Tre"))
    assert titles(rut) == ["Ett", "Två", "Tre"]
    operations.reject(rejected, revision=1, reason="Nej.", by=rut)
    operations.withdraw(withdrawn, by=ada)
    operations.hide_proposal(hidden, reason="Personuppgifter", by=rut)
    assert titles(rut) == []
    assert "Inget väntar. Allt är granskat." in signed_in(rut).get(QUEUE).text


def test_a_moderator_is_told_of_what_is_their_own(propose: Propose, rut: User) -> None:
    anna = make_moderator("anna@skl.example", "Anna Ek")
    propose_by(anna, "Annas egen")
    note = "Du har själv skrivit här, så en annan moderator får granska."
    assert note in signed_in(anna).get(QUEUE).text
    assert note not in signed_in(rut).get(QUEUE).text


def test_an_account_is_confirmed_from_the_queue(ada: User, rut: User) -> None:
    membership = ask(ada)
    browser = signed_in(rut)
    answer = browser.get(QUEUE)
    assert f'action="/granskning/medlemmar/{membership.pk}/"' in answer.text
    assert "uppger Mittköping" in answer.text
    assert "adress på mittkoping.example" in answer.text
    assert "ada@" not in answer.text
    sent = {"do": "confirm", "next": QUEUE}
    assert browser.post(f"/granskning/medlemmar/{membership.pk}/", sent)["Location"] == QUEUE
    assert titles(rut) == []
    assert User.objects.get(pk=ada.pk).edits


def test_only_moderators_see_the_queue(client: Client, ada: User, eva: User, rut: User) -> None:
    answer = client.get(QUEUE)
    assert (answer.status_code, answer["Location"]) == (302, "/konto/login/?next=/granskning/")
    for user in (ada, eva):
        answer = signed_in(user).get(QUEUE)
        assert answer.status_code == 403
        assert "Bara moderatorer granskar." in answer.text
    assert signed_in(rut).get(QUEUE).status_code == 200
    assert signed_in(rut).post(QUEUE).status_code == 405


def test_a_moderator_without_a_second_factor_is_led_to_it(rut: User) -> None:
    Authenticator.objects.filter(user=rut).delete()
    answer = signed_in(rut).get(QUEUE)
    assert answer.status_code == 403
    assert "Du är moderator. Innan du kan granska behöver du logga in i två steg" in answer.text
    assert 'href="/konto/tvasteg/"' in answer.text


def test_a_right_that_is_taken_away_is_gone_at_once(rut: User) -> None:
    browser = signed_in(rut)
    assert browser.get(QUEUE).status_code == 200
    User.objects.filter(pk=rut.pk).update(is_moderator=False)
    assert browser.get(QUEUE).status_code == 403


def test_the_header_counts_for_moderators_only(
    client: Client, propose: Propose, ada: User, eva: User, rut: User
) -> None:
    propose("Ny sida")
    ask(ada)
    link = r'<a href="/granskning/"[^>]*>Granskning <span class="main-nav__count">\((\d+)'
    found = re.search(link, signed_in(rut).get("/om/").text)
    assert found
    assert found[1] == "2"
    for browser in (client, signed_in(ada), signed_in(eva)):
        assert not re.search(link, browser.get("/om/").text)


def test_the_header_asks_once_and_for_moderators_only(client: Client, eva: User, rut: User) -> None:
    asked = []
    for browser in (client, signed_in(eva), signed_in(rut)):
        with CaptureQueriesContext(connection) as queries:
            browser.get("/om/")
        asked.append(sum("wiki_reviewitem" in query["sql"] for query in queries))
    assert asked == [0, 0, 1]


def test_a_proposal_has_a_place_in_the_queue(propose: Propose, page: Page, ada: User, rut: User) -> None:
    first, second = propose("Ett", days=3), propose("Två", days=1)
    wait(ReviewItem.objects.get(page=page), days=2)
    ask(ada, days=9)
    assert (queue.place_of(first), queue.place_of(second)) == (1, 3)
    operations.reject(first, revision=1, reason="Nej.", by=rut)
    assert (queue.place_of(first), queue.place_of(second)) == (0, 2)
