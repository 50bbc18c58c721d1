"""Say of every tag for whom it counts, and since which version it is there.

Reads every version of the pages that have tags, once: about a minute for 10,000 versions. May be repeated.
Reversing leaves the columns to 0011, which drops them.
"""

import json
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    """As wiki.operations.projecting did when passages came: later models may not fit these tables."""
    tags = apps.get_model("wiki", "FactorTag").objects
    edits = apps.get_model("wiki", "Edit").objects
    workplaces = _workplaces(apps)
    for page_id in tags.order_by("page").values_list("page", flat=True).distinct():
        first: dict[str, Any] = {}
        codes: list[str] = []
        rows = (
            edits.filter(page=page_id)
            .order_by("number")
            .values_list("number", "created_at", "revision__version__serialized_data")
        )
        for number, at, stored in rows.iterator(chunk_size=100):
            fields = json.loads(stored)[0]["fields"]
            codes = _as_list(fields.get("municipality_codes"))
            for tag in _as_list(fields.get("tags")):
                first.setdefault(tag["key"], (number, at))
        for tag in tags.filter(page=page_id):
            tag.made_number, tag.made_at = first.get(str(tag.key), (tag.made_number, tag.made_at))
            _count(tag, codes, workplaces.get(tag.author_id))
            tag.save(update_fields=["made_number", "made_at", "counted_for", "claimed_for"])


def _as_list(value: Any) -> list[Any]:
    """JSON fields are stored as text in a stored version, or as they are."""
    return json.loads(value) if isinstance(value, str) else value or []


def _workplaces(apps: StateApps) -> dict[int, tuple[str, bool]]:
    members = apps.get_model("accounts", "Membership").objects.filter(ended_at=None)
    facts = members.values_list("user", "municipality", "role")
    return {user: (code, role == "editor") for user, code, role in facts}


def _count(tag: Any, codes: list[str], workplace: tuple[str, bool] | None) -> None:
    if tag.municipality_id or len(codes) == 1:
        tag.counted_for_id = tag.municipality_id or codes[0]
    elif workplace and workplace[1]:
        tag.counted_for_id = workplace[0]
    elif workplace:
        tag.claimed_for_id = workplace[0]


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0011_passages"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
