"""Put another file in the place of one, in every page that shows it."""

import dataclasses
from dataclasses import dataclass, field
from typing import BinaryIO

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from wiki import rules
from wiki.files.naming import MEDIA, all_paths
from wiki.models import Attachment, AttachmentContent, AttachmentUse, Edit, Page, Proposal
from wiki.models.attachment import AttachmentContentQuerySet
from wiki.operations.attachments import (
    BadFile,
    Ready,
    claim,
    make_ready,
    new_content,
    require_kept,
    store_again,
)
from wiki.operations.errors import AlreadyProposed, Refusal
from wiki.operations.limits import check_uploads, count_try
from wiki.operations.pages import edit
from wiki.operations.publishing import require
from wiki.operations.transactions import in_transaction


@dataclass(frozen=True)
class Replaced:
    """What has come of it.

    is_new      False when the file held it already, and only pages were left
    edits       of the pages that show it now
    proposals   for those where a moderator looks first
    refused     the pages that could not be changed, each with a sentence that says why
    """

    content: AttachmentContent
    is_new: bool
    edits: list[Edit] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    refused: list[tuple[Page, str]] = field(default_factory=list)


def replace(attachment: Attachment, data: BinaryIO, name: str, *, summary: str = "", by: User) -> Replaced:
    """Give a file a new content, and write its address into every page that shows a former one now.

    Each page is an edit, or a proposal where that is the rule; one that cannot be changed stops no other.
    The newest content once more goes on with the pages that are left. Old versions show what they showed.
    Raises PermissionDenied, TooMany, BadFile, or StorageFault.
    """
    _require_replacing(attachment, by)
    check_uploads(by)
    count_try(by)
    ready = make_ready(data, name)
    replaced = _replace(attachment, ready, summary, by)
    store_again(ready)
    for page in _pages_with_former(replaced.content, by):
        _write_into(page, replaced, by)
    return replaced


@in_transaction
def _replace(attachment: Attachment, ready: Ready, summary: str, by: User) -> Replaced:
    attachment = Attachment.objects.select_for_update(no_key=True).get(pk=attachment.pk)
    _require_replacing(attachment, by)
    claim(ready.taken)
    newest = attachment.contents.newest_first()[0]
    if newest.is_image != ready.taken.is_picture:
        raise BadFile(
            _("En bild kan bara bytas mot en bild.")
            if newest.is_image
            else _("Ett dokument kan bara bytas mot ett dokument.")
        )
    if newest.digest == ready.taken.digest:
        if not _pages_with_former(newest, by):
            raise BadFile(_("Det är samma fil som redan finns här."))
        return Replaced(newest, is_new=False)
    content = new_content(ready, attachment, newest.number + 1, by)
    content.summary = summary
    content.save()
    return Replaced(content, is_new=True)


def _require_replacing(attachment: Attachment, by: User) -> None:
    require_kept(attachment)
    sentence = _("Bara den som laddade upp filen och redaktörer byter ut den.")
    require(rules.may_replace_file(by, attachment), sentence)


def _former(content: AttachmentContent) -> AttachmentContentQuerySet:
    """What the file held before: neither what it holds again, nor what somebody else gave it meanwhile."""
    earlier = AttachmentContent.objects.filter(attachment=content.attachment_id, number__lt=content.number)
    return earlier.exclude(path=content.path)


def _pages_with_former(content: AttachmentContent, by: User) -> list[Page]:
    uses = AttachmentUse.objects.filter(content__in=_former(content)).visible_to(by).current()
    return list(uses.on_pages().current().in_order())


def _write_into(page: Page, replaced: Replaced, by: User) -> None:
    content = replaced.content
    former = _former(content).order_by().values_list("path", flat=True).distinct()
    body = page.body
    for path in (path for main in former for path in all_paths(main)):
        body = body.replace(f"{MEDIA}{path}", content.url)
    changed = dataclasses.replace(page.content, body=body)
    summary = _("Bytte ut filen %(name)s") % {"name": content.attachment.name}
    try:
        made = edit(page, changed, base=page.number, summary=summary, by=by)
    except AlreadyProposed as already:
        made = already.proposal
    except (Refusal, PermissionDenied) as refusal:
        replaced.refused.append((page, str(refusal)))
        return
    if isinstance(made, Edit):
        replaced.edits.append(made)
    else:
        replaced.proposals.append(made)
