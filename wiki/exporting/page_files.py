"""One page as files: its text to read, and its whole history for programs."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from wiki.content import Content
from wiki.exporting.document import to_json
from wiki.exporting.origin import absolute
from wiki.exporting.stored_files import FILES
from wiki.exporting.tags import tags
from wiki.labels import labels
from wiki.models import Edit, FactorTag, Page
from wiki.passages import readable

FOLDER = "sidor"
AT_ONCE = 50  # versions
# Attribute by attribute, since the words of one may look like another.
_LEADING = re.compile(r'<(?:a|img)\b(?:"[^"]*"|[^">])*>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_SIZES = frozenset({"srcset", "sizes"})
_FILE = re.compile(r"/media/([^?#]*)([?#].*)?")
_PAGE = re.compile(r"/sidor/([^/#?]+)/(#.*)?")


def page_as_html(page: Page, *, slugs: Collection[str], files: Collection[str] = ()) -> str:
    """The text of a page as a file; slugs are those of the pages that lie beside it.

    files   the paths of the pictures and documents that lie in the folder of files
    """
    context = {
        "page": page,
        "html": linked(page.html, slugs, files),
        "address": absolute(page.get_absolute_url()),
        "tags": list(tags(FactorTag.objects.filter(page=page))),
        "edits": page.edits.with_people(),
        **labels(page.content),
    }
    return render_to_string("wiki/exported_page.html", context)


def linked(html: str, slugs: Collection[str], files: Collection[str] = ()) -> str:
    """The HTML of a page with links that lead from its file: to a file beside it, or to the site.

    Of a picture only the main size lies there.
    """

    def leads(found: re.Match[str]) -> str:
        name, address = found.groups()
        if name in _SIZES:
            return ""
        if name not in {"href", "src"} or not address.startswith("/"):
            return found[0]
        return f' {name}="{_beside(address, slugs, files) or absolute(address)}"'

    return _LEADING.sub(lambda tag: _ATTRIBUTE.sub(leads, tag[0]), html)


def _beside(address: str, slugs: Collection[str], files: Collection[str]) -> str:
    """The place of a page or a file that lies in the same zip; empty when it does not."""
    page = _PAGE.fullmatch(address)
    if page and page[1] in slugs:
        return f"{page[1]}.html{page[2] or ''}"
    file = _FILE.fullmatch(address)
    return f"../{FILES}/{file[1]}{file[2] or ''}" if file and file[1] in files else ""


def page_as_json(page: Page) -> Iterator[str]:
    """All readable versions of a page, oldest first, and its tags as they are now. Two queries a version.

    Of hidden versions only the number and why they are hidden, as the history on the site.
    """
    yield "{\n"
    yield f'"title": {to_json(page.title)},\n"slug": {to_json(page.slug)},\n'
    yield f'"url": {to_json(absolute(page.get_absolute_url()))},\n"version": {page.number},\n'
    rows = tags(FactorTag.objects.filter(page=page))
    yield f'"tags": {to_json(list(rows))},\n"versions": ['
    hidden = []
    between = "\n"
    for edit in page.edits.with_people().order_by("number").iterator(chunk_size=AT_ONCE):
        if edit.is_hidden:
            hidden.append({"number": edit.number, "reason": edit.hidden_reason})
            continue
        yield between + to_json(_version(page, edit))
        between = ",\n"
    yield f'\n],\n"hidden_versions": {to_json(hidden)}\n}}\n'


def _version(page: Page, edit: Edit) -> dict[str, Any]:
    return {
        "number": edit.number,
        "saved_at": timezone.localtime(edit.created_at).isoformat(timespec="seconds"),
        "author": edit.author.name,
        "municipality": edit.municipality.name if edit.municipality else None,
        "act": edit.act,
        "brought_back": edit.source_number,
        "summary": edit.summary,
        "is_minor": edit.is_minor,
        "review_state": edit.review_state,
        **_fields(readable(edit.content, page)),
    }


def _fields(content: Content) -> dict[str, Any]:
    """The stored form, without the primary keys of those who made the tags."""
    fields = content.to_fields()
    for tag in fields["tags"]:
        tag.pop("author")
    return fields
