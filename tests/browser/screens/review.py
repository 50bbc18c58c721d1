"""The screens of the review: proposals, the queue, the unreviewed edits of a page, how long it takes."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from mittkoping.accounts.models import Membership
from tests.browser.screens.people import ask_to_be_confirmed
from tests.browser.screens.screen import ADA, ADMIN, EVA, RUT, SLUG, Prepare, Screen, page, person, press
from tests.wiki.telling import accept, change, propose, reject
from wiki import operations
from wiki.changes import Decision
from wiki.content import Content
from wiki.models import Proposal, ReviewItem, ReviewReason
from wiki.operations.reasons import add_reason

LONG = "## Vad vi lärde oss\n\nNatten behöver egna utbildningstillfällen.\n\n- lösenord\n- stöd på plats\n"


def empty_the_queue() -> None:
    """Nothing waits, and nobody."""
    ReviewItem.objects.all().delete()
    for membership in Membership.objects.waiting():
        Membership.objects.filter(pk=membership.pk).update(answered_at=membership.asked_at)


def make_changes() -> Proposal:
    """Ada wants to change much of the page."""
    found = page()
    heading, first, rest = found.body.split("\n\n", 2)
    changed = replace(found.content.tags[0], note="Natten kom med för sent, och det kostade förtroende.")
    content = replace(
        found.content,
        lead=f"{found.lead} Natten var med från början.",
        kind="guide",
        body=f"{heading}\n\n{first} Det tog ett år.\n\n{rest.rstrip()}\n\n{LONG}",
        tags=(changed, *found.content.tags[2:]),
    )
    return operations.propose(
        found, content, base=found.number, summary="Berättar hur det gick för natten", by=person(ADA)
    )


def propose_changes(_monkeypatch: pytest.MonkeyPatch) -> int:
    """One proposal, in many places."""
    return make_changes().pk


def conflicting(_monkeypatch: pytest.MonkeyPatch) -> int:
    """Eva has changed some of the same places, in another way."""
    proposal = make_changes()
    found = page()
    heading, first, rest = found.body.split("\n\n", 2)
    body = f"{heading}\n\n{first} Det tog två år.\n\n{rest}"
    other = (replace(found.content.tags[0], note="Natten fick vänta."), *found.content.tags[1:])
    change(found, by=person(EVA), lead="En helt annan ingress.", body=body, tags=other)
    return proposal.pk


def new_page(_monkeypatch: pytest.MonkeyPatch) -> int:
    """Ada proposes a page; she has been published before, so everybody may read it."""
    ada, rut = person(ADA), person(RUT)
    accept(propose(page(), by=ada, lead=f"En ny ingress, efter version {page().number}."), by=rut)
    content = Content(title=f"Ett nytt ämne {Proposal.objects.count()}", lead="Kort om det.", body=LONG)
    return operations.propose(None, content, base=0, by=ada).pk


def decided(_monkeypatch: pytest.MonkeyPatch) -> int:
    """Rut has published a part of it, with a comment."""
    proposal = make_changes()
    decisions = {"lead": Decision(), "kind": Decision(publishes=False)}
    operations.accept(
        proposal, revision=1, by=person(RUT), decisions=decisions, comment="Tack!\nResten väntar vi med."
    )
    return proposal.pk


def rejected(_monkeypatch: pytest.MonkeyPatch) -> int:
    """Rut has not published it."""
    proposal = make_changes()
    reject(proposal, by=person(RUT), reason="Berätta hellre om ert eget arbete.")
    return proposal.pk


def hidden(_monkeypatch: pytest.MonkeyPatch) -> int:
    """Rut has hidden it."""
    proposal = make_changes()
    operations.hide_proposal(proposal, reason="Reklam.", by=person(RUT))
    return proposal.pk


def claimed(_monkeypatch: pytest.MonkeyPatch) -> int:
    """Another moderator looks at it."""
    proposal = make_changes()
    operations.take_claim(proposal.review_item, by=person(ADMIN))
    return proposal.pk


def waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of each kind waits; another moderator looks at one."""
    claimed(monkeypatch)
    new_page(monkeypatch)
    ask_to_be_confirmed(monkeypatch)
    change(page(), by=person(EVA))


def lack_a_second_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Moderators must have one."""
    monkeypatch.setattr("django.conf.settings.SECOND_FACTOR_REQUIRED", True)


def history_of_proposals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ada has proposals of every kind."""
    for prepare in (rejected, decided, claimed):
        prepare(monkeypatch)


def propose_nothing(_monkeypatch: pytest.MonkeyPatch) -> None:
    """Eva has proposed nothing."""
    Proposal.objects.filter(author=person(EVA)).delete()


def forget_reasons(_monkeypatch: pytest.MonkeyPatch) -> None:
    """No reason is kept."""
    ReviewReason.objects.all().delete()


def save_reasons(_monkeypatch: pytest.MonkeyPatch) -> None:
    """Two reasons are kept."""
    for text in ("Källa saknas.", "Texten handlar om en enskild person. Skriv om arbetet i stället."):
        add_reason(text, by=person(RUT))


def unreviewed(_monkeypatch: pytest.MonkeyPatch) -> None:
    """Rut has looked at the page; then Eva has changed it twice."""
    found, rut = page(), person(RUT)
    if found.edits.unreviewed().exists():
        operations.mark_reviewed(found, up_to=found.number, by=rut)
    change(found, by=person(EVA), summary="Rättar", lead="En ny ingress.")
    change(found, by=person(EVA), summary="Lägger till", body=f"{found.body}\n\n{LONG}")


def reviewed(_monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits on the page."""
    found = page()
    if found.edits.unreviewed().exists():
        operations.mark_reviewed(found, up_to=found.number, by=person(RUT))


def be_second(tab: Tab) -> None:
    """Decide, with own words, after another moderator has."""
    expect(tab.locator("form[data-claim]")).to_have_attribute("data-claim", "mine")
    item = ReviewItem.objects.get(proposal=Proposal.objects.latest("pk"))
    operations.release_claim(item, by=person(RUT))
    reject(Proposal.objects.latest("pk"), by=person(ADMIN), reason="Se sidan om nätter.")
    tab.get_by_label("Kommentar eller skäl").fill("Det här har jag skrivit länge på.")
    press("Publicera det valda")(tab)


def be_overtaken(tab: Tab) -> None:
    """Decide after the page has changed."""
    change(page(), by=person(EVA), lead="En helt annan ingress.")
    tab.get_by_label("Kommentar eller skäl").fill("Det här har jag skrivit länge på.")
    press("Publicera det valda")(tab)


def preview(tab: Tab) -> None:
    """See what would come of some of the changes."""
    tab.get_by_role("checkbox", name="Ställe 1").uncheck()
    tab.get_by_role("main").get_by_role("button", name="Visa sidan med mina val").last.click()


def restore(tab: Tab) -> None:
    """Bring the reviewed version back, without a reason."""
    tab.get_by_role("button", name="Återställ till version").click()


def for_help(tab: Tab) -> None:
    """Open the help with the keys."""
    tab.get_by_role("button", name="Kortkommandon").click()


def proposal(name: str, prepare: Prepare, shows: str, by: str = RUT, **more: Any) -> Screen:
    """A screen at the address of a proposal."""
    return replace(Screen(name, "/granskning/forslag/{}/", shows, by, prepare=prepare), **more)


VIEW = "/granskning/forslag/{}/?visa="
OPEN_REVIEW = [
    Screen("waits and decisions", "/granskning/statistik/", "#beslut", prepare=decided),
    proposal("proposal as readers see it", new_page, "#forslagstext", by=""),
]
REVIEW = [
    Screen("queue", "/granskning/", ".queue-row__claim", RUT, prepare=waiting),
    Screen(
        "queue, narrowed",
        "/granskning/?slag=forslag&spar=halsa&forfattare=Ada",
        ".active-facet",
        RUT,
        prepare=waiting,
    ),
    Screen("queue, nothing fits", "/granskning/?forfattare=finnsinte", ".empty", RUT),
    Screen("queue, empty", "/granskning/", ".empty", RUT, prepare=lambda monkeypatch: empty_the_queue()),
    Screen("queue of others", "/granskning/", ".error-page", EVA, 403),
    Screen("second factor first", "/granskning/", ".error-page", RUT, 403, prepare=lack_a_second_factor),
    proposal("review", propose_changes, ".change"),
    proposal("review of the page", propose_changes, "#forslagstext ins", path=f"{VIEW}sidan"),
    proposal("review of the source", propose_changes, "main .diff ins", path=f"{VIEW}kalltext"),
    proposal("review of a new page", new_page, ".change"),
    proposal("review with conflicts", conflicting, ".change--conflict"),
    proposal(
        "review with open conflicts",
        conflicting,
        "#fel",
        act=press("Publicera det valda"),
        leads_to="wiki:decide",
    ),
    proposal("review with a preview", propose_changes, "#med-mina-val", act=preview, leads_to="wiki:decide"),
    proposal("review with help", propose_changes, "dialog", act=for_help),
    proposal("review that another does", claimed, "text=Ta över"),
    proposal("review of what was decided", propose_changes, "#besked", act=be_second, status=409),
    proposal("review of what has changed", propose_changes, "#besked", act=be_overtaken, status=409),
    proposal("own proposal", propose_changes, "#ditt-forslag", by=ADA),
    proposal("own proposal with conflicts", conflicting, ".change--conflict", by=ADA),
    proposal("proposal, published in part", decided, ".decision__comment", by=ADA),
    proposal("proposal, rejected", rejected, ".decision__comment", by=ADA),
    proposal("proposal, hidden", hidden, "main .notice"),
    Screen("own proposals", "/konto/forslag/", ".proposal-row", ADA, prepare=history_of_proposals),
    Screen("no proposals", "/konto/forslag/", ".empty", EVA, prepare=propose_nothing),
    Screen("edits to review", f"/granskning/sidor/{SLUG}/", ".change", RUT, prepare=unreviewed),
    Screen(
        "edits to review, page",
        f"/granskning/sidor/{SLUG}/?visa=sidan",
        "#forslagstext ins",
        RUT,
        prepare=unreviewed,
    ),
    Screen(
        "edits to review, source",
        f"/granskning/sidor/{SLUG}/?visa=kalltext",
        "main .diff ins",
        RUT,
        prepare=unreviewed,
    ),
    Screen(
        "edits, no reason",
        f"/granskning/sidor/{SLUG}/",
        "#fel",
        RUT,
        act=restore,
        prepare=unreviewed,
        leads_to="wiki:decide_edits",
    ),
    Screen(
        "edits, reviewed already",
        f"/granskning/sidor/{SLUG}/",
        "text=är redan granskad",
        RUT,
        prepare=reviewed,
    ),
    Screen("reasons", "/granskning/skal/", "main .rows", RUT, prepare=save_reasons),
    Screen("no reasons", "/granskning/skal/", ".empty", RUT, prepare=forget_reasons),
]
