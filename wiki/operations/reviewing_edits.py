"""Look at what editors have published: it was fine, or it goes back to how it was."""

from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record
from wiki import rules
from wiki.models import Edit, Page, ReviewItem
from wiki.operations.claims import check_claim
from wiki.operations.drawing import Drawn, draw
from wiki.operations.errors import NothingChanged, NothingToReview, PageChanged, ReasonMissing
from wiki.operations.links import draw_again, mark_title
from wiki.operations.publishing import Facts, lock, publish, require
from wiki.operations.queueing import queue_edits
from wiki.operations.transactions import in_transaction


class NeverReviewed(NothingToReview):
    """There is no reviewed version to go back to."""

    def __init__(self) -> None:
        Exception.__init__(
            self, _("Sidan har ingen granskad version att gå tillbaka till. Arkivera den om den ska bort.")
        )


@in_transaction
def mark_reviewed(page: Page, *, up_to: int, by: User, comment: str = "") -> int:
    """Note that a moderator has looked at the unreviewed edits up to a version; gives how many.

    Raises PermissionDenied, NothingToReview, or ClaimLost.
    """
    page = _lock_to_review(page, by)
    edits = page.edits.unreviewed().filter(number__lte=up_to)
    reviewed = {"review_state": Edit.ReviewState.REVIEWED, "reviewer": by, "reviewed_at": timezone.now()}
    count = edits.update(**reviewed)
    if not count:
        raise NothingToReview
    queue_edits(page)
    record(LogEntry.Act.REVIEW, by=by, target=page, number=up_to, reason=comment, count=count)
    return count


def restore_reviewed(page: Page, *, seen: int, reason: str, by: User) -> Edit:
    """Publish the last reviewed version again, as a new one, in place of the edits that came after it.

    seen   the version that the moderator looked at

    Raises PermissionDenied, ReasonMissing, NothingToReview, NeverReviewed, PageChanged, ClaimLost,
    NothingChanged, DuplicateTitle, or HiddenVersion.
    """
    require(rules.may_moderate(by), _("Bara moderatorer granskar."))
    if not reason.strip():
        raise ReasonMissing
    reviewed = last_reviewed(page)
    drawn = draw(page, reviewed.content, is_revert=True)
    edit, stale = _restore(page, reviewed, drawn, seen, reason, by)
    draw_again(stale)
    return edit


def last_reviewed(page: Page) -> Edit:
    """The last version before the first unreviewed one. Raises NothingToReview, or NeverReviewed."""
    first = page.edits.unreviewed().order_by("number").first()
    if first is None:
        raise NothingToReview
    edit = page.edits.filter(number__lt=first.number, hidden_at=None).order_by("-number").first()
    if edit is None:
        raise NeverReviewed
    return edit


@in_transaction
def _restore(
    page: Page, reviewed: Edit, drawn: Drawn, seen: int, reason: str, by: User
) -> tuple[Edit, list[int]]:
    page = _lock_to_review(page, by)
    # Others may have reviewed some of the edits meanwhile, or hidden the version.
    if seen != page.number or reviewed != last_reviewed(page):
        raise PageChanged
    content = reviewed.content
    if content == page.content:
        raise NothingChanged
    unreviewed = list(page.edits.unreviewed().values_list("pk", flat=True))
    looked_at = {"review_state": Edit.ReviewState.REVIEWED, "reviewer": by, "reviewed_at": timezone.now()}
    Edit.objects.filter(pk__in=unreviewed).update(**looked_at)
    before = page.title_key
    facts = Facts(act=Edit.Act.REVERT, author=by, summary=reason[:200], source_number=reviewed.number)
    edit = publish(page, content, drawn=drawn, facts=facts)
    record(LogEntry.Act.RESTORE_REVIEWED, by=by, target=page, number=edit.number, reason=reason)
    return edit, mark_title(page, before)


def _lock_to_review(page: Page, by: User) -> Page:
    require(rules.may_moderate(by), _("Bara moderatorer granskar."))
    page = lock(page)
    if not page.edits.unreviewed().exists():
        raise NothingToReview
    own = _("Några av ändringarna är dina egna. Be en annan moderator att granska dem.")
    require(rules.may_review_edits(by, page), own)
    check_claim(ReviewItem.objects.filter(page=page, kind=ReviewItem.Kind.EDITS).first(), by)
    return page
