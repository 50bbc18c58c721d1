"""A field of squares, row by row: what a large table looks like from afar."""

from collections.abc import Sequence
from dataclasses import dataclass

SIDE = 9
STEP = 10  # a square and the room beside it


@dataclass(frozen=True)
class Square:
    """One square; `look` says what it is filled with, and is empty for a blank."""

    x: int
    y: int
    look: str


@dataclass(frozen=True)
class Field:
    """All squares of a picture so wide and so high."""

    width: int
    height: int
    squares: tuple[Square, ...]
    side: int = SIDE

    def on_its_side(self) -> "Field":
        """The same with rows for columns."""
        turned = (Square(square.y, square.x, square.look) for square in self.squares)
        return Field(self.height, self.width, tuple(turned))


def field(rows: Sequence[Sequence[str]]) -> Field:
    """Lay out rows of looks."""
    squares = (
        Square(STEP * column, STEP * row, look)
        for row, looks in enumerate(rows)
        for column, look in enumerate(looks)
    )
    return Field(STEP * max(map(len, rows), default=0), STEP * len(rows), tuple(squares))
