"""What a change means outside its own text: for marked passages, for what is counted, for other pages."""

from dataclasses import dataclass, field

from mittkoping.accounts.models import Someone
from wiki.content import Content
from wiki.fates import Fates, fates_after, fates_since
from wiki.models import Page, PageLink
from wiki.rendering import render_cached
from wiki.screening.alike import Alike, pages_like
from wiki.screening.factor_changes import FactorChange, factor_changes
from wiki.screening.subject import Subject

MAX_LINKS = 10


@dataclass(frozen=True)
class Impact:
    """Whom it concerns.

    tags_added, tags_changed, tags_removed   how many
    linking   pages that link to the page, the first of `link_count`
    fates     what becomes of marked passages, or has become of them
    factors   what it does to the numbers of factors
    alike     pages much like this one
    """

    tags_added: int
    tags_changed: int
    tags_removed: int
    link_count: int
    linking: list[Page]
    fates: Fates = field(default_factory=Fates)
    factors: tuple[FactorChange, ...] = ()
    alike: list[Alike] = field(default_factory=list)

    @property
    def has_tags(self) -> bool:
        """Tags are among what changes."""
        return bool(self.tags_added or self.tags_changed or self.tags_removed)


def impact_of(
    subject: Subject, page: Page | None, *, with_fictional: bool, is_published: bool = False, user: Someone
) -> Impact:
    """What a change means. About fifty queries at most, however long the text; mostly fewer than fifteen.

    is_published   it has been made already: the page says so now
    """
    after = subject.theirs if is_published else subject.taken
    tags = [change for change in subject.every_change if change.field == "tag"]
    added = sum(change.ours is None for change in tags)
    removed = sum(change.ours is not None and change.theirs is None for change in tags)
    link_count, linking = _links(page)
    return Impact(
        added,
        len(tags) - added - removed,
        removed,
        link_count,
        linking,
        fates=_fates(page, subject.ours, after, is_published=is_published),
        factors=factor_changes(subject.ours, after, page, with_fictional=with_fictional),
        alike=pages_like(after, page, user),
    )


def _links(page: Page | None) -> tuple[int, list[Page]]:
    """How many pages link to the page, and the first of them. Two queries, or none for a new page."""
    if page is None:
        return 0, []
    links = PageLink.objects.filter(target=page).exclude(source=page)
    sources = Page.objects.current().filter(pk__in=links.values("source"))
    shown = sources.in_order().only("title", "slug")[:MAX_LINKS]
    return sources.count(), list(shown)


def _fates(page: Page | None, ours: Content, after: Content, *, is_published: bool) -> Fates:
    if page is None:
        return Fates()
    if is_published:
        return fates_since(page, ours)
    return fates_after(page, after.tags, render_cached(after.body).plain) if after.tags else Fates()
