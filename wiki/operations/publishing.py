"""The only path to a new version."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from factors.models import Factor
from mittkoping import versions
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from mittkoping.text.names import title_key
from mittkoping.text.swedish import sort_key
from wiki.content import Content
from wiki.models import Edit, FactorTag, FormerName, Page
from wiki.operations.errors import DuplicateTitle
from wiki.operations.links import apply_rendering, project_links
from wiki.rendering import Rendering


def require(allowed: bool, otherwise: str = "") -> None:
    """Raise PermissionDenied, with a sentence, unless allowed."""
    if not allowed:
        raise PermissionDenied(otherwise or _("Du får inte göra det här."))


def lock(page: Page) -> Page:
    """The page as it is now, its row locked until the transaction ends."""
    return Page.objects.select_for_update().get(pk=page.pk)


def publish(
    page: Page,
    content: Content,
    *,
    rendering: Rendering,
    author: User,
    summary: str,
    **facts: Any,
) -> Edit:
    """Save the content as the page's next version, with everything derived from it.

    facts   further fields of the Edit: act, is_minor, source_number

    The page is locked, or new; the caller has asked the rule and started the transaction.
    Raises DuplicateTitle.
    """
    size_before = page.content.size if page.number else 0
    _take_title(page, content.title)
    for field, value in content.to_fields().items():
        setattr(page, field, value)
    page.track_key = ",".join(content.tracks)
    apply_rendering(page, rendering)
    page.number += 1
    page.updated_at = timezone.now()
    facts |= {
        "page": page,
        "number": page.number,
        "author": author,
        "municipality": author.municipality,
        "summary": summary,
        "size_before": size_before,
        "size_after": content.size,
        "created_at": page.updated_at,
    }
    if author.moderates:
        facts |= {
            "review_state": Edit.ReviewState.REVIEWED,
            "reviewer": author,
            "reviewed_at": page.updated_at,
        }
    versions.save(page, by=author, comment=summary, meta=Edit, facts=facts)
    page.municipalities.set(Municipality.objects.filter(code__in=content.municipalities))
    _project_tags(page, content)
    project_links(page, rendering.links)
    return Edit.objects.get(page=page, number=page.number)


def _take_title(page: Page, title: str) -> None:
    key = title_key(title)
    if Page.objects.filter(title_key=key).exclude(pk=page.pk).exists():
        raise DuplicateTitle(title)
    if page.number and key != page.title_key:
        FormerName.objects.get_or_create(page=page, key=page.title_key, is_slug=False)
    page.title_key = key
    page.sort_key = sort_key(title)


def _project_tags(page: Page, content: Content) -> None:
    """Make the rows of FactorTag say what the content says; rows are matched by key."""
    slugs = {tag.factor for tag in content.tags}
    factors = dict(Factor.objects.filter(slug__in=slugs).values_list("slug", "pk")) if slugs else {}
    rows = [
        FactorTag(
            key=tag.key,
            page=page,
            order=order,
            factor_id=factors[tag.factor],
            direction=tag.direction,
            strength=tag.strength,
            note=tag.note,
            municipality_id=tag.municipality,
            author_id=tag.author,
        )
        for order, tag in enumerate(content.tags)
    ]
    page.factor_tags.exclude(key__in=[row.key for row in rows]).delete()
    FactorTag.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["page", "key"],
        update_fields=["order", "factor", "direction", "strength", "note", "municipality", "author"],
    )
