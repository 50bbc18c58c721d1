"""Much of everything: the number of queries stays what it is, however many rows there are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import published
from tests.wiki.bulk import add_pages, add_versions, tagged
from wiki import operations
from wiki.content import MAX_TAGS, Content
from wiki.models import Page

AssertQueries = Callable[..., Any]


@pytest.fixture
def long_history(page: Page, eva: User) -> Page:
    """A page with a thousand versions."""
    add_versions(page, (f"Ändring {number}" for number in range(2, 1001)), by=eva)
    return page


@pytest.mark.parametrize(("number", "first", "last"), [("1", 1000, 951), ("10", 550, 501), ("20", 50, 1)])
def test_a_history_of_a_thousand_versions_is_paged_and_read_with_six_queries(
    long_history: Page,
    client: Client,
    django_assert_max_num_queries: AssertQueries,
    number: str,
    first: int,
    last: int,
) -> None:
    with django_assert_max_num_queries(6):
        answer = client.get("/sidor/skolan/historik/", {"sida": number})
    assert [edit.number for edit in answer.context["edits"]] == list(range(first, last - 1, -1))
    assert f'href="/sidor/skolan/version/{last}/"' in answer.text


def test_a_version_in_a_long_history_is_found_by_number(
    long_history: Page, client: Client, django_assert_max_num_queries: AssertQueries
) -> None:
    with django_assert_max_num_queries(6):
        answer = client.get("/sidor/skolan/version/500/")
    assert answer.context["edit"].summary == "Ändring 500"
    with django_assert_max_num_queries(8):
        answer = client.get("/sidor/skolan/jamfor/1/1000/")
    assert answer.context["new"].number == 1000


def test_a_page_with_a_hundred_tags_and_fifty_links_is_read_with_four_queries(
    eva: User, catalogue: dict[str, Factor], client: Client, django_assert_max_num_queries: AssertQueries
) -> None:
    page = published(operations.create(tagged(MAX_TAGS, catalogue.values()), by=eva)).page
    assert (page.links.count(), page.factor_tags.count()) == (50, 100)
    with django_assert_max_num_queries(4):
        answer = client.get(page.get_absolute_url())
    assert answer.text.count('class="chip"') == 100
    assert answer.text.count('class="wl saknas"') == 50


def test_a_page_with_a_hundred_tags_is_saved_with_few_queries(
    eva: User, catalogue: dict[str, Factor], django_assert_max_num_queries: AssertQueries
) -> None:
    with django_assert_max_num_queries(47):
        operations.create(tagged(MAX_TAGS, catalogue.values()), by=eva)


def test_every_list_takes_as_many_queries_for_fifty_pages_as_for_five(
    eva: User, catalogue: dict[str, Factor], mittkoping_: Municipality, client: Client
) -> None:
    factor = catalogue["gemensam-malbild"]
    addresses = [
        "/",
        "/sidor/",
        "/sidor/?faktor=gemensam-malbild&riktning=framjar&kommun=mittkoping&grupp=B3&q=massvis",
        "/sok/?q=massvis",
        factor.get_absolute_url(),
        mittkoping_.get_absolute_url(),
        "/andringar/",
        "/sidor/navet/lankar-hit/",
        "/faktorer/",
        "/kommuner/",
    ]
    hub = published(operations.create(Content(title="Navet"), by=eva)).page

    def counts() -> dict[str, int]:
        found = {}
        for address in addresses:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(address).status_code == 200
            found[address] = len(queries)
        return found

    def add(first: int, last: int) -> None:
        contents = (Content(title=f"Sida {at}", lead=f"Ingress {at}.") for at in range(first, last))
        add_pages(contents, by=eva, links_to=hub, factor=factor)

    add(0, 5)
    few = counts()
    add(5, 50)
    assert counts() == few
    assert client.get(factor.get_absolute_url()).text.count("Ingress 49.") == 2
    assert max(few.values()) <= 12
