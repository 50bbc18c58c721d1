"""The only path to a new version."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping import versions
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from mittkoping.text.names import title_key
from mittkoping.text.swedish import sort_key
from wiki import rules
from wiki.content import Content
from wiki.models import Edit, FormerName, Page, Proposal
from wiki.operations.drawing import Drawn
from wiki.operations.errors import DuplicateTitle
from wiki.operations.links import apply_rendering, project_links
from wiki.operations.notifying import tell_of_edit
from wiki.operations.projecting import Before, project_tags
from wiki.operations.queueing import queue_edits
from wiki.operations.using import project_files
from wiki.operations.watching import watch_written


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is told of a new version besides its content.

    source_number   the version that was brought back, if that is what was done
    at              when it was written; None is now
    reviewer        the moderator who accepted it; None when nobody looked at it before
    is_adjusted     the reviewer changed it
    proposal        what it was, if it waited for review: then it counts for the municipality of that time
    base            the version that the text started from; None when it is not known, or a new page
    """

    author: User
    summary: str
    act: Edit.Act
    is_minor: bool = False
    source_number: int | None = None
    at: datetime | None = None
    reviewer: User | None = None
    is_adjusted: bool = False
    proposal: Proposal | None = None
    base: int | None = None


def require(allowed: bool, otherwise: str) -> None:
    """Raise PermissionDenied, with a sentence, unless allowed."""
    if not allowed:
        raise PermissionDenied(otherwise)


def require_writing(by: User, page: Page | None) -> None:
    """Raise PermissionDenied, with a sentence, unless the user may write; page is None for a new one."""
    if by.is_blocked:
        reason = by.block_reason
        require(False, _("Ditt konto är avstängt: %(reason)s") % {"reason": reason})  # noqa: FBT003 - says why
    if page and page.is_archived:
        require(rules.may_write(by, page), _("Sidan är arkiverad. Den kan ändras när den är tillbaka."))
    require(rules.may_write(by, page), _("Sidan är låst. Skriv i diskussionen om något behöver ändras."))


def require_publishing(by: User, page: Page | None) -> None:
    """Raise PermissionDenied, with a sentence, unless the user may publish; page is None for a new one."""
    require_writing(by, page)
    if page and page.level == Page.Protection.REVIEWED and by.edits:
        require(rules.may_publish(by, page), _("Ändringar av sidan granskas först."))
    require(rules.may_publish(by, page), _("Du behöver vara redaktör för att publicera i wikin."))


def lock(page: Page) -> Page:
    """The page as it is now, its row locked until the transaction ends.

    Not against those who only point at the row: two pages that link to each other may be saved at once.
    """
    return Page.objects.select_for_update(no_key=True).get(pk=page.pk)


def publish(
    page: Page,
    content: Content,
    *,
    drawn: Drawn,
    facts: Facts,
) -> Edit:
    """Save the content as the page's next version, with everything derived from it.

    The page is locked, or new; the caller has asked the rule and started the transaction.
    Raises DuplicateTitle.
    """
    before = Before.of(page)
    _take_title(page, content.title)
    for field, value in content.to_fields().items():
        setattr(page, field, value)
    page.track_key = ",".join(content.tracks)
    apply_rendering(page, drawn.rendering)
    page.number += 1
    page.updated_at = facts.at or timezone.now()
    row = {
        "page": page,
        "number": page.number,
        "act": facts.act,
        "source_number": facts.source_number,
        "base": facts.base,
        "author": facts.author,
        "municipality": facts.proposal.municipality if facts.proposal else facts.author.municipality,
        "created_at": page.updated_at,
        "summary": facts.summary,
        "is_minor": facts.is_minor,
        "size_before": before.content.size,
        "size_after": content.size,
        "is_adjusted": facts.is_adjusted,
        **_review(facts.reviewer or facts.author, page.updated_at),
    }
    versions.save(page, by=facts.author, comment=facts.summary, meta=Edit, facts=row)
    page.municipalities.set(Municipality.objects.filter(code__in=content.municipalities))
    is_revert = facts.act == Edit.Act.REVERT
    project_tags(page, content, before=before, plains=drawn.plains, is_revert=is_revert)
    project_links(page, drawn.rendering.links)
    queue_edits(page)
    edit = Edit.objects.select_related("page").get(page=page, number=page.number)
    project_files(edit, drawn.rendering.files)
    # What a file says, or what is said to have been written long ago, is no news.
    if facts.at is None and facts.act != Edit.Act.IMPORT:
        watch_written(page, by=facts.author)
        tell_of_edit(edit)
    return edit


def _review(by: User, at: datetime) -> dict[str, Any]:
    """What a moderator writes, or accepts, counts as reviewed."""
    if not by.moderates:
        return {"review_state": Edit.ReviewState.UNREVIEWED}
    return {"review_state": Edit.ReviewState.REVIEWED, "reviewer": by, "reviewed_at": at}


def _take_title(page: Page, title: str) -> None:
    key = title_key(title)
    if other := Page.objects.filter(title_key=key).exclude(pk=page.pk).only("archived_at").first():
        raise DuplicateTitle(title, is_archived=other.is_archived)
    if page.number and key != page.title_key:
        FormerName.objects.get_or_create(page=page, key=page.title_key, is_slug=False)
    page.title_key = key
    page.sort_key = sort_key(title)
