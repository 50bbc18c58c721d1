"""The screens on which pages are written."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.screens.reading import archive
from tests.browser.screens.screen import ADA, BO, EVA, PAGE, RUT, Screen, page, person, press
from tests.wiki.telling import propose
from wiki import operations
from wiki.content import Content
from wiki.models import Page as WikiPage
from wiki.operations.blocking import block
from wiki.operations.protecting import protect
from wiki.operations.purging import Purge, purge

EDIT = f"{PAGE}redigera/"


def break_rules(tab: Page) -> None:
    """Save a form in which much is wrong."""
    tab.get_by_label("Titel").fill("")
    tab.get_by_label("Kommuner").fill("Atlantis")
    tab.get_by_label("Sammanfattning").fill("x" * 201)
    row = tab.locator(".tag-row").last
    row.get_by_label("Motivering").fill("En motivering utan faktor")
    row.get_by_label("Gäller kommun").fill("Atlantis")
    press("Spara ändringen")(tab)


def add_row(tab: Page) -> None:
    """Open every tag, and add one."""
    press("Lägg till en märkning")(tab)
    closed = tab.locator(".tag-row:not([open]) > summary")
    while closed.count():
        closed.first.click()


def be_late(tab: Page) -> None:
    """Save after somebody else has: title, lead, facts, tags and text differ."""
    found = page()
    fields = vars(found.content) | {
        "title": "En annan titel",
        "lead": "En annan ingress.",
        "kind": "sida",
        "tags": found.content.tags[1:],
        "body": f"Först något annat.\n\nDeras ord: {found.body}",
    }
    operations.edit(found, Content(**fields), base=found.number, summary="Gör om", by=person(BO))
    tab.get_by_label("Ingress").fill("Min egen ingress.")
    tab.get_by_label("Text", exact=True).fill(f"Mina ord: {found.body}\n\nMin egen text.")
    press("Spara ändringen")(tab)


def choose_nothing(tab: Page) -> None:
    """Save what is put together before everything is chosen."""
    be_late(tab)
    press("Spara den sammanfogade texten")(tab)


def be_late_after_hiding(tab: Page) -> None:
    """Save after somebody else has, and after what the text started from has been hidden."""
    found = page()
    operations.edit(found, replace(found.content, body="En annan text."), base=found.number, by=person(BO))
    what = Purge(numbers=[found.number], instead=0, base=found.number + 1)
    purge(page(), what, reason="Personuppgifter", by=person(RUT))
    tab.get_by_label("Text", exact=True).fill("Min egen text.")
    press("Spara ändringen")(tab)


def lose_the_session(tab: Page) -> None:
    """Save after the session has ended."""
    Session.objects.all().delete()
    press("Spara ändringen")(tab)


def be_blocked_meanwhile(tab: Page) -> None:
    """Save after one's account was blocked."""
    block_eva()
    tab.get_by_label("Text", exact=True).fill("Min egen text.")
    press("Spara ändringen")(tab)


def block_eva() -> None:
    """Rut blocks Eva for a week."""
    until = timezone.now() + timedelta(days=7)
    block(person(EVA), reason="Reklam på många sidor.", until=until, by=person(RUT))


def preview_here(tab: Page) -> None:
    """Preview by htmx, and wait for it."""
    press("Förhandsgranska")(tab)
    expect(tab.locator("#forhandsgranskning")).to_be_focused()


def send_a_personal_number(tab: Page) -> None:
    """Save a text with a number that may be somebody's."""
    tab.get_by_label("Text", exact=True).fill("Eleven, 19811218-9876, var med.")
    press("Spara ändringen")(tab)


def rename(tab: Page) -> None:
    """Give the page another name."""
    tab.get_by_label("Titel").fill("Ett annat namn")
    press("Byt namn")(tab)


def protected(level: WikiPage.Protection) -> None:
    """Rut protects the page."""
    protect(page(), level, reason="Sidan ändras fram och tillbaka.", by=person(RUT))


def propose_something(_monkeypatch: pytest.MonkeyPatch) -> int:
    """Ada has a proposal for the page."""
    return propose(page(), by=person(ADA), lead="En ny ingress.").pk


def ask_for_changes(monkeypatch: pytest.MonkeyPatch) -> int:
    """Rut has asked for changes in it."""
    key = propose_something(monkeypatch)
    proposal = person(ADA).proposals.get(pk=key)
    operations.ask_for_changes(proposal, revision=1, reason="Skriv gärna\nvilket år det var.", by=person(RUT))
    return key


def send_twice(tab: Page) -> None:
    """Send a proposal that has been changed in another window meanwhile."""
    proposal = person(ADA).proposals.order_by("-pk")[0]
    content = Content(**vars(proposal.content) | {"lead": "En tredje ingress."})
    operations.revise(proposal, content, revision=1, base=proposal.base, by=person(ADA))
    tab.get_by_label("Ingress").fill("En fjärde ingress.")
    press("Skicka förslaget")(tab)


WRITING = [
    Screen("page of an editor", PAGE, "main a[href$='/byt-namn/']", by=EVA),
    Screen("page of a moderator", PAGE, "main a[href$='/skydda/']", by=RUT),
    Screen("version of an editor", f"{PAGE}version/2/", "#aterstall", by=EVA),
    Screen("version of a moderator", f"{PAGE}version/2/", "main a[href$='/dolj/']", by=RUT),
    Screen("saved", f"{PAGE}byt-namn/", ".messages .ds-alert", by=EVA, act=rename),
    Screen("new page", "/sidor/ny/?titel=En+ny+sida", "form[data-edit]", by=EVA),
    Screen("edit", EDIT, "form[data-edit]", by=EVA),
    Screen("edit with open tags", EDIT, ".tag-row[open]", by=EVA, act=add_row),
    Screen("edit with mistakes", EDIT, "#fel", by=EVA, act=break_rules),
    Screen("edit with a personal number", EDIT, "#fel", by=EVA, act=send_a_personal_number),
    Screen("edit with preview", EDIT, "#forhandsvisning", by=EVA, act=preview_here),
    Screen("conflict", EDIT, ".conflict", by=EVA, status=409, act=be_late),
    Screen("conflict where nothing is chosen", EDIT, "#fel", EVA, 409, choose_nothing),
    Screen("conflict with a hidden start", EDIT, "text=utgick från är dold", EVA, 409, be_late_after_hiding),
    Screen("text handed back", EDIT, "main textarea", EVA, 403, lose_the_session),
    Screen("blocked meanwhile", EDIT, ".blocked", EVA, 403, be_blocked_meanwhile),
    Screen("edit of somebody blocked", EDIT, ".blocked", EVA, prepare=lambda monkeypatch: block_eva()),
    Screen(
        "edit of a locked page",
        EDIT,
        "text=Sidan är låst.",
        EVA,
        prepare=lambda monkeypatch: protected(WikiPage.Protection.LOCKED),
    ),
    Screen(
        "edit of a reviewed page",
        EDIT,
        "text=Just den här sidan granskas alltid först.",
        EVA,
        prepare=lambda monkeypatch: protected(WikiPage.Protection.REVIEWED),
    ),
    Screen("edit of a contributor", EDIT, ".notice", by=ADA),
    Screen(
        "edit beside one's own proposal",
        EDIT,
        "text=Du har redan ett förslag för sidan",
        ADA,
        prepare=propose_something,
    ),
    Screen(
        "edit of a proposal",
        "/granskning/forslag/{}/redigera/",
        "form[data-edit]",
        ADA,
        prepare=propose_something,
    ),
    Screen(
        "edit of a proposal that was sent back",
        "/granskning/forslag/{}/redigera/",
        "text=Rut Alm har svarat på förslaget",
        ADA,
        prepare=ask_for_changes,
    ),
    Screen(
        "edit of a proposal that has changed",
        "/granskning/forslag/{}/redigera/",
        "#fel",
        ADA,
        409,
        send_twice,
        propose_something,
    ),
    Screen("rename", f"{PAGE}byt-namn/", "main form", by=EVA),
    Screen("archive", f"{PAGE}arkivera/", "main form", by=RUT),
    Screen("archive without a reason", f"{PAGE}arkivera/", "#fel", RUT, act=press("Arkivera sidan")),
    Screen("page in the archive", PAGE, ".notice", by=RUT, prepare=archive),
    Screen("back from the archive", f"{PAGE}arkivera/", "main form", by=RUT, prepare=archive),
]
