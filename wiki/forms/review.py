"""The forms of a review: a decision with its changes, a reason, words to use again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mittkoping.text.normalise import is_visible, normalise, normalise_line
from wiki.changes import Change, Decision
from wiki.forms.fields import LineField, TextField
from wiki.forms.naming import NeededReasonForm
from wiki.forms.quiet import QuietForm
from wiki.models import ReviewReason
from wiki.models.proposal import MAX_COMMENT
from wiki.screening.changed import Shown, ShownChanges
from wiki.validation import personal_number_problems, too_long

OURS, THEIRS, OWN = "ours", "theirs", "own"
MAX_REUSABLE = 300  # characters of a reason that is kept
NO_NUMBER = -1
REST = "resten"


class DecisionForm(QuietForm):
    """What is said with a decision, and what was looked at; the changes are Choices.

    revision      of the proposal, number of the page's version; NO_NUMBER when they cannot be known. The form
                  always names what it shows
    reason        a word to the author, in the moderator's own words
    saved_reason  one that is used again and again, and stands before these
    save_reason   keep the own words for others to use
    """

    reason = TextField(
        label=_("Kommentar eller skäl"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    saved_reason = forms.ModelChoiceField(
        label=_("Välj ett vanligt skäl"),
        queryset=ReviewReason.objects.all(),
        required=False,
        empty_label=_("Inget valt"),
        error_messages={"invalid_choice": _("Det skälet finns inte kvar. Välj ett annat, eller skriv eget.")},
    )
    save_reason = forms.BooleanField(label=_("Spara det jag skrev som ett vanligt skäl"), required=False)
    revision = forms.CharField(required=False)
    number = forms.CharField(required=False)

    def clean_revision(self) -> int:
        """Of the proposal that was looked at."""
        return _number(self.cleaned_data["revision"])

    def clean_number(self) -> int:
        """Of the page's version that was looked at."""
        return _number(self.cleaned_data["number"])

    def clean(self) -> dict[str, Any]:
        """Put the chosen reason and the own words together, and see that they fit."""
        cleaned = super().clean() or {}
        own = cleaned.get("reason", "").strip()
        own = own if is_visible(own) else ""
        chosen = cleaned.get("saved_reason")
        cleaned["comment"] = "\n\n".join(filter(None, (chosen.text if chosen else "", own)))
        if len(cleaned["comment"]) > MAX_COMMENT:
            self.add_error("reason", too_long(gettext("Texten"), len(cleaned["comment"]), MAX_COMMENT))
        for message in personal_number_problems(gettext("Texten"), cleaned["comment"]):
            self.add_error("reason", message)
        if cleaned.get("save_reason") and len(own) > MAX_REUSABLE:
            self.add_error("save_reason", too_long(gettext("Texten"), len(own), MAX_REUSABLE))
        return cleaned

    @property
    def reusable(self) -> str:
        """The words to keep for others; nothing when that was not asked for, or there are none."""
        own: str = self.cleaned_data["reason"].strip()
        return own if self.cleaned_data.get("save_reason") and is_visible(own) else ""


@dataclass(frozen=True)
class Choice:
    """What a moderator wants of one change.

    is_taken  ticked
    pick      in a conflict: OURS, THEIRS or OWN; empty until chosen
    text      the field for own words, as it is
    """

    shown: Shown
    is_taken: bool
    pick: str
    text: str

    @property
    def is_own(self) -> bool:
        """The moderator's own words are to be published."""
        if self.shown.is_conflict:
            return self.pick == OWN and self.shown.change.is_text
        return self.is_taken and self.has_own

    @property
    def has_own(self) -> bool:
        """The field holds other words than it began with."""
        return self.shown.change.is_text and _clean(self.shown.change, self.text) != self.shown.own

    @property
    def is_open(self) -> bool:
        """A conflict that nobody has settled."""
        return self.shown.is_conflict and not self.pick

    @property
    def decision(self) -> Decision:
        """What becomes of the change."""
        if self.is_own:
            return Decision(text=_clean(self.shown.change, self.text))
        is_published = self.pick == THEIRS if self.shown.is_conflict else self.is_taken
        return Decision(publishes=is_published)


class Choices(Sequence[Choice]):
    """What a moderator wants, change by change. Without data everything is taken and no conflict is settled.

    A field that was not sent is as it was: other views of the change send no words.
    """

    def __init__(self, changes: ShownChanges, data: Mapping[str, str] | None = None) -> None:
        self.changes = changes
        self.takes_rest = data is None or REST in data
        self._choices = tuple(_choice(shown, data) for shown in changes.shown)

    def __len__(self) -> int:
        return len(self._choices)

    def __getitem__(self, index: Any) -> Any:
        return self._choices[index]

    def __iter__(self) -> Iterator[Choice]:
        return iter(self._choices)

    @property
    def decisions(self) -> dict[str, Decision]:
        """By key, as wiki.changes.apply takes them; open conflicts leave the page as it is."""
        rest = {change.key: Decision(publishes=self.takes_rest) for change in self.changes.rest}
        return {**{choice.shown.key: choice.decision for choice in self}, **rest}

    @property
    def open(self) -> list[Choice]:
        """The conflicts that nobody has settled."""
        return [choice for choice in self if choice.is_open]


def _choice(shown: Shown, data: Mapping[str, str] | None) -> Choice:
    if data is None:
        return Choice(shown, is_taken=True, pick="", text=shown.own)
    pick = data.get(f"val-{shown.key}", "")
    return Choice(
        shown,
        is_taken=f"andring-{shown.key}" in data,
        pick=pick if pick in (OURS, THEIRS, OWN) else "",
        text=normalise(data.get(f"text-{shown.key}", shown.own)),
    )


def posted_keys(data: QueryDict) -> set[str]:
    """The keys of all changes that a form tells of."""
    parts = (name.partition("-") for name in data)
    return {key for start, _dash, key in parts if key and start in ("andring", "text", "val")}


def own_words(data: QueryDict, before: ShownChanges | None = None) -> dict[str, str]:
    """The moderator's own words in a form, by key.

    before   the changes that the form was about: fields that hold what these began with are left out
    """
    began = {shown.key: (shown.change, shown.own) for shown in before.shown} if before else {}
    words = {}
    for key in posted_keys(data):
        typed = normalise(data.get(f"text-{key}", ""))
        change, own = began.get(key, (None, ""))
        if typed.strip() and (change is None or _clean(change, typed) != own):
            words[key] = typed
    return words


def _clean(change: Change, text: str) -> str:
    """Own words as they would be published."""
    if change.field == "title":
        return normalise_line(text)
    return normalise(text).strip("\n") if change.field == "body" else normalise(text)


def _number(text: str) -> int:
    """A number that somebody looked at."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else NO_NUMBER


class HideForm(NeededReasonForm):
    """Why a proposal is hidden."""

    missing = _("Skriv varför förslaget döljs. Moderatorer kan läsa det i loggen.")


class ReusableForm(forms.Form):
    """A reason that moderators use again and again."""

    text = LineField(label=_("Nytt skäl"), required=False)

    def clean_text(self) -> str:
        """Some words, and not too many."""
        text: str = self.cleaned_data["text"]
        if not is_visible(text):
            raise forms.ValidationError(gettext("Skriv ett skäl."))
        if len(text) > MAX_REUSABLE:
            raise forms.ValidationError(too_long(gettext("Texten"), len(text), MAX_REUSABLE))
        return text
