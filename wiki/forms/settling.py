"""What a writer chooses where somebody else has changed the same, as a form tells of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from mittkoping.text.normalise import normalise
from wiki.content import Content
from wiki.forms.review import posted_keys
from wiki.screening.side_by_side import MARK, Gap, Place, SideBySide, digest
from wiki.settling import BOTH, OURS, OWN, THEIRS, Pick

REST = "val-resten"
KEPT = "kvar"


@dataclass(frozen=True)
class Choice:
    """What the writer wants at one place.

    pick       OURS, THEIRS, BOTH or OWN; empty until chosen, and where nothing has to be
    text       the field for own words
    is_own     it holds other words than it began with
    is_moved   something else stands there than what the writer looked at
    """

    place: Place
    pick: str
    text: str
    is_own: bool
    is_moved: bool

    @property
    def chosen(self) -> str:
        """The side that is marked in the form. Writing own words is choosing them."""
        if self.is_own:
            return self.pick or OWN
        return "" if self.is_moved else self.pick

    @property
    def note(self) -> str:
        """What the writer has to know of the place before anything else."""
        if self.is_moved and (self.pick or self.is_own):
            return _("Det som stod här har ändrats sedan du valde. Se efter att ditt val stämmer.")
        return ""

    @property
    def problem(self) -> str:
        """Why the place cannot be settled yet; nothing when it can."""
        if self.note or not self.place.change.is_conflict:
            return self.note
        if self.is_own and self.pick not in ("", OWN):
            return _("Du har både valt en text och skrivit egna ord. Välj ”Skriv själv”, eller töm rutan.")
        return "" if self.chosen else _("Välj vad som ska stå här.")

    @property
    def wanted(self) -> Pick | None:
        """What shall stand there; None for what merging makes of it."""
        if self.chosen == OWN or (self.is_own and not self.place.change.is_conflict):
            return Pick(OWN, self.text)
        return Pick(self.chosen) if self.chosen else None


class Choices:
    """The places with what is wanted of them, and what stands between them.

    rest   which side all conflicts take that are not shown, because there are so many
    kept   own words that no longer have a place; lost are those that had one in the form that was sent
    """

    def __init__(self, sides: SideBySide, data: QueryDict) -> None:
        self.sides = sides
        self.rest = data.get(REST, "") if data.get(REST) in (OURS, THEIRS) else ""
        self.parts = tuple(_choice(part, data) if isinstance(part, Place) else part for part in sides.parts)
        self.lost = tuple(_lost(sides, data))
        self.kept = (*(text for text in map(normalise, data.getlist(KEPT)) if text.strip()), *self.lost)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """One for each place."""
        return tuple(part for part in self.parts if not isinstance(part, Gap))

    @cached_property
    def conflict_count(self) -> int:
        """How many places have to be chosen about, one by one."""
        return sum(choice.place.change.is_conflict for choice in self.choices)

    @property
    def open(self) -> tuple[Choice, ...]:
        """Those that cannot be settled yet."""
        return tuple(choice for choice in self.choices if choice.problem)

    @property
    def is_rest_open(self) -> bool:
        """Nobody has chosen about the conflicts that are not shown."""
        return bool(self.sides.unshown and not self.rest)

    def settled(self) -> Content:
        """What all choices make together; what is open becomes as the writer has it."""
        rest = Pick(self.rest or THEIRS)
        picks = {change.key: rest for change in self.sides.unshown}
        for choice in self.choices:
            open_pick = Pick(THEIRS) if choice.place.change.is_conflict else None
            if pick := choice.wanted or open_pick:
                picks[choice.place.key] = pick
        return self.sides.settling.settled(picks)


def _choice(place: Place, data: QueryDict) -> Choice:
    is_text = place.change.is_text
    mark = data.get(f"mark-{place.key}") or place.mark
    text = _clean(data.get(f"text-{place.key}", place.offered)) if is_text else ""
    is_touched = is_text and digest(text) not in (mark[MARK:], digest(_clean(place.offered)))
    pick = data.get(f"val-{place.key}", "")
    return Choice(
        place,
        pick=pick if pick in _sides(place) else "",
        text=text if is_touched else place.offered,
        # An empty field is no words; but where there is nothing else to choose, it takes the passage away.
        is_own=is_touched and (bool(text.strip()) or not place.change.is_conflict),
        is_moved=mark != place.mark,
    )


def _sides(place: Place) -> Iterator[str]:
    """What can be chosen at a place."""
    if place.change.is_conflict:
        yield from (OURS, THEIRS)
        if place.may_join:
            yield BOTH
        if place.change.is_text:
            yield OWN


def _lost(sides: SideBySide, data: QueryDict) -> Iterator[str]:
    """Own words for places that are not there any more."""
    known = {place.key for place in sides.places}
    for key in sorted(posted_keys(data) - known):
        text, mark = _clean(data.get(f"text-{key}", "")), data.get(f"mark-{key}", "")
        is_theirs = text in sides.ours.body or text in sides.theirs.body
        is_untouched = digest(text) == mark[MARK:] if mark else is_theirs
        if text.strip() and not is_untouched:
            yield text


def _clean(text: str) -> str:
    return normalise(text).strip("\n")
