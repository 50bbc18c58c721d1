"""A page that tells of somebody, and the ways to hide that again."""

from dataclasses import replace
from typing import Any

from mittkoping.accounts.models import User
from tests.conftest import signed_in
from wiki import operations
from wiki.models import Edit, Page, Proposal
from wiki.operations.purging import Purge, purge

CANARY = "Zebulon Kvist"
ADDRESS = "/sidor/skolan/version/2/dolj/"


def tell(page: Page, by: User) -> Page:
    """Versions 2 and 3 tell of somebody; version 3 is the newest."""
    content = replace(page.content, body=f"Rektorn heter {CANARY}.", lead=f"Om {CANARY}.")
    operations.edit(page, content, base=1, summary=f"Berättar om {CANARY}", by=by)
    operations.edit(page, replace(content, body=f"Rektorn {CANARY} slutar."), base=2, by=by)
    page.refresh_from_db()
    return page


def clean(page: Page, by: User) -> Page:
    """Version 4, the newest, tells of nobody."""
    operations.edit(page, replace(page.content, body="Rektorn slutar.", lead=""), base=3, by=by)
    page.refresh_from_db()
    return page


def hide(page: Page, numbers: list[int], *, by: User, instead: int = 0, **more: Any) -> Edit | None:
    """Hide versions of the page as it is now."""
    page.refresh_from_db()
    what = Purge(numbers=numbers, instead=instead, base=page.number, **more)
    return purge(page, what, reason="Personuppgifter", by=by)


def send(user: User, query: str = "", **changes: Any) -> Any:
    """The form, as rut fills it in."""
    form = {"versions": ["2", "3"], "base": "4", "reason": "Personuppgifter", "instead": ""}
    return signed_in(user).post(ADDRESS + query, form | changes)


def make_proposal(page: Page, by: User, **fields: Any) -> Proposal:
    """A proposal for the page that waits."""
    return Proposal.objects.create(page=page, author=by, title="Skolan", **({"base": page.number} | fields))
