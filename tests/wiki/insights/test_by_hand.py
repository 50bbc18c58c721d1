"""Twelve municipalities, six factors: what comes of them, worked out on paper and compared with the code.

The tables below are read by the tests: the set from here, each result from the docstring of its test.

    kommuner
    kod  | namn    | grupp | folkmängd | slag
    -----+---------+-------+-----------+---------
    0001 | Ask     | A1    | 500000    | verklig
    0002 | Björk   | A1    | 400000    | verklig
    0003 | Cypress | A1    | 300000    | verklig
    0004 | Dill    | B3    | 100000    | verklig
    0005 | Ek      | B3    | 90000     | verklig
    0006 | Fläder  | B3    | 80000     | verklig
    0007 | Gran    | C8    | 12000     | verklig
    0008 | Hassel  | C8    | 10000     | verklig
    0009 | Idegran | C8    | 9000      | verklig
    0010 | Jolster | C9    | 5000      | verklig
    9901 | Klibbal | C9    | 4000      | påhittad
    0012 | Lind    | C9    | 3000      | verklig

    faktorer
    faktor  | tema
    --------+---------
    malbild | ledning
    mandat  | ledning
    tid     | resurser
    nytta   | resurser
    juridik | regler
    data    | regler

    sidor
    sida | inriktning
    -----+------------
    1    | skola
    2    | skola
    3    | skola
    4    | skola
    5    | skola
    6    | halsa
    7    | halsa
    8    | halsa
    9    | halsa
    10   | skola halsa
    11   | skola halsa
    12   |
    13   |
    14   |

A tag is written +2/1a: it enables (+) or hinders (-), general (1) or a concrete example (2), on page 1, about
its passage a; without a letter it is about the whole page.

    märkningar
    kommun  | malbild      | mandat     | tid          | nytta      | juridik      | data
    --------+--------------+------------+--------------+------------+--------------+-----
    Ask     | +2/1a +2/1b  | +1/1       | -2/1c        |            | -1/2         |
    Björk   | +2/3         | +2/3a      | -1/3         |            | -2/3b        |
    Cypress | +1/4         |            | -2/4a -2/4a  | +1/4b      |              |
    Dill    | -2/5a        | -2/5b -2/6 | +1/5         |            | -1/5         |
    Ek      |              | -1/7       | +2/7 -1/7a   |            | -2/7b        |
    Fläder  | -1/8         |            |              | +2/8a +2/9 |              |
    Gran    | +2/10a       | -1/10      | -1/10b       |            |              |
    Hassel  |              | -1/10c     | -2/11        |            | -2/11a       |
    Idegran | +1/12 -1/12a | +1/12      | -2/12b       |            | +1/12c       |
    Jolster |              |            | -2/13 -2/13a |            |              |
    Klibbal | +2/14        |            | -1/14        | -1/14a     | -2/14b -2/14c |
    Lind    |              |            |              |            |              |

Lind has written nothing, so 11 municipalities contribute, one of them invented, with 10 + 8 + 13 + 4 + 8 = 43
tags on 14 pages. Nobody has written about data.
"""

import pytest

from tests.wiki.insights.paper import drawn, lines, materials, ratings, table
from wiki.insights import (
    BarOrder,
    Columns,
    Counted,
    Material,
    bars,
    cooccurrence,
    gaps,
    matrix,
    neighbours,
    salience,
)

ALL = Counted(municipalities=11, fictional=1, statements=43, pages=14, with_fictional=True)


@pytest.fixture
def material() -> Material:
    """The set above."""
    return materials(__doc__)


def test_the_set_is_counted(material: Material) -> None:
    assert material.counted == ALL
    assert material.counted.label == "11 kommuner, 43 märkningar på 14 sidor (inkl. påhittade)"


def test_the_matrix_by_group(material: Material) -> None:
    """Each cell: rating, municipalities, tags, municipalities that say enabling/hindering.

    matris
    faktor  | A1         | B3              | C8              | C9         | alla
    --------+------------+-----------------+-----------------+------------+------------------
    n       | 3          | 3               | 3               | 2          | 11
    malbild | +2 3 4 3/0 | -1 2 2 0/2      | blandat 2 3 2/1 | +1 1 1 1/0 | blandat 8 10 6/3
    mandat  | +1 2 2 2/0 | -2 2 3 0/2      | blandat 3 3 1/2 |            | blandat 7 8 3/4
    tid     | -2 3 4 0/3 | blandat 2 3 2/1 | -2 3 3 0/3      | -1 2 3 0/2 | blandat 10 13 2/9
    nytta   | +1 1 1 1/0 | +2 1 2 1/0      |                 | -1 1 1 0/1 | blandat 3 4 2/1
    juridik | -1 2 2 0/2 | -1 2 2 0/2      | blandat 2 2 1/1 | -2 1 2 0/1 | blandat 7 8 1/6
    data    |            |                 |                 |            |

    malbild, A1: three examples, 1a, 1b and 3. malbild, B3: one, 5a. mandat, B3: 5b and 6. tid, A1: 1c and 4a;
    4a is tagged twice and is one example, so 1c is needed. tid, C9: 13 and 13a are a page and a passage of
    it, one example; 14 is general. juridik, C9: 14b and 14c, two passages of one page.
    """
    found = matrix(material)

    assert drawn(found) == table(test_the_matrix_by_group.__doc__, "matris")
    assert [(theme.slug, len(theme.rows)) for theme in found.themes] == [
        ("ledning", 2),
        ("resurser", 2),
        ("regler", 2),
    ]
    assert found.counted == ALL


def test_the_matrix_by_track(material: Material) -> None:
    """Pages 10 and 11 are of both tracks and count in both; pages 12 to 14 are of none.

    matris
    faktor  | skola           | halsa           | ingen           | alla
    --------+-----------------+-----------------+-----------------+------------------
    n       | 6               | 5               | 3               | 11
    malbild | blandat 5 6 4/1 | blandat 2 2 1/1 | blandat 2 3 2/1 | blandat 8 10 6/3
    mandat  | blandat 5 5 2/3 | -1 4 4 0/4      | +1 1 1 1/0      | blandat 7 8 3/4
    tid     | blandat 6 7 1/5 | blandat 3 4 1/3 | -2 3 4 0/3      | blandat 10 13 2/9
    nytta   | +1 1 1 1/0      | +2 1 2 1/0      | -1 1 1 0/1      | blandat 3 4 2/1
    juridik | -2 4 4 0/4      | -2 2 2 0/2      | blandat 2 3 1/1 | blandat 7 8 1/6
    data    |                 |                 |                 |
    """
    assert drawn(matrix(material, Columns.TRACK)) == table(test_the_matrix_by_track.__doc__, "matris")


def test_the_matrix_by_municipality(material: Material) -> None:
    """Ratings only. Lind has no column. Cypress has tagged the same words twice, Jolster a page and a passage
    of it: -1. Only Ask, Dill, Fläder and Klibbal have two examples of one factor.

    matris
    faktor  | 0001 | 0002 | 0003 | 0004 | 0005    | 0006 | 0007 | 0008 | 0009    | 0010 | 9901
    --------+------+------+------+------+---------+------+------+------+---------+------+-----
    malbild | +2   | +1   | +1   | -1   |         | -1   | +1   |      | blandat |      | +1
    mandat  | +1   | +1   |      | -2   | -1      |      | -1   | -1   | +1      |      |
    tid     | -1   | -1   | -1   | +1   | blandat |      | -1   | -1   | -1      | -1   | -1
    nytta   |      |      | +1   |      |         | +2   |      |      |         |      | -1
    juridik | -1   | -1   |      | -1   | -1      |      |      | -1   | +1      |      | -2
    data    |      |      |      |      |         |      |      |      |         |      |
    """
    found = ratings(matrix(material, Columns.MUNICIPALITY))

    assert found == table(test_the_matrix_by_municipality.__doc__, "matris")


def test_the_bars(material: Material) -> None:
    """Municipalities, not tags. malbild: Idegran says both; tid: Ek does.

    staplar
    faktor  | främjar | hämmar | båda | kommuner
    --------+---------+--------+------+---------
    malbild | 6       | 3      | 1    | 8
    mandat  | 3       | 4      | 0    | 7
    tid     | 2       | 9      | 1    | 10
    nytta   | 2       | 1      | 0    | 3
    juridik | 1       | 6      | 0    | 7
    """
    found = bars(material)

    rows = [
        [bar.factor.slug, bar.enabling, bar.hindering, bar.both, bar.municipalities] for bar in found.bars
    ]
    assert lines(rows) == table(test_the_bars.__doc__, "staplar")[1:]
    assert [factor.slug for factor in found.silent] == ["data"]
    assert found.longest == 9
    assert found.counted == ALL


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (BarOrder.HINDERING, ["tid", "juridik", "mandat", "malbild", "nytta"]),
        (BarOrder.ENABLING, ["malbild", "mandat", "tid", "nytta", "juridik"]),
    ],
)
def test_the_viewer_orders_the_bars(material: Material, order: BarOrder, expected: list[str]) -> None:
    """tid and nytta are enabling for two each: they stay in the catalogue's order."""
    assert [bar.factor.slug for bar in bars(material, order).bars] == expected


def test_the_salience(material: Material) -> None:
    """Of the 11 that contribute: 8/11 = 72.7 %, 7/11 = 63.6 %, 10/11 = 90.9 %, 3/11 = 27.3 %.

    omnämnda
    faktor  | kommuner | av | procent
    --------+----------+----+--------
    malbild | 8        | 11 | 73
    mandat  | 7        | 11 | 64
    tid     | 10       | 11 | 91
    nytta   | 3        | 11 | 27
    juridik | 7        | 11 | 64
    """
    found = salience(material)

    rows = [[share.factor.slug, share.municipalities, share.of, share.percent] for share in found.shares]
    assert lines(rows) == table(test_the_salience.__doc__, "omnämnda")[1:]
    assert [factor.slug for factor in found.silent] == ["data"]
    assert found.shares[0].share == pytest.approx(8 / 11)
    assert found.counted == ALL


def test_the_cooccurrence(material: Material) -> None:
    """The factors of each page, and how many pages each factor has:

    malbild 1 3 4 5 8 10 12 14 (8); mandat 1 3 5 6 7 10 12 (7); tid 1 3 4 5 7 10 11 12 13 14 (10);
    nytta 4 8 9 14 (4); juridik 2 3 5 7 11 12 14 (7).

    Both, either (= the sum less both), and the municipalities behind: page 10 has mandat of two of them.
    tid + nytta share pages 4 and 14, nytta + juridik page 14: hidden. mandat + nytta share none: no pair.

    par
    första  | andra   | båda | någon | jaccard | kommuner
    --------+---------+------+-------+---------+---------
    malbild | tid     | 7    | 11    | 0.636   | 7
    mandat  | tid     | 6    | 11    | 0.545   | 7
    tid     | juridik | 6    | 11    | 0.545   | 6
    malbild | mandat  | 5    | 10    | 0.500   | 6
    mandat  | juridik | 4    | 10    | 0.400   | 4
    malbild | juridik | 4    | 11    | 0.364   | 4
    malbild | nytta   | 3    | 9     | 0.333   | 3
    """
    found = cooccurrence(material)

    rows = [
        [p.first.slug, p.second.slug, p.pages, p.either, f"{p.jaccard:.3f}", p.municipalities]
        for p in found.pairs
    ]
    assert lines(rows) == table(test_the_cooccurrence.__doc__, "par")[1:]
    assert found.hidden == 2
    assert found.counted == ALL


def test_the_companions_of_one_factor(material: Material) -> None:
    """nytta: with malbild on 3 pages; with tid (2) and juridik (1) too few."""
    found = cooccurrence(material, "nytta")

    assert [(other.slug, pair.pages) for other, pair in found.of("nytta")] == [("malbild", 3)]
    assert found.hidden == 2


def test_the_white_spots(material: Material) -> None:
    """24 cells, of 6 factors × 4 groups: mandat has none in C9, nytta none in C8, data none in all four.
    Blank: 1 + 1 + 4 = 6. Every factor that is written about is so in both tracks.
    """
    found = gaps(material)

    assert [factor.slug for factor in found.factors] == ["data"]
    assert (found.tracks, found.groups) == ((), ())
    assert [(one.factor.slug, [group.code for group in one.groups]) for one in found.cells] == [
        ("mandat", ["C9"]),
        ("nytta", ["C8"]),
    ]
    assert (found.blank_cells, found.all_cells) == (6, 24)


def test_the_neighbours(material: Material) -> None:
    """Of Hassel (C8; 10,000 people; mandat -, tid -, juridik -):

    Gran    same group (1); 12,000: within 25 %; mandat -, tid - of the 4 that either says: 2/4
    Idegran same group (1); 9,000: within 10 %; tid - of the 6 that either says: 1/6
    Lind    other group; 3,000: 70 % fewer, no reason; has written nothing: not like it at all
    """
    found = {one.place.name: one for one in neighbours(material, "0008", limit=20).found}

    gran, idegran = found["Gran"].reasons, found["Idegran"].reasons
    assert gran.group == idegran.group == material.groups["C8"]
    assert (gran.population_within, idegran.population_within) == (25, 10)
    assert [(one.factor.slug, one.direction) for one in gran.shared] == [
        ("mandat", "hindering"),
        ("tid", "hindering"),
    ]
    assert [(one.factor.slug, one.direction) for one in idegran.shared] == [("tid", "hindering")]
    assert list(found)[:2] == ["Gran", "Idegran"]
    assert "Lind" not in found
    assert "Hassel" not in found
