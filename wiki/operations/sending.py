"""The form that a text is sent from: the same form once more makes nothing new, and its draft goes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from mittkoping.accounts.models import User
from wiki.content import Content
from wiki.models import Draft, Edit, HiddenVersion, Page, Proposal, SentForm
from wiki.operations.errors import AlreadyProposed, AlreadySaved
from wiki.operations.transactions import in_transaction

KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What stands in a form.

    page       that it is about; None for a new one
    proposal   whose text is being changed, if it is one
    fields     name → values, as typed
    base       the version that the text started from; 0 for a new page
    """

    page: Page | None
    proposal: Proposal | None
    fields: Mapping[str, list[str]]
    title: str
    base: int


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What a form says of itself.

    once      its own key; "" when a program sends without one
    tab       the window that it stands in; "" without JavaScript
    seq       counts what this window has sent: what comes late does not replace what is newer
    draft     the draft that it has been saved in, and
    counter   how often that had been saved when the form last heard of it; 0 for none
    left      the whole form, when it has own words that are not in what is saved; they wait among the drafts
              that were thrown away
    """

    once: str = ""
    tab: str = ""
    seq: int = 0
    draft: int = 0
    counter: int = 0
    left: Typed | None = None


def find_sent(sending: Sending, content: Content, *, by: User) -> SentForm | None:
    """What this form became when it was sent before, with other content; None if nothing came of it.

    Raises AlreadySaved or AlreadyProposed when it was the same content.
    """
    if not sending.once:
        return None
    rows = SentForm.objects.select_related("edit__page", "proposal__page")
    row = rows.filter(user=by, once=sending.once).first()
    if row is None or not (row.edit or row.proposal):
        return None
    if row.digest == digest(content):
        if row.proposal:
            raise AlreadyProposed(row.proposal)
        raise AlreadySaved(row.edit)
    return row


def take_turn(by: User) -> None:
    """Wait until no other form or draft of the user is being saved: one after the other, in a transaction.

    Whoever locks a page as well locks this first.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)


def continued(row: SentForm | None, page: Page, base: int) -> int:
    """The version that a text goes on from: after going back in the browser, the one that it became before.

    Unless it was merged on the way: then the writer has not seen all of that version.
    """
    edit = row.edit if row else None
    if row is None or edit is None or edit.page_id != page.pk or edit.number < base:
        return base
    try:
        return edit.number if digest(edit.content) == row.digest else base
    except HiddenVersion:
        return base


def remember_sent(sending: Sending | None, content: Content, result: Edit | Proposal, *, by: User) -> None:
    """Note what the form has become, and take its draft away; inside the transaction that made the result.

    The transaction has taken the user's turn, so that no draft is being saved that this would not see.
    """
    if sending is None:
        return
    _drop_draft(sending, by)
    if not sending.once:
        return
    SentForm.objects.update_or_create(user=by, once=sending.once, defaults=_as_row(sending, content, result))
    SentForm.objects.filter(user=by, sent_at__lt=timezone.now() - KEPT_FOR).delete()


@in_transaction
def finish_form(
    sending: Sending, content: Content, *, became: Edit | Proposal | None = None, by: User
) -> None:
    """Note that a form was sent of which nothing new has come, and take its draft away.

    became   what says the same already, if it is known
    """
    take_turn(by)
    _drop_draft(sending, by)
    if not sending.once:
        return
    row = _as_row(sending, content, became)
    # What it has become before, and of what content, stays true.
    seen_again = {name: row[name] for name in ("tab", "seq", "sent_at")}
    SentForm.objects.update_or_create(user=by, once=sending.once, defaults=seen_again, create_defaults=row)


def _as_row(sending: Sending, content: Content, became: Edit | Proposal | None) -> dict[str, Any]:
    """What SentForm says of a form."""
    return {
        "tab": sending.tab,
        "seq": sending.seq,
        "digest": digest(content),
        "edit": became if isinstance(became, Edit) else None,
        "proposal": became if isinstance(became, Proposal) else None,
        "sent_at": timezone.now(),
    }


def _drop_draft(sending: Sending, by: User) -> None:
    """Take away the draft of a form whose text is saved; not one that has been gone on with since."""
    own = Q(pk=sending.draft, counter=sending.counter)
    if sending.tab:
        own |= Q(tab=sending.tab, seq__lte=sending.seq)
    Draft.objects.kept().filter(own, user=by).delete()
    if sending.left:
        _keep_left(sending.left, sending, by)


def _keep_left(typed: Typed, sending: Sending, by: User) -> None:
    """Make a draft that waits to be brought back, unless the last of these says the same."""
    own = Draft.objects.filter(user=by)
    last = own.thrown_away().about(typed.page, typed.proposal).order_by("-deleted_at", "-pk").first()
    if last and last.fields == typed.fields:
        return
    draft = Draft(user=by, page=typed.page, proposal=typed.proposal, tab=sending.tab, seq=sending.seq)
    draft.fill(dict(typed.fields), title=typed.title, base=typed.base)
    draft.deleted_at = draft.saved_at
    draft.save()


def digest(content: Content) -> str:
    """What two contents have in common only if they are equal."""
    fields = json.dumps(content.to_fields(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(fields.encode("utf-8", "surrogatepass")).hexdigest()
