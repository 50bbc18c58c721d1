"""What differs between two contents of a factor, field by field, as data for the templates."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from factors.content import LABELS, FactorContent
from factors.models import Factor, Theme
from mittkoping.text.diff import BlockChange, compare

# Each item of a list is compared as a paragraph of its own.
BETWEEN = "\n\n"


@dataclass(frozen=True)
class FieldChange:
    """A field that differs: both texts as people read them, and what came and went."""

    field: str
    label: str
    old: str
    new: str
    changes: tuple[BlockChange, ...]


def compare_factors(old: FactorContent | None, new: FactorContent) -> list[FieldChange]:
    """Compare two contents, without what is the same; old is None for a new factor. Two queries."""
    return changes_of(LABELS, old, new)


def changes_of(fields: Iterable[str], old: FactorContent | None, new: FactorContent) -> list[FieldChange]:
    """As compare_factors, of some fields only."""
    before = old or FactorContent(name="", theme="")
    text = _reader([before, new])
    found = []
    for field in fields:
        was, becomes = text(before, field), text(new, field)
        if was != becomes:
            found.append(FieldChange(field, str(LABELS[field]), was, becomes, compare(was, becomes)))
    return found


def readable(content: FactorContent) -> dict[str, list[str]]:
    """Every field as lines that people read, by its label's field: names in place of slugs. Two queries."""
    text = _reader([content])
    return {field: [line for line in text(content, field).split(BETWEEN) if line] for field in LABELS}


def _reader(contents: Iterable[FactorContent]) -> Callable[[FactorContent, str], str]:
    contents = list(contents)
    related = {slug for content in contents for slug in content.related}
    themes = dict(Theme.objects.filter(slug__in={c.theme for c in contents}).values_list("slug", "name"))
    factors = dict(Factor.objects.filter(slug__in=related).values_list("slug", "name")) if related else {}

    def text(content: FactorContent, field: str) -> str:
        if field == "theme":
            return themes.get(content.theme, content.theme)
        value = getattr(content, field)
        lines = [factors.get(slug, slug) for slug in value] if field == "related" else value
        return lines if isinstance(lines, str) else BETWEEN.join(lines)

    return text
