"""Pieces of a text as they would look."""

import json
from typing import Any

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import MakePage
from wiki import rendering
from wiki.content import MAX_BODY
from wiki.views import blocks

pytestmark = pytest.mark.django_db

ADDRESS = "/forhandsgranska/block/"


def send(client: Client, data: Any) -> Any:
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    return client.post(ADDRESS, body, content_type="application/json")


def test_each_piece_is_drawn_as_a_page_is(make_page: MakePage, as_eva: Client) -> None:
    make_page("Målet")
    answer = send(as_eva, {"blocks": ["*a* [[Målet]]", "", "<script>x</script>", "| a |\n|---|\n| b |"]})
    assert answer.status_code == 200
    first, second, third, table = answer.json()["html"]
    assert first == '<p><em>a</em> <a class="wl" href="/sidor/malet/">Målet</a></p>'
    assert (second, third) == ("", "<p>&lt;script&gt;x&lt;/script&gt;</p>")
    assert table.startswith('<div aria-label="Tabell" class="tabell"')


def test_links_of_all_pieces_are_looked_up_at_once(
    make_page: MakePage, as_eva: Client, django_assert_max_num_queries: Any
) -> None:
    for name in ("Ett", "Två", "Tre"):
        make_page(name)
    send(as_eva, {"blocks": ["x"]})
    with django_assert_max_num_queries(8):
        answer = send(
            as_eva, {"blocks": ["[[Ett]] [[faktor:mod]]", "[[Två]]", "[[Tre]] [[kommun:Malmö]]", "y"]}
        )
    assert 'href="/sidor/tva/"' in answer.json()["html"][1]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"NaN",
        [],
        "blocks",
        {},
        {"blocks": "x"},
        {"blocks": {"0": "x"}},
        {"blocks": [1]},
        {"blocks": [None]},
        {"blocks": [["x"]]},
    ],
)
def test_what_cannot_be_read_is_told(as_eva: Client, data: Any) -> None:
    answer = send(as_eva, data)
    assert answer.status_code == 400
    assert answer.json() == {"error": "Det gick inte att läsa vad som ska visas."}


@pytest.mark.parametrize(
    "sources",
    [["x"] * 51, ["x" * 200_001], ["å" * 100_001], ["x" * 100_000, "x" * 100_001], ["x" * 1_300_000]],
)
def test_too_much_is_told(as_eva: Client, sources: list[str]) -> None:
    answer = send(as_eva, {"blocks": sources})
    assert answer.status_code == 400
    assert answer.json() == {"error": "Det är för mycket text på en gång."}


def test_as_much_as_is_allowed_is_drawn(as_eva: Client) -> None:
    assert len(send(as_eva, {"blocks": ["x"] * 50}).json()["html"]) == 50
    assert send(as_eva, {"blocks": ["x" * 200_000]}).status_code == 200


def test_what_cannot_be_stored_is_left_out(as_eva: Client) -> None:
    assert send(as_eva, {"blocks": ["a\x00\ud800b"]}).json() == {"html": ["<p>ab</p>"]}


def test_when_time_is_up_the_rest_is_shown_as_its_source(
    as_eva: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "BLOCKS_SECONDS", -1.0)
    assert send(as_eva, {"blocks": ["*a*"]}).json() == {"html": ['<pre class="kalla">*a*</pre>']}


def test_only_those_who_have_signed_in_are_answered_and_only_to_a_post(as_eva: Client, eva: User) -> None:
    assert as_eva.get(ADDRESS).status_code == 405
    client = Client()
    answer = client.post(
        ADDRESS, b"{}", content_type="application/json", headers={"accept": "application/json"}
    )
    assert (answer.status_code, answer.json()) == (403, {"error": "Du är inte längre inloggad."})
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(eva)
    assert send(strict, {"blocks": ["x"]}).status_code == 403


def test_the_limits_are_those_of_a_page() -> None:
    assert (blocks.MAX_BLOCKS, blocks.MAX_BYTES) == (50, 6 * MAX_BODY)
