"""Make a factor, edit it, and bring an older version back."""

from django.db import transaction

from factors import rules
from factors.content import FactorContent, Settled, settle
from factors.models import Factor, FactorEdit, Theme
from factors.operations.errors import DuplicateName, FactorConflict, FactorUnchanged, UnknownFactorBase
from factors.operations.publishing import lock_factor, publish, require, why_not
from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record
from mittkoping.text.names import title_key
from mittkoping.text.slugs import unique_slug
from mittkoping.text.swedish import sort_key

Act = FactorEdit.Act


@transaction.atomic
def create(content: FactorContent, *, by: User, summary: str = "", author: User | None = None) -> FactorEdit:
    """Publish a new factor, which can be chosen at once.

    author   who proposed it; then the decision on the proposal is what is logged

    Raises PermissionDenied or DuplicateName.
    """
    require(rules.may_edit_factor(by, None), why_not(by, None))
    factor = Factor(slug=unique_slug(content.name, slug_is_taken))
    return _publish(factor, content, Act.CREATE, summary, by, author)


@transaction.atomic
def edit(
    factor: Factor,
    content: FactorContent,
    *,
    base: int,
    by: User,
    summary: str = "",
    author: User | None = None,
) -> FactorEdit:
    """Publish the content, put together with what has been saved since its base.

    author   as in create

    Raises PermissionDenied, UnknownFactorBase, FactorConflict when both changed the same field,
    FactorUnchanged or DuplicateName.
    """
    factor = lock_factor(factor)
    require(rules.may_edit_factor(by, factor), why_not(by, factor))
    settled = settle(content_at(factor, base), factor.content, content)
    if settled.conflicts:
        raise FactorConflict(factor, settled, factor.content)
    return _publish(factor, settled.content, Act.EDIT, summary, by, author)


@transaction.atomic
def revert(factor: Factor, number: int, *, base: int, by: User, summary: str = "") -> FactorEdit:
    """Make an older version's text the newest; whether the factor is in use stays as it is.

    base   the newest version when that was wanted

    Raises PermissionDenied, UnknownFactorBase, FactorConflict, FactorUnchanged or DuplicateName.
    """
    factor = lock_factor(factor)
    require(rules.may_edit_factor(by, factor), why_not(by, factor))
    content = content_at(factor, number)
    if base != factor.number:
        raise FactorConflict(factor, Settled(content, ()), factor.content)
    return _publish(factor, content, Act.REVERT, summary, by, source_number=number)


def content_at(factor: Factor, number: int) -> FactorContent:
    """What a version said. Raises UnknownFactorBase."""
    found = FactorEdit.objects.filter(factor=factor, number=number).first()
    if found is None:
        raise UnknownFactorBase
    return found.content


def slug_is_taken(slug: str) -> bool:
    """Whether a factor has the slug; they are never given up."""
    return Factor.objects.filter(slug=slug).exists()


def check_name(name: str, *, besides: Factor | None) -> None:
    """Raise DuplicateName if another factor has the name, unless that one has been merged."""
    others = Factor.objects.exclude(status=Factor.Status.MERGED)
    # Compared here: databases do not agree on which letters are alike.
    for other in others.exclude(pk=besides.pk) if besides and besides.pk else others:
        if title_key(other.name) == title_key(name):
            raise DuplicateName(other)


def _publish(
    factor: Factor,
    content: FactorContent,
    act: FactorEdit.Act,
    summary: str,
    by: User,
    author: User | None = None,
    source_number: int | None = None,
) -> FactorEdit:
    if factor.pk and content == factor.content:
        raise FactorUnchanged
    check_name(content.name, besides=factor)
    for name, value in content.to_fields().items():
        setattr(factor, name, Theme.objects.get(slug=value) if name == "theme" else value)
    factor.sort_key = sort_key(content.name)
    saved = publish(
        factor,
        by=author or by,
        summary=summary,
        act=act,
        source_number=source_number,
        reviewer=by if author else None,
    )
    if author is None:
        done = LogEntry.Act.CREATE_FACTOR if act == Act.CREATE else LogEntry.Act.EDIT_FACTOR
        record(done, by=by, target=factor, number=saved.number, reason=summary)
    return saved
