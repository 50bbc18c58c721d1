"""The files that exported pages show or link to, out of the storage."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from wiki.files import storing
from wiki.models import AttachmentContent, AttachmentUse, Page

FILES = "filer"
CHUNK = 1 << 16  # bytes


class FileShelf:
    """The files of a zip, each once, whichever pages use it.

    shown   a line about each, in the order in which they came
    """

    def __init__(self, archive: ZipFile, made_at: datetime, *, permissions: int) -> None:
        self.archive = archive
        self.made_at = made_at
        self.permissions = permissions
        self.shown: dict[str, str] = {}

    def add_those_of(self, page: Page) -> set[str]:
        """Add the files that a readable version of the page uses; returns the paths of those that are there.

        One that is missing in the storage is left out. Raises StorageFault.
        """
        return {content.path for content in files_of(page) if self._add(content)}

    def _add(self, content: AttachmentContent) -> bool:
        if content.path in self.shown:
            return True
        try:
            source = storing.opened(content.path)
        except FileNotFoundError:
            return False
        with source:
            self._copy(source, f"{FILES}/{content.path}")
        self.shown[content.path] = _about(content)
        return True

    def _copy(self, source: IO[bytes], name: str) -> None:
        # Pictures and documents are packed already.
        info = ZipInfo(name, self.made_at.timetuple()[:6])
        info.compress_type = ZIP_STORED
        info.external_attr = self.permissions
        with self.archive.open(info, "w") as target:
            shutil.copyfileobj(source, target, CHUNK)


def files_of(page: Page) -> Iterator[AttachmentContent]:
    """What the versions of a page that everybody may read show or link to, in the order of uploading."""
    uses = AttachmentUse.objects.filter(edit__page=page).visible_to(AnonymousUser())
    kept = AttachmentContent.objects.filter(pk__in=uses.values("content"), attachment__deleted_at=None)
    return kept.select_related("attachment").order_by("pk").iterator(chunk_size=100)


def _about(content: AttachmentContent) -> str:
    """A line: where it lies, what it is called, who made it, and how it may be used."""
    attachment = content.attachment
    facts = [attachment.name]
    if attachment.creator:
        facts.append(_("av %(creator)s") % {"creator": attachment.creator})
    if attachment.licence:
        facts.append(attachment.get_licence_display())
    return f"{FILES}/{content.path}: {', '.join(facts)}"
