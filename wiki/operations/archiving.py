"""Put pages away and bring them back; no version is made, since the content is the same."""

from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record
from wiki import rules
from wiki.models import Page, Proposal, ReviewItem
from wiki.operations.links import draw_again, mark_links_to
from wiki.operations.publishing import lock, require
from wiki.operations.queueing import queue_edits, queue_proposal
from wiki.operations.transactions import in_transaction


def archive(page: Page, *, reason: str, by: User) -> None:
    """Hide a page from everybody but moderators; its history, slug and title stay its own.

    Raises PermissionDenied, also for a page that is archived already.
    """
    draw_again(put_away(page, reason=reason, by=by))


def restore(page: Page, *, by: User) -> None:
    """Show an archived page to everybody again. Raises PermissionDenied, also if it is not archived."""
    draw_again(_restore(page, by))


@in_transaction
def put_away(page: Page, *, reason: str, by: User) -> list[int]:
    """As `archive`, as a part of the caller's transaction; returns the pages that must be drawn again."""
    page = lock(page)
    require(rules.may_archive(by, page), _("Bara moderatorer arkiverar sidor."))
    Page.objects.filter(pk=page.pk).update(archived_at=timezone.now(), archived_by=by, archive_reason=reason)
    # Nobody can decide on what belongs to an archived page, so it does not wait in the queue either.
    ReviewItem.objects.filter(page=page).delete()
    record(LogEntry.Act.ARCHIVE, by=by, target=page, reason=reason)
    return mark_links_to(page)


@in_transaction
def _restore(page: Page, by: User) -> list[int]:
    page = lock(page)
    require(rules.may_restore(by, page), _("Bara moderatorer tar tillbaka sidor ur arkivet."))
    # The reason that it was put away for stays in the log.
    Page.objects.filter(pk=page.pk).update(archived_at=None, archived_by=None, archive_reason="")
    queue_edits(page)
    for proposal in page.proposals.filter(status=Proposal.Status.PENDING).select_related("page"):
        queue_proposal(proposal)
    record(LogEntry.Act.RESTORE, by=by, target=page)
    return mark_links_to(page)
