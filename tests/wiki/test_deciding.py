"""Decisions on a proposal, as the form of the review screen sends them."""

from dataclasses import replace

import pytest
from django.core import mail
from django.test import Client

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from tests.conftest import MakePage, make_moderator, signed_in, tag
from tests.wiki.review_form import BODY, FIRST, SECOND, THIRD, WORDS, change, field, send, ticked
from wiki import operations
from wiki.content import Content
from wiki.models import Claim, Page, Proposal, ReviewItem, ReviewReason

NEW = "Vi började i mycket liten skala.\n\nSedan växte det snabbt.\n\nTill sist var alla med på tåget.\n"


@pytest.fixture
def page(make_page: MakePage) -> Page:
    """A page with three passages."""
    return make_page("Skolan", lead="Om skolan.", body=BODY)


@pytest.fixture
def proposal(page: Page, ada: User) -> Proposal:
    """Ada wants to change all three."""
    return operations.propose(page, replace(page.content, body=NEW), base=1, by=ada)


@pytest.fixture
def as_rut(rut: User) -> Client:
    """A browser in which rut has signed in."""
    return signed_in(rut)


def test_what_is_ticked_is_published_in_the_authors_name(
    proposal: Proposal, page: Page, as_rut: Client, ada: User, rut: User
) -> None:
    answer = send(as_rut, proposal, FIRST, THIRD, reason="Tack! Mitten lät vi vara.")
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.body == (
        "Vi började i mycket liten skala.\n\nSedan växte det.\n\nTill sist var alla med på tåget.\n"
    )
    edit = page.edits.get(number=2)
    assert (edit.author, edit.reviewer, edit.is_adjusted) == (ada, rut, False)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.comment) == (Proposal.Status.ACCEPTED, "Tack! Mitten lät vi vara.")
    assert (proposal.chosen, proposal.change_count) == (2, 3)
    told = as_rut.get(answer["Location"]).text
    assert "”Skolan” är publicerat som version 2, med 2 ändringar av 3." in told


def test_what_rut_writes_herself_is_published_and_told(
    proposal: Proposal, page: Page, as_rut: Client
) -> None:
    send(as_rut, proposal, FIRST, **{f"text-{FIRST}": "Vi började smått.\r\n"})
    page.refresh_from_db()
    assert page.body == "Vi började smått.\n\nSedan växte det.\n\nTill sist var alla med.\n"
    assert page.edits.get(number=2).is_adjusted


def test_a_field_that_nobody_touched_is_not_an_adjustment(
    proposal: Proposal, page: Page, as_rut: Client
) -> None:
    send(as_rut, proposal, FIRST, **{f"text-{FIRST}": "Vi började i mycket liten skala.\r\n"})
    edit = page.edits.get(number=2)
    assert not edit.is_adjusted


def test_own_words_without_a_tick_are_not_published(proposal: Proposal, page: Page, as_rut: Client) -> None:
    send(as_rut, proposal, SECOND, **{f"text-{FIRST}": "Vi började smått."})
    page.refresh_from_db()
    assert page.body == BODY.replace("växte det", "växte det snabbt")


def test_empty_own_words_take_the_passage_away(proposal: Proposal, page: Page, as_rut: Client) -> None:
    send(as_rut, proposal, FIRST, **{f"text-{FIRST}": ""})
    page.refresh_from_db()
    assert page.body == "Sedan växte det.\n\nTill sist var alla med.\n"


def test_a_rejection_needs_a_reason_that_everybody_reads(
    proposal: Proposal, page: Page, as_rut: Client
) -> None:
    for blank in ("", "  \r\n ", "\u200b\u2060"):
        answer = send(as_rut, proposal, FIRST, do="reject", reason=blank)
        assert answer.status_code == 200
        assert "Skriv ett skäl. Författaren och alla andra kan läsa det." in answer.text
        assert ticked(answer) == {FIRST}
    assert send(as_rut, proposal, do="reject", reason="Säg hur.\r\n\r\nInte vad.").status_code == 302
    proposal.refresh_from_db()
    assert (proposal.status, proposal.comment) == (Proposal.Status.REJECTED, "Säg hur.\n\nInte vad.")
    page.refresh_from_db()
    assert page.body == BODY


def test_asking_for_changes_sends_the_proposal_back(proposal: Proposal, as_rut: Client) -> None:
    answer = send(as_rut, proposal, do="ask", reason="Skriv vilket år.")
    assert "är tillbaka hos författaren" in as_rut.get(answer["Location"]).text
    proposal.refresh_from_db()
    assert (proposal.status, proposal.comment) == (Proposal.Status.CHANGES_ASKED, "Skriv vilket år.")


def test_a_reason_is_kept_for_the_next_time(proposal: Proposal, as_rut: Client) -> None:
    send(as_rut, proposal, do="reject", reason="Källa saknas.", save_reason="on")
    assert list(ReviewReason.objects.values_list("text", flat=True)) == ["Källa saknas."]


def test_a_reason_is_not_kept_when_nothing_was_decided(proposal: Proposal, as_rut: Client) -> None:
    answer = send(as_rut, proposal, reason="Källa saknas.", save_reason="on")
    assert answer.status_code == 200
    assert not ReviewReason.objects.exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"reason": "x" * 1001}, "Texten är 1001 tecken lång. Gränsen är 1000."),
        ({"reason": "x" * 301, "save_reason": "on"}, "Texten är 301 tecken lång. Gränsen är 300."),
        ({"saved_reason": "999"}, "Det skälet finns inte kvar."),
        ({"saved_reason": "x"}, "Det skälet finns inte kvar."),
        ({"saved_reason": "9" * 40}, "Det skälet finns inte kvar."),
        ({"reason": "Det gäller 811228-9874."}, "Texten innehåller ett personnummer"),
    ],
)
@pytest.mark.parametrize("deed", ["accept", "reject", "ask"])
def test_a_reason_that_cannot_be_kept_comes_back(
    proposal: Proposal, as_rut: Client, sent: dict[str, str], sentence: str, deed: str
) -> None:
    answer = send(as_rut, proposal, FIRST, do=deed, **sent)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert field(answer, "reason") == sent.get("reason", "")
    assert ticked(answer) == {FIRST}
    proposal.refresh_from_db()
    assert proposal.is_pending


def test_nothing_ticked_is_a_mistake_in_the_form(proposal: Proposal, as_rut: Client) -> None:
    answer = send(as_rut, proposal, reason=WORDS)
    assert answer.status_code == 200
    assert "Välj minst en ändring att publicera, eller avslå förslaget." in answer.text
    assert field(answer, "reason") == WORDS
    assert ticked(answer) == set()


def test_own_words_that_no_page_may_have_are_told(page: Page, ada: User, as_rut: Client) -> None:
    proposal = operations.propose(page, replace(page.content, title="Skolan nu"), base=1, by=ada)
    for title, sentence in (
        ("", "Skriv en titel."),
        ("t" * 121, "Titeln är 121 tecken lång. Gränsen är 120."),
        ("Ring 811228-9874", "Titeln innehåller ett personnummer"),
    ):
        answer = send(as_rut, proposal, "title", text__title=title)
        assert answer.status_code == 200
        assert sentence in answer.text
        assert field(answer, "text-title") == title


def test_a_title_that_is_taken_can_be_changed_here(
    page: Page, make_page: MakePage, ada: User, as_rut: Client
) -> None:
    proposal = operations.propose(page, replace(page.content, title="Hemmet"), base=1, by=ada)
    make_page("Hemmet")
    answer = send(as_rut, proposal, "title")
    assert answer.status_code == 200
    assert "Det finns redan en sida som heter ”Hemmet”." in answer.text
    assert send(as_rut, proposal, "title", text__title="Hemmet och skolan").status_code == 302
    page.refresh_from_db()
    assert page.title == "Hemmet och skolan"


def test_the_page_with_ones_choices_is_shown_before_it_is_published(
    proposal: Proposal, page: Page, as_rut: Client
) -> None:
    answer = send(
        as_rut, proposal, SECOND, do="preview", reason=WORDS, **{f"text-{SECOND}": "Växte gjorde det."}
    )
    assert answer.status_code == 200
    shown = answer.text.partition('id="text-med-mina-val"')[2].partition("</div>")[0]
    assert "Växte" in shown
    assert "mycket" not in shown
    assert (field(answer, "reason"), ticked(answer)) == (WORDS, {SECOND})
    assert field(answer, f"text-{SECOND}") == "Växte gjorde det."
    page.refresh_from_db()
    assert page.number == 1


def test_a_conflict_is_settled_place_by_place(
    proposal: Proposal, page: Page, eva: User, as_rut: Client
) -> None:
    change(page, eva, "liten skala", "stor skala")
    change(page, eva, "växte det", "växte vi")
    change(page, eva, "alla med", "alla här")
    unsettled = send(as_rut, proposal, number="4", reason=WORDS, **{f"val-{FIRST}": "theirs"})
    assert unsettled.status_code == 200
    assert "Välj vad som ska stå där sidan och förslaget krockar: ställe 2." in unsettled.text
    assert "krockar: ställe 1." not in unsettled.text
    assert f'name="val-{FIRST}" value="theirs" checked' in unsettled.text
    answer = send(
        as_rut,
        proposal,
        number="4",
        **{
            f"val-{FIRST}": "theirs",
            f"val-{SECOND}": "ours",
            f"val-{THIRD}": "own",
            f"text-{THIRD}": "Till sist kom alla.",
        },
    )
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.body == "Vi började i mycket liten skala.\n\nSedan växte vi.\n\nTill sist kom alla.\n"
    proposal.refresh_from_db()
    assert (proposal.chosen, proposal.change_count) == (2, 3)


def test_a_tag_that_one_removed_and_the_other_changed_is_a_conflict(
    make_page: MakePage, ada: User, eva: User, as_rut: Client, catalogue: object
) -> None:
    page = make_page("Hemmet", tags=(tag(note="Först."),))
    content = replace(page.content, tags=(tag(note="Sedan."),))
    proposal = operations.propose(page, content, base=1, by=ada)
    operations.edit(page, replace(page.content, tags=()), base=1, by=eva)
    shown = as_rut.get(f"/granskning/forslag/{proposal.pk}/").text
    assert "Det är borttaget." in shown
    key = f"tag-{tag().key}"
    assert send(as_rut, proposal, number="2", **{f"val-{key}": "theirs"}).status_code == 302
    page.refresh_from_db()
    assert [one["note"] for one in page.tags] == ["Sedan."]


def test_a_decision_leads_to_what_waits_next(
    proposal: Proposal, page: Page, bo: User, ada: User, rut: User, as_rut: Client
) -> None:
    operations.mark_reviewed(page, up_to=1, by=rut)
    page.refresh_from_db()
    second = operations.propose(page, replace(page.content, lead="Två."), base=1, by=ada)
    other = operations.create(Content(title="Hemmet"), by=bo).page
    assert send(as_rut, proposal, FIRST)["Location"] == f"/granskning/forslag/{second.pk}/"
    moa = make_moderator("moa@skl.example", "Moa Vik")
    operations.take_claim(ReviewItem.objects.get(page=other), by=moa)
    assert send(as_rut, second, do="reject", reason="Nej.")["Location"] == "/granskning/"


def test_only_posts_decide(proposal: Proposal, as_rut: Client) -> None:
    assert as_rut.get(f"/granskning/forslag/{proposal.pk}/beslut/").status_code == 405
    before = list(Proposal.objects.values()), list(Claim.objects.values()), LogEntry.objects.count()
    for query in ("", "?visa=sidan", "?do=accept"):
        assert as_rut.get(f"/granskning/forslag/{proposal.pk}/{query}").status_code == 200
    assert (list(Proposal.objects.values()), list(Claim.objects.values()), LogEntry.objects.count()) == before
    assert mail.outbox == []


def test_reasons_are_listed_added_and_removed_by_moderators(as_rut: Client, rut: User, bo: User) -> None:
    address = "/granskning/skal/"
    assert signed_in(bo).get(address).status_code == 403
    assert "Skriv ett skäl." in as_rut.post(address, {"do": "add", "text": " \u200b "}).text
    assert "Gränsen är 300." in as_rut.post(address, {"do": "add", "text": "x" * 301}).text
    for _time in range(2):
        assert as_rut.post(address, {"do": "add", "text": "Källa saknas."}).status_code == 302
    (reason,) = ReviewReason.objects.all()
    assert (reason.text, reason.added_by) == ("Källa saknas.", rut)
    assert "Källa saknas." in as_rut.get(address).text
    assert signed_in(bo).post(address, {"do": "remove", "reason": str(reason.pk)}).status_code == 403
    for strange in ("", "x", "²", "999999"):
        assert as_rut.post(address, {"do": "remove", "reason": strange}).status_code == 404
    assert as_rut.post(address, {"do": "remove", "reason": str(reason.pk)}).status_code == 302
    assert not ReviewReason.objects.exists()


def test_the_chosen_reason_stands_before_ones_own_words(
    proposal: Proposal, as_rut: Client, rut: User
) -> None:
    saved = ReviewReason.objects.create(text="Källa saknas.", added_by=rut)
    send(as_rut, proposal, do="reject", saved_reason=str(saved.pk), reason="Särskilt i mitten.")
    proposal.refresh_from_db()
    assert proposal.comment == "Källa saknas.\n\nSärskilt i mitten."
