"""Reads the catalogue from its file into the database."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from factors import operations
from factors.models import Factor, FactorEdit, Theme
from mittkoping.municipalities.loading import Report, read_text
from mittkoping.text.normalise import is_visible, normalise, normalise_line
from mittkoping.text.swedish import sort_key

DEFAULT = Path(__file__).parent / "data" / "faktorer.yaml"

MAX_NAME = 80
MAX_AREA = 120
MAX_SHOWN = 40

_TEXT_TAG = "tag:yaml.org,2002:str"
_SLUG = re.compile(r"(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*")
_TOP = {"version", "language", "status", "themes", "factors"}
_LISTS = {"questions", "related", "aliases", "informed_by"}
_LIMITS = {"name": MAX_NAME, "leda_area": MAX_AREA}
_THEME_REQUIRED = ("slug", "name")
_THEME_FIELDS = {"slug", "name", "description"}
_FACTOR_REQUIRED = ("slug", "name", "theme", "definition", "enables", "hinders", "questions")
_FACTOR_FIELDS = {*_FACTOR_REQUIRED, *_LISTS, "leda_area"}


@dataclass(frozen=True)
class _Entry:
    """One theme or factor of the file: where it begins, and its values, texts or lists of texts, by field."""

    line: int
    values: Mapping[str, Any]


class _Reader:
    """Turns the nodes of a YAML file into entries; what is wrong goes to the report, with its line."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.known: dict[str, set[str]] = {}  # the slugs that a field may name

    def top(self, text: str) -> dict[str, Node]:
        """Read the outermost mapping."""
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            sentence = _("texten följer inte reglerna för YAML (%s)") % error.problem
            self.report.refuse(mark.line + 1 if mark else 1, sentence)
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            self.report.refuse(line, _("raden har ett tecken som inte får finnas i YAML"))
        except RecursionError:
            self.report.refuse(1, _("texten är inskjuten i för många nivåer"))
        else:
            return self.mapping(root, _TOP) if root else {}
        return {}

    def mapping(self, node: Node, allowed: Iterable[str]) -> dict[str, Node]:
        """Read a mapping whose keys are fields."""
        if not isinstance(node, MappingNode):
            self._refuse(node, _("här ska det stå fält med namn, som name: Öppenhet"))
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else "?"
            if name not in allowed:
                self._refuse(key, _("okänt fält: %s") % name[:MAX_SHOWN])
            elif name in found:
                self._refuse(key, _("fältet %s står två gånger") % name)
            else:
                found[name] = value
        return found

    def entries(self, node: Node | None, allowed: Iterable[str], required: Iterable[str]) -> Iterator[_Entry]:
        """Read a list of mappings; those with problems are left out."""
        lines: dict[str, int] = {}
        for item in self._items(node) if node else []:
            before = len(self.report.problems)
            values = self._values(item, allowed, required)
            slug, line = values.get("slug", ""), _line(item)
            if slug in lines:
                numbers = {"slug": slug, "line": lines[slug]}
                self._refuse(item, _("slugen %(slug)s finns redan på rad %(line)d") % numbers)
            if slug:
                lines.setdefault(slug, line)
            if len(self.report.problems) == before:
                yield _Entry(line, values)

    def slugs(self, node: Node | None) -> set[str]:
        """Give the slugs that a list of mappings declares, whether or not the rest of each is right."""
        items = node.value if isinstance(node, SequenceNode) else []
        pairs = [pair for item in items if isinstance(item, MappingNode) for pair in item.value]
        return {value.value for key, value in pairs if key.value == "slug" and isinstance(value, ScalarNode)}

    def _values(self, item: Node, allowed: Iterable[str], required: Iterable[str]) -> dict[str, Any]:
        """Read the fields of one entry."""
        fields = self.mapping(item, allowed)
        if isinstance(item, MappingNode):
            for name in (name for name in required if name not in fields):
                self._refuse(item, _("fältet %s saknas") % name)
        return {name: self._value(name, value) for name, value in fields.items()}

    def _value(self, name: str, node: Node) -> str | list[str]:
        """Read the value of a field: a text, or a list of texts."""
        if name in _LISTS:
            return [normalise_line(self._text(name, item)) for item in self._items(node)]
        text = self._text(name, node)
        if name == "slug" and text and not _SLUG.fullmatch(text):
            self._refuse(node, _("slugen %s har annat än a–z, 0–9 och enkla bindestreck") % text[:MAX_SHOWN])
        if len(text) > (limit := _LIMITS.get(name, len(text))):
            numbers = {"name": name, "length": len(text), "limit": limit}
            self._refuse(node, _("%(name)s är %(length)d tecken långt. Gränsen är %(limit)d.") % numbers)
        return normalise_line(text) if name in _LIMITS else text

    def _text(self, name: str, node: Node) -> str:
        """Read a text that is not empty."""
        if not isinstance(node, ScalarNode) or node.tag not in {_TEXT_TAG, "tag:yaml.org,2002:null"}:
            self._refuse(node, _("%s ska vara text. Sätt citattecken runt det som inte är det.") % name)
            return ""
        text = normalise(node.value).strip()
        if node.tag != _TEXT_TAG or not is_visible(text):
            self._refuse(node, _("%s är tomt") % name)
        elif text not in self.known.get(name, {text}):
            self._refuse(
                node, _("okänd slug i %(name)s: %(slug)s") % {"name": name, "slug": text[:MAX_SHOWN]}
            )
        return text

    def _items(self, node: Node) -> list[Node]:
        """Read a list."""
        if isinstance(node, SequenceNode):
            return list(node.value)
        self._refuse(node, _("här ska det stå en lista"))
        return []

    def _refuse(self, node: Node, sentence: str) -> None:
        """Keep a problem at the line of a node."""
        self.report.refuse(_line(node), sentence)


def _line(node: Node) -> int:
    """Give the line on which a node begins."""
    return int(node.start_mark.line) + 1


@transaction.atomic
def load(path: Path = DEFAULT, *, overwrite: bool = False) -> Report:
    """Load themes and factors; may be repeated.

    A factor that is new or changed gets a version without an author, one that is as before gets none. One
    whose newest version has an author is left alone and noted, unless `overwrite`. Fields and factors that
    the file leaves out stay.
    """
    report = Report(file=path.name)
    reader = _Reader(report)
    if (text := read_text(path, report)) is None:
        return report
    top = reader.top(text)
    if not (top or report.problems):
        report.refuse(1, _("filen är tom"))
    themes = _save_themes(reader.entries(top.get("themes"), _THEME_FIELDS, _THEME_REQUIRED))
    factors = {factor.slug: factor for factor in Factor.objects.select_for_update()}
    reader.known = {"theme": set(themes), "related": factors.keys() | reader.slugs(top.get("factors"))}
    kept = set() if overwrite else _edited_by_people()
    for entry in reader.entries(top.get("factors"), _FACTOR_FIELDS, _FACTOR_REQUIRED):
        values = {**entry.values, "theme_id": themes[entry.values["theme"]].pk}
        del values["theme"]
        _save_factor(_Entry(entry.line, values), factors.get(values["slug"]), kept, report)
    return report


def _save_themes(entries: Iterable[_Entry]) -> dict[str, Theme]:
    """Save the themes that are new or changed, in the order of the file; give all there are, by slug."""
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    for order, entry in enumerate(entries, start=1):
        values = {**entry.values, "order": order}
        theme = themes.setdefault(values["slug"], Theme())
        if _differs(theme, values):
            _assign(theme, values)
            theme.save()
    return themes


def _edited_by_people() -> set[int]:
    """Give the factors whose newest version has an author."""
    newest = FactorEdit.objects.filter(number=F("factor__number"), author__isnull=False)
    return set(newest.values_list("factor_id", flat=True))


def _save_factor(entry: _Entry, factor: Factor | None, kept: set[int], report: Report) -> None:
    """Publish one factor if it is new or changed, and count."""
    if factor is None:
        report.new += 1
        _publish(Factor(), entry, _("Inläst från katalogens fil"))
    elif not _differs(factor, entry.values):
        report.unchanged += 1
    elif factor.pk in kept:
        report.skipped += 1
        sentence = (
            _("%s är ändrad på webben och lämnas som den är. Med --overwrite skrivs den över.") % factor
        )
        report.notes.append(report.at(entry.line, sentence))
    else:
        report.changed += 1
        _publish(factor, entry, _("Ändrad i katalogens fil"))


def _publish(factor: Factor, entry: _Entry, summary: str) -> None:
    """Make the next version of a factor."""
    _assign(factor, {**entry.values, "sort_key": sort_key(entry.values["name"])})
    operations.publish(factor, by=None, summary=summary)


def _differs(instance: Theme | Factor, values: Mapping[str, Any]) -> bool:
    """Tell whether a field has another value."""
    return any(getattr(instance, name) != value for name, value in values.items())


def _assign(instance: Theme | Factor, values: Mapping[str, Any]) -> None:
    """Give the fields their values."""
    for name, value in values.items():
        setattr(instance, name, value)
