"""The catalogue as open data: every factor that readers see, also retired and merged ones."""

from collections.abc import Iterator
from typing import Any

from factors.models import Factor, Theme
from wiki.exporting.origin import absolute
from wiki.exporting.spreadsheet import Column

TITLE = "Nyckelfaktorer"
COLUMNS = (
    Column("slug", "Id"),
    Column("name", "Nyckelfaktor"),
    Column("theme", "Tema-id"),
    Column("theme_name", "Tema"),
    Column("definition", "Definition"),
    Column("enables", "Så märks det när den främjar"),
    Column("hinders", "Så märks det när den hämmar"),
    Column("questions", "Frågor att ställa sig", is_list=True),
    Column("related", "Närliggande (id)", is_list=True),
    Column("aliases", "Synonymer", is_list=True),
    Column("informed_by", "Intryck från", is_list=True),
    Column("leda_area", "LEDA:s nyckelområde"),
    Column("status", "Status", words={str(key): str(label) for key, label in Factor.Status.choices}),
    Column("merged_into", "Sammanslagen med (id)"),
    Column("version", "Version", "integer"),
    Column("url", "Adress", "anyURI"),
)


def factors() -> Iterator[dict[str, Any]]:
    """The factors in the order of the catalogue. One query."""
    shown = Factor.objects.exclude(status=Factor.Status.PROPOSED).in_order()
    for factor in shown.select_related("theme", "merged_into"):
        yield {
            "slug": factor.slug,
            "name": factor.name,
            "theme": factor.theme.slug,
            "theme_name": factor.theme.name,
            "definition": factor.definition,
            "enables": factor.enables,
            "hinders": factor.hinders,
            "questions": factor.questions,
            "related": factor.related,
            "aliases": factor.aliases,
            "informed_by": factor.informed_by,
            "leda_area": factor.leda_area,
            "status": factor.status,
            "merged_into": factor.merged_into.slug if factor.merged_into else None,
            "version": factor.number,
            "url": absolute(factor.get_absolute_url()),
        }


def themes() -> list[dict[str, str]]:
    """The themes in their order. One query."""
    return [
        {"slug": theme.slug, "name": theme.name, "description": theme.description}
        for theme in Theme.objects.all()
    ]
