"""Create, edit and revert pages."""

from datetime import datetime

from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.text.names import title_key
from mittkoping.text.slugs import unique_slug
from wiki import rules
from wiki.content import Content
from wiki.models import Edit, FormerName, Page, Proposal, SentForm
from wiki.operations.alt_texts import check_alt_texts
from wiki.operations.drawing import Drawn, draw
from wiki.operations.errors import DuplicateTitle, EditConflict, Refusal
from wiki.operations.limits import check_links, check_saves
from wiki.operations.links import draw_again, mark_links_to, mark_title
from wiki.operations.preparing import Ready, prepare
from wiki.operations.proposals import propose, put_forward
from wiki.operations.publishing import Facts, lock, publish, require_publishing, require_writing
from wiki.operations.sending import Sending, continued, find_sent, remember_sent, take_turn
from wiki.operations.transactions import in_transaction


def create(
    content: Content,
    *,
    by: User,
    summary: str = "",
    slug: str = "",
    act: Edit.Act = Edit.Act.CREATE,
    at: datetime | None = None,
    sent: Sending | None = None,
) -> Edit | Proposal:
    """Publish a new page; by a contributor, propose it.

    slug   wanted by an import; otherwise made from the title
    act    IMPORT when the text comes from a file
    at     when it was written, if that was not now
    sent   the form that it is sent from, if it is one; the same form with other text under the same title
           goes on from the page that it became

    Raises PermissionDenied, TooMany, DuplicateTitle, AlreadySaved, or MissingAlt, which no import does;
    AlreadyProposed for the same proposal once more.
    """
    # Asked before the rights: what is saved already stays saved, whatever has become of them since.
    row = find_sent(sent, content, by=by) if sent else None
    if made := _made(row, content, by):
        return _go_on(made, content, summary=summary, sent=sent, by=by)
    if rules.may_propose(by, None):
        return propose(None, content, base=0, summary=summary, by=by, sent=sent)
    require_publishing(by, None)
    facts = Facts(act=act, author=by, summary=summary, at=at)
    _check_limits(facts, "", content.body)
    drawn = draw(None, content)
    if act != Edit.Act.IMPORT:
        check_alt_texts(drawn.rendering)
    edit, stale = _create(content, drawn, slug or content.title, facts, sent)
    draw_again(stale)
    return edit


def edit(
    page: Page,
    content: Content,
    *,
    base: int,
    summary: str = "",
    minor: bool = False,
    act: Edit.Act = Edit.Act.EDIT,
    at: datetime | None = None,
    sent: Sending | None = None,
    by: User,
) -> Edit | Proposal:
    """Publish new content of a page, merged with what has been published since its base.

    Proposed instead, if the rules ask for a review first.

    base   the version that the writer started from
    act    IMPORT when the text comes from a file
    at     when it was written, if that was not now
    sent   the form that it is sent from, if it is one

    Raises PermissionDenied, TooMany, NothingChanged, AlreadySaved, DuplicateTitle, UnknownBase (in the
    future), EditConflict when both changed the same words, Unfit when the merged text may not be published,
    MissingAlt (no import does), or AlreadyProposed.
    """
    # Asked before the rights: what is saved already stays saved, whatever has become of them since.
    row = find_sent(sent, content, by=by) if sent else None
    if rules.may_propose(by, page):
        return propose(page, content, base=base, summary=summary, minor=minor, by=by, sent=sent)
    require_publishing(by, page)
    base = continued(row, page, base)
    facts = Facts(act=act, author=by, summary=summary, is_minor=minor, at=at, base=base)
    return _publish(page, content, facts, sent)


def revert(page: Page, number: int, *, base: int, by: User, reason: str = "") -> Edit | Proposal:
    """Publish the content of an older version as a new one, or propose that; slug and history stay.

    Raises as edit, EditConflict for every newer version; Edit.DoesNotExist; HiddenVersion.
    """
    require_writing(by, page)
    content = page.edits.get(number=number).content
    summary = reason or _("Återställde version %(number)s") % {"number": number}
    if rules.may_propose(by, page):
        return put_forward(page, content, base=base, summary=summary, by=by)
    require_publishing(by, page)
    act = Edit.Act.REVERT
    facts = Facts(act=act, author=by, summary=summary, source_number=number, base=base)
    return _publish(page, content, facts, None)


def slug_is_taken(slug: str) -> bool:
    """Whether a page has, or has had, the slug."""
    return (
        Page.objects.filter(slug=slug).exists() or FormerName.objects.filter(key=slug, is_slug=True).exists()
    )


def _made(row: SentForm | None, content: Content, by: User) -> Page | None:
    """The page that a form has made, when its writer has gone back in the browser and on with the same page.

    Nothing once somebody else has saved it: then the form has not seen what it says.
    """
    edit = row.edit if row else None
    if edit is None or edit.author_id != by.pk or edit.page.is_archived:
        return None
    is_same = edit.page.number == edit.number and edit.page.title_key == title_key(content.title)
    return edit.page if is_same else None


def _go_on(page: Page, content: Content, *, summary: str, sent: Sending | None, by: User) -> Edit | Proposal:
    """As edit; when somebody else saves the page in this moment, its title is taken as any other."""
    try:
        return edit(page, content, base=page.number, summary=summary, sent=sent, by=by)
    except EditConflict as conflict:
        raise DuplicateTitle(content.title) from conflict


def _check_limits(facts: Facts, before: str, after: str) -> None:
    """Raise TooMany if the author saves or links more than they may. What a file says is not counted."""
    if facts.act != Edit.Act.IMPORT:
        check_saves(facts.author)
        check_links(facts.author, before, after)


def _publish(page: Page, content: Content, facts: Facts, sent: Sending | None) -> Edit:
    _check_limits(facts, page.body, content.body)
    # As it is now: the caller may have read the page a while ago.
    ready = _prepare(Page.objects.get(pk=page.pk), content, facts, sent)
    edit, stale = _edit(page, content, ready, facts, sent)
    draw_again(stale)
    return edit


def _prepare(page: Page, content: Content, facts: Facts, sent: Sending | None) -> Ready:
    """As prepare. That the very same form has been saved in this moment is said first."""
    try:
        return prepare(page, content, facts)
    except Refusal:
        if sent:
            find_sent(sent, content, by=facts.author)
        raise


@in_transaction
def _create(
    content: Content, drawn: Drawn, name: str, facts: Facts, sent: Sending | None
) -> tuple[Edit, list[int]]:
    if sent:
        take_turn(facts.author)
        find_sent(sent, content, by=facts.author)
    page = Page(slug=unique_slug(name, slug_is_taken))
    edit = publish(page, content, drawn=drawn, facts=facts)
    remember_sent(sent, content, edit, by=facts.author)
    return edit, mark_links_to(page)


@in_transaction
def _edit(
    page: Page, content: Content, ready: Ready, facts: Facts, sent: Sending | None
) -> tuple[Edit, list[int]]:
    if sent:
        take_turn(facts.author)
    page = lock(page)
    require_publishing(facts.author, page)
    if sent:
        find_sent(sent, content, by=facts.author)
    if ready.number != page.number:
        ready = _prepare(page, content, facts, sent)
    before = page.title_key
    edit = publish(page, ready.content, drawn=ready.drawn, facts=facts)
    remember_sent(sent, content, edit, by=facts.author)
    return edit, mark_title(page, before)
