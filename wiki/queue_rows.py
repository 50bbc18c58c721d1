"""Rows of the queue as moderators see them: who, from where, how large, who is looking at it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _

from mittkoping.accounts.domains import belongs_to, domain_of
from mittkoping.accounts.models import Membership, User
from wiki import rules
from wiki.labels import track_labels
from wiki.models import Claim, Edit, ReviewItem
from wiki.queue import LARGE, SMALL

NAMES_SHOWN = 3
Confirmed = set[tuple[int, str]]


@dataclass(frozen=True)
class Person:
    """Somebody who wrote it, and the municipality that it was written for; empty when there was none."""

    primary_key: int
    name: str
    municipality: str
    is_confirmed: bool

    @classmethod
    def of(cls, user: int, name: str, code: str | None, municipality: str | None, known: Confirmed) -> Self:
        """Confirmed, if an active membership that a moderator has confirmed says so."""
        return cls(user, name, municipality or "", (user, code) in known)


@dataclass(frozen=True)
class ItemRow:
    """A proposal, for a page or the catalogue, or the unreviewed edits of a page.

    more    how many wrote it besides the people
    claim   of the moderator who looks at it now
    is_own  the one who looks at the queue wrote some of it, and leaves it to somebody else
    """

    item: ReviewItem
    people: list[Person]
    more: int
    claim: Claim | None
    is_own: bool

    @property
    def address(self) -> str:
        """Where it is decided on."""
        return address_of(self.item)

    @property
    def tracks(self) -> list[str]:
        """The names of its tracks."""
        return track_labels([track for track in self.item.tracks.split(",") if track])

    @property
    def size_word(self) -> str:
        """As in the filter."""
        if self.item.size < SMALL:
            return _("liten")
        return _("mellan") if self.item.size < LARGE else _("stor")


@dataclass(frozen=True)
class AccountRow:
    """Somebody who asks to be confirmed as an editor.

    domain      of the address, never the address itself
    is_outside  the domain is not the municipality's
    """

    membership: Membership
    domain: str
    is_outside: bool
    may_confirm: bool


def address_of(item: ReviewItem) -> str:
    """Where an item of the queue is decided on. Needs its page at hand."""
    if item.proposal_id:
        return reverse("wiki:proposal", args=[item.proposal_id])
    if item.factor_proposal_id:
        return reverse("wiki:factor_proposal", args=[item.factor_proposal_id])
    return reverse("wiki:review_edits", args=[item.page.slug if item.page else ""])


def rows(entries: Iterable[ReviewItem | Membership], viewer: User) -> list[ItemRow | AccountRow]:
    """The entries of a part of the queue, with what a moderator wants to know. Two queries at most."""
    entries = list(entries)
    items = [entry for entry in entries if isinstance(entry, ReviewItem)]
    people = _people(items)
    return [
        _item_row(entry, people[entry.pk], viewer)
        if isinstance(entry, ReviewItem)
        else _account_row(entry, viewer)
        for entry in entries
    ]


def _item_row(item: ReviewItem, people: list[Person], viewer: User) -> ItemRow:
    claim: Claim | None = getattr(item, "claim", None)
    return ItemRow(
        item=item,
        people=people[:NAMES_SHOWN],
        more=max(0, len(people) - NAMES_SHOWN),
        claim=claim if claim and claim.is_held else None,
        is_own=f",{viewer.pk}," in item.authors,
    )


def _account_row(membership: Membership, viewer: User) -> AccountRow:
    email, municipality = membership.user.email, membership.municipality
    return AccountRow(
        membership=membership,
        domain=domain_of(email),
        is_outside=bool(municipality.domain) and not belongs_to(email, municipality),
        may_confirm=rules.may_confirm(viewer, membership),
    )


def _people(items: list[ReviewItem]) -> dict[int, list[Person]]:
    """Who wrote each item, by its key, in the order in which they first did."""
    pages = {item.page_id: item.pk for item in items if item.kind == ReviewItem.Kind.EDITS}
    edits = Edit.objects.unreviewed().filter(page__in=pages).order_by()
    names = ("page", "author", "author__name", "municipality", "municipality__name")
    writers = list(edits.values_list(*names).annotate(first=Min("number")).order_by("page", "first"))
    proposed = ((item.pk, item.proposal or item.factor_proposal) for item in items)
    proposals = [(pk, proposal) for pk, proposal in proposed if proposal]
    users = {author for _page, author, *_rest in writers} | {each.author_id for _pk, each in proposals}
    editors = Membership.objects.active().filter(user__in=users, role=Membership.Role.EDITOR)
    known: Confirmed = set(editors.values_list("user", "municipality")) if users else set()
    found: dict[int, list[Person]] = defaultdict(list)
    for page, author, name, code, municipality, _first in writers:
        found[pages[page]].append(Person.of(author, name, code, municipality, known))
    for pk, proposal in proposals:
        place = proposal.municipality.name if proposal.municipality else None
        author = proposal.author
        found[pk] = [Person.of(author.pk, author.name, proposal.municipality_id, place, known)]
    return found
