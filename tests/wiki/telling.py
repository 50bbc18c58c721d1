"""Acts that people are told of, in few words."""

from dataclasses import replace
from typing import Any

from mittkoping.accounts.models import User
from wiki import operations
from wiki.content import Content
from wiki.models import Comment, Edit, Page, Proposal


def change(page: Page, *, by: User, summary: str = "", **fields: Any) -> Edit:
    """Publish an edit of a page."""
    page.refresh_from_db()
    content = replace(page.content, **fields or {"body": f"{page.body} Mer."})
    edit = operations.edit(page, content, base=page.number, by=by, summary=summary)
    assert isinstance(edit, Edit)
    return edit


def propose(page: Page | None, *, by: User, **fields: Any) -> Proposal:
    """Propose an edit of a page, or a new page."""
    content = replace(page.content if page else Content(title="Ny sida"), **fields)
    return operations.propose(page, content, base=page.number if page else 0, by=by)


def accept(proposal: Proposal, *, by: User, comment: str = "") -> Edit:
    """Accept a proposal as it is."""
    edit = operations.accept(proposal, revision=proposal.revision, by=by, comment=comment)
    proposal.refresh_from_db()
    return edit


def reject(proposal: Proposal, *, by: User, reason: str) -> None:
    """Decide against a proposal."""
    operations.reject(proposal, revision=proposal.revision, reason=reason, by=by)
    proposal.refresh_from_db()


def say(page: Page, *, by: User, body: str = "Hur gick det?", title: str = "En fråga") -> Comment:
    """Start a topic."""
    return operations.start_topic(page, title, body, by=by)


def answer(to: Comment, *, by: User, body: str = "Det gick bra.") -> Comment:
    """Reply in the topic of a comment."""
    return operations.reply(to.topic, body, by=by)
