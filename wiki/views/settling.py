"""Somebody else has changed the same: what the writer sees, and what becomes of what they choose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mittkoping.accounts.models import User
from wiki.content import MAX_BODY, Content
from wiki.forms import EditForm
from wiki.forms.settling import Choices
from wiki.forms.tag_rows import fields_of
from wiki.labels import municipality_names
from wiki.models import Edit, HiddenVersion, Page
from wiki.models.edit import EditQuerySet
from wiki.operations import EditConflict
from wiki.screening.side_by_side import SideBySide
from wiki.validation import problems

MAX_NAMED = 5  # versions that are told of, one by one
MAX_COMPARED = 2 * MAX_BODY  # bytes; a text that is longer cannot be saved anyway
# Texts of more lines are chosen between as wholes. Hardly a page that people write has so many.
MAX_LINES = 10_000
CHOICES = ("val-", "text-", "mark-")


@dataclass(frozen=True)
class Conflict:
    """What the writer has to know, and to choose, until what they have sent is saved.

    looked_at   the version that their text is put beside; is_gone when that is hidden by now, so that it is
                the newest one instead
    started     the one that they started from; its text is None when it is hidden
    by          who writes
    """

    page: Page
    choices: Choices
    started: Edit
    looked_at: Edit
    is_gone: bool
    by: User

    @property
    def is_mergeable(self) -> bool:
        """What both started from is known, and not too long to go through place by place."""
        return self.choices.sides.base is not None

    @cached_property
    def between(self) -> list[Edit]:
        """What has been published since, newest first. One query."""
        return list(self._between.with_people().order_by("-number")[:MAX_NAMED])

    @cached_property
    def more(self) -> int:
        """How many versions came that `between` does not have."""
        return max(0, self.looked_at.number - self.started.number - MAX_NAMED)

    @cached_property
    def is_own(self) -> bool:
        """All that has been published since is the writer's own, from another window."""
        is_all = self.more == 0 or not self._between.exclude(author=self.by).exists()
        return bool(self.between) and is_all and all(edit.author_id == self.by.pk for edit in self.between)

    @property
    def compare_href(self) -> str:
        """Where one sees all that has been published since; empty when that cannot be shown."""
        if self.started.is_hidden or self.started.number >= self.looked_at.number:
            return ""
        return reverse("wiki:compare", args=[self.page.slug, self.started.number, self.looked_at.number])

    @property
    def clean_count(self) -> int:
        """How many of the writer's changes went together with what is published."""
        return (
            sum(choice.place.who != "ours" for choice in self.choices.choices) - self.choices.conflict_count
        )

    @property
    def conflict_count(self) -> int:
        """How many places both have changed in ways that do not go together."""
        return self.choices.conflict_count + len(self.choices.sides.unshown)

    @property
    def first_open(self) -> int | None:
        """The number of the first place that has to be chosen about, if any."""
        return next((choice.place.shown.number for choice in self.choices.open), None)

    @property
    def settled(self) -> Content:
        """What all choices make together."""
        return self.choices.settled()

    def problems(self) -> Iterator[str]:
        """Why it cannot be saved as it is chosen: the places first, each with the way to it."""
        for choice in self.choices.open:
            number = choice.place.shown.number
            place = _("Ställe %(number)s") % {"number": number}
            yield format_html('<a href="#stalle-{}">{}: {}</a>', number, place, choice.problem)
        if self.choices.is_rest_open:
            yield format_html('<a href="#resten">{}</a>', _("Välj för ställena som inte visas ett och ett."))
        if self.choices.lost:
            yield format_html('<a href="#egna-ord">{}</a>', _kept(len(self.choices.lost)))
        if not self.choices.open:
            known = problems(self.choices.sides.ours)
            yield from (
                sentence for field, sentence in problems(self.settled) if (field, sentence) not in known
            )

    @property
    def own_words(self) -> list[str]:
        """What the writer has written at the places, and what has no place any more."""
        own = [choice.text for choice in self.choices.choices if choice.is_own]
        return [text for text in (*own, *self.choices.kept) if text.strip()]

    def is_left_out(self, content: Content) -> bool:
        """Whether some of the writer's own words are not in what is saved."""
        saved = "\n".join((content.title, content.lead, content.body))
        words = {text.strip() for text in self.own_words}
        return not all(
            text in saved and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", saved) for text in words
        )

    @property
    def _between(self) -> EditQuerySet:
        return self.page.edits.filter(number__gt=self.started.number, number__lte=self.looked_at.number)


def conflict_in(form: EditForm, mine: Content, data: QueryDict, *, by: User) -> Conflict | None:
    """The conflict that a form is about, if it is about one. At most thirteen queries.

    mine   what was sent, with what is wrong in it as typed
    """
    page, number = form.page, form.started_from
    if page is None or number is None or not form.met_conflict:
        return None
    edits = {edit.number: edit for edit in page.edits.filter(number__in=(number, _number(form), page.number))}
    sent = edits.get(_number(form))
    looked_at = sent if sent and not sent.is_hidden else edits[page.number]
    ours = page.content if looked_at.number == page.number else looked_at.content
    theirs = _comparable(form, mine, ours)
    base = _readable(edits[number])
    is_long = any(each.body.count("\n") > MAX_LINES for each in (base, ours, theirs) if each)
    sides = SideBySide(None if is_long else base, ours, theirs)
    return Conflict(page, Choices(sides, data), edits[number], looked_at, is_gone=looked_at != sent, by=by)


def renewed(data: QueryDict, form: EditForm, conflict: EditConflict, *, is_settled: bool) -> QueryDict:
    """The form for what the page says now, with all that was typed.

    is_settled   what could not be saved is what the writer has settled with the version in `base`: it goes on
                 from there, and says all that was chosen. Otherwise it still comes from where it came from.
    """
    again = data.copy()
    again["first_base"] = str(_number(form) if is_settled else form.started_from)
    again["base"] = str(conflict.page.number)
    if is_settled:
        _fill(again, conflict.mine)
    return again


def _fill(data: QueryDict, content: Content) -> None:
    """Put a content into a form; what was chosen about is in it."""
    for name in [name for name in data if name.startswith((*CHOICES, "tags-"))]:
        del data[name]
    for field in ("title", "lead", "body", "kind"):
        data[field] = getattr(content, field)
    data.setlist("tracks", ["", *content.tracks])
    data["municipalities"] = ", ".join(municipality_names(content.municipalities))
    rows = list(fields_of(content.tags))
    data["tags-TOTAL_FORMS"] = data["tags-INITIAL_FORMS"] = str(len(rows))
    for at, row in enumerate(rows):
        for name, value in row.items():
            data[f"tags-{at}-{name}"] = str(value)


def _comparable(form: EditForm, mine: Content, ours: Content) -> Content:
    """What was sent, without what nothing can be put beside: names that are none, a text beyond measure."""
    wrong = {name: getattr(ours, name) for name in ("tracks", "municipalities") if name in form.errors}
    if len(mine.body.encode()) > MAX_COMPARED:
        wrong["body"] = ours.body
    return replace(mine, **wrong)


def _readable(edit: Edit) -> Content | None:
    try:
        return edit.content
    except HiddenVersion:
        return None


def _number(form: EditForm) -> int:
    """The version that the writer has looked at; 0 when it cannot be known."""
    text = str(form["base"].value() or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _kept(count: int) -> str:
    return ngettext(
        "Egna ord som du hade skrivit har ingen plats längre. De står kvar nedanför ställena.",
        "%(count)s texter som du hade skrivit har ingen plats längre. De står kvar nedanför ställena.",
        count,
    ) % {"count": count}
