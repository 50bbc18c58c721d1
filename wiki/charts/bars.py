"""Bars: two that go apart from a line in the middle, and one that is part of a whole."""

from dataclasses import dataclass

HALF = 100  # units from the middle to either end
WHOLE = 100  # units from end to end of a bar with one side


@dataclass(frozen=True)
class Diverging:
    """A bar to the left of the middle (from `left`, `hindering` wide) and one to the right (`enabling` wide).

    In units of a picture that is 2 × HALF wide.
    """

    left: float
    hindering: float
    enabling: float


def diverging(hindering: int, enabling: int, longest: int) -> Diverging:
    """Scale two numbers so that the longest side of any bar reaches the end."""
    scale = HALF / longest if longest else 0
    to_left = round(hindering * scale, 1)
    return Diverging(left=HALF - to_left, hindering=to_left, enabling=round(enabling * scale, 1))


def part(number: int, of: int) -> float:
    """How long the part is of a bar that is WHOLE long."""
    return round(WHOLE * number / of, 1) if of else 0
