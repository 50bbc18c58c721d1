"""The review screen of a proposal: what a moderator sees."""

from dataclasses import replace

import pytest

from factors.models import Factor
from mittkoping.accounts.models import Membership, User
from tests.conftest import MakePage, signed_in, tag
from tests.wiki.review_form import BODY, count_queries, move_on, read, seen, url
from wiki import operations
from wiki.content import Content
from wiki.models import Page, Proposal
from wiki.screening import changed

NEW = "Vi började i mycket liten skala.\n\nSedan växte det.\n\nTill sist var alla med på tåget.\n"


@pytest.fixture
def page(make_page: MakePage) -> Page:
    """A page with three passages."""
    return make_page("Skolan", lead="Om skolan.", body=BODY)


@pytest.fixture
def proposal(page: Page, ada: User) -> Proposal:
    """Ada wants to change the first passage and the last."""
    content = replace(page.content, body=NEW)
    return operations.propose(page, content, base=1, summary="Skriver tydligare", by=ada)


def test_a_moderator_sees_each_change_before_and_after(proposal: Proposal, rut: User) -> None:
    shown = read(signed_in(rut), proposal)
    assert "2 ställen ändras" in shown
    assert (
        "Ställe 1: Text Nu på sidan Vi började i liten skala. "
        "Efter ändringen Vi började i Tillagt: mycket liten skala." in shown
    )
    assert (
        "Ställe 2: Text Nu på sidan Till sist var alla med. "
        "Efter ändringen Till sist var alla med Tillagt: på tåget ." in shown
    )
    assert "Sedan växte det." not in shown


def test_a_moderator_sees_the_page_as_it_becomes(proposal: Proposal, rut: User) -> None:
    answer = signed_in(rut).get(url(proposal) + "?visa=sidan")
    text = answer.text.partition('id="forslagstext"')[2].partition("</div>")[0]
    assert '<ins><span class="ds-sr-only">Tillagt' in text
    assert "mycket" in text
    assert "Sedan växte det." in text
    assert '<input type="hidden" name="andring-body-0" value="on">' in answer.text


def test_a_moderator_sees_the_source(proposal: Proposal, rut: User) -> None:
    shown = read(signed_in(rut), proposal, "?visa=kalltext")
    assert "Ändrat Vi började i mycket liten skala. Sedan växte det. Ändrat Till sist" in shown


def test_a_view_that_does_not_exist_shows_the_changes(proposal: Proposal, rut: User) -> None:
    assert "2 ställen ändras" in read(signed_in(rut), proposal, "?visa=baksidan")


def test_a_conflict_is_shown_in_its_three_forms(
    proposal: Proposal, page: Page, eva: User, rut: User, ada: User
) -> None:
    move_on(page, eva, BODY.replace("liten skala", "stor skala"))
    shown = read(signed_in(rut), proposal)
    assert "Ställe 1: Text krock När förslaget skrevs Vi började i liten skala." in shown
    assert (
        "Nu på sidan Vi började i Borttaget: liten Tillagt: stor skala. I förslaget Vi började i Tillagt:"
        in shown
    )
    assert "Vad ska stå här? Det som står på sidan nu Det som står i förslaget Det jag skriver här:" in shown
    mine = read(signed_in(ada), proposal)
    assert "På ett ställe har sidan och ditt förslag ändrats olika." in mine
    assert "Ställe 1: Text krock När förslaget skrevs Vi började i liten skala." in mine
    assert "Vad ska stå här?" not in mine
    assert "Uppdatera till den nya versionen" not in mine


def test_beside_a_change_stands_whom_it_concerns(
    make_page: MakePage, ada: User, bo: User, rut: User, catalogue: dict[str, Factor]
) -> None:
    page = make_page("Skolan", body=BODY, tags=(tag(note="Alla visste vart vi skulle."),))
    make_page("Hemmet", body="Se [[Skolan]].\n")
    first = operations.propose(page, replace(page.content, lead="Ett försök."), base=1, by=ada)
    operations.reject(first, revision=1, reason="För kort.", by=rut)
    tags = (tag(note="Ingen visste."), tag("00000000-0000-4000-8000-000000000002", direction="hindering"))
    content = replace(page.content, kind="guide", tracks=("skola",), tags=tags)
    proposal = operations.propose(page, content, base=1, by=ada)
    shown = read(signed_in(rut), proposal)
    assert "Märkningar 1 nya, 1 ändrade, 0 borttagna" in shown
    assert "Sidor som länkar hit 1 Hemmet" in shown
    assert "Förslag 0 godkända, 1 avslagna Publicerade ändringar 0" in shown
    assert shown.count("”För kort.”") == 2  # by ada, and on the page
    assert "Ställe 1: Sidtyp Nu på sidan Sida Efter ändringen Guide" in shown
    assert "Ställe 2: Inriktning Nu på sidan Inget. Efter ändringen Skola och lärande" in shown
    assert (
        "Alla visste vart vi skulle. Efter ändringen främjar Gemensam målbild allmänt Ingen visste." in shown
    )
    assert "Ställe 4: Märkning Nu på sidan Inget. Efter ändringen hämmar Gemensam målbild" in shown


def test_other_proposals_that_wait_on_the_page_are_named(
    proposal: Proposal, page: Page, mittkoping_: object, rut: User
) -> None:
    per = User.objects.create_user("per@mittkoping.example", name="Per Ny")
    operations.propose(page, replace(page.content, lead="Per skriver om."), base=1, by=per)
    shown = read(signed_in(rut), proposal)
    assert "Väntar också på sidan Skolan Per Ny, har väntat mindre än en minut" in shown


def test_a_new_page_is_reviewed_like_any_change(ada: User, rut: User) -> None:
    content = Content(title="Ny skola", lead="Helt ny.", body="Så gjorde vi.\n")
    proposal = operations.propose(None, content, base=0, by=ada)
    shown = read(signed_in(rut), proposal)
    assert "Förslag till ny sida" in shown
    assert "Ställe 1: Titel Nu på sidan Inget: det är nytt. Efter ändringen Tillagt: Ny skola" in shown
    assert "Sidan Ny skola" not in shown
    for view in ("sidan", "kalltext"):
        assert "Så gjorde vi." in read(signed_in(rut), proposal, f"?visa={view}")


def test_what_started_from_a_hidden_version_can_only_be_sent_back(
    proposal: Proposal, page: Page, eva: User, rut: User
) -> None:
    move_on(page, eva, BODY + "\nTill.\n")
    page.edits.filter(number=1).update(hidden_at=proposal.created_at)
    shown = read(signed_in(rut), proposal)
    assert "Förslaget går inte att publicera. Versionen som det utgår från är dold." in shown
    assert "Publicera det valda" not in shown
    assert "Be om ändringar Avslå" in shown
    answer = signed_in(rut).post(
        url(proposal, "beslut/"), {"do": "accept", "revision": "1", "number": "2", "andring-body-0": "on"}
    )
    assert answer.status_code == 200
    assert "Versionen som förslaget utgår från är dold." in seen(answer.text)


def big(count: int) -> Content:
    """A page of so many passages, each with a tag as far as tags go."""
    tags = tuple(tag(f"00000000-0000-4000-8000-{n:012}", note=f"Skäl {n}.") for n in range(min(count, 90)))
    body = "".join(f"Stycke {n} handlar om något, till exempel [[Sida {n}]].\n\n" for n in range(count))
    return Content(title="Stor", body=body, tags=tags)


@pytest.mark.parametrize("query", ["", "?visa=sidan", "?visa=kalltext"])
def test_the_screen_takes_as_many_queries_for_much_as_for_little(
    make_page: MakePage, ada: User, rut: User, catalogue: dict[str, Factor], query: str
) -> None:
    counts = []
    for size in (2, 60):
        page = make_page(**vars(replace(big(size), title=f"Stor {size}")))
        content = replace(
            page.content,
            body=page.body.replace("något", "annat"),
            tags=tuple(replace(one, note="Nytt.") for one in page.content.tags),
        )
        proposal = operations.propose(page, content, base=1, by=ada)
        counts.append(count_queries(signed_in(rut), url(proposal) + query))
    assert counts[0] == counts[1]
    assert counts[0] <= 40


def test_of_very_many_changes_the_rest_is_chosen_as_a_whole(
    make_page: MakePage, ada: User, rut: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changed, "MAX_SHOWN", 3)
    page = make_page(**vars(replace(big(6), tags=())))
    content = replace(page.content, body=page.body.replace("något", "annat"))
    proposal = operations.propose(page, content, base=1, by=ada)
    client = signed_in(rut)
    shown = read(client, proposal)
    assert "6 ställen ändras" in shown
    assert "Ställe 3: Text" in shown
    assert "Ställe 4" not in shown
    assert "De övriga 3 ställena, som inte visas ett och ett" in shown
    answer = client.post(
        url(proposal, "beslut/"), {"do": "accept", "revision": "1", "number": "1", "resten": "on"}
    )
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.body.count("något") == 3
    assert page.body.index("något") < page.body.index("annat")


def test_a_page_of_200_kb_can_be_reviewed(make_page: MakePage, ada: User, rut: User) -> None:
    body = "".join(f"Rad {n} om något helt annat.\n\n" for n in range(6_000))[:190_000]
    page = make_page("Stor", body=body)
    content = replace(page.content, body=body.replace("helt", "inte"))
    proposal = operations.propose(page, content, base=1, by=ada)
    answer = signed_in(rut).get(url(proposal))
    assert answer.status_code == 200
    assert len(answer.content) < 2_000_000
    assert answer.text.count("<textarea") < 310


def test_a_moderator_confirms_the_author_from_the_screen(proposal: Proposal, ada: User, rut: User) -> None:
    client = signed_in(rut)
    assert "Bekräfta Ada Lind som redaktör" in read(client, proposal)
    membership = Membership.objects.get(user=ada, ended_at=None)
    answer = client.post(f"/granskning/medlemmar/{membership.pk}/", {"do": "confirm", "next": url(proposal)})
    assert (answer.status_code, answer["Location"]) == (302, url(proposal))
    assert "Bekräfta Ada" not in read(client, proposal)
