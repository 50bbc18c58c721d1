"""The changes that a moderator decides on, one by one, as the templates show them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from mittkoping.text.diff import BlockChange, Words, compare
from wiki.changes import Change, Value
from wiki.chips import Chip, chips
from wiki.content import Tag
from wiki.labels import kind_label, municipality_names, track_labels
from wiki.passages import readable_tags
from wiki.tag_differences import tag_differences

# So many changes are shown and chosen among; what is beyond is taken, or left, as a whole. People hardly read
# more, and a form must not have more fields than the site takes.
MAX_SHOWN = 300
MAX_ROWS = 14  # of a field
LINE = 80  # characters

Sort = Literal["text", "fact", "tag"]
Looked = Mapping[Tag, Chip]


@dataclass(frozen=True)
class Pair:
    """A passage before and after, in words that stayed, went or came; a side without words is empty."""

    old: tuple[Words, ...]
    new: tuple[Words, ...]


@dataclass(frozen=True)
class Form:
    """One of the forms that a fact, a tag or, in a conflict, a passage has.

    text     of a fact or a passage
    words    of a passage, unless it is the base: what became of the base
    chip     of a tag, if there is one
    """

    text: str = ""
    words: tuple[Words, ...] = ()
    chip: Chip | None = None


@dataclass(frozen=True)
class Shown:
    """One change.

    number   1, 2, 3 … in the order of the page
    pair     of a text without conflict: what is published, and what it becomes
    result   what is published if the change is taken
    is_both  what both sides put at the same place is taken together
    is_old   the published text is no longer what the author started from, yet the two could be merged
    own      of a text: what the moderator's own words begin with
    rows     how many lines a field with these words shows
    differences   of a tag that is changed: what differs from the published one, in words
    """

    change: Change
    number: int
    label: str
    sort: Sort
    base: Form = Form()
    ours: Form = Form()
    theirs: Form = Form()
    result: Form = Form()
    pair: Pair = Pair((), ())
    is_both: bool = False
    is_old: bool = False
    own: str = ""
    rows: int = 3
    differences: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its name in the form."""
        return self.change.key

    @property
    def is_conflict(self) -> bool:
        """Both sides changed the same."""
        return self.change.is_conflict


@dataclass(frozen=True)
class ShownChanges:
    """The changes of a proposal, or of a page's unreviewed edits.

    shown     one by one, in the order of the page
    rest      those that are not, because there are so many; none of them is a conflict
    count     of all
    unshown   conflicts among what is not shown: there the page stays as it is
    """

    shown: tuple[Shown, ...]
    rest: tuple[Change, ...]
    count: int
    unshown: int

    @property
    def conflict_count(self) -> int:
        """How many have to be settled."""
        return sum(each.is_conflict for each in self.shown)


def show(changes: Sequence[Change], hidden: Collection[int] = (), text: str = "") -> ShownChanges:
    """Prepare changes for the templates. At most six queries.

    Where there are too many, conflicts go before others: somebody has to settle them.

    hidden   versions whose words are quoted only where the text says them
    """
    chosen = set(sorted(range(len(changes)), key=lambda at: not changes[at].is_conflict)[:MAX_SHOWN])
    shown = [change for at, change in enumerate(changes) if at in chosen]
    rest = [change for at, change in enumerate(changes) if at not in chosen]
    looked = _look_up(shown, hidden, text)
    return ShownChanges(
        shown=tuple(_show(change, number, looked) for number, change in enumerate(shown, 1)),
        rest=tuple(change for change in rest if not change.is_conflict),
        count=len(changes),
        unshown=sum(change.is_conflict for change in rest),
    )


def words(old: str, new: str) -> tuple[Words, ...]:
    """What stayed, went and came from one text to another, in one row."""
    return tuple(each for change in compare(old, new) for each in change.words or _whole(change))


def pair(old: str, new: str) -> Pair:
    """Two texts beside each other, what differs marked word by word."""
    both = words(old, new)
    before = tuple(each for each in both if each.op != "insert")
    return Pair(before, tuple(each for each in both if each.op != "delete"))


def _whole(change: BlockChange) -> tuple[Words, ...]:
    if change.op == "same":
        return (Words("same", change.new),)
    sides = (Words("delete", change.old), Words("insert", change.new))
    return tuple(words for words in sides if words.text)


def _look_up(changes: Sequence[Change], hidden: Collection[int], text: str) -> Looked:
    forms = (form for each in changes for form in _forms(each))
    tags = list(dict.fromkeys(form for form in forms if isinstance(form, Tag)))
    return dict(zip(tags, chips(readable_tags(tags, hidden, text), hidden), strict=True))


def _show(change: Change, number: int, looked: Looked) -> Shown:
    if change.is_text:
        return _show_text(change, number)
    is_tag = change.field == "tag"
    base, ours, theirs, result = (
        _tag(form, looked) if is_tag else _fact(change.field, form) for form in _forms(change)
    )
    sort: Sort = "tag" if is_tag else "fact"
    label = _label(change.field)
    differences = _differences(change, looked)
    return Shown(change, number, label, sort, base, ours, theirs, result, differences=differences)


def _differences(change: Change, looked: Looked) -> tuple[str, ...]:
    """What is changed in a tag that stays: from what is published to what is proposed."""
    old, new = change.ours, change.theirs
    if not (isinstance(old, Tag) and isinstance(new, Tag)):
        return ()
    new = change.taken if isinstance(change.taken, Tag) else new
    return tuple(tag_differences(old, new, (looked[old], looked[new])))


def _show_text(change: Change, number: int) -> Shown:
    base, ours, theirs, taken = (str(text or "") for text in _forms(change))
    is_conflict = change.is_conflict
    return Shown(
        change,
        number,
        _label(change.field),
        "text",
        base=Form(base),
        ours=Form(ours, words(base, ours) if is_conflict else ()),
        theirs=Form(theirs, words(base, theirs) if is_conflict else ()),
        result=Form(taken),
        pair=Pair((), ()) if is_conflict else pair(ours, taken),
        is_both=is_conflict and taken != theirs,
        is_old=not is_conflict and ours != base,
        own=taken,
        rows=min(MAX_ROWS, 2 + taken.count("\n") + len(taken) // LINE),
    )


def _forms(change: Change) -> tuple[Value, Value, Value, Value]:
    return change.base, change.ours, change.theirs, change.taken


def _label(name: str) -> str:
    labels = {
        "title": _("Titel"),
        "lead": _("Ingress"),
        "kind": _("Sidtyp"),
        "tracks": _("Inriktning"),
        "municipalities": _("Kommuner"),
        "tag": _("Märkning"),
    }
    return labels.get(name, _("Text"))


def _tag(form: Value, looked: Looked) -> Form:
    return Form(chip=looked[form]) if isinstance(form, Tag) else Form()


def _fact(name: str, form: Value) -> Form:
    """A fact as a reader sees it; one query for municipalities."""
    if name == "kind":
        return Form(kind_label(str(form)) if form else "")
    codes = [str(code) for code in form] if isinstance(form, tuple) else []
    return Form(", ".join(track_labels(codes) if name == "tracks" else municipality_names(codes)))
