"""Links between pages, and the pages that must be drawn again when a name comes, goes or moves."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import F
from django_tasks import task

from mittkoping.text.names import title_key
from mittkoping.text.render import RENDERER
from wiki import rendering
from wiki.content import MAX_TITLE
from wiki.models import Page, PageLink
from wiki.names import names_of, pages_named
from wiki.operations.projecting import carry_tags
from wiki.rendering import Rendering

AT_ONCE = 50  # pages drawn again before the answer; the rest is left to the task worker


def apply_rendering(page: Page, rendered: Rendering) -> None:
    """Set the derived fields of a page that is about to be saved."""
    page.html = rendered.html
    page.contents = rendered.contents
    page.plain = rendered.plain
    page.is_rendered = rendered.is_rendered
    page.renderer = rendered.renderer
    # Folded as the words of a search are, or a title with an invisible joiner would never be found.
    page.search_text = title_key(f"{page.title}\n{page.lead}\n{rendered.plain}")


def project_links(page: Page, names: Iterable[str]) -> None:
    """Make the rows of PageLink say what the page links to; what no page can be named leads nowhere."""
    names = [name for name in names if len(name) <= MAX_TITLE]
    targets = pages_named(names)
    rows = {
        title_key(name): PageLink(source=page, name=name, key=title_key(name), target=targets.get(name))
        for name in names
    }
    page.links.exclude(key__in=rows).delete()
    PageLink.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["source", "key"],
        update_fields=["name", "target"],
    )


def mark_stale(keys: Collection[str]) -> list[int]:
    """Note, in the same transaction, that names have changed hands; returns the pages that link by them."""
    stale = Page.objects.filter(links__key__in=keys).distinct()
    primary_keys = list(stale.order_by("pk").values_list("pk", flat=True))
    Page.objects.filter(pk__in=primary_keys).update(stale=F("stale") + 1)
    return primary_keys


def mark_title(page: Page, before: str) -> list[int]:
    """As `mark_stale`, for the titles that a page has taken and left, if it has another than before."""
    return mark_stale({before, page.title_key}) if page.title_key != before else []


def mark_links_to(page: Page) -> list[int]:
    """As `mark_stale`, for every name of the page."""
    return mark_stale(names_of(page))


def draw_again(primary_keys: list[int]) -> None:
    """Draw stale pages again, after the transaction: some now, the rest by the task worker."""
    _draw(primary_keys[:AT_ONCE])
    if rest := primary_keys[AT_ONCE:]:
        draw_later.enqueue(rest)


@task()
def draw_later(primary_keys: list[int]) -> None:
    """Draw stale pages again, in the task worker."""
    _draw(primary_keys)


def draw_all_stale() -> int:
    """Draw every page that is stale or was drawn by an older renderer; returns how many. May be repeated."""
    outdated = Page.objects.exclude(stale=0, renderer=RENDERER)
    primary_keys = list(outdated.order_by("pk").values_list("pk", flat=True))
    _draw(primary_keys)
    return len(primary_keys)


def _draw(primary_keys: list[int]) -> None:
    for page in Page.objects.filter(pk__in=primary_keys).iterator(chunk_size=AT_ONCE):
        before = page.plain
        rendered = rendering.render(page.body)
        with transaction.atomic():
            apply_rendering(page, rendered)
            fields = ("html", "contents", "plain", "is_rendered", "renderer", "search_text")
            # Not if the page has been saved meanwhile; and still stale if another name has changed meanwhile.
            current = Page.objects.filter(pk=page.pk, number=page.number)
            if current.update(**{field: getattr(page, field) for field in fields}):
                project_links(page, rendered.links)
                carry_tags(page, before)
                current.filter(stale=page.stale).update(stale=0)
