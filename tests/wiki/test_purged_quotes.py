"""What only hidden versions say is not said by tags: on pages, in lists, in files; nothing leads there."""

from dataclasses import replace

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import MakePage, signed_in, tag
from tests.wiki.purge_setup import hide
from wiki import operations
from wiki.exporting.page_files import page_as_html, page_as_json
from wiki.models import FactorTag, Page, Proposal
from wiki.operations.projecting import carry_tags
from wiki.passages import choose

pytestmark = pytest.mark.usefixtures("catalogue")

KEY = "5c0d1f4e-0000-4000-8000-000000000001"
QUOTE = "Kalle Karlsson sa nej till allt"
BODY = f"Vi hade ett skåp.\n\n{QUOTE}. Sedan gick vi hem."
SECRET = "Citatet är dolt."
PLACES = (
    "/sidor/skolan/",
    "/sidor/skolan/version/3/",
    f"/sidor/skolan/markning/{KEY}/",
    "/faktorer/mod-att-prova/",
    "/data/markningar.csv",
    "/data/markningar.json",
)


@pytest.fixture
def quoting(make_page: MakePage, eva: User, bo: User) -> Page:
    """Version 2 has a tag on the words, version 3 has the tag but not the words."""
    page = make_page("Skolan", body=BODY)
    start = page.plain.index(QUOTE)
    passage = choose(page, 1, start, start + len(QUOTE))
    made = tag(KEY, factor="mod-att-prova", author=eva.pk, passage=passage)
    operations.tag_passage(page, made, base=1, by=eva)
    page.refresh_from_db()
    content = replace(page.content, body="Vi hade ett skåp.\n\nEtt annat stycke om helt andra saker.")
    operations.edit(page, content, base=2, by=bo)
    page.refresh_from_db()
    return page


def read(address: str, client: Client) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer).decode() if answer.streaming else answer.text


def files(page: Page) -> tuple[str, str]:
    return page_as_html(page, slugs=[]), "".join(page_as_json(page))


@pytest.mark.parametrize("address", PLACES)
def test_the_quote_of_a_hidden_version_is_shown_nowhere(
    quoting: Page, rut: User, client: Client, address: str
) -> None:
    assert "Kalle Karlsson" in read(address, client)
    hide(quoting, [1, 2], by=rut)
    shown = read(address, client)
    assert "Kalle Karlsson" not in shown
    assert (SECRET in shown) == (not address.startswith("/data/"))
    assert "/sidor/skolan/version/1/#p-" not in shown


def test_files_and_comparisons_do_not_say_it(quoting: Page, eva: User, rut: User, client: Client) -> None:
    """The tag came in version 2; in version 4 it is gone."""
    operations.untag(quoting, KEY, base=3, by=eva)
    assert "Kalle Karlsson" in read("/sidor/skolan/jamfor/3/4/", client)
    assert "Kalle Karlsson" in files(quoting)[1]
    hide(quoting, [1, 2], by=rut)
    quoting.refresh_from_db()
    shown = read("/sidor/skolan/jamfor/3/4/", client)
    assert "Kalle Karlsson" not in shown
    assert SECRET in shown
    assert "Kalle Karlsson" not in files(quoting)[1]
    former = read(f"/sidor/skolan/markning/{KEY}/", client)
    assert "Kalle Karlsson" not in former
    assert SECRET in former


def test_an_exported_page_says_what_is_lost_and_what_is_hidden(quoting: Page, rut: User) -> None:
    lost = files(quoting)[0]
    assert f"”{QUOTE}” Citatet finns inte längre i texten. Det står i version 1." in lost
    hide(quoting, [1, 2], by=rut)
    hidden = files(quoting)[0]
    assert f"{SECRET} Citatet finns inte längre i texten." in hidden
    assert "Kalle Karlsson" not in hidden


def test_the_form_of_the_page_does_not_say_it(quoting: Page, eva: User, rut: User) -> None:
    assert "Kalle Karlsson" in read("/sidor/skolan/redigera/", signed_in(eva))
    hide(quoting, [1, 2], by=rut)
    shown = read("/sidor/skolan/redigera/", signed_in(eva))
    assert "Kalle Karlsson" not in shown
    assert SECRET in shown


def test_words_that_go_after_their_version_was_hidden_are_not_kept(
    make_page: MakePage, eva: User, rut: User
) -> None:
    page = make_page("Skolan", body=BODY)
    start = page.plain.index(QUOTE)
    made = tag(KEY, factor="mod-att-prova", author=eva.pk, passage=choose(page, 1, start, start + len(QUOTE)))
    operations.tag_passage(page, made, base=1, by=eva)
    hide(page, [1], by=rut)
    assert FactorTag.objects.get().words == QUOTE
    operations.edit(page, replace(page.content, body="Något helt annat."), base=2, by=eva)
    row = FactorTag.objects.get()
    assert (row.state, row.words, row.passage_version) == ("gone", "", 1)
    page.refresh_from_db()
    carry_tags(page, "Vi hade ett skåp.")
    assert FactorTag.objects.get().words == ""


def test_nothing_leads_to_a_hidden_version(quoting: Page, rut: User, client: Client) -> None:
    places = ("/sidor/skolan/", f"/sidor/skolan/markning/{KEY}/", "/faktorer/mod-att-prova/")
    for address in places:
        assert "Läs det i version 1" in read(address, client)
    hide(quoting, [1], by=rut)
    for address in places:
        shown = read(address, client)
        assert "Läs det i version 1" not in shown
        assert "Versionen är dold." in shown


def test_the_moderator_is_told_which_tag_says_the_words(quoting: Page, rut: User) -> None:
    shown = read("/sidor/skolan/version/2/dolj/?ord=Kalle+Karlsson", signed_in(rut))
    assert "Orden står i märkningar" in shown
    assert f'href="/sidor/skolan/markning/{KEY}/"' in shown


def test_a_proposal_that_is_left_does_not_say_it(quoting: Page, ada: User, rut: User) -> None:
    [old] = quoting.content.tags
    content = replace(quoting.content, tags=(replace(old, note="Så var det."),))
    proposal = operations.edit(quoting, content, base=3, by=ada)
    assert isinstance(proposal, Proposal)
    place = proposal.get_absolute_url()
    places = (place, f"{place}?visa=andringar", f"{place}?visa=sidan")
    before = "".join(read(address, signed_in(rut)) for address in places)
    assert "Kalle Karlsson" in before
    hide(quoting, [1, 2], by=rut)
    for address in places:
        assert "Kalle Karlsson" not in read(address, signed_in(rut))
