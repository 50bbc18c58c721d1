"""Rename pages."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.text.slugs import unique_slug
from wiki import rendering, rules
from wiki.models import Edit, FormerName, Page
from wiki.operations.errors import EditConflict, NothingChanged
from wiki.operations.links import draw_again, mark_links_to
from wiki.operations.pages import slug_is_taken
from wiki.operations.publishing import lock, publish, require


def rename(page: Page, title: str, *, base: int, by: User, reason: str = "") -> Edit:
    """Give a page another title and the address that goes with it; the old address leads here for ever.

    Raises PermissionDenied, NothingChanged, DuplicateTitle, or EditConflict.
    """
    rendered = rendering.render(page.body)
    with transaction.atomic():
        page = lock(page)
        require(rules.may_rename(by, page), _("Du behöver vara redaktör för att byta namn på en sida."))
        content = replace(page.content, title=title)
        if base != page.number:
            raise EditConflict(page, content)
        if title == page.title:
            raise NothingChanged
        summary = reason or _("Bytte namn från ”%(title)s”") % {"title": page.title}
        _take_slug(page, title)
        edit = publish(page, content, rendering=rendered, author=by, summary=summary, act=Edit.Act.RENAME)
        stale = mark_links_to(page)
    draw_again(stale)
    return edit


def _take_slug(page: Page, title: str) -> None:
    own = {page.slug, *page.former_names.filter(is_slug=True).values_list("key", flat=True)}
    slug = unique_slug(title, lambda wanted: wanted not in own and slug_is_taken(wanted))
    if slug != page.slug:
        page.former_names.filter(is_slug=True, key=slug).delete()
        FormerName.objects.create(page=page, key=page.slug, is_slug=True)
        page.slug = slug
