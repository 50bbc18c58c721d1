"""Rows as the operations would have left them, made at once."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from factors.models import Factor
from mittkoping.municipalities.models import Group, Municipality
from mittkoping.text.names import title_key
from mittkoping.text.slugs import slugify
from mittkoping.text.swedish import sort_key
from wiki.models import FactorTag, Page

SIGNS = {"+": "enabling", "-": "hindering"}
AT = datetime(2025, 3, 1, 12, tzinfo=UTC)

Say = Callable[..., FactorTag]


def place(code: str, name: str, group: str = "B3", **fields: Any) -> Municipality:
    """A municipality, real unless is_fictional is given."""
    found, _ = Group.objects.get_or_create(code=group, defaults={"name": f"Grupp {group}"})
    fields = {"slug": slugify(name), "sort_key": sort_key(name), "group": found} | fields
    return Municipality.objects.create(code=code, name=name, **fields)


def page(title: str = "Skolan", track_key: str = "", **fields: Any) -> Page:
    """A page without text or versions; the same one for the same title."""
    made = {
        "title": title,
        "slug": slugify(title),
        "title_key": title_key(title),
        "sort_key": sort_key(title),
        "track_key": track_key,
    }
    return Page.objects.get_or_create(slug=made["slug"], defaults=made | fields)[0]


def say(what: str, factor: Factor, by: Municipality | None, on: Page, **fields: Any) -> FactorTag:
    """A tag: "+2" enables, with a concrete example; it counts for `by`."""
    row = {
        "key": uuid4(),
        "order": on.factor_tags.count(),
        "direction": SIGNS[what[0]],
        "strength": int(what[1]),
        "counted_for": by,
        "made_at": AT,
    }
    return FactorTag.objects.create(factor=factor, page=on, **(row | fields))


def at(pieces: list[list[int]], words: str = "Så var det.", state: str = "here") -> dict[str, Any]:
    """That a tag is about words."""
    return {"state": state, "pieces": pieces, "words": words, "passage_version": 1}
