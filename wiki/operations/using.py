"""Which files a version shows or links to."""

from collections.abc import Iterable

from wiki.models import AttachmentContent, AttachmentUse, Edit
from wiki.models.attachment import MEDIA


def project_files(edit: Edit, files: Iterable[str]) -> None:
    """Write down, with a new version, the files that it names: who may read the one may have the other.

    Where several people have uploaded the same, it is the author's, else the first: what the others have
    called theirs stays with them.

    files   their addresses; one that no file has leads nowhere. Two queries at most.
    """
    paths = {file.removeprefix(MEDIA) for file in files}
    if not paths:
        return
    rows = list(AttachmentContent.objects.filter(path__in=paths, attachment__deleted_at=None).order_by("-pk"))
    others = {content.path: content for content in rows}
    own = {content.path: content for content in rows if content.by_id == edit.author_id}
    chosen = (others | own).values()
    AttachmentUse.objects.bulk_create(AttachmentUse(content=content, edit=edit) for content in chosen)
