"""Passages as one reads them: marked in the text, listed beside it, at addresses that hold."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import MakePage, proposed, signed_in
from tests.conftest import tag as make_tag
from wiki import operations
from wiki.models import FactorTag, Page
from wiki.operations.purging import Purge, purge
from wiki.passages import choose

pytestmark = pytest.mark.usefixtures("catalogue")

AssertQueries = Callable[..., Any]
BODY = "Vi hade ett skåp med nycklar.\n\nBatterierna dog när det blev kallt 🥶 ute i skogen."
WORDS = "Batterierna dog när det blev kallt 🥶 ute"
KEY = "5c0d1f4e-0000-4000-8000-000000000001"
HALF = BODY.replace("när det blev kallt 🥶 ute", "snabbt och ofta var de alldeles kallt tomma")
OTHER = "5c0d1f4e-0000-4000-8000-000000000002"


def tagged(page: Page, by: User, words: str = WORDS, key: str = KEY, **fields: Any) -> Page:
    """The page with a tag on the words."""
    start = page.plain.index(words)
    passage = choose(page, page.number, start, start + len(words))
    tag = make_tag(key, **{"factor": "mod-att-prova", "author": by.pk, "passage": passage} | fields)
    operations.tag_passage(page, tag, base=page.number, by=by)
    page.refresh_from_db()
    return page


def rewrite(page: Page, by: User, body: str) -> None:
    """Publish another text."""
    operations.edit(page, replace(page.content, body=body), base=page.number, by=by)
    page.refresh_from_db()


def marks(text: str) -> list[tuple[str, str]]:
    """Classes and text of each mark in an answer."""
    return re.findall(r'<mark class="(passage [^"]*)"[^>]*>([^<]*)</mark>', text)


def test_a_passage_is_marked_and_listed(make_page: MakePage, eva: User, client: Client) -> None:
    tagged(make_page(body=BODY), eva, direction="hindering", strength=2, phase="during")
    answer = client.get("/sidor/skolan/")
    assert marks(answer.text) == [("passage passage--hindering passage--ends-hindering", WORDS)]
    assert answer.text.count(f'id="p-{KEY}"') == 1
    assert (
        f'<mark class="passage passage--hindering passage--ends-hindering" data-passage="{KEY}"'
        in answer.text
    )
    assert 'title="hämmar: Mod att prova och misslyckas"' in answer.text
    assert f'data-entry="{KEY}"' in answer.text
    assert f'href="#p-{KEY}"' in answer.text
    assert f'href="/sidor/skolan/markning/{KEY}/"' in answer.text
    assert "konkret exempel, under, Mittköping" in answer.text
    assert "csrfmiddlewaretoken" not in answer.text
    assert "data-passage-tools" not in answer.text


def test_a_passage_over_several_blocks_has_one_address_and_one_end(
    make_page: MakePage, eva: User, client: Client
) -> None:
    body = "## Mål\n\n* Ett *viktigt* steg.\n* Två.\n\n| a | b |\n|---|---|\n| c | d |\n"
    tagged(make_page(body=body), eva, "viktigt steg.\nTvå.\na b\nc")
    found = marks(client.get("/sidor/skolan/").text)
    assert [words for _classes, words in found] == ["viktigt", " steg.", "Två.", "a", "b", "c"]
    assert [classes for classes, _words in found][-1] == "passage passage--enabling passage--ends-enabling"
    assert {classes for classes, _words in found[:-1]} == {"passage passage--enabling"}


def test_overlapping_passages_both_have_their_ends(make_page: MakePage, eva: User, client: Client) -> None:
    page = tagged(make_page(body=BODY), eva)
    tagged(page, eva, "kallt 🥶 ute i skogen", OTHER, direction="hindering", factor="tid-for-utveckling")
    answer = client.get("/sidor/skolan/").text
    assert marks(answer) == [
        ("passage passage--enabling", "Batterierna dog när det blev "),
        ("passage passage--enabling passage--hindering passage--ends-enabling", "kallt 🥶 ute"),
        ("passage passage--hindering passage--ends-hindering", " i skogen"),
    ]
    assert (answer.count(f'id="p-{KEY}"'), answer.count(f'id="p-{OTHER}"')) == (1, 1)
    assert answer.index(f'data-entry="{KEY}"') < answer.index(f'data-entry="{OTHER}"')


def test_words_that_are_gone_keep_their_address_in_the_list(
    make_page: MakePage, eva: User, client: Client
) -> None:
    page = tagged(make_page(body=BODY), eva)
    rewrite(page, eva, "Allt gick bra.")
    answer = client.get("/sidor/skolan/")
    assert marks(answer.text) == []
    assert answer.text.count(f'id="p-{KEY}"') == 1
    assert f'data-entry="{KEY}" id="p-{KEY}"' in answer.text
    assert "Citatet finns inte längre i texten." in answer.text
    assert f'href="/sidor/skolan/version/1/#p-{KEY}"' in answer.text
    assert "Välj nya ord" not in answer.text
    assert "Välj nya ord" in signed_in(eva).get("/sidor/skolan/").text
    old = client.get("/sidor/skolan/version/1/")
    assert marks(old.text) == [("passage passage--enabling passage--ends-enabling", WORDS)]
    assert f'id="p-{KEY}"' in old.text
    assert "Märkningen kom i en senare." in old.text


def test_words_that_have_changed_much_are_to_be_looked_at(
    make_page: MakePage, eva: User, client: Client
) -> None:
    page = tagged(make_page(body=BODY), eva)
    rewrite(page, eva, HALF)
    assert page.factor_tags.get().state == FactorTag.State.LOOK
    answer = client.get("/sidor/skolan/").text
    assert "Behöver ses över" in answer
    assert "passage--look" in marks(answer)[0][0]
    assert "Se över märkningen" not in answer
    assert "Se över märkningen" in signed_in(eva).get("/sidor/skolan/").text


def test_words_that_are_all_there_are_not_said_to_have_changed(
    make_page: MakePage, eva: User, client: Client
) -> None:
    page = tagged(make_page(body=f"{WORDS}."), eva)
    text = "Behöver ses över: {}"
    for is_sure, pieces, said in (
        (False, 2, "samma ord står, eller har stått, på flera ställen"),
        (False, 1, "texten har ändrats mycket"),
        (True, 1, "texten har ändrats mycket"),
    ):
        spans = [[0, 3], [4, 8]][:pieces]
        FactorTag.objects.update(state="look", is_sure=is_sure, pieces=spans, word_count=2)
        html = client.get(page.get_absolute_url()).text
        assert text.format(said) in html
        assert html.count("Behöver ses över: ") == 1


def test_each_version_shows_its_passages_where_they_were(
    make_page: MakePage, eva: User, client: Client
) -> None:
    page = tagged(make_page(body=BODY), eva)
    rewrite(page, eva, f"Nytt först.\n\n{BODY.replace('dog', 'dog tvärt')}")
    rewrite(page, eva, "Borta.")
    changed = WORDS.replace("dog", "dog tvärt")
    end = "passage passage--enabling passage--ends-enabling"
    assert marks(client.get("/sidor/skolan/version/2/").text) == [(end, WORDS)]
    assert marks(client.get("/sidor/skolan/version/3/").text) == [(end, changed)]
    now = client.get("/sidor/skolan/version/4/").text
    assert marks(now) == []
    assert "Citatet finns inte längre i texten." in now


def test_old_versions_ask_a_bounded_number_of_questions(
    make_page: MakePage, eva: User, client: Client, django_assert_max_num_queries: AssertQueries
) -> None:
    page = make_page(body=BODY)
    for number in range(1, 13):
        tagged(page, eva, key=f"5c0d1f4e-0000-4000-8000-{number:012}")
        rewrite(page, eva, f"{page.body}\n\nStycke {number}.")
    with django_assert_max_num_queries(60):
        answer = client.get("/sidor/skolan/version/24/")
    assert len(set(re.findall(r'id="p-([^"]*)"', answer.text))) == 12


def test_an_unconfirmed_authors_passage_says_whom_they_say_to_be(
    make_page: MakePage, ada: User, rut: User, client: Client
) -> None:
    page = make_page(body=BODY)
    start = page.plain.index(WORDS)
    passage = choose(page, 1, start, start + len(WORDS))
    tag = make_tag(KEY, factor="mod-att-prova", author=ada.pk, passage=passage)
    operations.accept(proposed(operations.tag_passage(page, tag, base=1, by=ada)), revision=1, by=rut)
    assert "uppger Mittköping, räknas inte" in client.get("/sidor/skolan/").text
    assert "författaren uppger Mittköping" in client.get(f"/sidor/skolan/markning/{KEY}/").text


def test_pages_with_passages_are_read_with_few_questions(
    make_page: MakePage, eva: User, client: Client, django_assert_max_num_queries: AssertQueries
) -> None:
    page = tagged(make_page(body=BODY, municipalities=("9901",)), eva, municipality="9901")
    tagged(page, eva, "skåp med nycklar", OTHER)
    with django_assert_max_num_queries(4):
        assert len(marks(client.get("/sidor/skolan/").text)) == 2
    as_eva = signed_in(eva)
    with django_assert_max_num_queries(8):
        assert "data-passage-tools" in as_eva.get("/sidor/skolan/").text


def test_one_tag_has_a_page_of_its_own(
    make_page: MakePage, eva: User, client: Client, django_assert_max_num_queries: AssertQueries
) -> None:
    tagged(make_page(body=BODY), eva, direction="hindering", tried="Vi bytte till lås utan batteri.")
    with django_assert_max_num_queries(8):
        answer = client.get(f"/sidor/skolan/markning/{KEY}/")
    assert answer.status_code == 200
    assert f'<mark class="chosen-words__words">{WORDS}</mark>' in answer.text
    assert "Vi hade ett skåp" in answer.text
    assert "Vi bytte till lås utan batteri." in answer.text
    assert "Eva Berg" in answer.text
    assert f"http://testserver/sidor/skolan/markning/{KEY}/" in answer.text
    assert 'name="do"' not in answer.text
    assert 'value="remove"' in signed_in(eva).get(f"/sidor/skolan/markning/{KEY}/").text


def test_a_tag_of_the_whole_page_has_one_too(make_page: MakePage, client: Client) -> None:
    make_page(body=BODY, tags=(make_tag(note="Syns överallt."),))
    answer = client.get("/sidor/skolan/markning/00000000-0000-4000-8000-000000000001/")
    assert answer.status_code == 200
    assert "Märkning av hela sidan" in answer.text
    assert "Syns överallt." in answer.text


def test_a_tag_that_was_taken_away_leads_to_the_version_that_had_it(
    make_page: MakePage, eva: User, client: Client
) -> None:
    page = tagged(make_page(body=BODY), eva, note="Det var i januari.")
    operations.untag(page, KEY, base=2, by=eva)
    answer = client.get(f"/sidor/skolan/markning/{KEY}/")
    assert answer.status_code == 200
    assert "noindex" in answer.text
    assert f'href="/sidor/skolan/version/2/#p-{KEY}"' in answer.text
    assert WORDS in answer.text
    assert "Det var i januari." in answer.text


def test_a_tag_that_never_was_or_is_hidden_is_not_found(
    make_page: MakePage, eva: User, rut: User, client: Client
) -> None:
    page = tagged(make_page(body=BODY), eva, note="Hemligt.")
    assert client.get(f"/sidor/skolan/markning/{OTHER}/").status_code == 404
    operations.untag(page, KEY, base=2, by=eva)
    assert client.get(f"/sidor/skolan/markning/{KEY}/").status_code == 200
    page.refresh_from_db()
    purge(page, Purge(numbers=[2], instead=0, base=3), reason="Personuppgifter.", by=rut)
    assert client.get(f"/sidor/skolan/markning/{KEY}/").status_code == 404
