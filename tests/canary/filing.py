"""Files whose names, makers and summaries must not fly out where no text that one may read shows them."""

from io import BytesIO
from typing import TYPE_CHECKING

from tests.canary.words import canary, say
from tests.wiki.files.made import PDF, picture
from wiki import operations
from wiki.models import Attachment, AttachmentContent

if TYPE_CHECKING:
    from tests.canary.site import Site

FILE = "name creator file summary"


def upload(site: "Site", thing: str, *, by: str, is_picture: bool = True) -> str:
    """A file that has been replaced once, with a word in each of its parts; the Markdown that shows it."""
    user, ext = site.people[by], "png" if is_picture else "pdf"
    first = operations.upload(_data(site, thing, 1, ext), f"{say(thing, 'former')}.{ext}", by=user)
    attachment = site.files[thing] = first.attachment
    operations.describe(attachment, say(thing, "name"), say(thing, "creator"), "", by=user)
    name, summary = f"{say(thing, 'file')}.{ext}", say(thing, "summary")
    content = operations.replace(
        attachment, _data(site, thing, 2, ext), name, summary=summary, by=user
    ).content
    attachment.refresh_from_db()
    return f"{'!' if is_picture else ''}[Det här]({content.url})"


def upload_the_same(site: "Site", thing: str, other: str, *, by: str) -> None:
    """What the other file holds, under names that nobody else is to read."""
    user = site.people[by]
    data = _data(site, other, 2, "pdf")
    content = operations.upload(data, f"{say(thing, 'file')}.pdf", by=user)
    assert content.path == site.files[other].contents.newest_first()[0].path
    site.files[thing] = content.attachment
    operations.describe(content.attachment, say(thing, "name"), say(thing, "creator"), "", by=user)


def look_at_files(site: "Site", *things: str) -> None:
    """Note what everybody reads of these now, and of all in the list."""
    site.look("/filer/", *(site.files[thing].get_absolute_url() for thing in things))


def delete_a_file(site: "Site") -> None:
    """One that everybody has seen on a page."""
    look_at_files(site, "deletedfile")
    operations.delete_file(site.files["deletedfile"], say("deletedfile", "reason"), by=site.people["rut"])


def paths(files: dict[str, Attachment]) -> dict[str, str]:
    """What the bytes are called in the expectations, by their paths: `-before` if others replaced them."""
    found: dict[str, str] = {}
    for thing, attachment in files.items():
        newest, *former = AttachmentContent.objects.filter(attachment=attachment).newest_first()
        found.setdefault(newest.path, thing)
        found |= {each.path: f"{thing}-before" for each in former}
    return found


def _data(site: "Site", thing: str, number: int, ext: str) -> BytesIO:
    """Bytes that only this content has."""
    if ext == "pdf":
        return BytesIO(PDF.replace(b"\n", f"\n% {thing} {number}\n".encode(), 1))
    return BytesIO(picture(colour=(10 * len(site.files), 10 * number, sum(canary(thing, "").encode()) % 256)))
