"""Give what was unreviewed before there was a queue its rows in it.

Three queries for each page that has unreviewed edits: some seconds for thousands of pages. May be repeated.
Reversing leaves the rows to 0003, which drops their table.
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    """As wiki.operations.queueing did when the queue came: later models may not fit these tables."""
    unreviewed = apps.get_model("wiki", "Edit").objects.filter(review_state="unreviewed")
    items = apps.get_model("wiki", "ReviewItem").objects
    pages = apps.get_model("wiki", "Page").objects.filter(archived_at=None, pk__in=unreviewed.values("page"))
    for page in pages.iterator(chunk_size=100):
        facts = ("author_id", "municipality_id", "created_at", "size_before")
        edits = list(unreviewed.filter(page=page).order_by("number").values_list(*facts))
        _author, _municipality, since, size_before = edits[0]
        size = len(page.title) + len(page.lead) + len(page.body)
        row: dict[str, Any] = {
            "since": since,
            "title": page.title,
            "page_kind": page.kind,
            "size": abs(size - size_before),
            "edit_count": len(edits),
            "authors": _as_keys({str(author) for author, *_rest in edits}),
            "municipalities": _as_keys({code for _author, code, *_rest in edits if code}),
            "tracks": _as_keys(set(page.tracks)),
            "factors": _as_keys({tag["factor"] for tag in page.tags}),
        }
        items.update_or_create(page=page, kind="edits", defaults=row)


def _as_keys(values: set[str]) -> str:
    return f",{','.join(sorted(values))}," if values else ""


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0006_appeals"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
