"""Tags as open data: what the pages say that everybody may read. Who made a tag is not told."""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from factors.models import Factor
from wiki.exporting.origin import absolute
from wiki.exporting.spreadsheet import Column
from wiki.models import FactorTag
from wiki.models.tag import FactorTagQuerySet

TITLE = "Märkningar"
AT_ONCE = 2_000  # rows a query
# What must be said of the licence: tags are data, but the words that they point at are text.
QUOTES = "Avsnittens ord är citat ur sidor med licensen CC BY 4.0: ange sidan som källa."


def _words(choices: list[tuple[Any, Any]]) -> dict[str, str]:
    return {str(key): str(label) for key, label in choices}


COLUMNS = (
    Column("key", "Id"),
    Column("page", "Sida"),
    Column("page_url", "Sidans adress", "anyURI"),
    Column("version", "Sidans version", "integer"),
    Column("factor", "Nyckelfaktor-id"),
    Column("factor_name", "Nyckelfaktor"),
    Column("tagged_as", "Märkt som (id)"),
    Column("direction", "Riktning", words=_words(FactorTag.Direction.choices)),
    Column("strength", "Styrka", "integer"),
    Column("phase", "Fas", words=_words(FactorTag.Phase.choices)),
    Column("note", "Motivering"),
    Column("tried", "Vad som provades"),
    Column("municipality_code", "Kommunkod"),
    Column("municipality", "Räknas för kommun"),
    Column("is_fictional", "Påhittad kommun", "boolean"),
    Column("words", "Avsnittets ord"),
    Column("words_version", "Orden valdes i version", "integer"),
    Column("state", "Avsnittets läge", words=_words(FactorTag.State.choices)),
    Column("made", "Gjord", "date"),
    Column("url", "Permanent adress", "anyURI"),
)
FIELDS = (
    "pk",
    "key",
    "page__title",
    "page__slug",
    "page__number",
    "factor_id",
    "direction",
    "strength",
    "phase",
    "note",
    "tried",
    "counted_for_id",
    "counted_for__name",
    "counted_for__is_fictional",
    "words",
    "passage_version",
    "state",
    "made_at",
)


def readable_tags() -> FactorTagQuerySet:
    """Tags of pages that everybody may read."""
    return FactorTag.objects.visible_to(AnonymousUser()).of_current_pages()


def tags(chosen: FactorTagQuerySet | None = None) -> Iterator[dict[str, Any]]:
    """The chosen tags, or all that can be read, by age. A query for each AT_ONCE, and two more."""
    rows = (readable_tags() if chosen is None else chosen).order_by("pk")
    # Between two keys, as a database that is asked for the next so many sorts all of them every time.
    keys = list(rows.values_list("pk", flat=True))
    known = _factors()
    pages, zone = absolute(reverse("wiki:page_list")), timezone.get_current_timezone()
    for start in range(0, len(keys), AT_ONCE):
        batch = keys[start : start + AT_ONCE]
        for row in rows.filter(pk__range=(batch[0], batch[-1])).values(*FIELDS):
            yield _tag(row, known[row["factor_id"]], f"{pages}{row['page__slug']}/", zone)


def _tag(row: Mapping[str, Any], names: tuple[str, str, str], page: str, zone: tzinfo) -> dict[str, Any]:
    tagged_as, factor, name = names
    return {
        "key": str(row["key"]),
        "page": row["page__title"],
        "page_url": page,
        "version": row["page__number"],
        "factor": factor,
        "factor_name": name,
        "tagged_as": tagged_as,
        "direction": row["direction"],
        "strength": row["strength"],
        "phase": row["phase"] or None,
        "note": row["note"],
        "tried": row["tried"],
        "municipality_code": row["counted_for_id"],
        "municipality": row["counted_for__name"],
        "is_fictional": row["counted_for__is_fictional"],
        "words": row["words"],
        "words_version": row["passage_version"],
        "state": row["state"],
        "made": row["made_at"].astimezone(zone).date().isoformat(),
        "url": f"{page}#p-{row['key']}" if row["state"] else page,
    }


def _factors() -> dict[int, tuple[str, str, str]]:
    """Of every factor its slug, and slug and name of the one that it is part of now. One query."""
    rows = {
        pk: (slug, name, into)
        for pk, slug, name, into in Factor.objects.values_list("pk", "slug", "name", "merged_into")
    }
    return {pk: (row[0], *rows[_last(pk, rows)][:2]) for pk, row in rows.items()}


def _last(pk: int, rows: Mapping[int, tuple[str, str, int | None]]) -> int:
    """The factor at the end of a chain of merges; one that runs in a circle ends where it is closed."""
    seen = {pk}
    while (into := rows[pk][2]) and into not in seen:
        seen.add(into)
        pk = into
    return pk
