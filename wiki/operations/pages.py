"""Create, edit and revert pages."""

from datetime import datetime

from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.text.slugs import unique_slug
from wiki import rendering
from wiki.content import Content
from wiki.models import Edit, FormerName, Page
from wiki.operations.errors import AlreadySaved, EditConflict, NothingChanged, UnknownBase
from wiki.operations.links import draw_again, mark_links_to, mark_title
from wiki.operations.publishing import Facts, lock, publish, require_publishing
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
) -> Edit:
    """Publish a new page.

    slug   wanted by an import; otherwise made from the title
    act    IMPORT when the text comes from a file
    at     when it was written, if that was not now

    Raises PermissionDenied or DuplicateTitle.
    """
    require_publishing(by, None)
    rendered = rendering.render(content.body)
    facts = Facts(act=act, author=by, summary=summary, at=at)
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
) -> Edit:
    """Publish new content of a page.

    base   the version that the writer started from
    act    IMPORT when the text comes from a file
    at     when it was written, if that was not now

    Raises PermissionDenied, NothingChanged, AlreadySaved, DuplicateTitle, UnknownBase (in the future), or
    EditConflict when a newer version has been published since.
    """
    require_publishing(by, page)
    rendered = rendering.render(content.body)
    facts = Facts(act=act, author=by, summary=summary, is_minor=minor, at=at)
    edit, stale = _edit(page, content, rendered, base, facts)
    draw_again(stale)
    return edit


def revert(page: Page, number: int, *, base: int, by: User, reason: str = "") -> Edit:
    """Publish the content of an older version as a new one; slug and history stay.

    Raises PermissionDenied, NothingChanged, DuplicateTitle, EditConflict, or Edit.DoesNotExist.
    """
    require_publishing(by, page)
    content = page.edits.get(number=number).content
    rendered = rendering.render(content.body)
    summary = reason or _("Återställde version %(number)s") % {"number": number}
    facts = Facts(act=Edit.Act.REVERT, author=by, summary=summary, source_number=number)
    edit, stale = _edit(page, content, rendered, base, facts)
    draw_again(stale)
    return edit


def slug_is_taken(slug: str) -> bool:
    """Whether a page has, or has had, the slug."""
    return (
        Page.objects.filter(slug=slug).exists() or FormerName.objects.filter(key=slug, is_slug=True).exists()
    )


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
