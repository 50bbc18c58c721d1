"""What the items of a Word document's lists are counted as: a list goes on after what stands between."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from mittkoping.text.docx_xml import W, root_of, value_of

MARK = "mk-"  # begins the name of the bookmark that says it, before the number

_DIGITS = 5  # at most, of what a list begins with
_Starts = dict[str, int]


@dataclass
class Numbering:
    """The lists of a document.

    kinds     id of a list → of its kind; those of one kind are counted together
    starts    kind → what each of its levels begins with
    renewed   list → the same, of levels that begin anew with it
    """

    kinds: dict[str, str] = field(default_factory=dict)
    starts: dict[str, _Starts] = field(default_factory=dict)
    renewed: dict[str, _Starts] = field(default_factory=dict)


def read_numbering(data: bytes) -> Numbering:
    """Read the part of a document that its lists are described in."""
    root = root_of(data)
    numbering = Numbering()
    for kind in root.iter(f"{W}abstractNum"):
        numbering.starts[_id(kind, "abstractNumId")] = _starts(kind, "lvl", "start")
    for one in root.iter(f"{W}num"):
        name = _id(one, "numId")
        numbering.kinds[name] = value_of(one, "abstractNumId")
        numbering.renewed[name] = _starts(one, "lvlOverride", "startOverride")
    return numbering


class Counting:
    """Counts the items of one part, in the order in which they stand."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
        self.met: set[tuple[str, int]] = set()

    def count(self, name: str, written: str) -> int | None:
        """Count one more item of a list, on a level as Word writes it; None for no list."""
        kind = self.numbering.kinds.get(name)
        if kind is None:
            return None
        level, counts = _whole(written, 0), self.counts[kind]
        renewed = self.numbering.renewed[name].get(written)
        start = self.numbering.starts.get(kind, {}).get(written, 1) if renewed is None else renewed
        is_renewed = renewed is not None and (name, level) not in self.met
        counts[level] = counts[level] + 1 if level in counts and not is_renewed else start
        self.met.add((name, level))
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return counts[level]


def write_number(paragraph: Element, number: int) -> None:
    """Say what a paragraph is counted as, where html_reading finds it."""
    has_properties = len(paragraph) > 0 and paragraph[0].tag == f"{W}pPr"
    name = {f"{W}name": f"{MARK}{number}"}
    paragraph.insert(int(has_properties), Element(f"{W}bookmarkStart", name))


def _starts(element: Element, level: str, start: str) -> _Starts:
    found = ((_id(one, "ilvl"), value_of(one, start)) for one in element.iter(f"{W}{level}"))
    return {name: _whole(written, 1) for name, written in found if written}


def _id(element: Element, name: str) -> str:
    return element.get(f"{W}{name}", "")


def _whole(written: str, otherwise: int) -> int:
    """Read a number that a list can begin with."""
    is_number = written.isascii() and written.isdigit() and len(written) <= _DIGITS
    return int(written) if is_number else otherwise
