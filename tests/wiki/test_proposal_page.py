"""The page of a proposal: what readers and its author see, and who may read it."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from mittkoping.accounts.models import Membership, User
from mittkoping.log.models import LogEntry
from mittkoping.text.sanitize import inert
from tests.conftest import MakePage, signed_in
from tests.wiki.review_form import (
    BODY,
    move_on,
    read,
    seen,
    url,
)
from tests.wiki.seen import Seen
from wiki import operations
from wiki.models import Page, Proposal

NEW = "Vi började i mycket liten skala.\n\nSedan växte det.\n\nTill sist var alla med på tåget.\n"
TOKEN = "csrfmiddlewaretoken"


@pytest.fixture
def page(make_page: MakePage) -> Page:
    """A page with three passages."""
    return make_page("Skolan", lead="Om skolan.", body=BODY)


@pytest.fixture
def proposal(page: Page, ada: User) -> Proposal:
    """Ada wants to change the first passage and the last."""
    content = replace(page.content, body=NEW)
    return operations.propose(page, content, base=1, summary="Skriver tydligare", by=ada)


def test_a_newcomers_proposal_is_for_those_who_have_signed_in(
    proposal: Proposal, client: Client, bo: User
) -> None:
    assert client.get(url(proposal)).status_code == 404
    assert "Till sist var alla med på tåget." in read(signed_in(bo), proposal)


def test_everybody_reads_the_proposals_of_somebody_who_has_published(
    proposal: Proposal, page: Page, ada: User, rut: User, client: Client
) -> None:
    operations.accept(proposal, revision=1, by=rut)
    page.refresh_from_db()
    again = operations.propose(page, replace(page.content, lead="Kort om skolan."), base=2, by=ada)
    answer = client.get(url(again))
    assert answer.status_code == 200
    assert "Kort om skolan." in answer.text
    assert not answer.cookies
    assert TOKEN not in answer.text
    assert "Fortsätt skriva" not in answer.text
    assert "Dölj" not in answer.text


def test_a_reader_sees_who_proposes_what_from_where_and_how_long_it_has_waited(
    proposal: Proposal, bo: User
) -> None:
    shown = read(signed_in(bo), proposal)
    for words in (
        "Förslag till ändring",
        "Ada Lind , uppger Mittköping",
        "väntar på granskning",
        "har väntat mindre än en minut",
        "utgår från version 1",
        "”Skriver tydligare”",
        "Vad förslaget ändrar i version 1",
    ):
        assert words in shown
    assert "Publicera det valda" not in shown


def test_a_municipality_that_a_moderator_has_confirmed_is_told_as_it_is(
    proposal: Proposal, ada: User, bo: User
) -> None:
    Membership.objects.filter(user=ada).update(role=Membership.Role.EDITOR)
    shown = read(signed_in(bo), proposal)
    assert "Ada Lind , Mittköping" in shown
    assert "uppger" not in shown


def test_text_that_nobody_has_published_leads_nowhere(page: Page, ada: User, rut: User, bo: User) -> None:
    body = "Se [vår butik](https://butik.example/) och [[Skolan]].\n\n![bild](/media/a.png)\n\n<b>fet</b>\n"
    proposal = operations.propose(page, replace(page.content, body=body), base=1, by=ada)
    for who, query in ((bo, ""), (rut, "?visa=sidan")):
        text = signed_in(who).get(url(proposal) + query).text
        drawn = text.partition('id="forslagstext"')[2].partition("</div>")[0]
        assert "vår butik" in drawn
        assert "&lt;b&gt;fet&lt;/b&gt;" in drawn
        assert Seen(text).faults == []
        assert re.search(r"<(a|img)\b|href|src=", drawn) is None


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        ('<p>Se <a class="wl" href="/sidor/x/">x <em>y</em></a>.</p>', "<p>Se x <em>y</em>.</p>"),
        ('<p><img src="/media/a.png" alt="b">c</p>', "<p>c</p>"),
        ('<p>&lt;a href="x"&gt;</p>', '<p>&lt;a href="x"&gt;</p>'),
        ('<h2 id="u-mal">Mål</h2>', '<h2 id="u-mal">Mål</h2>'),
        ("<p><svg><a href=x>y</a></svg><A HREF=x>z</p>", "<p>z</p>"),
        ('<p onclick="x" style="y">a<script>b</script></p>', "<p>a</p>"),
    ],
)
def test_inert_text_has_no_link_and_no_image(markup: str, left: str) -> None:
    assert inert(markup) == left
    assert inert(left) == left


def test_the_author_sees_the_place_in_the_queue_and_what_there_is_to_do(
    proposal: Proposal, page: Page, ada: User, eva: User
) -> None:
    shown = read(signed_in(ada), proposal)
    assert "Plats 2 i kön." in shown  # eva's new page, which nobody has reviewed, came before
    assert "Fortsätt skriva Dra tillbaka" in shown
    move_on(page, eva, BODY + "\nEtt stycke till.\n")
    assert "Fortsätt skriva Uppdatera till den nya versionen Dra tillbaka" in read(signed_in(ada), proposal)


def test_the_author_is_told_who_looks_at_the_proposal(proposal: Proposal, ada: User, rut: User) -> None:
    operations.take_claim(proposal.review_item, by=rut)
    shown = read(signed_in(ada), proposal)
    assert "Rut Alm granskar det just nu. Under tiden kan du inte ändra det." in shown
    assert "Fortsätt skriva" not in shown


def test_everybody_reads_why_a_proposal_was_rejected(proposal: Proposal, rut: User, bo: User) -> None:
    operations.reject(proposal, revision=1, reason="Säg hur ni gjorde.", by=rut)
    shown = read(signed_in(bo), proposal)
    assert "avslaget" in shown
    assert "av Rut Alm. Säg hur ni gjorde." in shown
    assert "Till sist var alla med på tåget." in shown


def test_a_published_proposal_leads_to_its_version(
    proposal: Proposal, page: Page, rut: User, bo: User
) -> None:
    signed_in(rut).post(
        url(proposal, "beslut/"), {"do": "accept", "revision": "1", "number": "1", "andring-body-0": "on"}
    )
    answer = signed_in(bo).get(url(proposal))
    assert "Publicerat som version 2 , 1 av 2 ändringar." in seen(answer.text)
    assert 'href="/sidor/skolan/version/2/"' in answer.text


def test_ones_own_proposal_shows_no_decision(page: Page, ada: User) -> None:
    proposal = operations.propose(page, replace(page.content, lead="Nytt."), base=1, by=ada)
    ada.is_moderator = True
    ada.save(update_fields=["is_moderator"])
    make_second_factor(ada)
    shown = read(signed_in(ada), proposal)
    assert "Det här är ditt eget förslag. En annan moderator får avgöra det." in shown
    assert "Publicera det valda" not in shown


def make_second_factor(user: User) -> None:
    """Let a moderator act as one."""
    user.authenticator_set.create(type="totp", data={})


def test_a_proposal_for_an_archived_page_cannot_be_decided_on(
    proposal: Proposal, page: Page, rut: User, bo: User
) -> None:
    operations.archive(page, reason="Dubblett.", by=rut)
    shown = read(signed_in(rut), proposal)
    assert "Förslaget kan avgöras när sidan är tillbaka ur arkivet." in shown
    assert "Publicera det valda" not in shown
    assert signed_in(bo).get(url(proposal)).status_code == 404


def test_a_moderator_hides_a_proposal_and_shows_it_again(proposal: Proposal, rut: User, bo: User) -> None:
    client = signed_in(rut)
    answer = client.post(url(proposal, "dolj/"), {"do": "hide", "reason": " "})
    assert answer.status_code == 200
    assert "Skriv varför förslaget döljs." in answer.text
    assert signed_in(bo).get(url(proposal)).status_code == 200
    assert client.post(url(proposal, "dolj/"), {"do": "hide", "reason": "Påhopp."}).status_code == 302
    assert signed_in(bo).get(url(proposal)).status_code == 404
    assert "Förslaget är dolt. Bara moderatorer ser det. Påhopp." in read(client, proposal)
    assert client.post(url(proposal, "dolj/"), {"do": "show"}).status_code == 302
    assert signed_in(bo).get(url(proposal)).status_code == 200


def test_pressing_the_button_twice_hides_a_proposal_once(proposal: Proposal, rut: User) -> None:
    client = signed_in(rut)
    for reason in ("Påhopp.", "Reklam."):
        assert client.post(url(proposal, "dolj/"), {"do": "hide", "reason": reason}).status_code == 302
    assert "Förslaget är redan dolt." in client.get(url(proposal)).text
    proposal.refresh_from_db()
    assert proposal.hidden_reason == "Påhopp."
    for _ in range(2):
        assert client.post(url(proposal, "dolj/"), {"do": "show"}).status_code == 302
    acts = LogEntry.objects.about(proposal).values_list("act", flat=True)
    assert list(acts) == [LogEntry.Act.SHOW_PROPOSAL, LogEntry.Act.HIDE_PROPOSAL]


@pytest.mark.parametrize(("deed", "reason"), [("hide", "Gillar det inte."), ("hide", " "), ("show", "")])
def test_only_moderators_hide_proposals(proposal: Proposal, bo: User, deed: str, reason: str) -> None:
    answer = signed_in(bo).post(url(proposal, "dolj/"), {"do": deed, "reason": reason})
    assert answer.status_code == 403
    proposal.refresh_from_db()
    assert not proposal.is_hidden
