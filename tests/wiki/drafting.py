"""What tests of drafts have in common: forms as browsers send them, and drafts as scripts save them."""

from typing import Any

from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import form_of, signed_in
from wiki import operations
from wiki.models import Draft, Page, Proposal

EDIT = "/sidor/skolan/redigera/"
NEW = "/sidor/ny/"
SCRIPT = {"Accept": "application/json"}
OFFER = "data-draft-offer"  # marks drafts that a form offers
TYPED = "Det här har någon skrivit i en timme.\n"
# Much is wrong in it.
WRONG: dict[str, Any] = {
    "title": "x" * 200,
    "lead": "Ingressen.",
    "kind": "roman",
    "tracks": ["", "skola", "himlen"],
    "municipalities": "Mittkoping, Atlantis",
    "summary": "y" * 300,
    "minor": "on",
    "tags-TOTAL_FORMS": "2",
    "tags-INITIAL_FORMS": "0",
    "tags-0-factor": "finns-inte",
    "tags-0-direction": "",
    "tags-0-note": "Halv",
    "tags-1-note": "Bara en tanke",
    "tags-1-municipality": "Atlantis",
}


def autosave(client: Client, address: str, form: dict[str, Any]) -> Any:
    """Save as the script does."""
    return client.post(address, form | {"do": "draft"}, headers=SCRIPT)


def saved_draft(client: Client, address: str, form: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The form, saved once by its script, as it is sent then."""
    form = form | {"once": "nyckel", "tab": "A", "seq": "1"}
    told = autosave(client, address, form).json()
    return form | {"draft": told["draft"], "counter": told["counter"], "seq": "2"} | more


def by_hand(client: Client, address: str, form: dict[str, Any]) -> Any:
    """Save by the button."""
    return client.post(address, form | {"do": "draft"})


def keep(
    page: Page | None, *, by: User, proposal: Proposal | None = None, base: int = 1, **fields: Any
) -> Draft:
    """A draft of the page's form, or of the form of a new page."""
    form = form_of(page, **fields) if page else fields
    typed = operations.Typed(
        page=page,
        proposal=proposal,
        fields={name: value if isinstance(value, list) else [value] for name, value in form.items()},
        title=form.get("title", ""),
        base=base if page else 0,
    )
    return operations.save_draft(typed, sending=operations.Sending(), by=by).draft


def sent_from(form: Any) -> dict[str, str]:
    """What a browser would send from a form that is shown: all but the tags."""
    return {
        name: str(form[name].value() if form[name].value() is not None else "")
        for name in form.fields
        if name not in {"tracks", "minor"}
    }


def shown(user: User, address: str) -> Any:
    """The answer to a GET, which must go well."""
    answer = signed_in(user).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer
