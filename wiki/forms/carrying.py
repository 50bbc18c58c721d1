"""A form about a proposal that has changed since: what was typed finds its place again, or is handed back."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from wiki.comparing import Comparison, compare_contents
from wiki.forms.review import Choices, own_words
from wiki.models import Edit, HiddenVersion, Proposal, ProposalText
from wiki.operations.reviewing import NOTHING
from wiki.passages import readable
from wiki.screening.subject import Subject


@dataclass(frozen=True)
class Carried:
    """What a form said, for the changes as they are now.

    kept  own words that no longer have a place
    news  what has changed since the form was shown, each with a heading; empty when that cannot be known
    """

    choices: Choices
    kept: list[str]
    news: list[tuple[str, Comparison]]


def carry(data: QueryDict, proposal: Proposal, now: Subject, *, revision: int, number: int) -> Carried:
    """Carry what was posted over to the proposal as it is now.

    revision, number   of the proposal and the page, as they were looked at
    """
    before = _before(proposal, revision, number)
    if before is None:
        return Carried(Choices(now.shown), list(own_words(data).values()), [])
    words = own_words(data, before.shown)
    placed = {shown.key for shown in now.shown.shown if shown.change.is_text} & words.keys()
    kept = [text for key, text in words.items() if key not in placed]
    chosen = _chosen(data, {key: words[key] for key in placed}, before, now)
    return Carried(Choices(now.shown, chosen), kept, _news(before, now))


def typed(data: QueryDict, proposal: Proposal, *, revision: int, number: int) -> list[str]:
    """The moderator's own words in a form that can no longer be sent."""
    before = _before(proposal, revision, number)
    return list(own_words(data, before.shown if before else None).values())


def _before(proposal: Proposal, revision: int, number: int) -> Subject | None:
    """The change as it was looked at; None if that cannot be known."""
    text: Proposal | ProposalText | None = proposal
    if revision != proposal.revision:
        text = proposal.earlier_texts.filter(revision=revision).first()
    page = proposal.page
    if text is None or (page is None and number != 0):
        return None
    try:
        ours = page.edits.get(number=number).content if page else NOTHING
        base = page.edits.get(number=text.base).content if page and text.base else NOTHING
    except (Edit.DoesNotExist, HiddenVersion):
        return None
    return Subject(base, ours, text.content, number, page=page)


def _chosen(data: QueryDict, words: Mapping[str, str], before: Subject, now: Subject) -> dict[str, str]:
    """What was chosen, with own words only where they are own; what is new is ticked, and not settled."""
    looked_at = {change.key: change for change in before.every_change}
    new = {change.key for change in now.every_change if looked_at.get(change.key) != change}
    kept = {name: str(data.get(name, "")) for name in data if not name.startswith("text-")}
    chosen = {name: value for name, value in kept.items() if name.removeprefix("val-") not in new}
    ticked = {f"andring-{key}": "on" for key in new}
    return {**chosen, **ticked, **{f"text-{key}": text for key, text in words.items()}}


def _news(before: Subject, now: Subject) -> list[tuple[str, Comparison]]:
    pairs = [
        (_("Nytt i förslaget"), before.theirs, now.theirs),
        (_("Nytt på sidan"), before.ours, now.ours),
    ]
    return [
        (label, compare_contents(*(readable(content, now.page_of) for content in (old, new))))
        for label, old, new in pairs
        if old != new
    ]
