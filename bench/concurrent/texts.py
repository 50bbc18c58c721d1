"""The page that all write on: made so that whatever is torn, lost or written over can be seen in the text.

The text is cells. Each has its own place, and each value seals itself with a checksum:

    ord 3         a word of editor 3's own in a sentence that all share
    gemensamt     a word that all replace; two when somebody settled a conflict by keeping both
    stycke 3      a paragraph that editor 3 alone replaces
    tillägg 3     up to ADDITIONS paragraphs that editor 3 adds below it, the oldest giving way

A text is whole when it can be cut into its cells and every seal is right. It is torn otherwise.
"""

import hashlib
import random
import re

Cells = dict[str, str]

ADDITIONS = 3
START = "e0n0"  # the marker of what stands in the page from the beginning
COMMON = "gemensamt"
BOTH = " och "
# How often of a hundred. Where many replace the same word without a pause, hardly anybody ever gets through.
KINDS = {"paragraph": 32, "word": 30, "addition": 30, "same word": 8}

_WORD = re.compile(r"(e\d+n\d+)k([0-9a-f]{8})")
_PARAGRAPH = re.compile(r"(Försök (e\d+n\d+): .+\.) \(kontroll ([0-9a-f]{8})\)")
_OPENING = "Vi skriver tillsammans: "
_CHOICE = re.compile(r"redaktör (\d+) valde ordet (\w+)")
_COMMON = re.compile(r"Det gemensamma ordet är (\w+(?: och \w+)?)\.")
_HEADING = re.compile(r"## Redaktör (\d+)")
_VOCABULARY = (
    *("vi började med att fråga eleverna vad de behövde", "inte vilken *teknik* de ville ha", "på måndagen"),
    *("därför blev mötena kortare", "när **nämnden** hade beslutat", "även om åtta av tio önskade mer tid"),
    *(
        "kunde äldreomsorgen öva",
        "först då såg alla att frågan ägdes av någon",
        "och så vidare",
        "än så länge",
    ),
)


class Torn(ValueError):
    """A text that is not whole; says where."""


def word(marker: str) -> str:
    """A word that seals itself."""
    return f"{marker}k{_seal(marker)}"


def paragraph(marker: str, chance: random.Random) -> str:
    """A paragraph that seals itself."""
    said = f"Försök {marker}: {' '.join(chance.choices(_VOCABULARY, k=7))}."
    return f"{said} (kontroll {_seal(said)})"


def first_text(editors: int) -> str:
    """What the page says before anybody has written."""
    chance = random.Random(START)  # noqa: S311 - text, no secret
    cells = {COMMON: word(START)}
    for editor in range(1, editors + 1):
        cells |= {f"ord {editor}": word(START), f"tillägg {editor}": ""}
        cells[f"stycke {editor}"] = paragraph(START, chance)
    return compose(cells)


def compose(cells: Cells) -> str:
    """The text that the cells make."""
    editors = sum(name.startswith("ord ") for name in cells)
    numbers = range(1, editors + 1)
    choices = ", ".join(f"redaktör {number} valde ordet {cells[f'ord {number}']}" for number in numbers)
    blocks = [f"{_OPENING}{choices}.", common_sentence(cells)]
    for number in numbers:
        blocks += [f"## Redaktör {number}", cells[f"stycke {number}"], cells[f"tillägg {number}"]]
    return "\n\n".join(block for block in blocks if block) + "\n"


def parse(body: str) -> Cells:
    """Cut a text into its cells. compose(parse(x)) == x. Raises Torn."""
    opening, common, *rest = [*body.removesuffix("\n").split("\n\n"), ""]
    cells = _words(opening)
    match = _COMMON.fullmatch(common)
    if match is None:
        raise Torn(f"the common word: {common[:200]!r}")
    cells[COMMON] = match.group(1)
    cells |= _sections(rest[:-1])
    for name, value in cells.items():
        _check(name, value)
    if compose(cells) != body:
        raise Torn("what stands between the cells")
    return cells


def change(kind: str, cells: Cells, editor: int, marker: str, chance: random.Random) -> Cells:
    """What an editor writes: the cells that get another value."""
    if kind == "word":
        return {f"ord {editor}": word(marker)}
    if kind == "same word":
        return {COMMON: word(marker)}
    if kind == "paragraph":
        return {f"stycke {editor}": paragraph(marker, chance)}
    before = [each for each in cells[f"tillägg {editor}"].split("\n\n") if each]
    return {f"tillägg {editor}": "\n\n".join([*before, paragraph(marker, chance)][-ADDITIONS:])}


def settled(writes: Cells, newest: Cells) -> Cells:
    """What an editor writes after a conflict: the common word keeps theirs beside mine."""
    if COMMON not in writes:
        return writes
    theirs, mine = newest[COMMON].split(BOTH)[-1], writes[COMMON].split(BOTH)[-1]
    return writes | {COMMON: f"{theirs}{BOTH}{mine}"}


def common_sentence(cells: Cells) -> str:
    """The paragraph with the word that all replace."""
    return f"Det gemensamma ordet är {cells[COMMON]}."


def digest(body: str) -> str:
    """What tells whether two texts are the same."""
    return hashlib.sha256(body.encode()).hexdigest()


def _seal(text: str) -> str:
    return digest(text)[:8]


def _words(opening: str) -> Cells:
    cells = {f"ord {number}": chosen for number, chosen in _CHOICE.findall(opening)}
    if not (opening.startswith(_OPENING) and cells):
        raise Torn(f"the first paragraph: {opening[:200]!r}")
    return cells


def _sections(blocks: list[str]) -> Cells:
    cells: Cells = {}
    below: list[str] = []
    for block in [*reversed(blocks)]:
        if not (heading := _HEADING.fullmatch(block)):
            below.insert(0, block)
            continue
        own, additions = below[:1], below[1:]
        cells[f"stycke {heading.group(1)}"] = "".join(own)
        cells[f"tillägg {heading.group(1)}"] = "\n\n".join(additions)
        below = []
    if below:
        raise Torn(f"outside of every section: {below[0][:200]!r}")
    return cells


def _check(name: str, value: str) -> None:
    """Raise Torn unless every part of the cell's value is sealed."""
    if name.startswith(("ord ", COMMON)):
        parts = [_WORD.fullmatch(part) for part in value.split(BOTH)]
        whole = all(part and part.group(2) == _seal(part.group(1)) for part in parts)
    else:
        blocks = value.split("\n\n") if value or name.startswith("stycke ") else []
        parts = [_PARAGRAPH.fullmatch(block) for block in blocks]
        whole = all(part and part.group(3) == _seal(part.group(1)) for part in parts)
    if not whole:
        raise Torn(f"{name}: {value[:300]!r}")
