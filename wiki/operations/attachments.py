"""Files: upload, describe, delete. The bytes are stored before the row that names them, and go after it."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record
from wiki import rules
from wiki.files import storing
from wiki.files.naming import all_paths, clean_name, main_path
from wiki.files.refusing import NotTaken
from wiki.files.taking import Taken, take
from wiki.models import Attachment, AttachmentContent
from wiki.models.attachment import MAX_NAME
from wiki.operations.errors import ReasonMissing, Refusal
from wiki.operations.limits import check_uploads, count_try
from wiki.operations.publishing import require, require_writing
from wiki.operations.sending import take_turn
from wiki.operations.transactions import in_transaction
from wiki.validation import personal_number_problems

logger = logging.getLogger(__name__)

FORGOTTEN = timedelta(days=1)  # after which no upload can still be about to name a file


class BadFile(Refusal):
    """A file that is not taken; what is said is for the one who sent it."""


@dataclass(frozen=True)
class Ready:
    """A file that has been looked at, and is stored.

    name   what it was called where it came from
    """

    taken: Taken
    name: str


def upload(data: BinaryIO, name: str, *, by: User, creator: str = "", licence: str = "") -> AttachmentContent:
    """Take a file: a picture is written anew, a document looked at. Others see it once a page does.

    data   can be read and sought in
    name   of the file, with its extension; also what it is called from now on

    The same again, by the same person, is the file that is there already, with what was not yet said of it.
    Raises PermissionDenied, TooMany, BadFile, or StorageFault.
    """
    require_uploading(by)
    check_uploads(by)
    count_try(by)
    ready = make_ready(data, name)
    content = _upload(ready, {"creator": creator, "licence": licence}, by)
    store_again(ready)
    return content


def require_uploading(by: User) -> None:
    """Raise PermissionDenied, with a sentence, unless the user may upload files."""
    require_writing(by, None)
    require(rules.may_upload(by), _("Du behöver ett konto för att ladda upp filer."))


def describe(attachment: Attachment, name: str, creator: str, licence: str, *, by: User) -> None:
    """Say what a file is called, who made it, and how it may be used. Raises PermissionDenied."""
    require_kept(attachment)
    sentence = _("Bara den som laddade upp filen och redaktörer ändrar uppgifterna om den.")
    require(rules.may_describe_file(by, attachment), sentence)
    facts = {"name": name, "creator": creator, "licence": licence}
    changed = Attachment.objects.kept().filter(pk=attachment.pk).update(**facts)
    require(changed == 1, _("Filen är borttagen."))


def delete_file(attachment: Attachment, reason: str, *, by: User) -> None:
    """Take a file away from all pages, with everything that it has held; the same cannot be uploaded again.

    Other files that hold any of it are deleted too. The rows stay. Raises PermissionDenied, also if it is
    deleted already, or ReasonMissing.
    """
    paths = _delete(attachment, reason, by)
    try:
        # Asked of each in the last moment: somebody may have uploaded it since.
        storing.throw_away(path for path in paths if not _kept(main_path(path)))
    except storing.StorageFault:
        # Nobody can reach them any more, and `clean_files` tries again.
        logger.warning("files of a deleted attachment are left in the storage")


def clean_files() -> int:
    """Throw away what lies in the storage without a row that names it, older than a day; returns how many.

    An upload that failed half-way leaves such files, and a deletion while the storage was away. May be
    repeated. Raises StorageFault.
    """
    before = timezone.now() - FORGOTTEN
    count = 0
    for path, written_at in list(storing.all_stored()):
        if written_at < before and not _kept(main_path(path)):
            storing.throw_away([path])
            count += 1
    return count


def make_ready(data: BinaryIO, name: str) -> Ready:
    """Look at a file, and store it; no row names it yet. Raises BadFile, or StorageFault."""
    shown = clean_name(name, limit=MAX_NAME)
    for problem in personal_number_problems(_("Filnamnet"), shown):
        raise BadFile(problem)
    try:
        taken = take(data, shown)
    except NotTaken as error:
        raise BadFile(str(error)) from error
    refuse_deleted(taken)
    storing.put(taken.parts)
    return Ready(taken, shown)


def store_again(ready: Ready) -> None:
    """Store a file that a row names by now, if it was thrown away while none did.

    What lay there before still has its old time, and nothing tells `clean_files` that somebody is about to
    name it. Raises BadFile if a moderator has deleted it since, or StorageFault.
    """
    refuse_deleted(ready.taken)
    storing.put(ready.taken.parts)


def require_kept(attachment: Attachment) -> None:
    """Raise PermissionDenied, with a sentence, if a moderator has deleted the file."""
    require(not attachment.is_deleted, _("Filen är borttagen."))


def refuse_deleted(taken: Taken) -> None:
    """Raise BadFile if a moderator has deleted just this file."""
    deleted = AttachmentContent.objects.exclude(attachment__deleted_at=None)
    if deleted.filter(digest=taken.digest).exists():
        raise BadFile(_("En moderator har tagit bort just den här filen. Den går inte att ladda upp igen."))


def claim(taken: Taken) -> None:
    """Refuse what has been deleted, inside the transaction that writes a row for the file. Raises BadFile.

    A deletion of the same that has begun is waited for; one that comes later waits, and finds the new row.
    """
    holding = AttachmentContent.objects.filter(digest=taken.digest).order_by().values("attachment")
    list(Attachment.objects.filter(pk__in=holding).order_by("pk").select_for_update(no_key=True))
    refuse_deleted(taken)


def new_content(ready: Ready, attachment: Attachment, number: int, by: User) -> AttachmentContent:
    """A content of a file, not saved."""
    taken = ready.taken
    kinds = AttachmentContent.Kind
    return AttachmentContent(
        attachment=attachment,
        number=number,
        digest=taken.digest,
        path=taken.path,
        kind=kinds.IMAGE if taken.is_picture else kinds.DOCUMENT,
        media_type=taken.media_type,
        size=taken.size,
        width=taken.width,
        height=taken.height,
        name=ready.name,
        by=by,
    )


@in_transaction
def _upload(ready: Ready, facts: Mapping[str, str], by: User) -> AttachmentContent:
    take_turn(by)
    claim(ready.taken)
    own = AttachmentContent.objects.filter(by=by, attachment__uploaded_by=by, digest=ready.taken.digest)
    if same := own.filter(attachment__deleted_at=None).select_related("attachment").first():
        _add(facts, same)
        return same
    attachment = Attachment.objects.create(uploaded_by=by, name=ready.name, **facts)
    content = new_content(ready, attachment, 1, by)
    content.save()
    return content


def _add(facts: Mapping[str, str], content: AttachmentContent) -> None:
    """Say of a file what nobody has said of it yet, unless it holds something else by now.

    Who uploads their own again may describe it.
    """
    attachment = content.attachment
    if not any(facts.values()) or attachment.contents.newest_first()[0] != content:
        return
    for field, value in facts.items():
        if value:
            # By the row: somebody may be saying it in this moment.
            Attachment.objects.filter(pk=attachment.pk, **{field: ""}).update(**{field: value})
    attachment.refresh_from_db(fields=list(facts))


@in_transaction
def _delete(attachment: Attachment, reason: str, by: User) -> list[str]:
    """Delete the rows' claim to their files; returns the paths of all that they have held."""
    attachment = Attachment.objects.select_for_update(no_key=True).get(pk=attachment.pk)
    require(rules.may_moderate(by), _("Bara moderatorer tar bort filer."))
    require(rules.may_delete_file(by, attachment), _("Filen är redan borttagen."))
    if not reason:
        raise ReasonMissing
    deleted = [attachment, *_others_with(attachment)]
    facts = {"deleted_at": timezone.now(), "deleted_by": by, "deleted_reason": reason}
    Attachment.objects.filter(pk__in=[each.pk for each in deleted]).update(**facts)
    for each in deleted:
        record(LogEntry.Act.DELETE_FILE, by=by, target=each, reason=reason)
    contents = AttachmentContent.objects.filter(attachment__in=deleted).order_by()
    held = contents.values_list("path", flat=True).distinct()
    return [path for main in held for path in all_paths(main)]


def _others_with(attachment: Attachment) -> Iterable[Attachment]:
    """Other files that hold, or have held, the same as this one: pages show it by one address, whose ever."""
    digests = attachment.contents.order_by().values("digest")
    holding = AttachmentContent.objects.filter(digest__in=digests).order_by().values("attachment")
    others = Attachment.objects.kept().exclude(pk=attachment.pk).filter(pk__in=holding)
    return others.order_by("pk").select_for_update(no_key=True)


def _kept(path: str) -> bool:
    return AttachmentContent.objects.filter(path=path, attachment__deleted_at=None).exists()
