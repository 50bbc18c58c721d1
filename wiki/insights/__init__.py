"""What the tags of all pages say together: pure counting over statements, which a query or two has loaded."""

from wiki.insights.bars import Bar, BarOrder, Bars, bars
from wiki.insights.contributors import Contribution, Contributors, contributors
from wiki.insights.cooccurrence import CoOccurrence, Pair, cooccurrence
from wiki.insights.elsewhere import Elsewhere, Found, elsewhere
from wiki.insights.gaps import FactorGaps, Gaps, gaps
from wiki.insights.material import (
    Counted,
    FactorFacts,
    GroupFacts,
    Material,
    Place,
    Scope,
    Statement,
    Track,
)
from wiki.insights.matrix import Cell, Column, Columns, Matrix, Row, ThemeRows, matrix
from wiki.insights.neighbours import Neighbour, Neighbours, Reasons, Shared, neighbours
from wiki.insights.profile import OpenQuestion, Profile, ProfileRow, profile
from wiki.insights.rating import Rating, rate
from wiki.insights.salience import Salience, Share, salience
from wiki.insights.statements import load, statements
from wiki.insights.timeline import Story, Timeline, timeline

__all__ = [
    "Bar",
    "BarOrder",
    "Bars",
    "Cell",
    "CoOccurrence",
    "Column",
    "Columns",
    "Contribution",
    "Contributors",
    "Counted",
    "Elsewhere",
    "FactorFacts",
    "FactorGaps",
    "Found",
    "Gaps",
    "GroupFacts",
    "Material",
    "Matrix",
    "Neighbour",
    "Neighbours",
    "OpenQuestion",
    "Pair",
    "Place",
    "Profile",
    "ProfileRow",
    "Rating",
    "Reasons",
    "Row",
    "Salience",
    "Scope",
    "Share",
    "Shared",
    "Statement",
    "Story",
    "ThemeRows",
    "Timeline",
    "Track",
    "bars",
    "contributors",
    "cooccurrence",
    "elsewhere",
    "gaps",
    "load",
    "matrix",
    "neighbours",
    "profile",
    "rate",
    "salience",
    "statements",
    "timeline",
]
