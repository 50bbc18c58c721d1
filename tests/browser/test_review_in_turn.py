"""Several proposals for one page: decided one after the other, and nobody's words are lost."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screens.review import empty_the_queue
from tests.browser.screens.screen import ADA, BO, EVA, RUT, person
from tests.browser.window import OpenWindow
from tests.conftest import published
from wiki import operations
from wiki.content import Content
from wiki.models import Page as WikiPage
from wiki.models import Proposal
from wiki.operations.protecting import protect

SIV = "siv@storhamn.example"
TITLE = "Skolmaten på en skärm"
MONDAYS = "Köket ringde varje skola på måndagar."
FRIDAYS = "Köket ringde varje skola på fredagar."
WEDNESDAYS = "Köket ringde varje skola på onsdagar."
LESS = "Svinnet minskade med en tredjedel."
MEASURED = "Svinnet minskade med en tredjedel. Det mättes i tre veckor."
LEAD = "Om köket och matsalen."
OWN = "Köket ringde varje skola på fredagar, och några också på onsdagar."


@pytest.fixture
def page(demo: None) -> WikiPage:
    """A page on which every change is looked at before it is published."""
    empty_the_queue()
    content = Content(title=TITLE, lead="Om köket.", body=f"## Före\n\n{MONDAYS}\n\n## Efter\n\n{LESS}\n")
    page = published(operations.create(content, by=person(EVA))).page
    operations.mark_reviewed(page, up_to=1, by=person(RUT))
    reason = "Många skriver här samtidigt."
    protect(page, WikiPage.Protection.REVIEWED, reason=reason, by=person(RUT))
    page.refresh_from_db()
    return page


def propose(page: WikiPage, email: str, old: str, new: str, *, lead: str = "Om köket.") -> Proposal:
    """Somebody wants other words."""
    content = replace(page.content, body=page.body.replace(old, new), lead=lead)
    return operations.propose(page, content, base=1, by=person(email))


def look(open_window: OpenWindow, email: str, proposal: Proposal) -> Page:
    """Sign in and open the proposal."""
    window = open_window()
    window.sign_in(email)
    window.tab.goto(proposal.get_absolute_url())
    return window.tab


def publish(tab: Page) -> None:
    """Press the button."""
    tab.get_by_role("button", name="Publicera det valda").click()


def conflict_on(tab: Page) -> Locator:
    """The one place where the page and the proposal say different things."""
    conflict = tab.locator(".change--conflict")
    expect(conflict).to_have_count(1)
    return conflict


def body_of(page: WikiPage) -> str:
    """The published text."""
    page.refresh_from_db()
    return page.body


def test_two_proposals_are_both_published_and_a_third_is_settled(
    open_window: OpenWindow, page: WikiPage
) -> None:
    before = page.body
    first = propose(page, ADA, MONDAYS, FRIDAYS)
    second = propose(page, BO, LESS, MEASURED)
    third = propose(page, SIV, MONDAYS, WEDNESDAYS, lead=LEAD)
    tab = look(open_window, RUT, first)
    beside = tab.get_by_role("region", name="Väntar också på sidan")
    expect(beside.get_by_role("link", name=TITLE)).to_have_count(2)
    publish(tab)
    expect(tab).to_have_url(re.compile(f"{second.get_absolute_url()}$"))
    publish(tab)
    expect(tab).to_have_url(re.compile(f"{third.get_absolute_url()}$"))
    both = before.replace(MONDAYS, FRIDAYS).replace(LESS, MEASURED)
    assert body_of(page) == both

    forms = ("skrevs.*måndagar", "Nu på sidan.*Tillagt: fredagar", "I förslaget.*Tillagt: onsdagar")
    shown = conflict_on(tab).locator(".forms__one")
    expect(shown).to_have_text([re.compile(words, re.DOTALL) for words in forms])
    expect(tab.locator("[data-change]")).to_have_count(2)
    publish(tab)
    expect(tab.locator("#fel")).to_contain_text("krockar: ställe 2.")
    third.refresh_from_db()
    assert (third.status, body_of(page)) == ("pending", both)

    siv = look(open_window, SIV, third)
    sentence = "På ett ställe har sidan och ditt förslag ändrats olika."
    expect(siv.get_by_role("main")).to_contain_text(sentence)
    expect(conflict_on(siv)).to_contain_text("Tillagt: fredagar")

    conflict_on(tab).get_by_label("Egna ord på ställe 2").fill(OWN)
    expect(conflict_on(tab).get_by_label("Det jag skriver här:")).to_be_checked()
    publish(tab)
    expect(tab.locator(".messages .ds-alert")).to_contain_text("är publicerat som version 4.")
    assert body_of(page) == both.replace(FRIDAYS, OWN)
    authors = [(edit.author.email, edit.is_adjusted) for edit in page.edits.order_by("number")]
    assert authors == [(EVA, False), (ADA, False), (BO, False), (SIV, True)]

    reader = open_window().tab
    reader.goto(page.get_absolute_url())
    for words in (OWN, MEASURED, LEAD):
        expect(reader.get_by_role("main")).to_contain_text(words)
    expect(reader.get_by_text("ännu inte granskad")).to_have_count(0)
