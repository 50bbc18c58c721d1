"""Tables of an HTML tree as rows of equal length: cells that were merged are taken apart."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mittkoping.text.html_tree import Node

MAX_COLUMNS = 60
MAX_SPAN = 1000  # rows

_PARTS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})


@dataclass
class Grid:
    """A table whose rows are equally long.

    rows     of cells; None where nothing stands. None of them is empty
    above    cells as wide as the table that it begins with: its title
    merged   how many cells were taken apart
    """

    rows: list[list[Node | None]] = field(default_factory=list)
    above: list[Node] = field(default_factory=list)
    merged: int = 0


def unfolded(table: Node) -> Grid:
    """Lay the cells of a table out; what a merged cell says stands in its upper left corner."""
    grid = Grid()
    hanging: dict[int, int] = {}  # column → rows that a cell above still reaches into
    for row in _rows(table):
        grid.rows.append(_lay_out(row, hanging, grid))
    width = max(map(len, grid.rows), default=0)
    grid.rows = [row + [None] * (width - len(row)) for row in grid.rows if any(row)]
    while len(grid.rows) > 1 and width > 1 and (cell := _only_cell(grid.rows[0], width)):
        grid.above.append(cell)
        grid.merged -= 1
        del grid.rows[0]
    return grid


def _lay_out(row: Node, hanging: dict[int, int], grid: Grid) -> list[Node | None]:
    out: list[Node | None] = []
    for cell in row.elements:
        if cell.tag not in _CELLS:
            continue
        while hanging.get(len(out), 0) and len(out) < MAX_COLUMNS:
            hanging[len(out)] -= 1
            out.append(None)
        wide = _span(cell, "colspan", MAX_COLUMNS)
        high = _span(cell, "rowspan", MAX_SPAN)
        grid.merged += wide > 1 or high > 1
        for column in range(len(out), min(len(out) + wide, MAX_COLUMNS)):
            hanging[column] = high - 1
            out.append(None)
        first = len(out) - min(wide, len(out))
        if out and out[first] is None and _is_filled(cell):
            out[first] = cell
    for column in range(len(out), MAX_COLUMNS):
        if hanging.get(column, 0):
            hanging[column] -= 1
    return out


def _only_cell(row: list[Node | None], width: int) -> Node | None:
    """The cell that is as wide as the table, if the row is one."""
    cell = row[0]
    return cell if cell and _span(cell, "colspan", MAX_COLUMNS) >= width else None


def _is_filled(cell: Node) -> bool:
    return bool(cell.text.strip() or cell.all("img") or cell.all("input"))


def _rows(table: Node) -> Iterator[Node]:
    for child in table.elements:
        if child.tag == "tr":
            yield child
        elif child.tag in _PARTS:
            yield from _rows(child)


def _span(cell: Node, name: str, most: int) -> int:
    written = cell.attributes.get(name, "")
    is_number = written.isascii() and written.isdigit() and len(written) < 10
    return max(1, min(int(written), most)) if is_number else 1
