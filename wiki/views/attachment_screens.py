"""What the screens of files show of them."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from mittkoping.accounts.models import Someone
from mittkoping.text.pictures import read_picture
from wiki import rules
from wiki.files.naming import markdown_of, thumbnail
from wiki.forms.attachments import DeleteForm, DescribeForm, ReplaceForm
from wiki.models import Attachment, AttachmentContent, AttachmentUse
from wiki.models.attachment import AttachmentContentQuerySet, AttachmentUseQuerySet

MOST_PAGES = 200


@dataclass(frozen=True)
class Thumbnail:
    """A small picture of a picture."""

    address: str
    width: int
    height: int


@dataclass(frozen=True)
class ShownFile:
    """A file in a list; content is the newest that the reader may have."""

    attachment: Attachment
    content: AttachmentContent | None
    thumbnail: Thumbnail | None


def shown_file(attachment: Attachment) -> ShownFile:
    """A file as a list shows it; it needs `with_readable`."""
    readable: list[AttachmentContent] = getattr(attachment, "readable")  # noqa: B009 - prefetched
    content = readable[0] if readable else None
    return ShownFile(attachment, content, thumbnail_of(content))


def thumbnail_of(content: AttachmentContent | None) -> Thumbnail | None:
    """None for a document."""
    picture = read_picture(content.url) if content else None
    return Thumbnail(*thumbnail(picture)) if picture else None


def about(attachment: Attachment, reader: Someone) -> dict[str, Any]:
    """Everything that the page about a file shows. Raises Http404 if it went away in this moment."""
    contents = list(_contents(attachment, reader).select_related("by").newest_first())
    if not contents:
        raise Http404
    content = contents[0]
    uses = _uses(attachment, reader)
    current = uses.current().of_current_pages()
    return {
        "attachment": attachment,
        "content": content,
        "contents": [(each, thumbnail_of(each)) for each in contents],
        "pages": current.on_pages().in_order().only("title", "slug")[:MOST_PAGES],
        "old_count": uses.exclude(pk__in=current.values("pk")).values("edit").distinct().count(),
        "markdown": markdown_of(attachment.name, content.url, is_picture=content.is_image),
        "may_describe": rules.may_describe_file(reader, attachment),
        "may_replace": rules.may_replace_file(reader, attachment),
        "may_delete": rules.may_delete_file(reader, attachment),
    }


def forms_of(attachment: Attachment) -> dict[str, Any]:
    """The forms for what can be done with a file, by the names of the deeds."""
    facts = {field: getattr(attachment, field) for field in ("name", "creator", "licence")}
    return {
        "describe": DescribeForm(initial=facts, auto_id="om-%s"),
        "replace": ReplaceForm(auto_id="byt-%s"),
        "delete": DeleteForm(auto_id="bort-%s"),
    }


def _contents(attachment: Attachment, reader: Someone) -> AttachmentContentQuerySet:
    """Those whose bytes the reader may have; of a deleted file, which only moderators see, all rows."""
    contents = AttachmentContent.objects.filter(attachment=attachment)
    return contents if attachment.is_deleted else contents.readable_by(reader)


def _uses(attachment: Attachment, reader: Someone) -> AttachmentUseQuerySet:
    return AttachmentUse.objects.filter(content__attachment=attachment).visible_to(reader)
