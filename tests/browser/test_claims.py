"""Two moderators in two browsers: who opens a screen is seen to look at it, until they leave."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mittkoping.accounts.models import User
from tests.browser.window import MILLISECONDS, MOMENT, OpenWindow, Window
from wiki import operations
from wiki.content import Content
from wiki.models import Claim, Proposal

ADA, RUT, ADMIN = "ada@mittkoping.example", "rut@skl.example", "admin@skl.example"
MINE = "Du granskar. Andra moderatorer ser det."


@pytest.fixture
def proposal(demo: None, settings: Any) -> Proposal:
    """A new page that ada proposes, in a demo, where moderators need no second factor."""
    settings.SECOND_FACTOR_REQUIRED = False
    ada = User.objects.get(email=ADA)
    return operations.propose(None, Content(title="En ny sida", body="Text."), base=0, by=ada)


def look(window: Window, email: str, proposal: Proposal) -> Page:
    """Sign in and open the screen."""
    window.sign_in(email)
    window.tab.goto(proposal.get_absolute_url())
    return window.tab


def wait_until(tab: Page, is_so: Callable[[], bool]) -> None:
    """Give the server the time to hear of it."""
    for _moment in range(MILLISECONDS // MOMENT):
        if is_so():
            return
        tab.wait_for_timeout(MOMENT)
    raise AssertionError("it never was")


def test_who_opens_the_screen_is_seen_there_until_they_leave(
    open_window: OpenWindow, proposal: Proposal
) -> None:
    rut, admin = open_window(), open_window()
    expect(look(rut, RUT, proposal).get_by_text(MINE)).to_be_visible()
    assert Claim.objects.get().by.email == RUT
    tab = look(admin, ADMIN, proposal)
    expect(tab.get_by_text("Rut Alm granskar sedan mindre än en minut.")).to_be_visible()
    expect(tab.get_by_role("button", name="Ta över")).to_be_visible()
    expect(tab.get_by_role("button", name="Börja granska")).to_be_hidden()
    rut.tab.goto("/granskning/")
    wait_until(rut.tab, lambda: not Claim.objects.exists())
    tab.reload()
    expect(tab.get_by_text(MINE)).to_be_visible()


def test_who_loses_the_claim_to_somebody_else_is_told(open_window: OpenWindow, proposal: Proposal) -> None:
    rut, admin = open_window(), open_window()
    expect(look(rut, RUT, proposal).get_by_text(MINE)).to_be_visible()
    look(admin, ADMIN, proposal).get_by_role("button", name="Ta över").click()
    expect(admin.tab.get_by_text(MINE)).to_be_visible()
    rut.tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    name = User.objects.get(email=ADMIN).name
    expect(rut.tab.get_by_text(f"{name} har tagit över granskningen.")).to_be_visible()
    expect(rut.tab.get_by_role("button", name="Ta över")).to_be_visible()
    rut.forgive("^409: /granskning/ansprak/")


def test_going_from_view_to_view_keeps_the_claim(open_window: OpenWindow, proposal: Proposal) -> None:
    window = open_window()
    tab = look(window, RUT, proposal)
    expect(tab.get_by_text(MINE)).to_be_visible()
    taken_at = Claim.objects.get().taken_at
    tab.goto(f"{proposal.get_absolute_url()}?visa=kalltext")
    expect(tab.get_by_text(MINE)).to_be_visible()
    tab.reload()
    expect(tab.get_by_text(MINE)).to_be_visible()
    tab.wait_for_timeout(6_000)  # past the second try
    assert Claim.objects.held().get().by.email == RUT
    assert Claim.objects.get().taken_at >= taken_at


def test_without_scripts_buttons_do_it(open_window: OpenWindow, proposal: Proposal) -> None:
    tab = look(open_window(java_script_enabled=False), RUT, proposal)
    expect(tab.get_by_text("Ingen granskar just nu.")).to_be_visible()
    tab.get_by_role("button", name="Börja granska").click()
    expect(tab.get_by_text("Du granskar sedan mindre än en minut.")).to_be_visible()
    tab.get_by_role("button", name="Släpp").click()
    expect(tab).to_have_url(re.compile("/granskning/$"))
    assert not Claim.objects.exists()
