"""Create, edit and revert pages."""

from datetime import datetime

from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.text.slugs import unique_slug
from wiki import rendering, rules
from wiki.content import Content
from wiki.models import Edit, FormerName, Page, Proposal
from wiki.operations.errors import AlreadySaved, EditConflict, NothingChanged, UnknownBase
from wiki.operations.limits import check_links, check_saves
from wiki.operations.links import draw_again, mark_links_to, mark_title
from wiki.operations.proposals import propose
from wiki.operations.publishing import Facts, lock, publish, require_publishing, require_writing
from wiki.operations.transactions import in_transaction
from wiki.rendering import Rendering


def create(
    content: Content,
    *,
    by: User,
    summary: str = "",
    slug: str = "",
    act: Edit.Act = Edit.Act.CREATE,
    at: datetime | None = None,
) -> Edit | Proposal:
    """Publish a new page; by a contributor, propose it.

    slug   wanted by an import; otherwise made from the title
    act    IMPORT when the text comes from a file
    at     when it was written, if that was not now

    Raises PermissionDenied, TooMany, or DuplicateTitle; AlreadyProposed for the same proposal once more.
    """
    if rules.may_propose(by, None):
        return propose(None, content, base=0, summary=summary, by=by)
    require_publishing(by, None)
    facts = Facts(act=act, author=by, summary=summary, at=at)
    _check_limits(facts, "", content.body)
    rendered = rendering.render(content.body)
    edit, stale = _create(content, rendered, slug or content.title, facts)
    draw_again(stale)
    return edit


def edit(
    page: Page,
    content: Content,
    *,
    base: int,
    summary: str = "",
    minor: bool = False,
    act: Edit.Act = Edit.Act.EDIT,
    at: datetime | None = None,
    by: User,
) -> Edit | Proposal:
    """Publish new content of a page; propose it, if the rules ask for a review first.

    base   the version that the writer started from
    act    IMPORT when the text comes from a file
    at     when it was written, if that was not now

    Raises PermissionDenied, TooMany, NothingChanged, AlreadySaved, DuplicateTitle, UnknownBase (in the
    future), EditConflict when a newer version has been published since, or AlreadyProposed.
    """
    if rules.may_propose(by, page):
        return propose(page, content, base=base, summary=summary, minor=minor, by=by)
    require_publishing(by, page)
    facts = Facts(act=act, author=by, summary=summary, is_minor=minor, at=at)
    _check_limits(facts, page.body, content.body)
    rendered = rendering.render(content.body)
    edit, stale = _edit(page, content, rendered, base, facts)
    draw_again(stale)
    return edit


def revert(page: Page, number: int, *, base: int, by: User, reason: str = "") -> Edit | Proposal:
    """Publish the content of an older version as a new one, or propose that; slug and history stay.

    Raises as edit; Edit.DoesNotExist; HiddenVersion.
    """
    require_writing(by, page)
    content = page.edits.get(number=number).content
    summary = reason or _("Återställde version %(number)s") % {"number": number}
    if rules.may_propose(by, page):
        return propose(page, content, base=base, summary=summary, by=by)
    require_publishing(by, page)
    facts = Facts(act=Edit.Act.REVERT, author=by, summary=summary, source_number=number)
    _check_limits(facts, page.body, content.body)
    rendered = rendering.render(content.body)
    edit, stale = _edit(page, content, rendered, base, facts)
    draw_again(stale)
    return edit


def slug_is_taken(slug: str) -> bool:
    """Whether a page has, or has had, the slug."""
    return (
        Page.objects.filter(slug=slug).exists() or FormerName.objects.filter(key=slug, is_slug=True).exists()
    )


def _check_limits(facts: Facts, before: str, after: str) -> None:
    """Raise TooMany if the author saves or links more than they may. What a file says is not counted."""
    if facts.act != Edit.Act.IMPORT:
        check_saves(facts.author)
        check_links(facts.author, before, after)


@in_transaction
def _create(content: Content, rendered: Rendering, name: str, facts: Facts) -> tuple[Edit, list[int]]:
    page = Page(slug=unique_slug(name, slug_is_taken))
    edit = publish(page, content, rendering=rendered, facts=facts)
    return edit, mark_links_to(page)


@in_transaction
def _edit(
    page: Page, content: Content, rendered: Rendering, base: int, facts: Facts
) -> tuple[Edit, list[int]]:
    page = lock(page)
    require_publishing(facts.author, page)
    if not 0 < base <= page.number:
        raise UnknownBase
    if content == page.content:
        raise NothingChanged if base == page.number else AlreadySaved
    if base != page.number:
        raise EditConflict(page, content)
    before = page.title_key
    edit = publish(page, content, rendering=rendered, facts=facts)
    return edit, mark_title(page, before)
