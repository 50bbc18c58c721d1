"""What stands around the form of a page: who else writes, what the writer may do, what they have proposed."""

from typing import Any

from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from wiki import rules
from wiki.forms import EditForm
from wiki.models import Page, Proposal
from wiki.views.presence import Around, look_around


def beside_form(form: EditForm, page: Page | None, proposal: Proposal | None, *, by: User) -> dict[str, Any]:
    """What the screen shows around a form of a page, or of a proposal for it."""
    return {
        "presence": None if proposal else _look_around(form, page, by),
        "may_publish": rules.may_publish(by, page),
        "may_propose": rules.may_propose(by, page),
        "own_proposals": _own_proposals(page, by),
        "municipality_names": Municipality.objects.in_order().values_list("name", flat=True),
    }


def _look_around(form: EditForm, page: Page | None, by: User) -> Around | None:
    """Who else writes on the page; nothing for a new one."""
    return look_around(page, base=form["base"].value(), by=by) if page else None


def _own_proposals(page: Page | None, by: User) -> list[Proposal]:
    """What the writer has proposed for the page and may go on with."""
    own = Proposal.objects.unfinished().filter(author=by, page=page)
    return list(own.visible_to(by).for_lists()) if page else []
