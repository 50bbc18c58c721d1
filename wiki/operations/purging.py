"""Hide versions that hold personal data: the rows stay, and everybody sees that they are hidden, and why."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import hide_reason, record
from wiki import rules
from wiki.content import Content
from wiki.models import Edit, Page, Proposal
from wiki.operations.drawing import Drawn, draw
from wiki.operations.errors import EditConflict, ReasonMissing, Refusal
from wiki.operations.finding_words import contains, phrases
from wiki.operations.links import draw_again, mark_title
from wiki.operations.publishing import Facts, lock, publish, require
from wiki.operations.reviewing import hide_proposal
from wiki.operations.transactions import in_transaction
from wiki.operations.wiping import wipe


class NothingInItsPlace(Refusal):
    """The version that readers see is to be hidden, and no earlier one is there to be seen instead."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Versionen gäller nu, och det finns ingen tidigare version som kan gälla i stället. "
                "Redigera sidan så att uppgifterna är borta, eller arkivera den. Dölj sedan versionen."
            )
        )


class WrongPlace(Refusal):
    """What is to be seen instead is hidden itself, or no earlier version."""

    def __init__(self) -> None:
        super().__init__(_("Välj en tidigare version som inte är dold och inte ska döljas."))


class NothingToHide(Refusal):
    """None of the versions is there to be hidden; a form that was sent twice says so."""

    def __init__(self) -> None:
        super().__init__(_("Versionerna är redan dolda."))


@dataclass(frozen=True, kw_only=True)
class Purge:
    """What is to be hidden, and on what a moderator decided.

    numbers    of the versions
    instead    the version that is published again if the newest is hidden; 0 for none
    base       the newest version when the moderator looked
    words      what they looked for; reasons that the page itself shows are emptied if they say it, and
               drafts of the page lose them
    proposals  to be hidden together with the versions
    entries    of the log, whose reasons are
    """

    numbers: Collection[int]
    instead: int
    base: int
    words: str = ""
    proposals: Collection[Proposal] = field(default=())
    entries: Collection[LogEntry] = field(default=())


def instead_of(page: Page, numbers: Collection[int]) -> int:
    """The last version before the newest that is readable and not one of these; 0 when there is none."""
    others = page.edits.filter(hidden_at=None, number__lt=page.number).exclude(number__in=numbers)
    return others.order_by("-number").values_list("number", flat=True).first() or 0


def purge(page: Page, what: Purge, *, reason: str, by: User) -> Edit | None:
    """Hide versions, and what else shows them; returns the version that was published in their place, if any.

    All or nothing. Raises PermissionDenied, ReasonMissing, NothingToHide, NothingInItsPlace, WrongPlace,
    EditConflict (somebody has saved since), or DuplicateTitle.
    """
    require(rules.may_moderate(by), _("Bara moderatorer döljer versioner."))
    content = drawn = None
    if what.base in what.numbers and what.base == page.number:
        content = _content_instead(page, what)
        drawn = draw(page, content, is_revert=True)
    edit, stale = _purge(page, what, content, drawn, reason, by)
    draw_again(stale)
    return edit


def _content_instead(page: Page, what: Purge) -> Content:
    if not what.instead:
        raise NothingInItsPlace
    edit = page.edits.filter(number=what.instead, number__lt=page.number, hidden_at=None).first()
    if edit is None or edit.number in what.numbers:
        raise WrongPlace
    return edit.content


@in_transaction
def _purge(
    page: Page, what: Purge, content: Content | None, drawn: Drawn | None, reason: str, by: User
) -> tuple[Edit | None, list[int]]:
    page = lock(page)
    if not reason:
        raise ReasonMissing
    edits = page.edits.filter(number__in=what.numbers)
    hidden = [edit.number for edit in edits.order_by("number") if rules.may_purge(by, edit)]
    if not hidden:
        raise NothingToHide
    if what.base != page.number:
        raise EditConflict(page, page.content)
    _check_place(page, what, content)
    edit: Edit | None = None
    stale: list[int] = []
    if content and drawn:
        edit, stale = _publish_instead(page, what.instead, content, drawn, by)
    edits.filter(number__in=hidden).update(hidden_at=timezone.now(), hidden_by=by, hidden_reason=reason)
    record(LogEntry.Act.PURGE, by=by, target=page, number=hidden[0], reason=reason, numbers=hidden)
    _hide_what_shows_it(page, what, reason, by)
    _empty_quotes(page, hidden)
    return edit, stale


def _check_place(page: Page, what: Purge, content: Content | None) -> None:
    """What readers see is not hidden from under them, nor replaced by what has been hidden meanwhile."""
    if page.number in what.numbers and content is None:
        raise NothingInItsPlace
    if content and page.edits.filter(number=what.instead).exclude(hidden_at=None).exists():
        raise WrongPlace


def _publish_instead(
    page: Page, number: int, content: Content, drawn: Drawn, by: User
) -> tuple[Edit, list[int]]:
    before = page.title_key
    summary = _("Återställde version %(number)s") % {"number": number}
    facts = Facts(act=Edit.Act.REVERT, author=by, summary=summary, source_number=number)
    edit = publish(page, content, drawn=drawn, facts=facts)
    return edit, mark_title(page, before)


def _empty_quotes(page: Page, hidden: Collection[int]) -> None:
    """Keep no words of tags that were chosen in hidden versions, except what readers see in the text."""
    for row in page.factor_tags.filter(passage_version__in=hidden).exclude(words=""):
        if not row.pieces:
            page.factor_tags.filter(pk=row.pk).update(words="")


def _hide_what_shows_it(page: Page, what: Purge, reason: str, by: User) -> None:
    for proposal in what.proposals:
        if proposal.page_id == page.pk and rules.may_hide_proposal(by, proposal):
            hide_proposal(proposal, reason=reason, by=by)
    for entry in what.entries:
        hide_reason(entry, by=by)
    wipe(page, what.words)
    wanted = phrases(what.words)
    shown = ("protection_reason", "archive_reason")
    emptied = {name: "" for name in shown if contains(getattr(page, name), wanted)}
    if emptied:
        Page.objects.filter(pk=page.pk).update(**emptied)
