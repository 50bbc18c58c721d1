"""Roll back what one account has done since a time: each page on its own, never over anybody else's work."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record
from wiki import rules
from wiki.content import Content
from wiki.models import Edit, Page, Proposal
from wiki.operations.archiving import put_away
from wiki.operations.drawing import Drawn, draw
from wiki.operations.errors import NothingChanged, ReasonMissing, Refusal
from wiki.operations.links import draw_again, mark_title
from wiki.operations.publishing import Facts, lock, publish, require
from wiki.operations.reviewing import hide_proposal, reject
from wiki.operations.transactions import in_transaction


@dataclass(frozen=True, kw_only=True)
class PagePlan:
    """What rolling back would do to one page.

    number   of the newest version
    first    of the account's first version since the time
    others   of the newest version that is somebody else's, or older than the time; 0 when there is none
    target   of the version that would be published again; 0 when there is none: the page would be archived
    is_free  the account's versions are the newest, so that nobody else's work is lost
    """

    page: Page
    number: int
    first: int
    others: int
    target: int
    is_free: bool

    @property
    def keeps_some(self) -> bool:
        """Others have built upon some of the account's versions: those are left alone."""
        return self.first < self.others

    @property
    def before(self) -> int:
        """The version to compare the newest one with, to see what the account did; 0 when there is none."""
        return self.target if self.is_free else self.first - 1


@dataclass(frozen=True)
class Outcome:
    """What became of a page or a proposal; edit is the new version, if there is one."""

    title: str
    address: str
    sentence: str
    is_done: bool
    edit: Edit | None = None


class NothingToRollBack(Refusal):
    """The page has nothing of the account's any more, or not on top."""

    def __init__(self) -> None:
        super().__init__(_("Sidan har ändrats sedan du förhandsgranskade, så den är som den var."))


def plans(user: User, since: datetime, *, only: Page | None = None) -> list[PagePlan]:
    """What rolling back would do to each page, or only this one, that it has saved. Three queries."""
    of_account = Q(edits__author=user, edits__created_at__gte=since)
    # A subquery, since a filter on edits would narrow down what is counted, too.
    touched = Edit.objects.filter(author=user, created_at__gte=since)
    touched = touched.filter(page=only) if only else touched
    pages = Page.objects.current().filter(pk__in=touched.values("page")).in_order()
    versions = pages.annotate(
        first=Min("edits__number", filter=of_account),
        own=Max("edits__number", filter=of_account),
        others=Max("edits__number", filter=~Q(edits__author=user) | Q(edits__created_at__lt=since)),
        target=Max(
            "edits__number",
            filter=Q(edits__hidden_at=None) & (~Q(edits__author=user) | Q(edits__created_at__lt=since)),
        ),
    )
    of_page = {row["pk"]: row for row in versions.values("pk", "first", "own", "others", "target")}
    found = [(page, of_page[page.pk]) for page in pages.for_cards() if page.pk in of_page]
    return [
        PagePlan(
            page=page,
            number=page.number,
            first=row["first"],
            others=row["others"] or 0,
            target=row["target"] or 0,
            is_free=row["own"] == page.number,
        )
        for page, row in found
    ]


def proposals_since(user: User, since: datetime) -> list[Proposal]:
    """The account's proposals since the time that nobody has decided on."""
    unfinished = Proposal.objects.unfinished().filter(author=user, hidden_at=None)
    recent = unfinished.filter(Q(created_at__gte=since) | Q(waits_from__gte=since))
    return list(recent.for_lists().newest_first())


def roll_back(
    user: User, *, since: datetime, pages: Mapping[int, int], reason: str, by: User
) -> list[Outcome]:
    """Take back what the account did to these pages, each in a transaction of its own; tells how each went.

    pages   by primary key: the newest version when the moderator looked. A page that has got another is left
            alone, so that sending it twice does it once.

    A page that has nothing to go back to is archived. Raises PermissionDenied or ReasonMissing.
    """
    require(rules.may_roll_back(by, user), _("Bara moderatorer rullar tillbaka."))
    if not reason:
        raise ReasonMissing
    known = Page.objects.visible_to(by).in_bulk(pages)
    return [_outcome(known[key], pages[key], user, since, reason, by) for key in pages if key in known]


def set_aside(proposals: list[Proposal], *, hide: bool, reason: str, by: User) -> list[Outcome]:
    """Reject, or hide, each of these proposals; tells what became of each."""
    return [_set_aside(proposal, hide, reason, by) for proposal in proposals]


def _outcome(page: Page, number: int, user: User, since: datetime, reason: str, by: User) -> Outcome:
    title, address = page.title, page.get_absolute_url()
    try:
        plan = _plan(page, number, user, since)
        if not plan.target:
            stale = _archive(plan, user, reason, by)
            draw_again(stale)
            return Outcome(title, address, _("Sidan är arkiverad."), is_done=True)
        content = page.edits.get(number=plan.target).content
        edit, stale = _revert(plan, content, draw(page, content, is_revert=True), user, reason, by)
    except (Refusal, PermissionDenied) as refusal:
        return Outcome(title, address, str(refusal), is_done=False)
    draw_again(stale)
    sentence = _("Version %(target)s gäller igen, som version %(number)s.")
    numbers = {"target": plan.target, "number": edit.number}
    return Outcome(edit.page.title, edit.page.get_absolute_url(), sentence % numbers, is_done=True, edit=edit)


def _plan(page: Page, number: int, user: User, since: datetime) -> PagePlan:
    """The plan for one page, if it is still the one that the moderator saw. Raises NothingToRollBack."""
    for plan in plans(user, since, only=page):
        if plan.is_free and plan.number == number:
            return plan
    raise NothingToRollBack


@in_transaction
def _revert(
    plan: PagePlan, content: Content, drawn: Drawn, user: User, reason: str, by: User
) -> tuple[Edit, list[int]]:
    page = _lock_as_planned(plan, user, by)
    if content == page.content:
        raise NothingChanged
    run = page.edits.filter(author=user, number__gt=plan.others)
    # They have been looked at: taken back is what came of it.
    run.unreviewed().update(review_state=Edit.ReviewState.REVIEWED, reviewer=by, reviewed_at=timezone.now())
    before = page.title_key
    facts = Facts(act=Edit.Act.REVERT, author=by, summary=reason, source_number=plan.target)
    edit = publish(page, content, drawn=drawn, facts=facts)
    record(LogEntry.Act.ROLL_BACK, by=by, target=page, user=user, number=edit.number, reason=reason)
    return edit, mark_title(page, before)


@in_transaction
def _archive(plan: PagePlan, user: User, reason: str, by: User) -> list[int]:
    page = _lock_as_planned(plan, user, by)
    record(LogEntry.Act.ROLL_BACK, by=by, target=page, user=user, number=page.number, reason=reason)
    return put_away(page, reason=reason, by=by)


def _lock_as_planned(plan: PagePlan, user: User, by: User) -> Page:
    page = lock(plan.page)
    require(rules.may_roll_back(by, user), _("Bara moderatorer rullar tillbaka."))
    if page.is_archived or page.number != plan.number:
        raise NothingToRollBack
    return page


def _set_aside(proposal: Proposal, hide: bool, reason: str, by: User) -> Outcome:
    title, address = proposal.title, proposal.get_absolute_url()
    try:
        if hide:
            hide_proposal(proposal, reason=reason, by=by)
            return Outcome(title, address, _("Förslaget är dolt."), is_done=True)
        reject(proposal, revision=proposal.revision, reason=reason, by=by)
    except (Refusal, PermissionDenied) as refusal:
        return Outcome(title, address, str(refusal), is_done=False)
    return Outcome(title, address, _("Förslaget är avslaget."), is_done=True)
