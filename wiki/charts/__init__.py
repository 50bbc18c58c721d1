"""The geometry of the pictures: numbers in, coordinates out. Nothing is loaded here, and nothing is drawn."""

from wiki.charts.axis import Axis, axis
from wiki.charts.bars import HALF, WHOLE, Diverging, diverging, part
from wiki.charts.field import Field, Square, field

__all__ = [
    "HALF",
    "WHOLE",
    "Axis",
    "Diverging",
    "Field",
    "Square",
    "axis",
    "diverging",
    "field",
    "part",
]
