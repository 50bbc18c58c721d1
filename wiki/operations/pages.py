"""Create, edit and revert pages."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.text.slugs import unique_slug
from wiki import rendering, rules
from wiki.content import Content
from wiki.models import Edit, FormerName, Page
from wiki.operations.errors import (
    AlreadySaved,
    DuplicateTitle,
    EditConflict,
    NothingChanged,
    UnknownBase,
)
from wiki.operations.links import draw_again, mark_links_to, mark_title
from wiki.operations.publishing import lock, publish, require


def create(
    content: Content, *, by: User, summary: str = "", slug: str = "", act: Edit.Act = Edit.Act.CREATE
) -> Edit:
    """Publish a new page.

    slug   wanted by an import; otherwise made from the title
    act    IMPORT when the text comes from a file

    Raises PermissionDenied or DuplicateTitle.
    """
    require(rules.may_publish(by, None), _("Du behöver vara redaktör för att publicera en sida."))
    rendered = rendering.render(content.body)
    try:
        with transaction.atomic():
            page = Page(slug=unique_slug(slug or content.title, slug_is_taken))
            edit = publish(page, content, rendering=rendered, author=by, summary=summary, act=act)
            stale = mark_links_to(page)
    except IntegrityError as error:
        # Two people made a page of the same name in the same moment: the database lets one of them through.
        raise DuplicateTitle(content.title) from error
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
    by: User,
) -> Edit:
    """Publish new content of a page.

    base   the version that the writer started from
    act    IMPORT when the text comes from a file

    Raises PermissionDenied, NothingChanged, AlreadySaved, DuplicateTitle, UnknownBase (in the future), or
    EditConflict when a newer version has been published since.
    """
    rendered = rendering.render(content.body)
    with transaction.atomic():
        page = lock(page)
        require(rules.may_publish(by, page), _("Du behöver vara redaktör för att ändra sidan."))
        _check_base(page, content, base)
        before = page.title_key
        facts = {"act": act, "is_minor": minor}
        edit = publish(page, content, rendering=rendered, author=by, summary=summary, **facts)
        stale = mark_title(page, before)
    draw_again(stale)
    return edit


def revert(page: Page, number: int, *, base: int, by: User, reason: str = "") -> Edit:
    """Publish the content of an older version as a new one; slug and history stay.

    Raises PermissionDenied, NothingChanged, DuplicateTitle, EditConflict, or Edit.DoesNotExist.
    """
    content = page.edits.get(number=number).content
    rendered = rendering.render(content.body)
    summary = reason or _("Återställde version %(number)s") % {"number": number}
    with transaction.atomic():
        page = lock(page)
        require(rules.may_publish(by, page), _("Du behöver vara redaktör för att återställa en version."))
        _check_base(page, content, base)
        before = page.title_key
        facts = {"act": Edit.Act.REVERT, "source_number": number}
        edit = publish(page, content, rendering=rendered, author=by, summary=summary, **facts)
        stale = mark_title(page, before)
    draw_again(stale)
    return edit


def slug_is_taken(slug: str) -> bool:
    """Whether a page has, or has had, the slug."""
    return (
        Page.objects.filter(slug=slug).exists() or FormerName.objects.filter(key=slug, is_slug=True).exists()
    )


def _check_base(page: Page, content: Content, base: int) -> None:
    if not 0 < base <= page.number:
        raise UnknownBase
    if content == page.content:
        raise NothingChanged if base == page.number else AlreadySaved
    if base != page.number:
        raise EditConflict(page, content)
