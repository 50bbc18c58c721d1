"""Which files a version shows or links to."""

from collections.abc import Iterable

from django.db.models import Q

from wiki.models import AttachmentContent, AttachmentUse, Edit
from wiki.models.attachment import MEDIA


def project_files(edit: Edit, files: Iterable[str]) -> None:
    """Write down, with a new version, the files that it names: who may read the one may have the other.

    Only those that its author may read, or its reviewer has uploaded: to know an address is no right to
    publish. Where several people have uploaded the same, it is the author's, else one that everybody may read
    already, else the first: what the others have called theirs stays with them.

    files   their addresses; one that no file has leads nowhere. Three queries at most.
    """
    paths = {file.removeprefix(MEDIA) for file in files}
    if not paths:
        return
    readable = AttachmentContent.objects.readable_by(edit.author)
    reviewers = Q(by=edit.reviewer_id, attachment__deleted_at=None)
    rows = AttachmentContent.objects.filter(Q(pk__in=readable.values("pk")) | reviewers, path__in=paths)
    in_order = sorted(rows.public_first(), key=lambda content: content.by_id != edit.author_id)
    chosen: dict[str, AttachmentContent] = {}
    for content in in_order:
        chosen.setdefault(content.path, content)
    AttachmentUse.objects.bulk_create(
        AttachmentUse(content=content, edit=edit) for content in chosen.values()
    )
