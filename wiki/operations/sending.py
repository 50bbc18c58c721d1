"""The form that a text is sent from: the same form once more makes nothing new, and its draft goes."""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from mittkoping.accounts.models import User
from wiki.content import Content
from wiki.models import Draft, Edit, HiddenVersion, Page, Proposal, SentForm
from wiki.operations.errors import AlreadyProposed, AlreadySaved

KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What a form says of itself.

    once      its own key; "" when a program sends without one
    tab       the window that it stands in; "" without JavaScript
    seq       counts what this window has sent: what comes late does not replace what is newer
    draft     the draft that it has been saved in, and
    counter   how often that had been saved when the form last heard of it; 0 for none
    """

    once: str = ""
    tab: str = ""
    seq: int = 0
    draft: int = 0
    counter: int = 0


def find_sent(sending: Sending, content: Content, *, by: User) -> SentForm | None:
    """What this form became when it was sent before, with other content.

    Raises AlreadySaved or AlreadyProposed when it was the same content.
    """
    if not sending.once:
        return None
    rows = SentForm.objects.select_related("edit__page", "proposal__page")
    row = rows.filter(user=by, once=sending.once).first()
    if row and row.digest == digest(content):
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
    drop_draft(sending, by=by)
    if not sending.once:
        return
    became = {
        "tab": sending.tab,
        "seq": sending.seq,
        "digest": digest(content),
        "edit": result if isinstance(result, Edit) else None,
        "proposal": result if isinstance(result, Proposal) else None,
        "sent_at": timezone.now(),
    }
    if not SentForm.objects.filter(user=by, once=sending.once).update(**became):
        SentForm.objects.create(user=by, once=sending.once, **became)
    SentForm.objects.filter(user=by, sent_at__lt=timezone.now() - KEPT_FOR).delete()


def drop_draft(sending: Sending, *, by: User) -> None:
    """Take away the draft of a form whose text is saved; not one that has been gone on with since."""
    own = Q(pk=sending.draft, counter=sending.counter)
    if sending.tab:
        own |= Q(tab=sending.tab, seq__lte=sending.seq)
    Draft.objects.kept().filter(own, user=by).delete()


def digest(content: Content) -> str:
    """What two contents have in common only if they are equal."""
    fields = json.dumps(content.to_fields(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(fields.encode("utf-8", "surrogatepass")).hexdigest()
