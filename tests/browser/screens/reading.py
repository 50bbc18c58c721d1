"""The screens that everybody reads."""

import pytest

from tests.browser.screens.screen import ADA, EVA, PAGE, RUT, Screen, page, person
from tests.wiki.telling import accept, change, propose
from wiki import operations
from wiki.models import Page
from wiki.operations.protecting import protect
from wiki.operations.purging import Purge, purge

# Whatever the demo's pages are like, this one is open, and has versions that nobody has looked at.
QUIET = "vad-leda-var"


def archive(_monkeypatch: pytest.MonkeyPatch) -> None:
    """Rut has put the page away."""
    operations.archive(page(), reason="Står på en annan sida.", by=person(RUT))


def wait_for_review(_monkeypatch: pytest.MonkeyPatch) -> None:
    """Rut has looked at the page; then Eva has changed it, and Ada proposes something."""
    found, rut = Page.objects.get(slug=QUIET), person(RUT)
    if found.edits.unreviewed().exists():
        operations.mark_reviewed(found, up_to=found.number, by=rut)
    change(found, by=person(EVA), body=f"{found.body}\n\nMer om {found.number}.\n")
    found.refresh_from_db()
    propose(found, by=person(ADA), lead=f"Kort om version {found.number}.")


def credit(_monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest version was a proposal of Ada's."""
    found = Page.objects.get(slug=QUIET)
    accept(propose(found, by=person(ADA), lead="En ny ingress."), by=person(RUT))


def lock(_monkeypatch: pytest.MonkeyPatch) -> None:
    """Rut has locked the page."""
    level = Page.Protection.LOCKED
    protect(Page.objects.get(slug=QUIET), level, reason="Sidan ändras fram och tillbaka.", by=person(RUT))


def hide_a_version(_monkeypatch: pytest.MonkeyPatch) -> None:
    """The second version is hidden."""
    found = page()
    if not found.edits.get(number=2).is_hidden:
        purge(
            found, Purge(numbers=[2], instead=0, base=found.number), reason="Namn på en elev.", by=person(RUT)
        )


READING = [
    Screen("start", "/", ".hero .figures"),
    Screen("all pages", "/sidor/", ".page-card"),
    Screen("all pages, second", "/sidor/?sida=2", ".pagination"),
    Screen("pages by facets", "/sidor/?spar=halsa&riktning=hammar&kommun=mittkoping", ".page-card"),
    Screen("no page fits", "/sidor/?q=finnsinte&typ=guide", ".empty"),
    Screen("a facet that does not exist", "/sidor/?faktor=finns-inte", ".ds-alert"),
    Screen("page", PAGE, "#sidtext"),
    Screen("history", f"{PAGE}historik/", ".version-row"),
    Screen("version", f"{PAGE}version/3/", ".notice"),
    Screen("compare", f"{PAGE}jamfor/1/7/", "ins"),
    Screen("compare with itself", f"{PAGE}jamfor/3/3/", ".empty"),
    Screen("links here", "/sidor/vad-leda-var/lankar-hit/", ".page-card"),
    Screen("changes", "/andringar/", ".edit-row"),
    Screen("search", "/sok/?q=läkemedel", "main a[href^='/sidor/']"),
    Screen("search without hits", "/sok/?q=finnsintealls", "#traffar"),
    Screen("search without words", "/sok/", "main [role=search]"),
    Screen("factors", "/faktorer/", "main a[href^='/faktorer/']"),
    Screen("factor", "/faktorer/tid-for-utveckling/", "main a[href^='/sidor/']"),
    Screen("municipalities", "/kommuner/", "main a[href='/kommuner/malmo/']"),
    Screen("municipality", "/kommuner/malmo/", "h1"),
    Screen("invented municipality", "/kommuner/mittkoping/", "main a[href^='/sidor/']"),
    Screen("about", "/om/", "h1"),
    Screen("terms", "/villkor/", "h1"),
    Screen("privacy", "/integritet/", "h1"),
    Screen("404", "/finns-inte/", ".error-page", status=404),
    Screen("404 of a page", "/sidor/om-ingenting/", "main a[href*='om-ingenting'], .error-page", status=404),
    Screen(
        "page that waits for review",
        f"/sidor/{QUIET}/",
        "text=Ett förslag på ändring väntar på granskning",
        prepare=wait_for_review,
    ),
    Screen(
        "history with a reviewer", f"/sidor/{QUIET}/historik/", "text=Granskad av Rut Alm.", prepare=credit
    ),
    Screen("locked page", f"/sidor/{QUIET}/", ".protection", prepare=lock),
    Screen("history with a hidden version", f"{PAGE}historik/", ".edit-row--hidden", prepare=hide_a_version),
    Screen("hidden version", f"{PAGE}version/2/", ".error-page", status=404, prepare=hide_a_version),
]
# Last where screens share a database: the page is gone afterwards.
ARCHIVED = [Screen("archived page", PAGE, ".error-page", status=404, prepare=archive)]
