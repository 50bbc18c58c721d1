"""A municipality's page: what it has written, what it says of factors, and who is like it."""

from uuid import UUID

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage, signed_in
from tests.wiki.saying import real_municipality, row, say, text_of
from wiki import operations
from wiki.content import ENABLING, HINDERING
from wiki.models import Experience, FactorTag, Page

pytestmark = pytest.mark.django_db

ADDRESS = "/kommuner/malmo/"
MAX_QUERIES = 16


def test_the_profile_quotes_the_passages_of_each_factor(
    make_page: MakePage, catalogue: dict[str, Factor], malmo: Municipality, client: Client
) -> None:
    ett, två = make_page("Ett"), make_page("Två")
    say(ett, catalogue["gemensam-malbild"], HINDERING, malmo, words="Det tog stopp.", strength=2)
    say(två, catalogue["gemensam-malbild"], HINDERING, malmo, note="Igen.", strength=2)
    tag = say(ett, catalogue["oppenhet"], ENABLING, malmo, words="Alla fick se.")
    say(ett, catalogue["oppenhet"], HINDERING, malmo, words="Alla såg felen.")
    say(ett, catalogue["tillit"], ENABLING, None, claimed_for=malmo, words="Räknas inte.")
    html = client.get(ADDRESS).text
    section = text_of(html, 'id="profil"')
    assert "1 kommun, 4 märkningar på 2 sidor." in section
    assert "Gemensam målbild ▼▼ hämmar tydligt hämmar: 2 Läs om Gemensam målbild Hämmar" in section
    assert "Öppenhet ◆ blandat främjar: 1, hämmar: 1 Läs om Öppenhet Hämmar Alla såg felen." in section
    assert f'<a href="/sidor/ett/#p-{tag.key}">Ett</a>' in html
    assert "Räknas inte." not in html
    assert html.count('<details class="profile__row" open>') == 2


def test_a_long_profile_is_folded(
    page: Page, catalogue: dict[str, Factor], malmo: Municipality, client: Client
) -> None:
    for factor in list(catalogue.values())[:4]:
        say(page, factor, ENABLING, malmo, words="Det gick.")
    html = client.get(ADDRESS).text
    assert html.count('<details class="profile__row">') == 4
    assert 'class="profile__row" open' not in html


def test_a_hindrance_without_help_is_an_open_question_that_leads_to_others(
    page: Page, catalogue: dict[str, Factor], malmo: Municipality, client: Client
) -> None:
    lund = real_municipality("1281", "Lund")
    say(page, catalogue["gemensam-malbild"], HINDERING, malmo, words="Det tog stopp.")
    say(page, catalogue["tillit"], HINDERING, malmo, words="Ingen litade på oss.")
    say(page, catalogue["gemensam-malbild"], ENABLING, lund, words="Det gick.")
    html = client.get(ADDRESS).text
    section = text_of(html, 'id="oppna-fragor"')
    assert "Gemensam målbild Läs vad 1 kommun skriver, där den främjar" in section
    assert "Tillit Ingen annan har ännu skrivit att den främjar." in section
    way = "/insikter/hinder-och-mojliggorare/?kommun=malmo&amp;faktor=gemensam-malbild"
    assert f'href="{way}"' in html


def test_what_it_answers_others_is_quoted(
    page: Page, catalogue: dict[str, Factor], malmo: Municipality, eva: User, client: Client
) -> None:
    lund = real_municipality("1281", "Lund")
    tag = say(page, catalogue["oppenhet"], ENABLING, lund, words="Alla fick se.")
    answers = {
        tag.key: (True, "Hos oss också."),
        UUID("00000000-0000-4000-8000-000000000009"): (False, "Den är borta."),
    }
    for key, (applies, line) in answers.items():
        Experience.objects.create(
            page=page, key=key, municipality=malmo, user=eva, applies=applies, line=line
        )
    hidden = say(page, catalogue["oppenhet"], ENABLING, lund, words="Dolt svar.")
    Experience.objects.create(
        page=page,
        key=hidden.key,
        municipality=malmo,
        user=eva,
        applies=True,
        line="Dold rad.",
        hidden_at=tag.made_at,
    )
    html = client.get(ADDRESS).text
    section = text_of(html, 'id="svar"')
    assert "Gäller även oss : Hos oss också. Alla fick se. främjar Öppenhet. Läs på sidan Skolan" in section
    assert "Inte hos oss : Den är borta. Märkningen som svaret gäller finns inte kvar" in section
    assert "Dold rad." not in html


def test_those_like_it_are_named_with_the_reasons_and_no_number_for_likeness(
    page: Page, catalogue: dict[str, Factor], malmo: Municipality, client: Client
) -> None:
    Municipality.objects.filter(pk=malmo.pk).update(population=1000)
    goteborg = real_municipality("1480", "Göteborg", population=1080)
    real_municipality("1286", "Ystad", group="C8", population=90_000)
    for whose in (malmo, goteborg):
        say(page, catalogue["oppenhet"], ENABLING, whose, words="Alla fick se.")
    html = client.get(ADDRESS).text
    section = text_of(html, 'id="liknar"')
    assert section.startswith(
        'id="liknar">Kommuner som liknar Malmö Efter kommungrupp, invånare och vad de har skrivit. '
        "De som har något att läsa står först. Göteborg Samma kommungrupp: A1 Storstäder "
        "Ungefär lika många invånare (högst 10 % fler eller färre) "
        "Skriver samma sak om: Öppenhet (främjar) Fler kommuner"
    )
    assert "Ystad" not in section


def test_a_municipality_that_has_written_nothing_reads_what_those_like_it_have_written(
    page: Page, catalogue: dict[str, Factor], malmo: Municipality, client: Client
) -> None:
    goteborg = real_municipality("1480", "Göteborg")
    say(page, catalogue["oppenhet"], ENABLING, goteborg, words="Alla fick se.")
    html = client.get(ADDRESS).text
    assert "Malmö har inte skrivit någon sida ännu." in html
    assert 'href="/sidor/ny/"' in html
    assert "Det här har de skrivit främjar Öppenhet Alla fick se. Göteborg ." in text_of(html, 'id="liknar"')
    assert 'id="profil"' not in html
    say(page, catalogue["oppenhet"], ENABLING, malmo, words="Vi med.")
    assert "Det här har de skrivit" not in client.get(ADDRESS).text


def test_an_invented_municipality_is_marked_and_has_its_profile(
    page: Page, catalogue: dict[str, Factor], granneby: Municipality, client: Client
) -> None:
    say(page, catalogue["oppenhet"], ENABLING, granneby, words="Alla fick se.")
    html = client.get("/kommuner/granneby/").text
    assert "Den räknas aldrig med bland de riktiga." in html
    assert "1 kommun, 1 märkning på 1 sida (inkl. påhittade)." in text_of(html, 'id="profil"')
    assert "Mittköping (påhittad) Samma kommungrupp" in text_of(html, 'id="liknar"')


def test_real_municipalities_are_not_compared_with_invented_ones(
    page: Page, catalogue: dict[str, Factor], malmo: Municipality, granneby: Municipality, client: Client
) -> None:
    for whose in (malmo, granneby):
        say(page, catalogue["oppenhet"], ENABLING, whose, words="Alla fick se.")
    answer = client.get(ADDRESS)
    assert answer.context["neighbours"] == ()
    assert "Granneby" not in answer.text


def test_only_members_and_moderators_are_led_to_the_export(
    eva: User, bo: User, rut: User, client: Client
) -> None:
    def is_led(reader: Client) -> bool:
        return 'href="/kommuner/mittkoping/export/"' in reader.get("/kommuner/mittkoping/").text

    assert [is_led(reader) for reader in (client, signed_in(bo), signed_in(eva), signed_in(rut))] == [
        False,
        False,
        True,
        True,
    ]


def test_the_latest_pages_are_shown_and_the_rest_is_a_list(
    make_page: MakePage, malmo: Municipality, client: Client
) -> None:
    for at in range(13):
        make_page(f"Sida {at}", municipalities=("1280",))
    answer = client.get(ADDRESS)
    assert [page.title for page in answer.context["pages"]] == [f"Sida {at}" for at in range(12, 0, -1)]
    assert '<a class="onward" href="/sidor/?kommun=malmo">Visa alla 13 sidor' in answer.text


def test_much_takes_few_queries_and_a_page_that_can_be_read(
    make_page: MakePage,
    catalogue: dict[str, Factor],
    malmo: Municipality,
    eva: User,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    pages = [make_page(f"Sida {at}", municipalities=("1280",)) for at in range(14)]
    operations.edit(pages[0], pages[0].content.__class__(title="Sida 0", body="Ny."), base=1, by=eva)
    lund = real_municipality("1281", "Lund")
    factors = list(catalogue.values())
    FactorTag.objects.bulk_create(
        row(pages[at % 14], factors[at % 30], (HINDERING, ENABLING)[at % 4 == 3], whose, words=f"Nummer {at}")
        for whose in (malmo, lund)
        for at in range(1000)
    )
    for tag in FactorTag.objects.filter(counted_for=lund)[:30]:
        Experience.objects.create(page=tag.page, key=tag.key, municipality=malmo, user=eva, applies=True)
    with django_assert_max_num_queries(MAX_QUERIES):
        answer = client.get(ADDRESS)
    assert not answer.cookies
    assert len(answer.context["profile"].rows) == 30
    assert len(answer.context["answered"]) == 10
    assert len(answer.text) < 400_000
