"""A draft as its writer reads it: what it is about, what it says, and what differs from what is published."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mittkoping.accounts.http import SignedInRequest
from mittkoping.accounts.models import User
from mittkoping.text.normalise import normalise_line
from wiki import rendering, rules
from wiki.chips import Chip, chips
from wiki.comparing import Comparison, compare_contents
from wiki.content import MAX_BODY, Content
from wiki.forms.settling import KEPT
from wiki.labels import labels
from wiki.models import Draft, Edit, Page, Proposal
from wiki.passages import readable
from wiki.rendering import Rendering
from wiki.views.drafting import FormDrafts, form_data
from wiki.views.editing import Editing
from wiki.views.revising import Revising
from wiki.views.settling import conflict_in

# Facts of which only certain values are known; what else was typed is told, not compared.
CHOSEN = ("kind", "tracks", "municipalities")
OF_A_PROPOSAL = ("base", "first_base", "revision")  # fields that mean nothing in the form of a page
OWN_WORDS = ("text-", KEPT)  # how the names of their fields begin


@dataclass(frozen=True)
class DraftRow:
    """A draft in a list. No queries, with page and proposal at hand."""

    draft: Draft
    user: User

    @property
    def page(self) -> Page | None:
        """The page that it is about, as far as the user may still see it; None for a new one."""
        page = self.draft.page
        return None if page is None or self.is_archived else page

    @property
    def proposal(self) -> Proposal | None:
        """The proposal whose text it changes, as far as the user may still see it."""
        proposal = self.draft.proposal
        return None if proposal is None or self.is_proposal_hidden else proposal

    @property
    def is_archived(self) -> bool:
        """The page has been put away, and only moderators see it."""
        page = self.draft.page
        return page is not None and page.is_archived and not rules.may_see_archive(self.user)

    @property
    def is_proposal_hidden(self) -> bool:
        """A moderator has hidden the proposal."""
        proposal = self.draft.proposal
        return proposal is not None and proposal.is_hidden and not rules.may_moderate(self.user)

    @property
    def title(self) -> str:
        """What was typed; of an untitled one, what it is about."""
        return self.draft.title or (self.page.title if self.page else "") or _("Utan titel")

    @property
    def newer(self) -> int:
        """How many versions the page has got since. A proposal is merged when it is decided on."""
        if self.page is None or self.draft.proposal_id or not self.draft.base:
            return 0
        return self.page.number - self.draft.base

    @property
    def obstacle(self) -> str:
        """Why it cannot be sent as things are; it can be read and taken away all the same."""
        if self.is_archived:
            return _("Sidan är arkiverad.")
        if self.is_proposal_hidden:
            return _("Förslaget är dolt av en moderator.")
        if self.proposal and not self.proposal.is_unfinished:
            return _("Förslaget är avgjort: %(status)s.") % {"status": self.proposal.get_status_display()}
        if self.page and not self.user.is_blocked and not rules.may_write(self.user, self.page):
            return _("Sidan är låst.") if not self.page.is_archived else _("Sidan är arkiverad.")
        return ""

    @property
    def has_form(self) -> bool:
        """Its form can be opened, whatever can be done there."""
        if self.draft.proposal_id:
            return self.proposal is not None
        return not self.is_archived


@dataclass(frozen=True)
class Onward:
    """A form in which a text can be gone on with: its address, and the names and values that it is sent."""

    address: str
    fields: list[tuple[str, str]]


class DraftReading:
    """One draft, with what it says in the place of the form that it came from."""

    def __init__(self, request: SignedInRequest, draft: Draft) -> None:
        self.draft = draft
        self.row = DraftRow(draft, request.user)
        drafts = FormDrafts(opened=draft)
        self.editing = (
            Revising(request, self.row.proposal, drafts=drafts)
            if self.row.proposal
            else Editing(request, self.row.page, drafts=drafts)
        )

    @cached_property
    def content(self) -> Content:
        """What was typed, with every mistake that is in it."""
        return self.editing.typed()

    @property
    def summary(self) -> str:
        """What was to be said of the change."""
        return normalise_line(self.editing.form["summary"].value() or "")

    @cached_property
    def own_words(self) -> list[str]:
        """What was written on the screen where two texts are put together, outside the text itself."""
        form, data = self.editing.form, self.editing.data
        conflict = None
        if data and not self.draft.proposal_id:
            conflict = conflict_in(form, self.content, data, by=self.editing.by)
        if conflict:
            return conflict.own_words
        fields = self.draft.fields.items()
        words = [text for name, texts in fields if name.startswith(OWN_WORDS) for text in texts]
        return [text for text in words if text.strip()]

    @cached_property
    def published(self) -> Content | None:
        """What it is compared with: the page as it is now, or the proposal; None when there is neither."""
        source = self.row.proposal or (None if self.draft.proposal_id else self.row.page)
        return source.content if source else None

    @cached_property
    def is_too_long(self) -> bool:
        """More than a page may have; then it is neither compared nor drawn."""
        return len(self.content.body.encode()) > MAX_BODY

    @cached_property
    def comparison(self) -> Comparison | None:
        """From what is published to the draft; a fact that cannot be read counts as unchanged."""
        published = self.published
        if published is None or self.is_too_long:
            return None
        wrong = {name: getattr(published, name) for name in CHOSEN if name in self.editing.form.errors}
        both = (published, replace(self.content, **wrong))
        return compare_contents(*(readable(content, self.row.page) for content in both))

    @cached_property
    def rendering(self) -> Rendering | None:
        """How the text would look, where there is nothing to compare it with."""
        if self.published or self.is_too_long:
            return None
        return rendering.render_cached(self.content.body)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Kind, tracks and municipalities in words, as far as they can be read."""
        return labels(self.content)

    @cached_property
    def chips(self) -> list[Chip]:
        """The tags, half typed ones too."""
        return chips(readable(self.content, self.row.page).tags)

    @cached_property
    def onward(self) -> Onward | None:
        """The form of the page, for the text of a proposal that has been decided on."""
        proposal = self.row.proposal
        if proposal is None or proposal.is_unfinished or not rules.may_write(self.row.user, proposal.page):
            return None
        data = form_data(self.draft)
        for name in OF_A_PROPOSAL:
            data.pop(name, None)
        data["base"] = str(_last_known(proposal) or "")
        address = reverse("wiki:edit", args=[proposal.page.slug]) if proposal.page else reverse("wiki:new")
        return Onward(address, [(name, value) for name, values in data.lists() for value in values])

    @property
    def unread(self) -> list[tuple[str, str]]:
        """Facts that cannot be read as they were typed: label and text."""
        form = self.editing.form
        return [
            (str(form[name].label), ", ".join(map(str, _listed(form[name].value()))))
            for name in CHOSEN
            if name in form.errors
        ]

    @cached_property
    def since(self) -> list[Edit]:
        """The versions that the page has got since the draft was begun, newest first."""
        if self.row.page is None or not self.row.newer:
            return []
        return list(self.row.page.edits.with_people().filter(number__gt=self.draft.base))

    @cached_property
    def base(self) -> Edit | None:
        """The version that it was begun from, if there is one."""
        page = self.row.page
        return page.edits.filter(number=self.draft.base).first() if page and self.draft.base else None


def _last_known(proposal: Proposal) -> int:
    """The version that has all of the proposal; without one, what the proposal started from."""
    edit = proposal.edit
    if edit and not edit.is_hidden and edit.content == proposal.content:
        return edit.number
    return proposal.base or (edit.number if edit else 0)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]
