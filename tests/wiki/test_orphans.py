"""What becomes of marked passages when the text of their page changes."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mittkoping.accounts.models import User
from tests.conftest import MakePage
from tests.wiki.orphan_pages import BODY, FIRST, KEYS, SECOND, THIRD, make_tagged
from wiki import operations
from wiki.content import Content
from wiki.fates import Fates, Kind, body_after, fates_of, fates_since, orphaned_since, states_of
from wiki.models import Page

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def tagged(make_page: MakePage, eva: User) -> Page:
    """A page with three passages."""
    return make_tagged(make_page, eva)


def kinds(fates: Fates) -> dict[str, tuple[Kind, int, int]]:
    """What becomes of each passage, by the keys of tags: how, and how many words are left of how many."""
    return {fate.chip.key: (fate.kind, fate.left, fate.count) for fate in fates.all}


def test_words_that_nobody_touches_stay(tagged: Page) -> None:
    fates = fates_of(tagged, replace(tagged.content, body=f"Nytt först.\n\n{BODY}"))
    assert kinds(fates) == {
        KEYS[0]: (Kind.HERE, 8, 8),
        KEYS[1]: (Kind.HERE, 9, 9),
        KEYS[2]: (Kind.HERE, 7, 7),
    }
    assert fates.orphaned == []


def test_a_paragraph_that_is_put_elsewhere_is_moved(tagged: Page) -> None:
    body = BODY.replace(f"{FIRST}.\n\n", "") + f"\n{FIRST}.\n"
    assert kinds(fates_of(tagged, replace(tagged.content, body=body))) == {
        KEYS[0]: (Kind.MOVED, 8, 8),
        KEYS[1]: (Kind.HERE, 9, 9),
        KEYS[2]: (Kind.HERE, 7, 7),
    }


def test_the_worst_comes_first(tagged: Page) -> None:
    body = BODY.replace(THIRD, "Inget står kvar här").replace(SECOND, "Nyckeln låg alltid framme")
    fates = fates_of(tagged, replace(tagged.content, body=body))
    assert list(kinds(fates).items()) == [
        (KEYS[2], (Kind.GONE, 0, 7)),
        (KEYS[1], (Kind.LOOK, 3, 9)),
        (KEYS[0], (Kind.HERE, 8, 8)),
    ]
    assert [fate.chip.words for fate in fates.orphaned] == [THIRD, SECOND]


def test_what_is_lost_already_is_no_news(tagged: Page, eva: User) -> None:
    body = BODY.replace(THIRD, "").replace(SECOND, "Nyckeln låg alltid framme")
    operations.edit(tagged, replace(tagged.content, body=body), base=tagged.number, by=eva)
    tagged.refresh_from_db()
    fates = fates_of(tagged, replace(tagged.content, body=f"{body}\nTill.\n"))
    assert kinds(fates) == {KEYS[1]: (Kind.LOOK, 3, 9), KEYS[0]: (Kind.HERE, 8, 8)}
    assert fates.orphaned == []


def test_a_tag_that_is_taken_away_has_no_fate(tagged: Page) -> None:
    content = replace(tagged.content, body=BODY.replace(FIRST, ""), tags=tagged.content.tags[1:])
    assert set(kinds(fates_of(tagged, content))) == {KEYS[1], KEYS[2]}


def test_an_older_text_is_merged_before_one_looks(tagged: Page, eva: User) -> None:
    number = tagged.number
    newer = BODY.replace("Slutet är skrivet en gång till.", "Slutet är nytt.")
    operations.edit(tagged, replace(tagged.content, body=newer), base=number, by=eva)
    tagged.refresh_from_db()
    mine = BODY.replace(FIRST, "Jag skrev något annat")
    assert body_after(tagged, mine, number) == mine.replace(
        "Slutet är skrivet en gång till.", "Slutet är nytt."
    )
    assert kinds(fates_of(tagged, replace(tagged.content, body=mine), number))[KEYS[0]] == (Kind.GONE, 0, 8)


def test_where_both_changed_the_same_words_the_text_is_looked_at_as_it_is(tagged: Page, eva: User) -> None:
    number = tagged.number
    newer = BODY.replace("Slutet är skrivet en gång till.", "Slutet är nytt.")
    operations.edit(tagged, replace(tagged.content, body=newer), base=number, by=eva)
    tagged.refresh_from_db()
    mine = BODY.replace("Slutet är skrivet en gång till.", "Slutet är mitt.")
    assert body_after(tagged, mine, number) == mine


def test_what_has_become_of_the_passages_of_an_older_version(tagged: Page, eva: User) -> None:
    old = tagged.content
    operations.edit(tagged, replace(old, body=BODY.replace(SECOND, "")), base=tagged.number, by=eva)
    tagged.refresh_from_db()
    fates = fates_since(tagged, old)
    assert kinds(fates)[KEYS[1]] == (Kind.GONE, 0, 9)
    assert [fate.chip.words for fate in fates.orphaned] == [SECOND]


def test_only_what_got_worse_is_orphaned(tagged: Page, eva: User) -> None:
    before = states_of(tagged)
    assert before == dict.fromkeys(KEYS, "here")
    assert orphaned_since(tagged, before) == []
    operations.edit(
        tagged, replace(tagged.content, body=BODY.replace(SECOND, "")), base=tagged.number, by=eva
    )
    assert [chip.key for chip in orphaned_since(tagged, before)] == [KEYS[1]]
    assert orphaned_since(tagged, states_of(tagged)) == []


def test_telling_takes_as_many_queries_for_many_passages_as_for_few(tagged: Page) -> None:
    content = replace(tagged.content, body=BODY.replace(THIRD, "Annat"))
    counts = []
    for tags in (content.tags[:1], content.tags):
        with CaptureQueriesContext(connection) as caught:
            fates_of(tagged, replace(content, tags=tags))
        counts.append(len(caught))
    assert counts[0] == counts[1]
    assert counts[0] <= 4


def test_a_new_page_has_nothing_to_lose(eva: User) -> None:
    assert states_of(None) == {}
    page = Page(slug="ny", title="Ny")
    assert fates_of(page, Content(title="Ny", body="Text.")) == Fates()
