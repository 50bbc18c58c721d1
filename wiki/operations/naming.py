"""Rename pages."""

from dataclasses import replace

from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record
from mittkoping.text.slugs import unique_slug
from wiki import rules
from wiki.models import Edit, FormerName, Page
from wiki.operations.drawing import Drawn, draw
from wiki.operations.errors import EditConflict, NothingChanged
from wiki.operations.links import draw_again, mark_links_to
from wiki.operations.pages import slug_is_taken
from wiki.operations.publishing import Facts, lock, publish, require, require_publishing, require_writing
from wiki.operations.transactions import in_transaction


def rename(page: Page, title: str, *, base: int, by: User, reason: str = "") -> Edit:
    """Give a page another title and the address that goes with it; the old address leads here for ever.

    The present title may be given, too: then only the address changes, if it does not go with it yet.
    Raises PermissionDenied, NothingChanged, DuplicateTitle, or EditConflict.
    """
    require_renaming(by, page)
    drawn = draw(page, page.content)
    summary = reason or _("Bytte namn från ”%(title)s”") % {"title": page.title}
    facts = Facts(act=Edit.Act.RENAME, author=by, summary=summary)
    edit, stale = _rename(page, title, drawn, base, facts, reason)
    draw_again(stale)
    return edit


def require_renaming(by: User, page: Page) -> None:
    """Raise PermissionDenied, with a sentence, unless the user may give the page another name."""
    require_writing(by, page)
    if by.edits:
        require_publishing(by, page)
    require(rules.may_rename(by, page), _("Du behöver vara redaktör för att byta namn på en sida."))


@in_transaction
def _rename(
    page: Page, title: str, drawn: Drawn, base: int, facts: Facts, reason: str
) -> tuple[Edit, list[int]]:
    page = lock(page)
    require_renaming(facts.author, page)
    content = replace(page.content, title=title)
    if base != page.number:
        raise EditConflict(page, content)
    slug = page.slug
    _take_slug(page, title)
    if (title, slug) == (page.title, page.slug):
        raise NothingChanged
    edit = publish(page, content, drawn=drawn, facts=facts)
    record(LogEntry.Act.RENAME, by=facts.author, target=page, number=edit.number, reason=reason)
    return edit, mark_links_to(page)


def _take_slug(page: Page, title: str) -> None:
    own = {page.slug, *page.former_names.filter(is_slug=True).values_list("key", flat=True)}
    slug = unique_slug(title, lambda wanted: wanted not in own and slug_is_taken(wanted))
    if slug != page.slug:
        page.former_names.filter(is_slug=True, key=slug).delete()
        FormerName.objects.create(page=page, key=page.slug, is_slug=True)
        page.slug = slug
