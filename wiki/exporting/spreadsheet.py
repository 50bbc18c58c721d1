"""Tables for spreadsheets: CSV, and the facts about its columns for programs.

UTF-8 with a byte order mark and semicolons between, as Swedish spreadsheets open by a double click; one row
of headings; CRLF. Licence, date and version of the catalogue are the last columns of every row, so that they
stay with the rows and no parser trips over a comment. A text that a spreadsheet would take for a formula,
beginning with = + - @ tab or carriage return, gets an apostrophe before it; numbers stay numbers. A
description after W3C's "Metadata Vocabulary for Tabular Data" lies beside the file, at its address with
`-metadata.json` after it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wiki.exporting.origin import CC0, Origin

BOM = "\ufeff"
DELIMITER = ";"
BETWEEN = " | "  # the items of a list
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """One column.

    name    what the same is called in JSON
    words   what a value is called in a spreadsheet; values that are not in it stand as they are
    """

    name: str
    title: str
    datatype: str = "string"
    is_list: bool = False
    words: Mapping[str, str] = field(default_factory=dict)

    def cell(self, value: Any) -> str | int:
        """What stands in the cell."""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return value
        text = BETWEEN.join(value) if self.is_list else str(value or "")
        return harmless(self.words.get(text, text) if self.words else text)

    def facts(self) -> dict[str, Any]:
        """The same for programs."""
        facts: dict[str, Any] = {"name": self.name, "titles": self.title, "datatype": self.datatype}
        return facts | ({"separator": BETWEEN} if self.is_list else {})


ORIGIN = (
    Column("licence", "Licens"),
    Column("date", "Hämtad", "date"),
    Column("catalogue", "Katalogens version"),
)


def harmless(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def write_csv(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]], origin: Origin) -> Iterator[str]:
    """The file, row by row."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=DELIMITER, lineterminator="\r\n")
    about = ("CC0 1.0", origin.day.isoformat(), str(origin.catalogue))
    yield BOM
    writer.writerow([column.title for column in (*columns, *ORIGIN)])
    yield line.getvalue()
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow([*(column.cell(row[column.name]) for column in columns), *about])
        yield line.getvalue()


def describe(
    name: str, columns: Sequence[Column], origin: Origin, *, title: str, key: Sequence[str]
) -> dict[str, Any]:
    """The facts about a CSV file of this name, of which the columns of `key` tell the rows apart."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "sv"}],
        "url": name,
        "dc:title": title,
        "dc:license": {"@id": CC0},
        "dc:issued": {"@value": origin.day.isoformat(), "@type": "xsd:date"},
        "schema:version": str(origin.catalogue),
        "dc:description": (
            "Text som börjar med = + - @, tabb eller vagnretur har en apostrof framför sig, "
            "så att kalkylprogram inte tar den för en formel."
        ),
        "dialect": {"delimiter": DELIMITER, "encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [column.facts() for column in (*columns, *ORIGIN)],
            "primaryKey": list(key),
        },
    }
