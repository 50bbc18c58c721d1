"""Help while writing over HTTP: asked for by the form, in the preview, after saving; pages that are alike."""

from typing import Any

import pytest
from django.test import Client

from factors.models import Factor
from mittkoping.accounts.models import User
from tests.conftest import MakePage, form_of, signed_in, tag
from tests.wiki.drafting import EDIT
from wiki.content import MAX_BODY
from wiki.models import Page
from wiki.operations.archiving import archive

ADVICE = "/forhandsgranska/rad/"
FACTOR = "Vilken faktor handlar det här om, och vad bygger ni det på?"
STORY = (
    "Nattpersonalen provade trygghetskameror under vintern tillsammans med rektorn, undersköterskorna, "
    "systemförvaltaren och anhörigföreningen. Larmen kom fram snabbare, men mobiltäckningen i tvättstugan "
    "saknades fortfarande. Därför flyttade kommunen basstationen och skrev om rutinerna för dokumentation, "
    "överlämning, reservnycklar, laddning, felanmälan och utvärdering före sommaren. "
)


def kinds(client: Client, fields: dict[str, Any], address: str = ADVICE) -> list[str]:
    """What kinds of advice a form gets."""
    answer = client.post(address, fields)
    assert answer.status_code == 200
    return [each.kind for each in answer.context["advice"]]


def test_the_form_asks_for_advice_and_saves_nothing(page: Page, as_eva: Client) -> None:
    answer = as_eva.post(
        f"{ADVICE}?sida=skolan", form_of(page, body="## A\n\n#### B\n\nSe [här](https://a.se).")
    )
    assert [each.kind for each in answer.context["advice"]] == ["levels", "links", "factor"]
    assert 'data-advice-said="3 saker att tänka på."' in answer.text
    assert "Det gäller ”här”." in answer.text
    assert '<a href="#markningar" data-advice-field>Till nyckelfaktorerna</a>' in answer.text
    page.refresh_from_db()
    assert page.number == 1


def test_nothing_to_say_is_an_empty_answer(page: Page, as_eva: Client, factor: Factor) -> None:
    fields = {"tags-TOTAL_FORMS": "1", "tags-INITIAL_FORMS": "0", "tags-0-factor": "gemensam-malbild"}
    answer = as_eva.post(f"{ADVICE}?sida=skolan", form_of(page) | fields)
    assert answer.text.strip() == ""


def test_a_tag_that_is_taken_away_does_not_count(make_page: MakePage, as_eva: Client, factor: Factor) -> None:
    page = make_page(lead="Kort.", body="Text.", tags=(tag(),))
    address = f"{ADVICE}?sida=skolan"
    assert kinds(as_eva, form_of(page), address) == []
    rows = {"tags-TOTAL_FORMS": "1", "tags-INITIAL_FORMS": "1", "tags-0-key": page.tags[0]["key"]}
    kept = rows | {"tags-0-factor": "gemensam-malbild", "tags-0-direction": "enabling"}
    assert kinds(as_eva, form_of(page) | kept, address) == []
    assert kinds(as_eva, form_of(page) | kept | {"tags-0-DELETE": "on"}, address) == ["factor"]


def test_advice_is_for_those_who_have_signed_in_and_is_posted(
    page: Page, as_eva: Client, client: Client
) -> None:
    assert client.post(ADVICE, {"body": "Text."}).status_code == 403
    assert as_eva.get(ADVICE).status_code == 405


def test_a_text_that_is_too_long_gets_none(as_eva: Client) -> None:
    assert kinds(as_eva, {"title": "Ny", "body": "x" * (MAX_BODY + 1)}) == []
    assert kinds(as_eva, {"title": "Ny", "body": "x"}) == ["factor", "lead"]


@pytest.mark.parametrize(
    "fields", [{}, {"body": "\x00"}, {"tags-TOTAL_FORMS": "x"}, {"tags-TOTAL_FORMS": "9" * 9}]
)
def test_whatever_is_sent_gets_an_answer(as_eva: Client, fields: dict[str, str]) -> None:
    assert kinds(as_eva, fields) == []


def test_hostile_words_are_shown_as_words(as_eva: Client) -> None:
    body = "## A\n\n#### <script>alert(1)</script>\n\nText."
    answer = as_eva.post(ADVICE, {"title": "Ny", "body": body})
    assert "<script>" not in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text


def test_the_preview_begins_with_the_advice(page: Page, as_eva: Client) -> None:
    sent = form_of(page, body="Se [här](https://a.se).")
    for address, more in (("/forhandsgranska/?sida=skolan", {}), (EDIT, {"do": "preview"})):
        answer = as_eva.post(address, sent | more)
        assert answer.text.index("Att tänka på") < answer.text.index('id="forhandsvisning"')
        assert "Det gäller ”här”." in answer.text
    assert "Att tänka på" in as_eva.post("/forhandsgranska/", {"title": "Ny", "body": "Text."}).text


def test_a_part_is_advised_as_a_part(make_page: MakePage, as_eva: Client) -> None:
    page = make_page(body="## Mål\n\nText.\n\n### Delmål\n\nText.\n")
    sent = {"rubrik": "u-delmal", "body": "### Delmål\n\nSe [här](https://a.se).", "base": "1"}
    assert kinds(as_eva, sent, f"{ADVICE}?sida={page.slug}") == ["links"]


# Pages that are alike.


def alike(client: Client, **fields: str) -> list[str]:
    """The titles of the pages that are said to be like the one that is written."""
    address = fields.pop("address", ADVICE)
    answer = client.post(address, {"title": "", "lead": "Kort.", "body": "Text."} | fields)
    return [each.page.title for each in answer.context["advice"] if each.page]


def test_a_page_with_nearly_the_same_title_is_named_with_a_link(make_page: MakePage, as_eva: Client) -> None:
    make_page("Trygghetskameror på natten")
    make_page("Läsplattor i förskolan")
    assert alike(as_eva, title="Trygghetskameror om natten") == ["Trygghetskameror på natten"]
    answer = as_eva.post(ADVICE, {"title": "TRYGGHETSKAMEROR: natten"})
    assert (
        '<a href="/sidor/trygghetskameror-pa-natten/" target="_blank">'
        "Läs ”Trygghetskameror på natten” (öppnas i en ny flik)</a>"
    ) in answer.text


def test_a_page_with_most_of_the_same_words_is_named(make_page: MakePage, as_eva: Client) -> None:
    make_page("Kamerorna", body=f"## Bakgrund\n\n{STORY}\n")
    make_page("Annat", body="Helt andra ord står här. " * 20)
    told = f"{STORY.replace('vintern', 'hösten')}Ett nytt stycke till."
    assert alike(as_eva, title="Nattvila", body=told) == ["Kamerorna"]
    assert alike(as_eva, title="Nattvila", body=STORY[:120]) == []


def test_two_pages_from_one_template_are_not_alike_for_that(make_page: MakePage, as_eva: Client) -> None:
    hints = "".join(f"## Rubrik {n}\n\nSkriv här: {STORY}\n\n" for n in range(3))
    make_page("Orörd", body=hints)
    assert alike(as_eva, title="Ny", body=hints) == []


def test_the_page_itself_and_archived_ones_are_not_named(
    make_page: MakePage, as_eva: Client, rut: User
) -> None:
    page = make_page("Trygghetskameror på natten")
    sent = {"title": page.title}
    assert alike(as_eva, **sent) == [page.title]
    assert alike(as_eva, **sent, address=f"{ADVICE}?sida={page.slug}") == []
    archive(page, reason="Dubblett", by=rut)
    assert alike(as_eva, **sent) == []
    assert alike(signed_in(rut), **sent) == []


def test_no_more_than_two_are_named(make_page: MakePage, as_eva: Client) -> None:
    for number in range(3):
        make_page(f"Trygghetskameror på natten {number}")
    assert len(alike(as_eva, title="Trygghetskameror på natten")) == 2


def test_advice_costs_few_queries(
    make_page: MakePage, as_eva: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        make_page(f"Kameror {number}", body=f"{STORY} [[Skolan]]")
    sent = {"title": "Kameror", "body": f"{STORY} [[Skolan]] [[kommun:Malmö]] [[faktor:tillit]]"}
    with django_assert_max_num_queries(16) as asked:
        assert kinds(as_eva, sent)
    looking = [query["sql"] for query in asked.captured_queries if "LIKE" in query["sql"]]
    assert len(looking) <= 2


# Once it is saved.


def messages_after(client: Client, fields: dict[str, Any]) -> str:
    """What is said on the page that a save leads to."""
    answer = client.post(EDIT, fields, follow=True)
    assert answer.redirect_chain
    return answer.text


def test_a_writer_without_scripts_is_told_once_after_saving(page: Page, as_eva: Client) -> None:
    told = messages_after(as_eva, form_of(page, body="Nytt."))
    assert f'{FACTOR} <a href="/sidor/skolan/redigera/#markningar">Ändra i formuläret</a>' in told
    page.refresh_from_db()
    told = messages_after(as_eva, form_of(page, body="Skriv här: vad?"))
    assert f'Hjälptexter från mallen är kvar i texten. {FACTOR} <a href="/sidor/skolan/redigera/">' in told


def test_a_writer_whose_form_has_shown_the_advice_is_not_told_again(page: Page, as_eva: Client) -> None:
    told = messages_after(as_eva, form_of(page, body="Nytt.") | {"advised": "1"})
    assert "Sparat som version 2." in told
    assert FACTOR not in told


def test_nothing_is_said_of_a_page_that_is_tagged(
    make_page: MakePage, as_eva: Client, factor: Factor
) -> None:
    page = make_page(body="Text.", tags=(tag(),))
    told = messages_after(as_eva, form_of(page, body="Nytt."))
    assert "Sparat som version 2." in told
    assert FACTOR not in told


def test_a_proposal_is_told_of_too(page: Page, ada: User) -> None:
    told = messages_after(signed_in(ada), form_of(page, body="Nytt."))
    proposal = ada.proposals.get()
    assert f'{FACTOR} <a href="/granskning/forslag/{proposal.pk}/redigera/#markningar">' in told


def test_no_advice_ever_stops_a_save(page: Page, as_eva: Client) -> None:
    body = "#### A\n\nSkriv här: vad?\n\n| | |\n| --- | --- |\n| x | y |\n\nSe [här](https://a.se).\n"
    as_eva.post(EDIT, form_of(page, body=body, lead=""))
    page.refresh_from_db()
    assert (page.number, page.body) == (2, body)
