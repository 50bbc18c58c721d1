"""A rendered page with what changed in it marked: words inside what was edited, whole blocks otherwise."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from itertools import groupby
from typing import Literal

from mittkoping.text.align import Budget, Pairs, align
from mittkoping.text.fragment import Node, parse, words

# Steps that one page may take: to align blocks and words, and to find which blocks were edited.
BLOCK_STEPS = 300_000
WORD_STEPS = 300_000
PAIRING_STEPS = 1_000_000
# Two blocks are one edited block if they share this part of their words (Dice).
SIMILARITY = 0.4
LABEL_CLASS = "ds-sr-only"

_INLINE = frozenset({"", "a", "br", "code", "em", "img", "span", "strong", "sup"})
_PROSE = frozenset({"p", "pre", "h2", "h3", "h4", "h5", "h6"})
# Marks may not stand around these, only inside them.
_ROWS = frozenset({"table", "thead", "tbody", "tr"})
_PARTS = frozenset({"thead", "tbody", "tr", "li", "dt", "dd", "th", "td"})
# What has a fixed number of parts, the same on both sides: each is compared with the one in its place.
_FIXED = frozenset({"table", "thead", "tr"})
# Within this bound every block that went is weighed against every one that came.
_PAIRED_PRODUCT = 900

Mark = Literal["ins", "del"]

_TOKEN = re.compile(r"[\w\u0300-\u036f]+|\s+|[^\w\s]")
_WORD = re.compile(r"[\w\u0300-\u036f]+")


def marked(old_html: str, new_html: str, *, added: str = "Tillagt", removed: str = "Borttaget") -> str:
    """Show a rendered page with <ins> around what came and <del> around what went.

    added, removed   what screen readers say before it

    Both must be sanitised HTML. Without its <del> and labels the answer says what new_html says; without its
    <ins> and labels, what old_html says. What is gone has no ids and no links. Time is bounded: past it,
    whole blocks count as replaced.
    """
    return "".join(_Marker(added, removed).blocks(parse(old_html), parse(new_html)))


@dataclass(frozen=True)
class _Block:
    """A block element, or inline nodes in a row; and the white space after it."""

    nodes: tuple[Node, ...]
    space: str

    @property
    def tag(self) -> str:
        """Its element; none for inline nodes."""
        return "" if self.nodes[0].tag in _INLINE else self.nodes[0].tag

    @cached_property
    def key(self) -> str:
        """The same for blocks that read the same."""
        return "".join(node.key for node in self.nodes)

    @cached_property
    def counted(self) -> Counter[str]:
        """Its words."""
        text = "".join(node.text for node in self.nodes)
        return Counter(_WORD.findall(text) or text.split())


class _Marker:
    """Marks one page within its budgets."""

    def __init__(self, added: str, removed: str) -> None:
        self._labels = {"ins": added, "del": removed}
        self._blocks, self._words = Budget(BLOCK_STEPS), Budget(WORD_STEPS)
        self._pairing = Budget(PAIRING_STEPS)

    def blocks(self, old: Sequence[Node], new: Sequence[Node]) -> Iterator[str]:
        """Mark what stands beside each other: on a page, in a quotation, in a list, in an item."""
        _, before = _in_blocks(old)
        space, after = _in_blocks(new)
        yield space
        pairs = align([block.key for block in before], [block.key for block in after], self._blocks)
        i = j = 0
        for k, m in [*pairs, (len(before), len(after))]:
            yield from self._changed(before[i:k], after[j:m])
            if m < len(after):
                yield _shown(after[m])
            i, j = k + 1, m + 1

    def _changed(self, old: Sequence[_Block], new: Sequence[_Block]) -> Iterator[str]:
        """Mark blocks of which none stayed the same: which went, which came, which were edited."""
        i = j = 0
        for k, m in [*self._edited(old, new), (len(old), len(new))]:
            yield from (self._whole(block, "del") for block in old[i:k])
            yield from (self._whole(block, "ins") + block.space for block in new[j:m])
            if m < len(new):
                yield self._inside(old[k], new[m]) + new[m].space
            i, j = k + 1, m + 1

    def _edited(self, old: Sequence[_Block], new: Sequence[_Block]) -> Pairs:
        """Pair blocks of one kind that are alike, the most alike first; in step when there are many."""
        is_small = len(old) * len(new) <= _PAIRED_PRODUCT
        if not self._pairing.spend(_effort(old) * len(new) if is_small else _effort([*old, *new])):
            return []
        if not is_small:
            steps = enumerate(zip(old, new, strict=False))
            return [(i, i) for i, (a, b) in steps if _likeness(a, b) >= SIMILARITY]
        weighed = [(_likeness(a, b), -i, -j) for i, a in enumerate(old) for j, b in enumerate(new)]
        chosen: Pairs = []
        for likeness, i, j in sorted(weighed, reverse=True):
            if likeness >= SIMILARITY and all((k + i) * (m + j) > 0 for k, m in chosen):
                chosen.append((-i, -j))
        return sorted(chosen)

    def _inside(self, old: _Block, new: _Block) -> str:
        """Mark inside one edited block."""
        if not new.tag:
            return "".join(self._inline(old.nodes, new.nodes, is_code=False))
        return self._element(old.nodes[0], new.nodes[0])

    def _element(self, old: Node, new: Node) -> str:
        """Mark inside one edited element."""
        is_open = bool(old.children and new.children)
        if old.key == new.key or (new.tag in _ROWS and not new.children and not old.children):
            return new.html
        if not is_open and new.tag not in _ROWS:
            return new.around(self._mark("del", old.gone) + self._mark("ins", new.inner))
        if new.tag in _FIXED:
            return new.around("".join(self._in_step(old.children, new.children)))
        if new.tag in _PROSE:
            return new.around("".join(self._inline(old.children, new.children, is_code=new.tag == "pre")))
        return new.around("".join(self.blocks(old.children, new.children)))

    def _in_step(self, old: Sequence[Node], new: Sequence[Node]) -> Iterator[str]:
        """Mark parts that have their fixed places; white space comes from the new ones."""
        parts = iter([node for node in old if node.tag])
        for node in new:
            yield self._element(next(parts), node) if node.tag else node.html

    def _whole(self, block: _Block, mark: Mark) -> str:
        """Mark a whole block; where no mark may stand around it, inside it."""
        if block.tag in _PARTS:
            return self._part(block.nodes[0], mark)
        return self._mark(mark, "".join(node.html if mark == "ins" else node.inert for node in block.nodes))

    def _part(self, node: Node, mark: Mark) -> str:
        """Mark inside a part that is new or gone."""
        if mark == "del":
            node = replace(node, attributes=node.inert_attributes)
        if node.tag not in _ROWS or not node.children:
            return node.around(self._mark(mark, node.inner if mark == "ins" else node.gone))
        parts = _elements(node) if mark == "del" else node.children
        return node.around("".join(self._part(part, mark) if part.tag else part.html for part in parts))

    def _inline(self, old: Sequence[Node], new: Sequence[Node], *, is_code: bool) -> Iterator[str]:
        """Mark words; an element inside counts as one, unless nothing but it changed."""
        a, b = _atoms(old), _atoms(new)
        pairs = align(
            [_key(atom, is_code=is_code) for atom in a],
            [_key(atom, is_code=is_code) for atom in b],
            self._words,
        )
        for went, came, stayed in _runs(a, b, pairs):
            if len(went) == len(came) == 1 and _is_same_element(went[0], came[0]):
                yield came[0].around(
                    "".join(self._inline(went[0].children, came[0].children, is_code=is_code))
                )
            else:
                yield self._mark("del", "".join(atom.inert for atom in went))
                yield self._mark("ins", "".join(atom.html for atom in came))
            yield "".join(atom.html for atom in stayed)

    def _mark(self, mark: Literal["ins", "del"], inner: str) -> str:
        """Put a mark and its label around something; around nothing, nothing."""
        label = f'<span class="{LABEL_CLASS}">{escape(self._labels[mark])}: </span>'
        return f"<{mark}>{label}{inner}</{mark}>" if inner else ""


def _in_blocks(nodes: Sequence[Node]) -> tuple[str, list[_Block]]:
    """Gather inline nodes in a row into one block; give the white space before all blocks, and the blocks."""
    lead = ""
    groups: list[tuple[list[Node], str]] = []
    for is_inline, run in groupby(nodes, key=lambda node: node.tag in _INLINE):
        together = list(run)
        if not is_inline:
            groups += [([node], "") for node in together]
            continue
        space = ""
        if not together[-1].tag and together[-1].text.isspace():
            space = together.pop().html
        if together:
            groups.append((together, space))
        elif groups:
            groups[-1] = groups[-1][0], space
        else:
            lead = space
    return lead, [_Block(tuple(group), space) for group, space in groups]


def _shown(block: _Block) -> str:
    """Show a block as it is."""
    return "".join(node.html for node in block.nodes) + block.space


def _effort(blocks: Sequence[_Block]) -> int:
    """Estimate how long it takes to weigh blocks: some work for each block and each word."""
    return 20 * len(blocks) + sum(len(block.counted) for block in blocks)


def _likeness(a: _Block, b: _Block) -> float:
    """Tell how much of two blocks' words they share, 0 to 1 (Dice); nothing when they are of two kinds."""
    if a.tag != b.tag or (a.tag and not _fits(a.nodes[0], b.nodes[0])):
        return 0.0
    total = a.counted.total() + b.counted.total()
    return 2 * (a.counted & b.counted).total() / total if total else 0.0


def _fits(a: Node, b: Node) -> bool:
    """Tell whether two elements are of one kind, with as many parts where that number is fixed."""
    if a.tag != b.tag or a.tag not in _FIXED:
        return a.tag == b.tag
    parts, others = _elements(a), _elements(b)
    return len(parts) == len(others) and all(map(_fits, parts, others))


def _elements(node: Node) -> list[Node]:
    """Give the elements in a node, without the white space between them."""
    return [child for child in node.children if child.tag]


def _atoms(nodes: Sequence[Node]) -> list[Node]:
    """Cut text into words, spaces and signs; leave elements whole."""
    return [
        atom for node in nodes for atom in ([node] if node.tag else map(words, _TOKEN.findall(node.text)))
    ]


def _key(atom: Node, *, is_code: bool) -> str:
    """The same for what reads the same: outside code, all white space does."""
    return " " if _is_blank(atom) and not is_code else atom.key


def _is_blank(atom: Node) -> bool:
    return not atom.tag and atom.text.isspace()


def _is_same_element(a: Node, b: Node) -> bool:
    """Tell whether only what stands in an element changed."""
    return bool(a.tag and a.tag == b.tag and a.kept == b.kept and a.children and b.children)


def _runs(
    a: Sequence[Node], b: Sequence[Node], pairs: Pairs
) -> Iterator[tuple[list[Node], list[Node], list[Node]]]:
    """Give what went, what came, and what stayed after it; mere space between two changes belongs to both."""
    went: list[Node] = []
    came: list[Node] = []
    stayed: list[tuple[Node, Node]] = []
    i = j = 0
    for k, m in [*pairs, (len(a), len(b))]:
        if k > i or m > j:
            if stayed and (went or came) and all(_is_blank(node) for _, node in stayed):
                went += [node for node, _ in stayed]
                came += [node for _, node in stayed]
            else:
                yield went, came, [node for _, node in stayed]
                went, came = [], []
            stayed = []
            went += a[i:k]
            came += b[j:m]
        if k < len(a):
            stayed.append((a[k], b[m]))
        i, j = k + 1, m + 1
    yield went, came, [node for _, node in stayed]
