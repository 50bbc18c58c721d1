"""Keep what somebody types, throw it away, and bring it back. A draft never touches what is published."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from wiki.models import Draft, SentForm
from wiki.operations.errors import Refusal
from wiki.operations.limits import TooMany
from wiki.operations.sending import Sending, Typed, continued, take_turn
from wiki.operations.transactions import in_transaction

MOST = 200  # drafts of one user
MOST_OF_ONE = 20  # of them about one page that there is: nobody needs so many, and a purge reads them all
MAX_SIZE = 2_000_000  # characters of one draft: ten times what a page may have
MOST_A_MINUTE = 120  # savings of one draft; the script needs thirty
MINUTE = 60  # seconds


class DraftRefused(Refusal):
    """More than can be kept."""


class FormSent(Refusal):
    """What is to be kept has been sent meanwhile; carries what it became."""

    def __init__(self, sent: SentForm) -> None:
        super().__init__(_("Texten är redan sparad."))
        self.sent = sent


@dataclass(frozen=True)
class Kept:
    """A draft as it is now; is_forked when another window had saved it meanwhile, and keeps its own."""

    draft: Draft
    is_forked: bool = False


@in_transaction
def save_draft(typed: Typed, *, sending: Sending, by: User, is_by_hand: bool = False) -> Kept:
    """Keep what stands in a form.

    A draft is only replaced by the window that saved it last, or by one that has seen it as it is; for any
    other a second draft is made, unless both say the same.

    is_by_hand   somebody pressed a button: what this window's script has sent before or sends late is older

    Raises FormSent when this window has sent the form meanwhile, DraftRefused, or TooMany.
    """
    take_turn(by)
    row = _sent(sending, by)
    if row and sending.tab and row.tab == sending.tab and sending.seq <= row.seq and not is_by_hand:
        raise FormSent(row)
    _check_size(typed)
    draft = _own_draft(typed, sending, by)
    if draft is None:
        return Kept(_alike(typed, by) or _make(typed, sending, row, by))
    if sending.tab and draft.tab == sending.tab:
        return Kept(_renew(draft, typed, sending, row, is_by_hand=is_by_hand))
    if draft.counter == sending.counter:
        return Kept(_replace(draft, typed, sending.seq, sending, row))
    if draft.fields == typed.fields:
        return Kept(draft)
    return Kept(_make(typed, sending, row, by), is_forked=True)


@in_transaction
def delete_draft(draft: Draft, *, by: User) -> None:
    """Throw one's own draft away; it can be brought back for UNDO_FOR."""
    take_turn(by)
    own = Draft.objects.filter(user=by)
    own.kept().filter(pk=draft.pk).update(deleted_at=timezone.now())
    thrown_away = own.exclude(deleted_at=None).order_by("-deleted_at", "-pk")
    own.filter(pk__in=list(thrown_away.values_list("pk", flat=True)[MOST:])).delete()
    Draft.objects.expired().delete()


@in_transaction
def restore_draft(draft: Draft, *, by: User) -> None:
    """Bring one's own draft back that was thrown away, if it is not too late."""
    take_turn(by)
    Draft.objects.thrown_away().filter(user=by, pk=draft.pk).update(deleted_at=None)


def _sent(sending: Sending, by: User) -> SentForm | None:
    rows = SentForm.objects.select_related("edit__page", "proposal")
    return rows.filter(user=by, once=sending.once).first() if sending.once else None


def _own_draft(typed: Typed, sending: Sending, by: User) -> Draft | None:
    """The draft that the form has been saved in: by its window, which knows of no other after a lost answer;
    else the one that it says.
    """
    drafts = Draft.objects.kept().filter(user=by).about(typed.page, typed.proposal)
    own = drafts.filter(tab=sending.tab).newest_first().first() if sending.tab else None
    if own is None and sending.draft:
        return drafts.filter(pk=sending.draft).first()
    return own


def _alike(typed: Typed, by: User) -> Draft | None:
    """The newest draft of the form, if it says the same: a button that was pressed twice makes one."""
    newest = Draft.objects.kept().filter(user=by).about(typed.page, typed.proposal).newest_first().first()
    return newest if newest and newest.fields == typed.fields else None


def _check_size(typed: Typed) -> None:
    size = sum(len(name) + sum(map(len, values)) for name, values in typed.fields.items())
    if size > MAX_SIZE:
        raise DraftRefused(_("Texten är för stor för att sparas som utkast. Dela upp den på flera sidor."))


def _make(typed: Typed, sending: Sending, row: SentForm | None, by: User) -> Draft:
    Draft.objects.expired().delete()
    kept = Draft.objects.kept().filter(user=by)
    if kept.count() >= MOST:
        sentence = _("Du har redan %(most)s utkast. Ta bort något av dem först, under Mina utkast.")
        raise DraftRefused(sentence % {"most": MOST})
    if typed.page and kept.about(typed.page, typed.proposal).count() >= MOST_OF_ONE:
        sentence = _("Du har redan %(most)s utkast av den här sidan. Ta bort något av dem först.")
        raise DraftRefused(sentence % {"most": MOST_OF_ONE})
    draft = Draft(user=by, page=typed.page, proposal=typed.proposal, counter=0)
    return _replace(draft, typed, sending.seq, sending, row)


def _renew(draft: Draft, typed: Typed, sending: Sending, row: SentForm | None, *, is_by_hand: bool) -> Draft:
    """Replace what the same window has saved, unless this is older."""
    if is_by_hand:
        return _replace(draft, typed, max(draft.seq, sending.seq) + 1, sending, row)
    return _replace(draft, typed, sending.seq, sending, row) if sending.seq > draft.seq else draft


def _replace(draft: Draft, typed: Typed, seq: int, sending: Sending, row: SentForm | None) -> Draft:
    _count(draft, int(timezone.now().timestamp()))
    # In the version that it has become, the heading of a part may have another name.
    is_part = any(typed.fields.get("rubrik", ()))
    base = continued(row, typed.page, typed.base) if typed.page and not is_part else typed.base
    draft.fill(dict(typed.fields), title=typed.title, base=base)
    draft.counter += 1
    draft.tab = sending.tab
    draft.seq = seq
    draft.save()
    return draft


def _count(draft: Draft, seconds: int) -> None:
    """Note that the draft is saved now. Raises TooMany."""
    minute, second = divmod(seconds, MINUTE)
    draft.saves_in_minute = draft.saves_in_minute + 1 if draft.minute == minute else 1
    draft.minute = minute
    if draft.saves_in_minute > MOST_A_MINUTE:
        sentence = _("Utkastet har sparats %(limit)s gånger på en minut. Vänta en stund.")
        raise TooMany(sentence % {"limit": MOST_A_MINUTE}, retry_after=MINUTE - second)
