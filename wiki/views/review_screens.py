"""The screens on which moderators look at a change: a proposal, or the unreviewed edits of a page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mittkoping.accounts.domains import belongs_to
from mittkoping.accounts.models import Membership, Someone
from wiki import rules
from wiki.forms.review import Choices, DecisionForm, HideForm
from wiki.models import Page, Proposal, ReviewItem
from wiki.operations import BaseHidden
from wiki.operations.reviewing import NOTHING, contents_of
from wiki.operations.reviewing_edits import NeverReviewed, last_reviewed
from wiki.screening import beside
from wiki.screening.impact import Impact, impact_of
from wiki.screening.subject import Subject

PAGE, CHANGES, SOURCE = "sidan", "andringar", "kalltext"
VIEWS = (PAGE, CHANGES, SOURCE)


def subject_of(proposal: Proposal) -> Subject:
    """A proposal, as it and its page are now. One query."""
    number = proposal.page.number if proposal.page else 0
    try:
        return Subject(*contents_of(proposal), number, page=proposal.page)
    except BaseHidden:
        ours = proposal.page.content if proposal.page else NOTHING
        return Subject(ours, ours, proposal.content, number, page=proposal.page, can_publish=False)


def show_proposal(
    request: HttpRequest,
    proposal: Proposal,
    *,
    subject: Subject | None = None,
    form: DecisionForm | None = None,
    choices: Choices | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The review of a pending proposal.

    more   has_errors; preview: a PageAfter; news: what has changed meanwhile; kept: words that have no place
           any more; notice: a sentence on what happened; lost_to: who holds the claim now
    """
    subject = subject or subject_of(proposal)
    context = {
        "proposal": proposal,
        "page": proposal.page,
        "subject": subject,
        "form": form or DecisionForm(),
        "choices": choices if choices is not None else Choices(subject.shown),
        "hide_form": HideForm(),
        **_panel(request, subject),
        **_beside(request.user, proposal, subject),
        **more,
    }
    return render(request, "wiki/review.html", context, status=status)


def since_reviewed(page: Page) -> tuple[Subject, int]:
    """The unreviewed edits of a page together, as it is now, and the version before them; 0 for none.

    Four queries. Raises NothingToReview.
    """
    try:
        reviewed = last_reviewed(page)
    except NeverReviewed:
        return Subject(NOTHING, NOTHING, page.content, page.number, page=page, can_publish=False), 0
    old = reviewed.content
    return Subject(old, old, page.content, page.number, page=page), reviewed.number


def show_edits(
    request: HttpRequest,
    page: Page,
    *,
    form: DecisionForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The unreviewed edits of a page. Raises NothingToReview."""
    subject, reviewed_to = since_reviewed(page)
    context = {
        "page": page,
        "subject": subject,
        "reviewed_to": reviewed_to,
        "form": form or DecisionForm(),
        "may_review": rules.may_review_edits(request.user, page),
        **_panel(request, subject),
        **_run(page),
        "impact": _impact(request.user, subject, page, is_published=True),
        **more,
    }
    return render(request, "wiki/review_edits.html", context, status=status)


def _run(page: Page) -> dict[str, Any]:
    """The unreviewed edits, and what else there is about the page."""
    return {
        "edits": list(page.edits.unreviewed().with_people().order_by("-number")),
        **_claim(ReviewItem.objects.filter(page=page, kind=ReviewItem.Kind.EDITS).first()),
        "on_page": beside.earlier_on_page(page),
        "waiting": beside.waiting_beside(page),
    }


def _panel(request: HttpRequest, subject: Subject) -> dict[str, Any]:
    """What the view that is asked for needs; the changes are there in any case."""
    asked = request.GET.get("visa", "")
    if asked == SOURCE:
        return {"view": SOURCE, "comparison": subject.comparison()}
    if asked == PAGE:
        return {"view": PAGE, "after": subject.page()}
    return {"view": CHANGES}


def _claim(item: ReviewItem | None) -> dict[str, Any]:
    return {"item": item, "claim": beside.claim_on(item)}


def _beside(user: Someone, proposal: Proposal, subject: Subject) -> dict[str, Any]:
    author = beside.author_of(proposal)
    membership = author.membership
    return {
        **_claim(ReviewItem.objects.filter(proposal=proposal).first()),
        "author": author,
        "may_confirm": bool(membership and rules.may_confirm(user, membership)),
        "is_outside": bool(membership and _is_outside(membership)),
        "by_author": beside.earlier_by_author(proposal),
        "on_page": beside.earlier_on_page(proposal.page, proposal),
        "waiting": beside.waiting_beside(proposal.page, proposal),
        "impact": _impact(user, subject, proposal.page),
    }


def _impact(user: Someone, subject: Subject, page: Page | None, *, is_published: bool = False) -> Impact:
    """What the change means, counted with the invented municipalities where they are what there is."""
    return impact_of(subject, page, with_fictional=settings.DEMO, is_published=is_published, user=user)


def _is_outside(membership: Membership) -> bool:
    """The domain of the address is not the municipality's."""
    place = membership.municipality
    return bool(place.domain) and not belongs_to(membership.user.email, place)
