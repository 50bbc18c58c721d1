"""The screens on which the catalogue of factors is read, written and proposed."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page as Tab

from factors import operations as factor_operations
from factors.models import Factor
from tests.browser.screens.screen import EVA, RUT, Screen, person, press
from wiki.operations import catalogue
from wiki.operations.factor_proposals import propose_factor, reject_factor_proposal

HERE = "/faktorer/tillit/"
OTHER = "/faktorer/oppenhet/"
PROPOSAL = "/granskning/faktorforslag/{}/"


def factor(slug: str = "tillit") -> Factor:
    """A factor of the demo, as it is now."""
    return Factor.objects.get(slug=slug)


def edit_a_factor(_monkeypatch: pytest.MonkeyPatch) -> None:
    """Rut has written another definition."""
    found = factor()
    words = f"{found.definition} Det är version {found.number}."
    catalogue.edit_factor(found, replace(found.content, definition=words), base=found.number, by=person(RUT))


def merge_two(_monkeypatch: pytest.MonkeyPatch) -> None:
    """Rut has made two factors one."""
    catalogue.merge_factors(factor("oppenhet"), factor(), reason="De säger samma sak.", by=person(RUT))


def retire_one(_monkeypatch: pytest.MonkeyPatch) -> None:
    """Rut has put a factor out of use."""
    factor_operations.retire(factor(), reason="Ingen skriver om den.", by=person(RUT))


def propose_a_factor(_monkeypatch: pytest.MonkeyPatch) -> int:
    """Eva proposes another definition."""
    found = factor()
    content = replace(found.content, definition="Att våga lämna över.", aliases=("förtroende", "tilltro"))
    summary = "Kortare, så att fler känner igen sig"
    return propose_factor(found, content, base=found.number, summary=summary, by=person(EVA)).pk


def propose_a_new_one(_monkeypatch: pytest.MonkeyPatch) -> int:
    """Eva proposes a factor that sounds like one that there is."""
    content = replace(factor().content, name="Tilliten", aliases=(), related=())
    return propose_factor(None, content, base=0, by=person(EVA)).pk


def disagree(monkeypatch: pytest.MonkeyPatch) -> int:
    """Rut has changed what Eva wants to change."""
    key = propose_a_factor(monkeypatch)
    edit_a_factor(monkeypatch)
    return key


def reject_it(monkeypatch: pytest.MonkeyPatch) -> int:
    """Rut has not published it."""
    proposal = person(EVA).factor_proposals.get(pk=propose_a_factor(monkeypatch))
    reject_factor_proposal(proposal, revision=1, reason="Den gamla är tydligare.", by=person(RUT))
    return proposal.pk


def name_it_alike(tab: Tab) -> None:
    """Name a new factor almost as one that there is."""
    for name in ("definition", "enables", "hinders"):
        tab.locator(f"#id_{name}").fill("Det är som det är.")
    tab.locator("#id_theme").select_option(index=1)
    tab.locator("#id_name").fill("Tilliten")
    tab.locator("main form button[type=submit]").first.click()


def be_late(tab: Tab) -> None:
    """Save after somebody else has written another definition."""
    found = factor()
    content = replace(found.content, definition="Någon annans ord.")
    catalogue.edit_factor(found, content, base=found.number, by=person("admin@skl.example"))
    tab.locator("#id_definition").fill("Mina ord.")
    tab.locator("main form button[type=submit]").first.click()


CATALOGUE = [
    Screen("history of a factor", f"{HERE}historik/", ".edit-row"),
    Screen("version of a factor", f"{HERE}version/1/", ".sign"),
    Screen("compared versions of a factor", f"{HERE}jamfor/1/2/", ".diff", prepare=edit_a_factor),
    Screen("factor proposal of a reader", PROPOSAL, "h1", prepare=propose_a_factor),
]
CATALOGUING = [
    Screen(
        "version of a factor, of a moderator", f"{HERE}version/1/", "#aterstall", RUT, prepare=edit_a_factor
    ),
    Screen(
        "version brought back without a reason",
        f"{HERE}version/1/",
        "#fel",
        RUT,
        act=press("Återställ"),
        prepare=edit_a_factor,
        leads_to="wiki:factor_revert",
    ),
    Screen("edit a factor", f"{HERE}redigera/", "#id_definition", RUT),
    Screen("conflict about a factor", f"{HERE}redigera/", "main .notice", RUT, 409, be_late),
    Screen("propose a change of a factor", f"{HERE}redigera/", "#id_definition", EVA),
    Screen("new factor", "/faktorer/ny/", "#id_name", EVA),
    Screen("new factor like another", "/faktorer/ny/", "#liknande", EVA, act=name_it_alike),
    Screen("merge factors", f"{OTHER}sla-ihop/?till=tillit", ".uses", RUT),
    Screen("undo a merge", f"{OTHER}sla-ihop/", "#id_reason", RUT, prepare=merge_two),
    Screen("retire a factor", f"{HERE}avsluta/", "#id_reason", RUT),
    Screen("revive a factor", f"{HERE}avsluta/", "#id_reason", RUT, prepare=retire_one),
    Screen("factor proposal", PROPOSAL, "#beslutet", RUT, prepare=propose_a_factor),
    Screen("new factor proposed", PROPOSAL, "#beslutet", RUT, prepare=propose_a_new_one),
    Screen("factor proposal that disagrees", PROPOSAL, "#beslutet", RUT, prepare=disagree),
    Screen(
        "factor proposal, rejected without a reason",
        PROPOSAL,
        "#fel",
        RUT,
        act=press("Avslå"),
        prepare=propose_a_factor,
        leads_to="wiki:factor_proposal_decide",
    ),
    Screen("factor proposal, rejected", PROPOSAL, ".decision__comment", EVA, prepare=reject_it),
    Screen("own factor proposal", PROPOSAL, "#ditt-forslag", EVA, prepare=propose_a_factor),
    Screen(
        "edit of a factor proposal", f"{PROPOSAL}redigera/", "#id_definition", EVA, prepare=propose_a_factor
    ),
    Screen(
        "queue of factors",
        "/granskning/?slag=nyckelfaktorer",
        ".queue-row",
        RUT,
        prepare=propose_a_factor,
    ),
]
