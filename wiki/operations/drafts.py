"""Keep what somebody types, throw it away, and bring it back. A draft never touches what is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from wiki.models import Draft, Page, Proposal, SentForm
from wiki.operations.errors import Refusal
from wiki.operations.sending import Sending, continued
from wiki.operations.transactions import in_transaction

MOST = 200  # drafts of one user
MAX_SIZE = 2_000_000  # characters of one draft: ten times what a page may have
UNDO_FOR = timedelta(days=30)


class DraftRefused(Refusal):
    """More than can be kept."""


class FormSent(Refusal):
    """What is to be kept has been sent meanwhile; carries what it became."""

    def __init__(self, sent: SentForm) -> None:
        super().__init__(_("Texten är redan sparad."))
        self.sent = sent


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


@dataclass(frozen=True)
class Kept:
    """A draft as it is now; is_forked when another window had saved it meanwhile, and keeps its own."""

    draft: Draft
    is_forked: bool = False


@in_transaction
def save_draft(typed: Typed, *, sending: Sending, by: User) -> Kept:
    """Keep what stands in a form.

    A draft is only replaced by the window that saved it last, or by one that has seen it as it is; for any
    other a second draft is made. Raises FormSent when this window has sent the form meanwhile, or
    DraftRefused.
    """
    # One user's drafts are saved one after the other.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    row = _sent(sending, by)
    if row and sending.tab and row.tab == sending.tab:
        raise FormSent(row)
    _check_size(typed)
    draft = _own_draft(typed, sending, by)
    if draft is None:
        return Kept(_make(typed, sending, row, by))
    if sending.tab and draft.tab == sending.tab:
        return Kept(_replace(draft, typed, sending, row) if sending.seq > draft.seq else draft)
    if draft.counter == sending.counter:
        return Kept(_replace(draft, typed, sending, row))
    return Kept(_make(typed, sending, row, by), is_forked=True)


@in_transaction
def delete_draft(draft: Draft) -> None:
    """Throw a draft away; it can be brought back for UNDO_FOR."""
    Draft.objects.filter(pk=draft.pk, deleted_at=None).update(deleted_at=timezone.now())


@in_transaction
def restore_draft(draft: Draft) -> None:
    """Bring a draft back that was thrown away."""
    Draft.objects.filter(pk=draft.pk).update(deleted_at=None)


def _sent(sending: Sending, by: User) -> SentForm | None:
    rows = SentForm.objects.select_related("edit__page", "proposal")
    return rows.filter(user=by, once=sending.once).first() if sending.once else None


def _own_draft(typed: Typed, sending: Sending, by: User) -> Draft | None:
    """The draft that the form has been saved in: as it says, or, after a lost answer, by its window."""
    drafts = Draft.objects.kept().filter(user=by).about(typed.page, typed.proposal)
    named = drafts.filter(pk=sending.draft).first() if sending.draft else None
    if named is None and sending.tab:
        return drafts.filter(tab=sending.tab).first()
    return named


def _check_size(typed: Typed) -> None:
    if sum(len(value) for values in typed.fields.values() for value in values) > MAX_SIZE:
        raise DraftRefused(_("Texten är för stor för att sparas som utkast. Dela upp den på flera sidor."))


def _make(typed: Typed, sending: Sending, row: SentForm | None, by: User) -> Draft:
    Draft.objects.filter(user=by, deleted_at__lt=timezone.now() - UNDO_FOR).delete()
    if Draft.objects.kept().filter(user=by).count() >= MOST:
        sentence = _("Du har redan %(most)s utkast. Ta bort något av dem först, under Mina utkast.")
        raise DraftRefused(sentence % {"most": MOST})
    draft = Draft(user=by, page=typed.page, proposal=typed.proposal, counter=0)
    return _replace(draft, typed, sending, row)


def _replace(draft: Draft, typed: Typed, sending: Sending, row: SentForm | None) -> Draft:
    draft.fields = dict(typed.fields)
    draft.title = typed.title
    draft.base = continued(row, typed.page, typed.base) if typed.page else typed.base
    draft.counter += 1
    draft.tab = sending.tab
    draft.seq = sending.seq
    draft.saved_at = timezone.now()
    draft.save()
    return draft
