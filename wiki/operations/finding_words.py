"""Find the words that must not be read any more: in versions, proposals, reasons and names of one page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from mittkoping.log.models import LogEntry
from mittkoping.text.names import title_key
from wiki.content import Content, Tag
from wiki.models import Edit, FactorTag, Page, Proposal
from wiki.names import names_of

MOST = 500  # versions shown at once


@dataclass(frozen=True)
class Found:
    """A version, and in which of its parts the words stand; none, if it was asked for by number."""

    edit: Edit
    places: tuple[str, ...]


@dataclass(frozen=True)
class FoundProposal:
    """A proposal, and why it may have to be hidden: where the words stand, or what it was written from."""

    proposal: Proposal
    places: tuple[str, ...]


def phrases(words: str) -> tuple[str, ...]:
    """What is looked for: what stands between the commas, folded as titles are."""
    return tuple(dict.fromkeys(filter(None, map(title_key, words.split(",")))))


def contains(text: str, wanted: Iterable[str]) -> bool:
    """Whether any of the folded phrases stands in the text, however it is spaced."""
    folded = title_key(text)
    return any(phrase in folded for phrase in wanted)


def versions_of(page: Page, words: str, *, first: int = 0, last: int = 0) -> list[Found]:
    """The readable versions with the words, and those from first to last; newest first, at most MOST."""
    wanted = phrases(words)
    found: list[Found] = []
    edits = page.edits.filter(hidden_at=None).select_related("author", "municipality").order_by("-number")
    if not wanted:
        edits = edits.filter(number__gte=first, number__lte=last)
    for edit in edits.iterator(chunk_size=100):
        places = places_of(edit.content, edit.summary, wanted) if wanted else ()
        if places or first <= edit.number <= last:
            found.append(Found(edit, places))
        if len(found) == MOST:
            break
    return found


def proposals_of(page: Page, words: str, numbers: Iterable[int]) -> list[FoundProposal]:
    """The proposals that say the words, or that show one of the versions: became it, or started from it."""
    wanted, hidden = phrases(words), set(numbers)
    found = []
    proposals = Proposal.objects.filter(page=page, hidden_at=None).select_related("author", "edit")
    for proposal in proposals.prefetch_related("earlier_texts").newest_first():
        places = _places_of_proposal(proposal, wanted)
        if proposal.edit and proposal.edit.number in hidden:
            places += (_("blev en version som döljs"),)
        if proposal.base in hidden and proposal.is_unfinished:
            places += (_("utgår från en version som döljs"),)
        if places:
            found.append(FoundProposal(proposal, places))
    return found


def reasons_of(page: Page, words: str) -> list[LogEntry]:
    """What the log says about the page and its proposals in these words."""
    wanted = phrases(words)
    if not wanted:
        return []
    proposals = Proposal.objects.filter(page=page).values("pk")
    entries = LogEntry.objects.exclude(reason="").filter(hidden_reason=None)
    about_page = entries.about(page)
    about_proposals = entries.filter(
        target_type=ContentType.objects.get_for_model(Proposal), target_id__in=proposals
    )
    return [entry for entry in (*about_page, *about_proposals) if contains(entry.reason, wanted)]


def tags_with(page: Page, words: str) -> list[FactorTag]:
    """The tags of the published page that say the words: hiding versions leaves them. Two queries at most."""
    wanted = phrases(words)
    keys = [tag.key for tag in page.content.tags if contains(_words_of(tag), wanted)] if wanted else []
    return list(page.factor_tags.filter(key__in=keys).select_related("factor", "page")) if keys else []


def names_with(page: Page, words: str) -> list[str]:
    """The names of the page, addresses too, present and former, that hold the words."""
    wanted = phrases(words)
    # In an address there are hyphens between the words.
    return (
        sorted(name for name in names_of(page) if contains(name.replace("-", " "), wanted)) if wanted else []
    )


def places_of(content: Content, summary: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """In which parts of a text the phrases stand, as text."""
    texts = {
        _("titeln"): content.title,
        _("ingressen"): content.lead,
        _("texten"): content.body,
        _("en märkning"): "\n".join(map(_words_of, content.tags)),
        _("sammanfattningen"): summary,
    }
    return tuple(place for place, text in texts.items() if contains(text, wanted))


def _words_of(tag: Tag) -> str:
    quote = (tag.passage.prefix, tag.passage.exact, tag.passage.suffix) if tag.passage else ()
    return "\n".join((tag.note, tag.tried, "".join(quote)))


def _places_of_proposal(proposal: Proposal, wanted: tuple[str, ...]) -> tuple[str, ...]:
    if not wanted:
        return ()
    places = places_of(proposal.content, proposal.summary, wanted)
    if contains(proposal.comment, wanted):
        places += (_("granskarens kommentar"),)
    earlier = (places_of(text.content, text.summary, wanted) for text in proposal.earlier_texts.all())
    return (*places, _("en tidigare text")) if any(earlier) else places
