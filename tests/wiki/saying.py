"""Rows of tags in a moment, as saving pages would have left them; and what a part of a page then says."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from factors.models import Factor
from mittkoping.municipalities.models import County, Group, Municipality
from mittkoping.text.slugs import slugify
from mittkoping.text.swedish import sort_key
from wiki.models import FactorTag, Page

LONG_AGO = datetime(2024, 3, 1, 12, tzinfo=UTC)
WORDS = {"state": FactorTag.State.HERE, "pieces": [[0, 5]], "word_count": 1, "passage_version": 1}


def real_municipality(code: str, name: str, group: str = "A1", **fields: Any) -> Municipality:
    """One of the 290, in the group of that code."""
    county, _ = County.objects.get_or_create(code="12", defaults={"name": "Skåne län"})
    of, _ = Group.objects.get_or_create(code=group, defaults={"name": f"Grupp {group}"})
    return Municipality.objects.create(
        code=code, name=name, slug=slugify(name), sort_key=sort_key(name), county=county, group=of, **fields
    )


def row(page: Page, factor: Factor, direction: str, whose: Municipality | None, **fields: Any) -> FactorTag:
    """A tag's row, not saved; `days` is how long after LONG_AGO it was made, `words` makes it a passage."""
    made_at = LONG_AGO + timedelta(days=fields.pop("days", 0))
    points = WORDS if fields.get("words") else {}
    said = {"order": 0, "strength": 1, "made_at": made_at, "key": uuid4(), **points, **fields}
    return FactorTag(page=page, factor=factor, direction=direction, counted_for=whose, **said)


def say(page: Page, factor: Factor, direction: str, whose: Municipality | None, **fields: Any) -> FactorTag:
    """Save a tag's row."""
    tag = row(page, factor, direction, whose, **fields)
    tag.save()
    return tag


def text_of(html: str, start: str, end: str = "</section>") -> str:
    """What is read between two pieces of HTML, on one line."""
    assert start in html
    part = html[html.index(start) :]
    return " ".join(re.sub(r"<[^>]+>", " ", part[: part.index(end)]).split())


def listed(client: Client, query: str = "") -> dict[str, list[str]]:
    """The words or notes that the page of a shared goal lists, by direction."""
    sides = client.get(f"/faktorer/gemensam-malbild/{query}").context["sides"]
    return {side.direction: [one.tag.words or one.tag.note for one in side.said] for side in sides}
