"""What is done with a tag that is there: confirmed, given other words, taken away."""

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import MakePage, signed_in
from tests.wiki.test_passages_on_pages import BODY, HALF, KEY, rewrite, tagged
from wiki.models import FactorTag, Page, Proposal
from wiki.operations.protecting import protect

pytestmark = pytest.mark.usefixtures("catalogue")

ADDRESS = "/sidor/skolan/markera/"
TAG = f"/sidor/skolan/markning/{KEY}/"


def test_a_passage_that_still_says_so_is_confirmed(make_page: MakePage, eva: User, as_eva: Client) -> None:
    page = tagged(make_page(body=BODY), eva)
    rewrite(page, eva, HALF)
    row = page.factor_tags.get()
    assert row.state == "look"
    assert "Stämmer fortfarande" in as_eva.get(TAG).text
    assert row.anchor
    words = {"version": page.number, "start": row.anchor.start, "end": row.anchor.end}
    answer = as_eva.post(TAG, words | {"do": "confirm"})
    assert answer["Location"] == f"/sidor/skolan/#p-{KEY}"
    now = page.factor_tags.get()
    assert (now.state, now.words, now.passage_version) == ("here", row.words, 3)
    assert "Stämmer fortfarande" not in as_eva.get(TAG).text


def test_other_words_are_chosen_for_a_tag(make_page: MakePage, eva: User, as_eva: Client) -> None:
    page = tagged(make_page(body=BODY), eva)
    start = page.plain.index("skåp med nycklar")
    led = as_eva.get(ADDRESS, {"tag": KEY, "ord": "skåp med nycklar"})
    assert led["Location"] == f"{ADDRESS}?version=2&start={start}&end={start + 16}&tag={KEY}"
    asked = as_eva.get(led["Location"]).text
    assert "Byt till de här orden" in asked
    assert f'action="{TAG}"' in asked
    words = {"version": 2, "start": start, "end": start + 16}
    assert as_eva.post(TAG, words | {"do": "move"}).status_code == 302
    row = page.factor_tags.get()
    assert (row.words, row.made_number, row.passage_version) == ("skåp med nycklar", 2, 2)


def test_a_tag_is_taken_away_once(make_page: MakePage, eva: User, as_eva: Client) -> None:
    page = tagged(make_page(body=BODY), eva)
    answer = as_eva.post(TAG, {"do": "remove", "base": "2"}, follow=True)
    assert "Märkningen är borttagen." in answer.text
    again = as_eva.post(TAG, {"do": "remove", "base": "2"}, follow=True)
    assert "Märkningen finns inte kvar på sidan." in again.text
    page.refresh_from_db()
    assert (page.number, page.factor_tags.count()) == (3, 0)


def test_what_a_contributor_does_with_a_tag_is_a_proposal(make_page: MakePage, eva: User, ada: User) -> None:
    page = tagged(make_page(body=BODY), eva)
    answer = signed_in(ada).post(TAG, {"do": "remove", "base": "2"})
    proposal = Proposal.objects.get()
    assert answer["Location"] == proposal.get_absolute_url()
    assert proposal.content.tags == ()
    assert page.factor_tags.count() == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"do": "remove"}, "Ladda om sidan och försök igen."),
        ({"do": "remove", "base": "99"}, "Ladda om sidan och försök igen."),
        ({"do": "confirm", "version": "2"}, "Markera några ord i texten."),
        ({"do": "fel"}, "Välj vad du vill göra med märkningen."),
        ({}, "Välj vad du vill göra med märkningen."),
    ],
)
def test_a_deed_that_says_too_little_is_asked_again(
    make_page: MakePage, eva: User, as_eva: Client, data: dict[str, str], sentence: str
) -> None:
    page = tagged(make_page(body=BODY), eva)
    answer = as_eva.post(TAG, data)
    assert answer.status_code == 200
    assert sentence in answer.text
    page.refresh_from_db()
    assert page.number == 2


def test_two_who_see_to_the_same_tag_meet(make_page: MakePage, eva: User, bo: User, as_eva: Client) -> None:
    page = tagged(make_page(body=BODY), eva)
    words = {"version": 2, "start": 0, "end": 7}
    assert signed_in(bo).post(TAG, {"do": "move", "version": 2, "start": 8, "end": 11}).status_code == 302
    answer = as_eva.post(TAG, words | {"do": "move"})
    assert answer.status_code == 409
    assert "nyare version" in answer.text
    assert FactorTag.objects.get(key=KEY, page=page).words == "ett"


def test_the_deeds_are_closed_where_one_may_not_write(
    make_page: MakePage, eva: User, rut: User, client: Client
) -> None:
    page = tagged(make_page(body=BODY), eva)
    assert client.post(TAG, {"do": "remove", "base": "2"}).status_code == 403
    protect(page, Page.Protection.LOCKED, reason="Strid.", by=rut)
    assert signed_in(eva).post(TAG, {"do": "remove", "base": "2"}).status_code == 403
    assert 'value="remove"' not in signed_in(eva).get(TAG).text
    assert page.factor_tags.count() == 1
