"""What a form begins from when its address says so: an older version (`?bas=`), or notes for a new page.

The links to the form of a page name the newest version of their moment. Whoever comes back to the form, in
the history of the browser, finds what was typed on that version again, never on a newer one whose words it
lacks.

A new page begins with the template of `?mall=`, the title of `?titel=`, the kind of `?typ=`, and the
questions of each `?faktor=`.
"""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from factors.models import Factor
from mittkoping.text.normalise import normalise_line
from wiki.content import MAX_TITLE, Content
from wiki.models import HiddenVersion, Page, PageTemplate
from wiki.operations.templates import NO_TEMPLATE

MOST_FACTORS = 10  # at one meeting
TEMPLATE = "mall"  # in an address
KEPT = ("titel", "typ", "faktor")  # of an address, when a template is chosen


@dataclass(frozen=True)
class Start:
    """An older version, as the form shows it."""

    number: int
    content: Content


def start_of(page: Page | None, text: str | None) -> Start | None:
    """The older version that is asked for; None for the newest, a hidden one, or none at all. Two queries."""
    text = (text or "").strip()
    if page is None or not (
        text.isascii() and text.isdigit() and len(text) < 10 and 0 < int(text) < page.number
    ):
        return None
    edit = page.edits.filter(number=int(text)).first()
    try:
        return Start(edit.number, edit.content) if edit else None
    except HiddenVersion:
        return None


@dataclass(frozen=True)
class Choice:
    """A template as it is offered; the query of the address at which a page begins with it."""

    name: str
    description: str
    query: str


@dataclass(frozen=True)
class Chooser:
    """The first step of a new page: what it begins with.

    template   the one that is chosen
    is_empty   no template is what is chosen
    without    the query of the address for that
    again      the query of the address at which one chooses again
    """

    choices: tuple[Choice, ...]
    template: PageTemplate | None
    is_empty: bool
    without: str
    again: str

    @property
    def is_chosen(self) -> bool:
        """The step has been taken."""
        return self.is_empty or self.template is not None


@dataclass(frozen=True)
class Beginning:
    """What stands in the form of a new page before anybody has typed.

    initial   of the fields of the form
    factors   slugs: a tag for each, whose direction the writer chooses
    chooser   the first step, unless it has been taken
    """

    initial: dict[str, Any] = field(default_factory=dict)
    factors: tuple[str, ...] = ()
    chooser: Chooser | None = None


def beginning_of(page: Page | None, query: QueryDict, *, is_begun: bool = False) -> Beginning:
    """What the address of a new page's form asks for, as far as it makes sense. Two queries at most.

    is_begun   something has been written in it: then it is too late for a template
    """
    if page is not None:
        return Beginning()
    chooser = None if is_begun else _chooser(query)
    template = chooser.template if chooser else None
    initial: dict[str, Any] = {"title": normalise_line(query.get("titel", ""))[:MAX_TITLE]}
    if template:
        initial["kind"] = template.kind
    elif query.get("typ") in Page.Kind.values:
        initial["kind"] = query.get("typ")
    factors = _factors(query.getlist("faktor"))
    texts = [template.body] if template else []
    texts += [_notes(factors)] if factors else []
    initial["body"] = "\n".join(texts)
    given = {name: value for name, value in initial.items() if value}
    return Beginning(given, tuple(factor.slug for factor in factors), chooser)


def _chooser(query: QueryDict) -> Chooser:
    """The templates that are offered, and the one that is asked for. One query."""
    templates = list(PageTemplate.objects.offered())
    asked = query.get(TEMPLATE, "")
    rest = QueryDict(mutable=True)
    for name in KEPT:
        if values := query.getlist(name):
            rest.setlist(name, values[:MOST_FACTORS])
    kept = rest.urlencode()
    choices = [
        Choice(template.name, template.description, _query(template.slug, kept)) for template in templates
    ]
    return Chooser(
        choices=tuple(choices),
        template=next((template for template in templates if template.slug == asked), None),
        is_empty=asked == NO_TEMPLATE,
        without=_query(NO_TEMPLATE, kept),
        again=kept,
    )


def _query(slug: str, kept: str) -> str:
    return "&".join(filter(None, (urlencode({TEMPLATE: slug}), kept)))


def _factors(asked: list[str]) -> list[Factor]:
    """The active factors that are asked for, each once, in that order; merged ones as they are now."""
    slugs = list(dict.fromkeys(map(normalise_line, asked)))[:MOST_FACTORS]
    if not slugs:
        return []
    rows = {row.slug: row for row in Factor.objects.filter(slug__in=slugs).select_related("merged_into")}
    found = [rows[slug].merged_into or rows[slug] for slug in slugs if slug in rows]
    active = [factor for factor in found if factor.status == Factor.Status.ACTIVE]
    return list({factor.pk: factor for factor in active}.values())


def _notes(factors: list[Factor]) -> str:
    """A text with the questions of the factors as headings, and room to write below each."""
    headings = []
    for factor in factors:
        headings.append(f"## {factor.name}")
        headings += [f"### {normalise_line(question)}" for question in factor.questions]
    return "\n\n\n".join([*headings, f"## {_('Det här provar vi nu')}"]) + "\n\n"
