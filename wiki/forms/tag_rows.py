"""Which tag a row of the form is: its key is kept, found again, or made."""

import itertools
import json
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from mittkoping.text.normalise import normalise_line
from mittkoping.text.swedish import sort_key
from wiki.content import Content, Tag

NEW_TAGS = uuid.UUID("6f0e9a52-5d0b-4c5e-9a3f-3f1f2a6f6b1d")


@dataclass(frozen=True, kw_only=True)
class Round:
    """One round of writing: who writes, and from what.

    published   the content of the page now; None for a new page
    started     the content that the writer started from; another than the published one in a conflict
    name        tells the round from every other; the same when the same form is sent twice
    """

    by: User
    published: Content | None
    started: Content | None
    name: str

    @property
    def tags(self) -> dict[str, Tag]:
        """Every tag that a row can be, by key: the published ones, then those that have gone meanwhile."""
        contents = [content for content in (self.started, self.published) if content]
        known = {tag.key: tag for content in contents for tag in content.tags}
        order = [tag.key for content in reversed(contents) for tag in content.tags]
        return {key: known[key] for key in order}

    def new_key(self, number: int, about: tuple[str, str, str | None], taken: Collection[str]) -> str:
        """The key of a tag that is made in row `number`.

        It follows from the round and the row alone, so that a form that is sent twice says the same twice.
        Nobody else's form can lead to it, since the writer is in it.
        """
        for attempt in itertools.count():
            source = json.dumps([self.name, self.by.pk, number, *about, attempt])
            key = str(uuid.uuid5(NEW_TAGS, source))
            if key not in taken:
                return key
        raise AssertionError("counting ends")


def fields_of(tags: Collection[Tag]) -> Iterator[dict[str, Any]]:
    """What the rows of these tags have in their fields. One query, or none."""
    codes = {tag.municipality for tag in tags if tag.municipality}
    names = dict(Municipality.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}
    for tag in tags:
        yield {
            "key": tag.key,
            "factor": tag.factor,
            "direction": tag.direction,
            "strength": tag.strength,
            "note": tag.note,
            "municipality": names.get(tag.municipality or "", ""),
            "phase": tag.phase,
            "tried": tag.tried,
        }


def complete(data: QueryDict, prefixes: list[str], known: Mapping[str, Tag]) -> QueryDict:
    """What was sent, with what was not sent filled in: a field that is absent is unchanged.

    A row without the field `key` is the first known tag about the same thing that no other row is: a program
    may send no more than factor, direction, strength and note.
    """
    filled = data.copy()
    fields = {row["key"]: row for row in fields_of(known.values())}
    given = {_uuid(data.get(f"{prefix}-key", "")) for prefix in prefixes}
    free = {key: row for key, row in fields.items() if key not in given}
    for prefix in prefixes:
        sent = {name: data.get(f"{prefix}-{name}", "") for name in _NAMES if f"{prefix}-{name}" in data}
        key = _uuid(sent["key"]) if "key" in sent else _alike(sent, free)
        free.pop(key, None)
        for name, value in fields.get(key, {}).items():
            if name not in sent:
                filled[f"{prefix}-{name}"] = str(value)
    return filled


_NAMES = ("key", "factor", "direction", "strength", "note", "municipality", "phase", "tried")


def _uuid(text: str) -> str:
    try:
        return str(uuid.UUID(text.strip()))
    except ValueError:
        return ""


def _alike(sent: Mapping[str, str], free: Mapping[str, Mapping[str, Any]]) -> str:
    """The key of a tag about the same thing, rather one with the same note; empty when there is none."""
    alike = [key for key, row in free.items() if _about(sent, row) == _about(row, row)]
    note = normalise_line(sent.get("note", ""))
    return min(alike, key=lambda key: free[key]["note"] != note, default="")


def _about(row: Mapping[str, Any], otherwise: Mapping[str, Any]) -> tuple[str, str, str]:
    municipality = normalise_line(row.get("municipality", otherwise["municipality"]))
    return (row.get("factor", ""), row.get("direction", ""), sort_key(municipality))
