"""Changes of the catalogue as the wiki knows them: pages that name a factor are drawn again."""

from collections.abc import Callable, Iterable

from django.db.models import F, Q

from factors import operations
from factors.content import FactorContent
from factors.models import Factor, FactorEdit
from mittkoping.accounts.models import User
from mittkoping.text.links import candidates
from mittkoping.text.slugs import slugify
from wiki.models import Page
from wiki.operations.links import draw_again
from wiki.operations.transactions import in_transaction

Changed = tuple[FactorEdit, list[int]]


def create_factor(content: FactorContent, *, by: User, summary: str = "") -> FactorEdit:
    """As factors.operations.create."""
    return _drawn(_made(lambda: operations.create(content, by=by, summary=summary)))


def edit_factor(
    factor: Factor, content: FactorContent, *, base: int, by: User, summary: str = ""
) -> FactorEdit:
    """As factors.operations.edit."""
    return _drawn(
        _renamed(factor, lambda: operations.edit(factor, content, base=base, by=by, summary=summary))
    )


def revert_factor(factor: Factor, number: int, *, base: int, by: User, summary: str = "") -> FactorEdit:
    """As factors.operations.revert."""
    return _drawn(
        _renamed(factor, lambda: operations.revert(factor, number, base=base, by=by, summary=summary))
    )


def merge_factors(source: Factor, target: Factor, *, by: User, reason: str = "") -> FactorEdit:
    """As factors.operations.merge."""
    return _drawn(_moved([source, target], lambda: operations.merge(source, target, by=by, reason=reason)))


def unmerge_factor(factor: Factor, *, by: User, reason: str = "") -> FactorEdit:
    """As factors.operations.unmerge."""
    both = [factor, factor.merged_into] if factor.merged_into else [factor]
    return _drawn(_moved(both, lambda: operations.unmerge(factor, by=by, reason=reason)))


def mark_pages_of(*factors: Factor) -> list[int]:
    """Note, in the same transaction, that the factors are called something else; returns the pages to draw.

    A page shows a factor by a link to it, whatever its text calls it by: that is what is looked for.
    """
    shown = Q(pk__in=())
    for factor in factors:
        shown |= Q(html__contains=f'href="{factor.get_absolute_url()}"')
    return _mark(Page.objects.filter(shown).order_by("pk").values_list("pk", flat=True))


def mark_pages_without(factor: Factor) -> list[int]:
    """As `mark_pages_of`, for pages that have named a factor before there was one."""
    naming = Page.objects.filter(body__icontains="faktor:").order_by("pk").values_list("pk", "body")
    return _mark(pk for pk, body in naming.iterator() if _names(body, factor.slug))


@in_transaction
def _made(change: Callable[[], FactorEdit]) -> Changed:
    edit = change()
    return edit, mark_pages_without(edit.factor)


@in_transaction
def _renamed(factor: Factor, change: Callable[[], FactorEdit]) -> Changed:
    before = Factor.objects.values_list("name", flat=True).get(pk=factor.pk)
    edit = change()
    return edit, mark_pages_of(edit.factor) if edit.factor.name != before else []


@in_transaction
def _moved(factors: list[Factor], change: Callable[[], FactorEdit]) -> Changed:
    edit = change()
    return edit, mark_pages_of(*factors)


def _drawn(changed: Changed) -> FactorEdit:
    edit, stale = changed
    draw_again(stale)
    return edit


def _mark(found: Iterable[int]) -> list[int]:
    primary_keys = list(found)
    Page.objects.filter(pk__in=primary_keys).update(stale=F("stale") + 1)
    return primary_keys


def _names(body: str, slug: str) -> bool:
    return any(target.kind == "factor" and slugify(target.name) == slug for target in candidates(body))
