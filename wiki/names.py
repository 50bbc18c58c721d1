"""Which page a name means: by title, then slug, then former titles and slugs. Archived pages have no name."""

from collections.abc import Iterable

from django.db.models import Q

from mittkoping.text.names import title_key
from wiki.models import FormerName, Page


def pages_named(names: Iterable[str]) -> dict[str, Page]:
    """The page that each name means, by name as given; others are left out. Two queries at most."""
    keys = {name: title_key(name) for name in names}
    wanted = set(keys.values())
    if not wanted:
        return {}
    pages = Page.objects.filter(archived_at=None).only("title", "title_key", "slug")
    current = list(pages.filter(Q(title_key__in=wanted) | Q(slug__in=wanted)))
    found = {page.title_key: page for page in current}
    found = {page.slug: page for page in current} | found
    if missing := wanted - found.keys():
        former = FormerName.objects.filter(key__in=missing, page__archived_at=None).select_related("page")
        found = {name.key: name.page for name in former.order_by("pk")} | found
    return {name: found[key] for name, key in keys.items() if key in found}


def names_of(page: Page) -> set[str]:
    """Every key under which a link may mean this page."""
    former = page.former_names.values_list("key", flat=True)
    return {page.title_key, page.slug, *former}
