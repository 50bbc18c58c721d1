"""A factor's page: what is said of it, by whom, and what it comes to."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage, signed_in
from tests.wiki.saying import listed, real_municipality, row, say, text_of
from wiki.content import BEFORE, ENABLING, HINDERING
from wiki.models import Experience, FactorTag, Page

pytestmark = pytest.mark.django_db

ADDRESS = "/faktorer/gemensam-malbild/"
MAX_QUERIES = 14


def test_a_passage_is_quoted_with_its_page_and_its_municipality(
    page: Page, factor: Factor, malmo: Municipality, client: Client
) -> None:
    tag = say(
        page,
        factor,
        HINDERING,
        malmo,
        words="Ingen visste vart vi skulle.",
        strength=2,
        phase=BEFORE,
        tried="Vi ritade en karta.",
    )
    html = client.get(ADDRESS).text
    assert text_of(html, '<article class="said"', "</article>") == (
        "Ingen visste vart vi skulle. Provade: Vi ritade en karta. Malmö . Läs på sidan Skolan "
        "Konkret exempel, före förändringen. 1 mars 2024"
    )
    assert f'<a href="/sidor/skolan/#p-{tag.key}">Läs på sidan Skolan</a>' in html
    assert '<a class="said__by" href="/kommuner/malmo/">Malmö</a>' in html


def test_concrete_examples_come_first_and_then_the_newest(
    page: Page, factor: Factor, malmo: Municipality, client: Client
) -> None:
    for words, strength, days in (("gammalt", 2, 0), ("allmänt", 1, 9), ("nytt", 2, 5)):
        say(page, factor, ENABLING, malmo, words=words, strength=strength, days=days)
    assert listed(client) == {"enabling": ["nytt", "gammalt", "allmänt"], "hindering": []}


def test_what_a_whole_page_says_is_there_too(
    page: Page, factor: Factor, malmo: Municipality, client: Client
) -> None:
    say(page, factor, ENABLING, malmo, note="Alla visste.")
    article = text_of(client.get(ADDRESS).text, '<article class="said"', "</article>")
    assert article == "Hela sidan Alla visste. Malmö . Läs sidan Skolan Allmänt. 1 mars 2024"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (FactorTag.State.GONE, "Citatet finns inte längre i texten. Läs det i version 1"),
        (FactorTag.State.LOOK, "Texten har ändrats sedan orden valdes: citatet behöver ses över."),
    ],
)
def test_words_that_have_changed_say_so(
    page: Page, factor: Factor, malmo: Municipality, client: Client, state: str, sentence: str
) -> None:
    tag = say(page, factor, ENABLING, malmo, words="Alla visste.", state=state)
    html = client.get(ADDRESS).text
    assert sentence in text_of(html, '<article class="said"', "</article>")
    old = f'<a href="/sidor/skolan/version/1/#p-{tag.key}">'
    assert (old in html) == (state == FactorTag.State.GONE)


def test_what_counts_for_nobody_says_so_and_is_not_counted(
    page: Page, factor: Factor, malmo: Municipality, client: Client
) -> None:
    say(page, factor, ENABLING, None, words="Ett", claimed_for=malmo, days=1)
    say(page, factor, ENABLING, None, words="Två")
    answer = client.get(ADDRESS)
    section = text_of(answer.text, 'id="sager-enabling"')
    assert "Uppger Malmö (inte bekräftat, räknas inte)." in section
    assert "Ingen kommun (räknas inte)." in section
    assert answer.context["bar"] is None
    assert "factor-balance" not in answer.text


def test_municipalities_are_counted_and_not_tags(
    page: Page, factor: Factor, malmo: Municipality, client: Client
) -> None:
    lund = real_municipality("1281", "Lund")
    for _ in range(3):
        say(page, factor, HINDERING, malmo, words="Det tog stopp.")
    say(page, factor, ENABLING, malmo, words="Det gick.")
    say(page, factor, ENABLING, lund, words="Det gick här.")
    html = client.get(ADDRESS).text
    assert text_of(html, '<table class="factor-balance__numbers">', "</table>") == (
        "Så många kommuner säger att den hämmar och att den främjar hämmar båda delarna främjar "
        "1 kommun 1 av dem 2 kommuner"
    )
    assert "2 kommuner, 5 märkningar på 1 sida." in text_of(html, 'id="sager"')
    assert '<rect class="factor-balance__hindering" x="50.0" y="3" width="50.0"' in html
    assert '<rect class="factor-balance__enabling" x="100" y="3" width="100.0"' in html


def test_invented_municipalities_are_shown_but_counted_only_in_the_demo(
    page: Page, factor: Factor, granneby: Municipality, client: Client, settings: Any
) -> None:
    say(page, factor, ENABLING, granneby, words="Det gick.")
    outside = client.get(ADDRESS)
    assert "Granneby (påhittad)." in text_of(outside.text, 'id="sager-enabling"')
    assert outside.context["bar"] is None
    settings.DEMO = True
    inside = client.get(ADDRESS)
    assert "1 kommun, 1 märkning på 1 sida (inkl. påhittade)." in text_of(inside.text, 'id="sager"')
    assert "Påhittade kommuner Granneby" in text_of(inside.text, 'id="vilka"')


def test_the_list_is_narrowed_by_track_and_group(
    make_page: MakePage, factor: Factor, malmo: Municipality, client: Client
) -> None:
    ystad = real_municipality("1286", "Ystad", group="C8")
    school, health = make_page("Ett", tracks=("skola",)), make_page("Två", tracks=("halsa",))
    say(school, factor, ENABLING, malmo, words="skola malmö", days=3)
    say(school, factor, ENABLING, ystad, words="skola ystad", days=2)
    say(health, factor, ENABLING, ystad, words="hälsa ystad", days=1)
    assert listed(client)["enabling"] == ["skola malmö", "skola ystad", "hälsa ystad"]
    assert listed(client, "?spar=skola")["enabling"] == ["skola malmö", "skola ystad"]
    assert listed(client, "?grupp=C8")["enabling"] == ["skola ystad", "hälsa ystad"]
    assert listed(client, "?spar=skola&grupp=C8")["enabling"] == ["skola ystad"]
    assert listed(client, "?spar=halsa&grupp=A1") == {"enabling": [], "hindering": []}
    assert "Inget passar det du har valt." in client.get(f"{ADDRESS}?spar=halsa&grupp=A1").text


def test_a_facet_that_does_not_exist_says_so_and_shows_everything(
    page: Page, factor: Factor, malmo: Municipality, client: Client
) -> None:
    say(page, factor, ENABLING, malmo, words="Det gick.")
    answer = client.get(f"{ADDRESS}?grupp=Z9&spar=rymden&riktning=uppat&sida=hej")
    assert answer.status_code == 200
    assert [side.total for side in answer.context["sides"]] == [1, 0]
    for facet in ("Kommungrupp", "Inriktning", "Riktning"):
        assert f"{facet}: det du valde finns inte, så allt visas." in answer.text


def test_one_direction_is_listed_page_by_page(
    page: Page, factor: Factor, malmo: Municipality, client: Client
) -> None:
    FactorTag.objects.bulk_create(
        row(page, factor, HINDERING, malmo, words=f"nummer {at}", days=-at) for at in range(45)
    )
    overview = client.get(ADDRESS)
    assert listed(client)["hindering"] == [f"nummer {at}" for at in range(5)]
    assert '<a class="onward" href="/faktorer/gemensam-malbild/?riktning=hammar">' in overview.text
    assert "Visa alla 45 som säger att den hämmar" in overview.text
    assert listed(client, "?riktning=hammar")["hindering"] == [f"nummer {at}" for at in range(20)]
    last = client.get(f"{ADDRESS}?riktning=hammar&sida=3")
    assert [one.tag.words for one in last.context["sides"][0].said] == [
        f"nummer {at}" for at in range(40, 45)
    ]
    assert 'href="?riktning=hammar&amp;sida=2"' in last.text
    assert '<meta name="robots" content="noindex, follow">' in last.text
    assert "noindex" not in overview.text


def test_other_municipalities_that_agree_are_counted_of_all_real_ones(
    page: Page,
    factor: Factor,
    malmo: Municipality,
    granneby: Municipality,
    bo: User,
    client: Client,
    settings: Any,
) -> None:
    settings.DEMO = True
    lund = real_municipality("1281", "Lund")
    tag = say(page, factor, HINDERING, malmo, words="Det tog stopp.")
    for whose, applies in ((lund, True), (granneby, False)):
        Experience.objects.create(page=page, key=tag.key, municipality=whose, user=bo, applies=applies)
    article = text_of(client.get(ADDRESS).text, '<article class="said"', "</article>")
    assert "Gäller även 1 av 2 kommuner" in article
    assert "Av påhittade kommuner: gäller 0, gäller inte 1." in article


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (Factor.Status.RETIRED, "Avslutad nyckelfaktor"),
        (Factor.Status.PROPOSED, "Föreslagen nyckelfaktor"),
    ],
)
def test_a_factor_that_may_not_be_chosen_says_so(
    factor: Factor, client: Client, status: str, sentence: str
) -> None:
    assert sentence not in client.get(ADDRESS).text
    Factor.objects.update(status=status)
    assert sentence in client.get(ADDRESS).text


def test_the_page_leads_to_what_the_reader_may_do(
    factor: Factor, eva: User, rut: User, client: Client
) -> None:
    ways = {
        "history": "/faktorer/gemensam-malbild/historik/",
        "edit": "/faktorer/gemensam-malbild/redigera/",
        "merge": "/faktorer/gemensam-malbild/sla-ihop/",
        "retire": "/faktorer/gemensam-malbild/avsluta/",
        "sheet": "/faktorer/gemensam-malbild/motesblad/",
        "elsewhere": "/data/nyckelfaktorer.qdc",
    }

    def shown(reader: Client) -> set[str]:
        html = reader.get(ADDRESS).text
        return {name for name, way in ways.items() if f'href="{way}"' in html}

    assert shown(client) == {"history", "sheet", "elsewhere"}
    assert shown(signed_in(eva)) == {"history", "sheet", "elsewhere", "edit"}
    assert shown(signed_in(rut)) == set(ways)


@pytest.mark.parametrize("query", ["", "?spar=skola&grupp=A1", "?riktning=hammar&sida=40"])
def test_two_thousand_passages_take_few_queries_and_a_short_page(
    make_page: MakePage,
    catalogue: dict[str, Factor],
    factor: Factor,
    malmo: Municipality,
    eva: User,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    query: str,
) -> None:
    many(make_page, catalogue, factor, malmo, eva)
    with django_assert_max_num_queries(MAX_QUERIES):
        answer = client.get(f"{ADDRESS}{query}")
    assert not answer.cookies
    assert 10 <= answer.text.count('<article class="said"') <= 20
    assert len(answer.text) < 120_000


def many(
    make_page: MakePage, catalogue: dict[str, Factor], factor: Factor, malmo: Municipality, eva: User
) -> None:
    """Passages by the thousand, with everything that the page shows of them."""
    pages = [make_page(f"Sida {at}", tracks=("skola",)) for at in range(4)]
    FactorTag.objects.bulk_create(
        row(
            pages[at % 4],
            factor,
            (ENABLING, HINDERING)[at // 1000],
            malmo,
            words=f"nummer {at}",
            days=-at,
            tried="Något." if at > 1500 else "",
        )
        for at in range(2000)
    )
    for page in pages:
        say(page, catalogue["oppenhet"], HINDERING, malmo)
    keys = FactorTag.objects.filter(factor=factor).values_list("page", "key")
    Experience.objects.bulk_create(
        Experience(page_id=page, key=key, municipality=malmo, user=eva, applies=True) for page, key in keys
    )
