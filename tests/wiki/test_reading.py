"""Reading without signing in: pages, versions, comparisons, lists."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage, signed_in, tag
from wiki import operations
from wiki.models import Edit, Page

AssertQueries = Callable[..., Any]


def test_a_page_shows_its_text_and_who_wrote_it(page: Page, client: Client) -> None:
    answer = client.get("/sidor/skolan/")
    assert answer.status_code == 200
    assert '<div id="sidtext"' in answer.text
    assert page.html in answer.text
    assert "Eva Berg" in answer.text
    assert "Mittköping" in answer.text
    assert "ännu inte granskad" in answer.text.lower()
    assert "http://testserver/sidor/skolan/version/1/" in answer.text


def test_the_source_of_a_page_and_of_a_version(page: Page, eva: User, client: Client) -> None:
    operations.edit(page, replace(page.content, body="Nytt.\n"), base=1, by=eva)
    now, then = client.get("/sidor/skolan.md"), client.get("/sidor/skolan/version/1.md")
    assert (now.text, now["Content-Type"]) == ("Nytt.\n", "text/markdown; charset=utf-8")
    assert (then.text, then["Content-Type"]) == (
        "Första stycket.\n\nAndra stycket.\n",
        "text/markdown; charset=utf-8",
    )


def test_a_page_is_read_with_four_queries(
    make_page: MakePage,
    client: Client,
    catalogue: dict[str, Factor],
    django_assert_max_num_queries: AssertQueries,
) -> None:
    make_page(municipalities=("9901",), tags=(tag(municipality="9901"),), body="Se [[Skolan]].")
    with django_assert_max_num_queries(4):
        assert client.get("/sidor/skolan/").status_code == 200


def test_a_page_is_read_with_eight_queries_by_somebody_signed_in(
    make_page: MakePage,
    as_eva: Client,
    catalogue: dict[str, Factor],
    django_assert_max_num_queries: AssertQueries,
) -> None:
    make_page(municipalities=("9901",), tags=(tag(municipality="9901"),))
    with django_assert_max_num_queries(8):
        assert as_eva.get("/sidor/skolan/").status_code == 200


def test_a_long_history_is_paged_and_cheap(
    page: Page, eva: User, client: Client, django_assert_max_num_queries: AssertQueries
) -> None:
    for number in range(2, 121):
        operations.edit(page, replace(page.content, body=f"Version {number}."), base=number - 1, by=eva)
    with django_assert_max_num_queries(6):
        first = client.get("/sidor/skolan/historik/")
    assert first.text.count("/version/120/") > 0
    assert "/version/70/" not in first.text
    last = client.get("/sidor/skolan/historik/?sida=3")
    assert "/version/1/" in last.text
    assert client.get("/sidor/skolan/historik/?fran=3&till=9")["Location"] == "/sidor/skolan/jamfor/3/9/"


def test_a_version_keeps_its_address_and_says_that_it_is_old(page: Page, eva: User, client: Client) -> None:
    operations.edit(page, replace(page.content, body="Nytt."), base=1, by=eva)
    answer = client.get("/sidor/skolan/version/1/")
    assert "<p>Första stycket.</p>" in answer.text
    assert '<div id="sidtext"' in answer.text
    assert "noindex" in answer.text


def test_a_comparison_marks_words_and_tags(
    make_page: MakePage, eva: User, client: Client, catalogue: dict[str, Factor]
) -> None:
    page = make_page(body="Eleven skriver för hand.\n\nOförändrat.")
    changed = replace(page.content, body="Eleven skriver på dator.\n\nOförändrat.", tags=(tag(note="Syns."),))
    operations.edit(page, changed, base=1, by=eva)
    answer = client.get("/sidor/skolan/jamfor/1/2/")
    assert "<del>" in answer.text
    assert "<ins>" in answer.text
    assert "Gemensam målbild" in answer.text
    assert "Syns." in answer.text
    assert client.get("/sidor/skolan/jamfor/1/1/").context["comparison"].is_empty


def test_versions_of_another_page_are_not_found(
    page: Page, make_page: MakePage, eva: User, client: Client
) -> None:
    other = make_page("Omsorgen")
    operations.edit(other, replace(other.content, body="Hemligt."), base=1, by=eva)
    for address in ("version/2/", "version/2.md", "jamfor/1/2/", "jamfor/2/1/", "version/999999999/"):
        assert client.get(f"/sidor/skolan/{address}").status_code == 404
    assert signed_in(eva).post("/sidor/skolan/aterstall/2/", {"base": "1"}).status_code == 404


def test_revert_by_form(page: Page, eva: User) -> None:
    operations.edit(page, replace(page.content, body="Fel."), base=1, by=eva)
    answer = signed_in(eva).post(
        "/sidor/skolan/aterstall/1/", {"base": "2", "reason": "Det blev fel"}, follow=True
    )
    assert "Version 1 är återställd." in answer.text
    page.refresh_from_db()
    assert (page.number, page.body) == (3, "Första stycket.\n\nAndra stycket.\n")
    assert page.edits.get(number=3).summary == "Det blev fel"


def test_revert_on_top_of_a_newer_version_is_refused(page: Page, eva: User, bo: User) -> None:
    operations.edit(page, replace(page.content, body="Fel."), base=1, by=eva)
    operations.edit(page, replace(page.content, body="Rättat."), base=2, by=bo)
    answer = signed_in(eva).post("/sidor/skolan/aterstall/1/", {"base": "2", "reason": "Därför."})
    assert answer.status_code == 409
    assert "nyare version" in answer.text
    assert "Därför." in answer.text
    page.refresh_from_db()
    assert page.body == "Rättat."


def test_get_never_reverts(page: Page, eva: User) -> None:
    assert signed_in(eva).get("/sidor/skolan/aterstall/1/").status_code == 405


@pytest.mark.parametrize("spelling", ["Skolans-M%C3%A5l", "SKOLANS-MAL", "skolans-m%C3%A5l", "Skolans%20mål"])
def test_other_spellings_lead_to_the_address(make_page: MakePage, client: Client, spelling: str) -> None:
    make_page("Skolans mål")
    answer = client.get(f"/sidor/{spelling}/historik/?sida=2")
    assert (answer.status_code, answer["Location"]) == (301, "/sidor/skolans-mal/historik/?sida=2")


def test_an_old_address_leads_to_the_new_one(page: Page, eva: User, client: Client) -> None:
    operations.rename(page, "Grundskolan", base=1, by=eva)
    answer = client.get("/sidor/skolan/version/1/")
    assert (answer.status_code, answer["Location"]) == (301, "/sidor/grundskolan/version/1/")


def test_a_page_that_does_not_exist_says_what_to_do(db: None, client: Client) -> None:
    answer = client.get("/sidor/skolans-mal/")
    assert answer.status_code == 404
    assert "/konto/login/?next=/sidor/ny/%3Ftitel%3DSkolans%2520mal" in answer.text
    assert 'action="/sok/"' in answer.text


def test_an_archived_page_is_not_found_but_by_moderators(
    page: Page, rut: User, eva: User, client: Client
) -> None:
    operations.archive(page, reason="Dubblett", by=rut)
    for address in ("", "historik/", "version/1/", "lankar-hit/", "version/1.md"):
        assert client.get(f"/sidor/skolan/{address}").status_code == 404
        assert signed_in(eva).get(f"/sidor/skolan/{address}").status_code == 404
    assert client.get("/sidor/skolan.md").status_code == 404
    for address in ("/sidor/", "/sok/?q=skolan", "/andringar/", "/"):
        assert "/sidor/skolan/" not in client.get(address).text
    assert "Dubblett" in signed_in(rut).get("/sidor/skolan/").text


def test_what_links_here(make_page: MakePage, client: Client) -> None:
    make_page("Målet")
    make_page("Källa", body="Se [[malet]].")
    assert 'href="/sidor/kalla/"' in client.get("/sidor/malet/lankar-hit/").text


def test_recent_changes_are_in_the_order_of_saving(
    page: Page, make_page: MakePage, eva: User, client: Client
) -> None:
    make_page("Omsorgen", summary="Börjar om")
    operations.edit(page, replace(page.content, body="x"), base=1, by=eva, summary="Smått", minor=True)
    edits = client.get("/andringar/").context["edits"]
    assert [(edit.page.title, edit.number) for edit in edits] == [
        ("Skolan", 2),
        ("Omsorgen", 1),
        ("Skolan", 1),
    ]
    assert [edit.number for edit in client.get("/andringar/?stora=1").context["edits"]] == [1, 1]


def test_search_finds_title_lead_and_text(make_page: MakePage, client: Client) -> None:
    make_page("Lärplattan", body="Om skolan.")
    make_page("Hemtjänst", lead="Om LÄRPLATTAN på natten.")
    make_page("Brandkåren", body="Annat.")
    answer = client.get("/sok/?q=l%C3%A4rplattan")
    assert [page.title for page, _ in answer.context["results"]] == ["Lärplattan", "Hemtjänst"]
    assert '<a class="hit" href="/sidor/larplattan/">' in answer.text
    assert [page.title for page, _ in client.get("/sok/?q=skolan+om").context["results"]] == ["Lärplattan"]


@pytest.mark.parametrize("query", ["%", "_", "\\", "%00", "' OR 1=1", "{{7*7}}", "x" * 5000, "%F0%9F%A6%86"])
def test_strange_searches_find_nothing_and_break_nothing(page: Page, client: Client, query: str) -> None:
    answer = client.get("/sok/", {"q": query})
    assert answer.status_code == 200
    assert answer.context["results"] == []
    assert client.get(f"/sok/?q={query}").status_code == 200


def test_facets_narrow_the_list(
    make_page: MakePage, client: Client, catalogue: dict[str, Factor], granneby: Municipality
) -> None:
    make_page("Ett", kind="guide", tracks=("skola",), municipalities=("9902",), tags=(tag(),))
    make_page("Två", kind="lardom", tracks=("halsa", "skola"), tags=(tag(direction="hindering"),))
    make_page("Tre", body="Ord att finna.")

    def titles(**facets: str) -> list[str]:
        return [page.title for page in client.get("/sidor/", facets).context["pages"]]

    assert titles() == ["Ett", "Tre", "Två"]
    assert titles(spar="skola") == ["Ett", "Två"]
    assert titles(spar="halsa", typ="lardom") == ["Två"]
    assert titles(faktor="gemensam-malbild") == ["Ett", "Två"]
    assert titles(faktor="gemensam-malbild", riktning="hammar") == ["Två"]
    assert titles(riktning="framjar") == ["Ett"]
    assert titles(kommun="granneby") == ["Ett"]
    assert titles(grupp="B3") == ["Ett"]
    assert titles(q="finna ord") == ["Tre"]
    assert titles(faktor="finns-inte", spar="\x00") == ["Ett", "Tre", "Två"]


def test_swedish_letters_come_last(make_page: MakePage, client: Client) -> None:
    for title in ("Östersund", "Zonen", "Ängen", "Åren", "arv", "Café", "Cykel"):
        make_page(title)
    pages = client.get("/sidor/").context["pages"]
    assert [page.title for page in pages] == ["arv", "Café", "Cykel", "Zonen", "Åren", "Ängen", "Östersund"]


def test_a_factor_shows_who_says_what(
    make_page: MakePage, client: Client, catalogue: dict[str, Factor]
) -> None:
    make_page("Ett", tags=(tag(note="Alla visste."),))
    make_page("Två", tags=(tag(direction="hindering", note="Ingen visste."),))
    answer = client.get("/faktorer/gemensam-malbild/")
    said = {side.direction: [one.tag.page.title for one in side.said] for side in answer.context["sides"]}
    assert said == {"enabling": ["Ett"], "hindering": ["Två"]}
    assert "Ingen visste." in answer.text


def test_a_merged_factor_leads_to_the_other(
    make_page: MakePage, client: Client, catalogue: dict[str, Factor]
) -> None:
    make_page("Ett", body="[[faktor:gemensam-malbild]]", tags=(tag(),))
    other = next(factor for slug, factor in catalogue.items() if slug != "gemensam-malbild")
    Factor.objects.filter(slug="gemensam-malbild").update(status=Factor.Status.MERGED, merged_into=other)
    answer = client.get("/faktorer/gemensam-malbild/")
    assert (answer.status_code, answer["Location"]) == (302, other.get_absolute_url())
    # A merge can be undone: no browser is to remember where it led.
    assert "no-store" in answer["Cache-Control"]
    enabling, _ = client.get(other.get_absolute_url()).context["sides"]
    assert [one.tag.page.title for one in enabling.said] == ["Ett"]
    assert other.name in client.get("/sidor/ett/").text


def test_a_municipality_shows_its_pages(make_page: MakePage, client: Client, malmo: Municipality) -> None:
    make_page("Ett", municipalities=("1280",))
    answer = client.get("/kommuner/malmo/")
    assert [page.title for page in answer.context["pages"]] == ["Ett"]
    assert client.get("/kommuner/Malm%C3%B6/")["Location"] == "/kommuner/malmo/"


def test_every_edit_is_in_the_authors_municipality_of_then(
    page: Page, eva: User, malmo: Municipality
) -> None:
    eva.memberships.update(municipality=malmo)
    fresh = User.objects.get(pk=eva.pk)
    operations.edit(page, replace(page.content, body="Från Malmö."), base=1, by=fresh)
    names = Edit.objects.order_by("number").values_list("municipality__name", flat=True)
    assert list(names) == ["Mittköping", "Malmö"]
