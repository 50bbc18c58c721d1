"""Pages out: everything that anybody may read, one file a page."""

from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from mittkoping.municipalities.models import Municipality
from wiki.models import Page
from wiki.models.page import PageQuerySet
from wiki.passages import readable
from wiki.transfer.front_matter import write


class FolderNotEmpty(Exception):
    """There are files in the folder already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("Mappen %s är inte tom. Välj en annan, eller skriv över med --overwrite.") % folder
        )


def exported_pages() -> PageQuerySet:
    """The pages that are written: those that anybody may read."""
    return Page.objects.visible_to(AnonymousUser()).order_by("slug")


def export(folder: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Write each page to a file of the folder, which is made if it is missing; gives the files, one by one.

    If `overwrite`, files of the same name are replaced, others left alone. Raises FolderNotEmpty or OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not overwrite and any(folder.iterdir()):
        raise FolderNotEmpty(folder)
    municipalities = dict(Municipality.objects.values_list("code", "name"))
    for page in exported_pages().iterator(chunk_size=100):
        path = folder / f"{page.slug}.md"
        # A link of this name could lead anywhere: it is replaced, never written through.
        path.unlink(missing_ok=True)
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(write(readable(page.content, page), municipalities))
        yield path
