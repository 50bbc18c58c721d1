"""Page templates: what a new page can begin with. Every change is a text of its own, which nobody changes."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record
from mittkoping.text.names import title_key
from mittkoping.text.slugs import unique_slug
from wiki import rules
from wiki.models import PageTemplate, PageTemplateText
from wiki.operations.errors import NothingChanged, Refusal
from wiki.operations.publishing import require
from wiki.operations.transactions import in_transaction

# What an address says in the place of a template's slug.
NO_TEMPLATE = "tom"

Act = LogEntry.Act


class TemplateChanged(Refusal):
    """Somebody else has changed the template meanwhile; nothing is overwritten.

    template   as it is now
    """

    def __init__(self, template: PageTemplate) -> None:
        super().__init__(_("Mallen har ändrats sedan du öppnade den. Se efter vad som är nytt."))
        self.template = template


class DuplicateTemplate(Refusal):
    """Another template has the name."""

    def __init__(self, name: str) -> None:
        sentence = _("Det finns redan en mall som heter ”%(name)s”. Välj ett annat namn.")
        super().__init__(sentence % {"name": name})


@dataclass(frozen=True, kw_only=True)
class TemplateContent:
    """What a template says."""

    name: str
    description: str
    kind: str
    body: str

    @classmethod
    def of(cls, template: PageTemplate | PageTemplateText) -> "TemplateContent":
        """What one says now, or has said."""
        return cls(
            name=template.name, description=template.description, kind=template.kind, body=template.body
        )


@in_transaction
def create_template(content: TemplateContent, *, position: int = 0, by: User) -> PageTemplate:
    """Make a template that new pages can begin with.

    position   where among the others, from 1; 0 is last

    Raises PermissionDenied or DuplicateTemplate.
    """
    _require(by)
    _check_name(content.name)
    template = _make(unique_slug(content.name, _is_taken), content, by=by)
    _place(template, position)
    record(Act.CREATE_TEMPLATE, by=by, target=template)
    return template


@in_transaction
def edit_template(
    template: PageTemplate, content: TemplateContent, *, number: int, position: int = 0, by: User
) -> PageTemplate:
    """Give a template a new text, or another place among the others.

    number     of the text that the moderator started from
    position   as in create_template; 0 is where it is

    Raises PermissionDenied, TemplateChanged, DuplicateTemplate or NothingChanged.
    """
    _require(by)
    template = _lock(template)
    if number != template.number:
        raise TemplateChanged(template)
    _check_name(content.name, besides=template)
    is_changed = content != TemplateContent.of(template)
    is_moved = bool(position) and _place(template, position)
    if not (is_changed or is_moved):
        raise NothingChanged
    if is_changed:
        _add_text(template, content, by=by)
    record(Act.EDIT_TEMPLATE, by=by, target=template, number=template.number if is_changed else None)
    return template


@in_transaction
def retire_template(template: PageTemplate, *, by: User) -> bool:
    """Offer the template no more; tells whether it was offered. Raises PermissionDenied."""
    _require(by)
    template = _lock(template)
    if template.is_retired:
        return False
    template.retired_at = timezone.now()
    template.save(update_fields=["retired_at"])
    record(Act.RETIRE_TEMPLATE, by=by, target=template)
    return True


@in_transaction
def revive_template(template: PageTemplate, *, by: User) -> bool:
    """Offer a retired template again; tells whether it was retired. Raises PermissionDenied."""
    _require(by)
    template = _lock(template)
    if not template.is_retired:
        return False
    template.retired_at = None
    template.save(update_fields=["retired_at"])
    record(Act.REVIVE_TEMPLATE, by=by, target=template)
    return True


@dataclass(frozen=True)
class Loaded:
    """What became of the templates that came with the wiki: so many are new, brought up to date, left."""

    new: int = 0
    changed: int = 0
    left: int = 0


@in_transaction
def load_templates(given: Iterable[tuple[str, TemplateContent]]) -> Loaded:
    """Make the templates that are missing; may be repeated.

    given   slugs and texts, in their order

    One that a moderator has changed is left as it is; so is whether it is offered.
    """
    known = {template.slug: template for template in PageTemplate.objects.select_for_update()}
    touched = set(PageTemplateText.objects.exclude(by=None).values_list("template_id", flat=True))
    new = changed = left = 0
    for slug, content in given:
        template = known.get(slug)
        if template is None:
            _place(_make(slug, content, by=None), 0)
            new += 1
        elif content == TemplateContent.of(template):
            continue
        elif template.pk in touched:
            left += 1
        else:
            _add_text(template, content, by=None)
            changed += 1
    return Loaded(new, changed, left)


def _require(by: User) -> None:
    require(rules.may_edit_templates(by), _("Bara moderatorer ändrar sidmallar."))


def _lock(template: PageTemplate) -> PageTemplate:
    return PageTemplate.objects.select_for_update(no_key=True).get(pk=template.pk)


def _is_taken(slug: str) -> bool:
    return slug == NO_TEMPLATE or PageTemplate.objects.filter(slug=slug).exists()


def _check_name(name: str, *, besides: PageTemplate | None = None) -> None:
    others = (other for other in PageTemplate.objects.all() if other != besides)
    if any(title_key(other.name) == title_key(name) for other in others):
        raise DuplicateTemplate(name)


def _make(slug: str, content: TemplateContent, *, by: User | None) -> PageTemplate:
    template = PageTemplate.objects.create(slug=slug, **asdict(content))
    _add_text(template, content, by=by)
    return template


def _add_text(template: PageTemplate, content: TemplateContent, *, by: User | None) -> None:
    """Give the template its next text."""
    template.number += 1
    for field, value in asdict(content).items():
        setattr(template, field, value)
    template.save()
    PageTemplateText.objects.create(template=template, number=template.number, by=by, **asdict(content))


def _place(template: PageTemplate, position: int) -> bool:
    """Put the template where it is wanted, from 1, or last; tells whether that moved it."""
    before = list(PageTemplate.objects.select_for_update())
    after = [other for other in before if other.pk != template.pk]
    after.insert(position - 1 if position else len(after), template)
    for number, each in enumerate(after, start=1):
        PageTemplate.objects.filter(pk=each.pk).exclude(position=number).update(position=number)
    template.position = after.index(template) + 1
    return after != before
