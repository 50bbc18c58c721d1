"""The queue narrowed down, and a screenful at a time, also when thousands wait."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factors.models import Factor
from mittkoping.accounts.models import Membership, User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage, signed_in, tag
from tests.wiki.queueing import QUEUE, TITLE, Propose, ask, propose_by, titles, wait
from wiki import queue
from wiki.models import Page, Proposal, ReviewItem
from wiki.models.review import as_keys


@pytest.fixture
def propose(ada: User) -> Propose:
    """Propose as ada: propose("Ny sida"), propose(page=…, body="…", days=3)."""
    return partial(propose_by, ada)


@pytest.fixture
def mixed(
    propose: Propose, make_page: MakePage, ada: User, eva: User, bo: User, catalogue: dict[str, Factor]
) -> None:
    """Five rows that differ in everything."""
    propose("Ada 1", days=0, body="x" * 10, tracks=("skola",))
    propose("Ada 4", days=4, body="x" * 500, tags=(tag(factor="gemensam-malbild"),))
    propose_by(bo, "Bo 8", days=8, body="x" * 3000, tracks=("skola", "halsa"))
    wait(ReviewItem.objects.get(page=make_page("Eva 2", body="x" * 10)), days=2)
    ask(ada, days=5)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Bo 8", "Ada Lind", "Ada 4", "Eva 2", "Ada 1"]),
        ("?slag=forslag", ["Bo 8", "Ada 4", "Ada 1"]),
        ("?slag=andringar", ["Eva 2"]),
        ("?slag=konton", ["Ada Lind"]),
        ("?spar=skola", ["Bo 8", "Ada 1"]),
        ("?spar=halsa", ["Bo 8"]),
        ("?kommun=granneby", ["Bo 8"]),
        ("?kommun=mittkoping", ["Ada Lind", "Ada 4", "Eva 2", "Ada 1"]),
        ("?faktor=gemensam-malbild", ["Ada 4"]),
        ("?forfattare=lind", ["Ada Lind", "Ada 4", "Ada 1"]),
        ("?forfattare=BERG", ["Eva 2"]),
        ("?forfattare=ingen", []),
        ("?storlek=liten", ["Eva 2", "Ada 1"]),
        ("?storlek=mellan", ["Ada 4"]),
        ("?storlek=stor", ["Bo 8"]),
        ("?alder=1", ["Bo 8", "Ada Lind", "Ada 4", "Eva 2"]),
        ("?alder=3", ["Bo 8", "Ada Lind", "Ada 4"]),
        ("?alder=7", ["Bo 8"]),
        ("?slag=forslag&forfattare=ada&alder=1", ["Ada 4"]),
        ("?slag=konton&spar=skola", []),
    ],
)
def test_the_queue_is_narrowed_down(mixed: None, rut: User, query: str, expected: list[str]) -> None:
    assert titles(rut, query) == expected
    assert f">{len(expected)} väntar<" in signed_in(rut).get(f"{QUEUE}{query}").text


def test_swedish_letters_in_a_name_are_found_in_both_cases(propose: Propose, rut: User) -> None:
    asa = User.objects.create_user("asa@mittkoping.example", name="Åsa Öberg")
    propose_by(asa, "Åsas")
    propose("Adas")
    assert titles(rut, "?forfattare=ÖBERG") == ["Åsas"]
    assert titles(rut, "?forfattare=åsa") == ["Åsas"]


def test_a_factor_finds_what_was_tagged_with_one_merged_into_it(
    propose: Propose, catalogue: dict[str, Factor], rut: User
) -> None:
    old, new = catalogue["tid-for-utveckling"], catalogue["gemensam-malbild"]
    propose("Märkt med den gamla", tags=(tag(factor=old.slug),))
    assert titles(rut, f"?faktor={new.slug}") == []
    Factor.objects.filter(pk=old.pk).update(merged_into=new, status=Factor.Status.MERGED)
    assert titles(rut, f"?faktor={new.slug}") == ["Märkt med den gamla"]
    assert titles(rut, f"?faktor={old.slug}") == ["Märkt med den gamla"]


def test_each_filter_can_be_removed_by_itself(mixed: None, rut: User) -> None:
    answer = signed_in(rut).get(f"{QUEUE}?slag=forslag&forfattare=ada&alder=1").text
    links = re.findall(r'class="active-facet" href="([^"]+)"', answer)
    assert links == [
        "/granskning/?forfattare=ada&amp;alder=1",
        "/granskning/?slag=forslag&amp;alder=1",
        "/granskning/?slag=forslag&amp;forfattare=ada",
    ]


@pytest.mark.parametrize(
    "query",
    ["?slag=x", "?spar=x", "?kommun=x", "?faktor=x", "?storlek=x", "?alder=x", "?alder=-1", "?kommun=%00"],
)
def test_a_filter_that_does_not_exist_narrows_nothing(mixed: None, rut: User, query: str) -> None:
    assert len(titles(rut, query)) == 5
    assert (
        "det du valde finns inte, så listan är inte begränsad av det."
        in signed_in(rut).get(QUEUE + query).text
    )


@pytest.mark.parametrize("name", ["%25", "_", ",", "x" * 5000, "%00%00", "' OR 1=1"])
def test_a_strange_name_finds_nobody(mixed: None, rut: User, name: str) -> None:
    assert len(titles(rut, f"?forfattare={name}")) == (5 if name == "%00%00" else 0)


@pytest.mark.parametrize(
    "key", ["x", "1", "r1", "1x1", "99999999999999999r1", "1r9999999999", "-1r1", "1r1 ", "%00", "١r١"]
)
def test_a_place_that_does_not_exist_leads_to_the_start(mixed: None, rut: User, key: str) -> None:
    assert len(titles(rut, f"?efter={key}")) == 5
    assert "Det stället i kön finns inte. Här är början." in signed_in(rut).get(f"{QUEUE}?efter={key}").text


def test_after_the_last_row_there_is_a_way_back(mixed: None, rut: User) -> None:
    answer = signed_in(rut).get(f"{QUEUE}?efter=9999999999999999r1&alder=1").text
    assert "Kön är slut här." in answer
    assert '<a class="ds-button" data-variant="secondary" href="/granskning/?alder=1">' in answer


def add_items(count: int, author: User) -> None:
    """So many proposals in a moment, two of them at each moment, and half as many accounts that wait."""
    start = timezone.now() - timedelta(days=30)
    keys = {"authors": as_keys({str(author.pk)}), "municipalities": as_keys({"9901"})}
    place = author.municipality
    proposals = Proposal.objects.bulk_create(
        Proposal(author=author, municipality=place, title=f"Nr {at}", body="Text.") for at in range(count)
    )
    ReviewItem.objects.bulk_create(
        ReviewItem(
            kind=ReviewItem.Kind.PROPOSAL,
            proposal=proposal,
            since=start + timedelta(minutes=at // 2),
            title=proposal.title,
            page_kind=proposal.kind,
            size=5,
            **keys,
        )
        for at, proposal in enumerate(proposals)
    )
    people = User.objects.bulk_create(
        User(email=f"{count}-{at}@mittkoping.example", name=f"Person {at}") for at in range(count // 2)
    )
    Membership.objects.bulk_create(
        Membership(user=person, municipality=place, asked_at=start + timedelta(minutes=at))
        for at, person in enumerate(people)
    )


def test_paging_shows_every_row_once_and_in_order(ada: User, rut: User) -> None:
    add_items(70, ada)
    browser, query, seen = signed_in(rut), "", []
    for _screen in range(5):
        answer = browser.get(f"{QUEUE}{query}").text
        seen.append(TITLE.findall(answer))
        following = re.search(r'rel="next" href="([^"]+)"', answer)
        if not following:
            break
        query = following[1].replace("&amp;", "&")
    assert [len(screen) for screen in seen] == [25, 25, 25, 25, 5]
    expected = [name for at in range(35) for name in (f"Nr {2 * at}", f"Nr {2 * at + 1}", f"Person {at}")]
    assert [title for screen in seen for title in screen] == expected


def test_a_filter_is_kept_from_screen_to_screen(ada: User, rut: User) -> None:
    add_items(60, ada)
    answer = signed_in(rut).get(f"{QUEUE}?slag=forslag&forfattare=ada").text
    following = re.search(r'rel="next" href="([^"]+)"', answer)
    assert following
    assert following[1].startswith("?slag=forslag&amp;forfattare=ada&amp;efter=")


MAX_QUERIES = 16  # four are the frame's


def test_the_queue_costs_as_much_with_thousands_of_rows(page: Page, ada: User, rut: User) -> None:
    wait(ReviewItem.objects.get(page=page), days=40)
    browser, costs = signed_in(rut), []
    middle = queue.Key(
        timezone.now() - timedelta(days=29, hours=23, minutes=58), is_account=False, primary_key=1
    )
    for count, total in ((10, "16"), (5000, "7\xa0516")):
        add_items(count, ada)
        for query in ("", f"?efter={middle}", "?kommun=mittkoping&forfattare=ada&storlek=liten&alder=1"):
            with CaptureQueriesContext(connection) as queries:
                answer = browser.get(f"{QUEUE}{query}").text
            costs.append(len(queries))
            assert "Nr " in answer
            assert query or f">{total} väntar<" in answer
    assert costs[:3] == costs[3:]
    assert max(costs) <= MAX_QUERIES


def test_a_municipality_filter_knows_its_own_code_only(
    propose: Propose, malmo: Municipality, rut: User
) -> None:
    propose("Adas")
    assert titles(rut, "?kommun=malmo") == []
