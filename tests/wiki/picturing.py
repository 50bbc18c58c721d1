"""Files that pages show, as rows: what they hold is small and has not been looked at."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from mittkoping.accounts.models import User
from wiki.models import Attachment, AttachmentContent

DIGEST = "0123456789abcdef0123456789abcdef"
PICTURE = f"/media/bilder/{DIGEST}-1600x900.png"
DOCUMENT = f"/media/dokument/{DIGEST}.pdf"
BYTES = b"\x89PNG\r\n\x1a\n\xff\x00"


def stored(url: str, *, by: User, name: str = "ån.png", **facts: object) -> AttachmentContent:
    """A file in the storage, and its rows."""
    path = url.removeprefix("/media/")
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(BYTES))
    is_picture = "/bilder/" in url
    return AttachmentContent.objects.create(
        attachment=Attachment.objects.create(name=name, uploaded_by=by, **facts),
        digest=DIGEST * 2,
        path=path,
        kind=AttachmentContent.Kind.IMAGE if is_picture else AttachmentContent.Kind.DOCUMENT,
        media_type="image/png" if is_picture else "application/pdf",
        size=len(BYTES),
        name=name,
        by=by,
    )
