"""A proposal as readers and its author see it, and moderators who have nothing to decide."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from mittkoping.accounts.models import Someone
from wiki import rules
from wiki.chips import chips
from wiki.comparing import Comparison, compare_contents
from wiki.forms.review import HideForm
from wiki.labels import labels
from wiki.models import HiddenVersion, Proposal
from wiki.models.proposal import ProposalQuerySet
from wiki.passages import hidden_numbers, readable
from wiki.queue import place_of
from wiki.screening.beside import claim_on_proposal, is_unconfirmed
from wiki.screening.changed import Shown
from wiki.screening.drawn import draw_proposed
from wiki.statistics import typical_wait
from wiki.views.review_screens import subject_of


def find_proposal(primary_key: int, user: Someone) -> Proposal:
    """The proposal, which the user may read; 404 otherwise."""
    return get_object_or_404(_with_everything(Proposal.objects.visible_to(user)), pk=primary_key)


def proposal_now(proposal: Proposal) -> Proposal:
    """The proposal, and its page, as they are by now."""
    return _with_everything(Proposal.objects.all()).get(pk=proposal.pk)


def read_proposal(
    request: HttpRequest, proposal: Proposal, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The text of a proposal, what has become of it, and what its author may do.

    more   notice: a sentence on what happened; kept, reason: what a moderator had typed; hide_form
    """
    context = {
        "proposal": proposal,
        "page": proposal.page,
        **_text(proposal),
        **_rights(request.user, proposal),
        "hide_form": HideForm(),
        **more,
    }
    return render(request, "wiki/proposal.html", context, status=status)


def _text(proposal: Proposal) -> dict[str, Any]:
    content = readable(proposal.content, proposal.page)
    hidden = hidden_numbers(proposal.page, content.tags)
    shown = chips(content.tags, hidden)
    return {
        "content": content,
        "facts": labels(content),
        "text": draw_proposed(content, shown),
        "chips": shown,
        "comparison": _comparison(proposal),
        "is_unconfirmed": is_unconfirmed(proposal.author, proposal.municipality_id),
    }


def _rights(user: Someone, proposal: Proposal) -> dict[str, Any]:
    is_own = user.is_authenticated and user.pk == proposal.author_id
    return {
        "is_own": is_own,
        "may_moderate": rules.may_moderate(user),
        "may_hide": rules.may_hide_proposal(user, proposal),
        "may_show": rules.may_show_proposal(user, proposal),
        **(_for_author(user, proposal) if is_own else {}),
    }


def _with_everything(proposals: ProposalQuerySet) -> ProposalQuerySet:
    return proposals.select_related("page", "author", "municipality", "reviewer", "edit__page", "hidden_by")


def _comparison(proposal: Proposal) -> Comparison | None:
    """From what it started from to what it says; None for a new page, or when that must not be read."""
    if proposal.page and proposal.page.is_archived:
        return None
    try:
        base = proposal.base_content
    except HiddenVersion:
        return None
    if base is None:
        return None
    return compare_contents(*(readable(content, proposal.page) for content in (base, proposal.content)))


def _for_author(user: Someone, proposal: Proposal) -> dict[str, Any]:
    page = proposal.page
    is_behind = page is not None and not page.is_archived and proposal.base < page.number
    return {
        "may_revise": rules.may_revise(user, proposal),
        "may_withdraw": rules.may_withdraw(user, proposal),
        "is_behind": is_behind and proposal.is_unfinished,
        "conflicts": _conflicts(proposal) if is_behind and proposal.is_unfinished else [],
        "claim": claim_on_proposal(proposal),
        "place": place_of(proposal) if proposal.is_pending else 0,
        "typical_wait": typical_wait(),
    }


def _conflicts(proposal: Proposal) -> list[Shown]:
    """Where it and the page, as it is by now, say different things about the same."""
    return [shown for shown in subject_of(proposal).shown.shown if shown.is_conflict]
