"""Reads the municipalities from their file into the database."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mittkoping.municipalities.models import County, Group, Municipality
from mittkoping.text.normalise import normalise_line
from mittkoping.text.slugs import slugify, unique_slug
from mittkoping.text.swedish import sort_key

DATA = Path(__file__).parent / "data"
DEFAULT = DATA / "kommuner.csv"
FICTIONAL = DATA / "fictional.csv"
MAP = DATA / "kommuner.svgpaths.json"

# The file has no year of its own; its sum settles it: see data/SOURCES.md.
POPULATION_YEAR = 2016
FICTIONAL_PREFIX = "99"
MAX_NAME = 60
MAX_SHOWN = 40

_REQUIRED = ("code", "name", "group_code", "group_name")
_REQUIRED_WHEN_REAL = ("county_code", "county_name")
_SHAPES = {
    "code": (re.compile(r"[0-9]{4}"), gettext_lazy("koden %s är inte fyra siffror")),
    "county_code": (re.compile(r"[0-9]{2}"), gettext_lazy("länskoden %s är inte två siffror")),
    "group_code": (re.compile(r"[ABC][1-9]"), gettext_lazy("kommungruppen %s är inte skriven som B3")),
    "lat": (re.compile(r"(5[4-9]|6[0-9])(\.[0-9]+)?"), gettext_lazy("latituden %s ligger inte i Sverige")),
    "lon": (re.compile(r"(1[0-9]|2[0-4])(\.[0-9]+)?"), gettext_lazy("longituden %s ligger inte i Sverige")),
    "population": (re.compile(r"[0-9]{1,9}"), gettext_lazy("folkmängden %s är inte ett heltal")),
    "population_year": (re.compile(r"(19|20)[0-9]{2}"), gettext_lazy("året %s är inte ett årtal")),
    "domain": (
        re.compile(r"(?=.{1,80}$)[a-z0-9-]+(\.[a-z0-9-]+)+"),
        gettext_lazy("domänen %s är inte skriven som mittkoping.se"),
    ),
}


@dataclass
class Report:
    """What became of each entry of a file.

    file       the file's name
    problems   one sentence each, with file and line; these entries were not loaded
    notes      one sentence for each entry that was skipped on purpose
    """

    file: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def at(self, line: int, sentence: str) -> str:
        """Put file and line before a sentence."""
        return _("%(file)s rad %(line)d: %(what)s") % {"file": self.file, "line": line, "what": sentence}

    def refuse(self, line: int, sentence: str) -> None:
        """Keep a problem."""
        self.problems.append(self.at(line, sentence))

    @property
    def total(self) -> int:
        """How many entries were right, whatever became of them."""
        return self.new + self.changed + self.unchanged + self.skipped

    def counts(self) -> str:
        """Say the numbers: "2 nya, 1 ändrad, 287 oförändrade"."""
        parts = [
            ngettext("%d ny", "%d nya", self.new) % self.new,
            ngettext("%d ändrad", "%d ändrade", self.changed) % self.changed,
            ngettext("%d oförändrad", "%d oförändrade", self.unchanged) % self.unchanged,
        ]
        if self.skipped:
            parts.append(ngettext("%d överhoppad", "%d överhoppade", self.skipped) % self.skipped)
        return ", ".join(parts)

    def failure(self) -> str:
        """Say that something was wrong, and what became of the rest."""
        found = _("%d problem i filen, se ovan.") % len(self.problems)
        return f"{found} {_('Resten är inläst.') if self.total else _('Inget är inläst.')}"


@dataclass(frozen=True)
class _Row:
    """One line of the file: its number, and its cells by column."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class _Seen:
    """What earlier rows and the database have said: codes of names, lines of codes, names of areas."""

    codes: dict[str, str]
    lines: dict[str, int] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)

    def add(self, row: _Row) -> None:
        """Remember a good row."""
        self.codes[row["name"]] = row["code"]
        self.lines[row["code"]] = row.line
        self.areas[row["county_code"]] = row["county_name"]
        self.areas[row["group_code"]] = row["group_name"]


def read_text(path: Path, report: Report) -> str | None:
    """Read a file in UTF-8, with or without a byte order mark; None, and a problem, if it cannot be read."""
    try:
        content = path.read_bytes()
    except OSError:
        report.problems.append(_("%(file)s går inte att läsa. Finns filen?") % {"file": path})
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        report.refuse(line, _("filen är inte i UTF-8. Spara om den i UTF-8 och försök igen."))
        return None


def load(path: Path = DEFAULT) -> Report:
    """Load the real municipalities, their counties and groups; may be repeated.

    A row that is as before is not touched, and a municipality keeps the slug that it once got. Municipalities
    that the file leaves out stay.
    """
    return _load(path, (*_REQUIRED, *_REQUIRED_WHEN_REAL), is_fictional=False)


def load_fictional() -> Report:
    """Load the invented municipalities of the demo content; may be repeated."""
    return _load(FICTIONAL, _REQUIRED, is_fictional=True)


@transaction.atomic
def _load(path: Path, required: tuple[str, ...], *, is_fictional: bool) -> Report:
    """Load one file; the rows with problems are left out."""
    report = Report(file=path.name)
    known = Municipality.objects.in_bulk()
    seen = _Seen(codes={one.name: one.code for one in known.values()})
    rows: list[_Row] = []
    good: list[_Row] = []
    for row in _rows(read_text(path, report), required, report):
        rows.append(row)
        wrong = [*_misshapen(row, required), *_misplaced(row, is_fictional), *_contradicting(row, seen)]
        for sentence in wrong:
            report.refuse(row.line, sentence)
        if not wrong:
            good.append(row)
            seen.add(row)
    slugs = _slugs([row for row in rows if row["code"] not in known], {one.slug for one in known.values()})
    _save_areas(good)
    _save(good, known, slugs, report)
    return report


def _rows(text: str | None, required: tuple[str, ...], report: Report) -> Iterator[_Row]:
    """Give the rows below the heading; those of another width are problems."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [normalise_line(cell) for cell in next(reader, [])]
        missing = [column for column in required if column not in header]
        if missing and text is not None:
            report.refuse(1, _("rubrikraden saknar %s") % ", ".join(missing))
        for cells in [] if missing else filter(None, reader):
            if len(cells) == len(header):
                yield _Row(reader.line_num, dict(zip(header, map(normalise_line, cells), strict=True)))
            else:
                sentence = _("raden har inte lika många kolumner som rubrikraden (%d)") % len(header)
                report.refuse(reader.line_num, sentence)
    except csv.Error:
        report.refuse(reader.line_num, _("härifrån går filen inte att läsa. Är ett citattecken fel?"))


def _misshapen(row: _Row, required: tuple[str, ...]) -> Iterator[str]:
    """Say which cells are empty, too long or not of their shape."""
    yield from (_("kolumnen %s är tom") % column for column in required if not row[column])
    for column, (shape, sentence) in _SHAPES.items():
        if row[column] and not shape.fullmatch(row[column]):
            yield str(sentence) % row[column][:MAX_SHOWN]
    for column in ("name", "county_name", "group_name"):
        if len(row[column]) > MAX_NAME:
            numbers = {"column": column, "length": len(row[column]), "limit": MAX_NAME}
            yield _("%(column)s är %(length)d tecken långt. Gränsen är %(limit)d.") % numbers


def _misplaced(row: _Row, is_fictional: bool) -> Iterator[str]:
    """Say whether the code is out of its range or its county."""
    code, county = row["code"][:MAX_SHOWN], row["county_code"][:MAX_SHOWN]
    if code.startswith(FICTIONAL_PREFIX) and not is_fictional:
        yield _("koden %s är för påhittade kommuner") % code
    if is_fictional and not code.startswith(FICTIONAL_PREFIX):
        yield _("koden %s är inte för påhittade kommuner") % code
    if code and county and not code.startswith(county):
        yield _("koden %(code)s hör inte till länet %(county)s") % {"code": code, "county": county}


def _contradicting(row: _Row, seen: _Seen) -> Iterator[str]:
    """Say where a row contradicts those above it, or takes another municipality's name."""
    code, name = row["code"], row["name"]
    if code in seen.lines:
        yield _("koden %(code)s finns redan på rad %(line)d") % {"code": code, "line": seen.lines[code]}
    if seen.codes.get(name, code) != code:
        yield _("namnet %(name)s har redan kommunen %(code)s") % {"name": name, "code": seen.codes[name]}
    for area in ("county", "group"):
        code, name = row[f"{area}_code"], row[f"{area}_name"]
        if seen.areas.get(code, name) != name:
            names = {"code": code, "before": seen.areas[code], "name": name[:MAX_SHOWN]}
            yield _("%(code)s heter %(name)s här, men %(before)s på en rad ovanför") % names


def _slugs(rows: Iterable[_Row], taken: set[str]) -> dict[str, str]:
    """Choose a slug for each name, the same whatever the order of the rows.

    Of two names that would get the same, the one that is plain ASCII has it; the other adds the first word of
    its county. Rows with problems count too, so that mending them later moves nobody.
    """
    slugs: dict[str, str] = {}
    counties = {row["name"]: row["county_name"] for row in sorted(rows, key=lambda row: row["code"])}
    for name in sorted(counties, key=lambda name: (not name.isascii(), name)):
        is_free = slugify(name) not in taken
        wanted = name if is_free else " ".join([name, *counties[name].split()[:1]])
        slugs[name] = unique_slug(wanted, taken.__contains__)
        taken = taken | {slugs[name]}
    return slugs


def _save_areas(rows: Iterable[_Row]) -> None:
    """Save the counties and groups that the rows name."""
    counties = {row["county_code"]: row["county_name"] for row in rows if row["county_code"]}
    groups = {row["group_code"]: row["group_name"] for row in rows}
    upsert: dict[str, Any] = {"update_conflicts": True, "unique_fields": ["code"], "update_fields": ["name"]}
    County.objects.bulk_create([County(code=code, name=name) for code, name in counties.items()], **upsert)
    Group.objects.bulk_create([Group(code=code, name=name) for code, name in groups.items()], **upsert)


def _save(
    rows: Iterable[_Row], known: Mapping[str, Municipality], slugs: Mapping[str, str], report: Report
) -> None:
    """Save the municipalities that are new or changed, and count."""
    drawing = json.loads(MAP.read_text(encoding="utf-8"))
    wanted = {row["code"]: Municipality(**_facts(row, drawing)) for row in rows}
    new = [one for code, one in wanted.items() if code not in known]
    changed: list[Municipality] = []
    for one in new:
        one.slug = slugs[one.name]
    for code in wanted.keys() & known.keys():
        wanted[code].slug = known[code].slug
        if _values(wanted[code]) != _values(known[code]):
            changed.append(wanted[code])
    Municipality.objects.bulk_create(new)
    if changed:
        Municipality.objects.bulk_update(changed, [name for name in _values(changed[0]) if name != "code"])
    report.new, report.changed = len(new), len(changed)
    report.unchanged = len(wanted) - len(new) - len(changed)


def _values(municipality: Municipality) -> dict[str, Any]:
    """Give every stored field by name."""
    return {one.attname: getattr(municipality, one.attname) for one in Municipality._meta.concrete_fields}


def _facts(row: _Row, drawing: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values of a municipality's fields, but for the slug, which it keeps."""
    x, y = drawing["points"].get(row["code"], (None, None))
    return {
        "code": row["code"],
        "name": row["name"],
        "sort_key": sort_key(row["name"]),
        "county_id": row["county_code"] or None,
        "group_id": row["group_code"],
        "latitude": float(row["lat"]) if row["lat"] else None,
        "longitude": float(row["lon"]) if row["lon"] else None,
        "population": int(row["population"]) if row["population"] else None,
        "population_year": int(row["population_year"] or POPULATION_YEAR) if row["population"] else None,
        "domain": row["domain"],
        "map_path": drawing["municipalities"].get(row["code"], ""),
        "map_x": x,
        "map_y": y,
        "is_fictional": row["code"].startswith(FICTIONAL_PREFIX),
    }
