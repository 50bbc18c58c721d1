"""Statements written as tables in docstrings, so that what is on paper is what is tested."""

import re
from collections.abc import Iterable

from wiki.insights import FactorFacts, GroupFacts, Material, Place, Scope, Statement
from wiki.insights.matrix import Cell, Matrix

DIRECTIONS = {"+": "enabling", "-": "hindering"}
TAG = re.compile(r"([+-])([12])/([0-9]+)([a-z]?)")


def table(text: str | None, name: str) -> list[list[str]]:
    """The rows of the table below a line that is its name, up to a blank line: cells between `|`."""
    assert text
    found = re.search(rf"^ *{re.escape(name)}\n((?:[^\n]*[|+][^\n]*\n)+)", text, re.MULTILINE)
    assert found, name
    lines = [line for line in found[1].splitlines() if set(line.strip()) - set("-+|")]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def materials(text: str | None) -> Material:
    """The material of the tables kommuner, sidor, faktorer and märkningar."""
    places = {
        code: Place(code, name, name.lower(), group, int(population), kind == "påhittad")
        for code, name, group, population, kind in table(text, "kommuner")[1:]
    }
    codes = {place.name: place.code for place in places.values()}
    tracks = {int(page): tuple(said.split()) for page, said in table(text, "sidor")[1:]}
    factors = tuple(
        FactorFacts(slug, slug.capitalize(), theme, theme.capitalize())
        for slug, theme in table(text, "faktorer")[1:]
    )
    (_, *slugs), *rows = table(text, "märkningar")
    statements = tuple(
        _statement(sign, strength, int(page), letter, slug, codes[name], tracks, place)
        for name, *cells in rows
        for slug, cell in zip(slugs, cells, strict=True)
        for place, (sign, strength, page, letter) in enumerate(TAG.findall(cell))
    )
    groups = {place.group: GroupFacts(place.group, f"Grupp {place.group}") for place in places.values()}
    return Material(statements, factors, places, groups, {}, Scope(with_fictional=True))


def _statement(
    sign: str,
    strength: str,
    page: int,
    letter: str,
    slug: str,
    code: str,
    tracks: dict[int, tuple[str, ...]],
    place: int,
) -> Statement:
    key = f"{code}-{slug}-{place}"
    return Statement(key, page, slug, DIRECTIONS[sign], int(strength), code, letter, tracks=tracks[page])


def written(cell: Cell | None) -> str:
    """A cell as on paper: rating, municipalities, statements, enabling/hindering; blank for None."""
    if cell is None:
        return ""
    numbers = f"{cell.municipalities} {cell.statements} {cell.enabling}/{cell.hindering}"
    return f"{cell.rating.value} {numbers}"


def lines(rows: Iterable[Iterable[object]]) -> list[list[str]]:
    """Rows of a computed table as the paper has them."""
    return [[str(cell) for cell in row] for row in rows]


def drawn(found: Matrix) -> list[list[str]]:
    """A matrix as on paper: a row of the numbers of municipalities, then one for each factor."""
    keys = [column.key for column in found.columns]
    counts = [column.municipalities for column in found.columns]
    rows = [
        [row.factor.slug, *(written(cell) for cell in row.cells), written(row.total)]
        for theme in found.themes
        for row in theme.rows
    ]
    return lines([["faktor", *keys, "alla"], ["n", *counts, found.counted.municipalities], *rows])


def ratings(found: Matrix) -> list[list[str]]:
    """Only the ratings of a matrix, without the column of all."""
    rows = [
        [row.factor.slug, *(cell.rating.value if cell else "" for cell in row.cells)]
        for theme in found.themes
        for row in theme.rows
    ]
    return lines([["faktor", *(column.key for column in found.columns)], *rows])
