"""The screens of drafts."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page as Tab

from tests.browser.screens.screen import ADA, BO, EVA, PAGE, Screen, page, person
from tests.wiki.drafting import keep
from tests.wiki.telling import propose
from wiki import operations
from wiki.models import Draft
from wiki.operations.protecting import protect

EDIT = f"{PAGE}redigera/"
LIST = "/konto/utkast/"
# Half typed: the factor is missing, a municipality is not one, and the title is too long.
HALF: dict[str, Any] = {
    "title": "Digital signering av läkemedel " * 5,
    "lead": "En ingress som inte är klar.",
    "municipalities": "Granneby, Atlantis",
    "tags-TOTAL_FORMS": "2",
    "tags-INITIAL_FORMS": "0",
    "tags-0-factor": "gemensam-malbild",
    "tags-0-direction": "enabling",
    "tags-1-note": "Bara en tanke",
    "summary": "Skriver om slutet",
}


def evas(**fields: Any) -> Draft:
    """A draft of eva's, of the page as it is now."""
    found = page()
    text = {"body": f"{found.body}\n\nEtt stycke som inte är klart."}
    return keep(found, by=person(EVA), base=found.number, **{**text, **fields})


def one(_monkeypatch: pytest.MonkeyPatch) -> int:
    """Eva has typed something."""
    return evas().pk


def half(_monkeypatch: pytest.MonkeyPatch) -> int:
    """There are mistakes in what she has typed."""
    return evas(**HALF).pk


def behind(monkeypatch: pytest.MonkeyPatch) -> int:
    """Bo has published since."""
    key = one(monkeypatch)
    found = page()
    changed = replace(found.content, lead="En annan ingress.")
    operations.edit(found, changed, base=found.number, summary="Kortar", by=person(BO))
    return key


def new(_monkeypatch: pytest.MonkeyPatch) -> int:
    """A draft of a new page."""
    return keep(None, by=person(EVA), **HALF, body="## Varför\n\nVi bjöd på **gröt**.").pk


def many(monkeypatch: pytest.MonkeyPatch) -> int:
    """Drafts of all kinds, and one that was thrown away; the number of that one."""
    for prepare in (behind, half, new):
        prepare(monkeypatch)
    thrown_away = evas(body="Borttaget.")
    operations.delete_draft(thrown_away, by=person(EVA))
    protect(
        page(),
        page().Protection.LOCKED,
        reason="Sidan ändras fram och tillbaka.",
        by=person("rut@skl.example"),
    )
    return thrown_away.pk


def thrown_away(monkeypatch: pytest.MonkeyPatch) -> int:
    """One that was thrown away."""
    operations.delete_draft(Draft.objects.get(pk=one(monkeypatch)), by=person(EVA))
    return Draft.objects.get().pk


def of_a_proposal(_monkeypatch: pytest.MonkeyPatch) -> int:
    """Ada writes on what she has proposed."""
    proposal = propose(page(), by=person(ADA), lead="En ny ingress.")
    fields = {"body": "Något annat.", "revision": "1"}
    return keep(page(), by=person(ADA), proposal=proposal, base=proposal.base, **fields).pk


def too_long(_monkeypatch: pytest.MonkeyPatch) -> int:
    """More than a page may have."""
    return evas(body="Ett långt stycke.\n\n" * 12_000).pk


def open_fold(tab: Tab) -> None:
    """See what was thrown away."""
    tab.locator(".draft-bin > summary").click()


DRAFTS = [
    Screen("no drafts", LIST, "main .empty", by=EVA),
    Screen("drafts", LIST, ".draft-row", EVA, prepare=many, act=open_fold),
    Screen("draft just thrown away", f"{LIST}?borttaget={{}}", "text=Ångra", EVA, prepare=thrown_away),
    Screen("draft beside its page", f"{LIST}{{}}/", ".comparison", EVA, prepare=behind),
    Screen("draft with mistakes", f"{LIST}{{}}/", "#olast", EVA, prepare=half),
    Screen("draft of a new page", f"{LIST}{{}}/", "#utkasttext", EVA, prepare=new),
    Screen("draft of a proposal", f"{LIST}{{}}/", ".comparison", ADA, prepare=of_a_proposal),
    Screen("draft that is too long", f"{LIST}{{}}/", "text=för lång att jämföra", EVA, prepare=too_long),
    Screen("draft that was thrown away", f"{LIST}{{}}/", "text=Ångra", EVA, prepare=thrown_away),
    Screen("edit with a draft", f"{EDIT}?utkast={{}}", "[data-draft-opened]", EVA, prepare=behind),
    Screen("edit that offers drafts", EDIT, "[data-draft-offer]", EVA, prepare=half),
    Screen("new page that offers drafts", "/sidor/ny/", "[data-draft-offer]", EVA, prepare=new),
    Screen("edit without its draft", f"{EDIT}?utkast=999", "text=Utkastet finns inte längre.", EVA),
]
