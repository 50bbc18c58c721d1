"""Tag passages: each is an edit of the page, and a proposal by those whose edits are proposals."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from wiki.content import Content, Tag
from wiki.models import Edit, HiddenVersion, Page, Proposal
from wiki.operations.errors import NothingChanged, Refusal, UnknownBase
from wiki.operations.pages import edit


class NoSuchTag(Refusal):
    """The tag is not on the page, or no longer."""

    def __init__(self) -> None:
        super().__init__(_("Märkningen finns inte kvar på sidan."))


def tag_passage(page: Page, tag: Tag, *, base: int, summary: str = "", by: User) -> Edit | Proposal:
    """Add a tag to a page, mostly one that points at words; by a contributor, propose it.

    base   the version that the words were chosen in

    Raises as operations.edit: AlreadySaved when a tag with the same key is there and says the same.
    """
    summary = summary or _("Märkte ett avsnitt")
    return _edit(page, lambda content: (*content.tags, tag), base=base, summary=summary, by=by)


def change_tag(page: Page, key: str, *, base: int, summary: str, by: User, **changes: Any) -> Edit | Proposal:
    """Say something else of a tag; changes are fields of Tag: its passage, when other words are chosen.

    Raises as operations.edit, or NoSuchTag.
    """

    def changed(content: Content) -> tuple[Tag, ...]:
        _require(content, key)
        return tuple(replace(tag, **changes) if tag.key == key else tag for tag in content.tags)

    return _edit(page, changed, base=base, summary=summary, by=by)


def untag(page: Page, key: str, *, base: int, summary: str = "", by: User) -> Edit | Proposal:
    """Take a tag away; older versions keep it. Raises as operations.edit, or NoSuchTag."""

    def without(content: Content) -> tuple[Tag, ...]:
        _require(content, key)
        return tuple(tag for tag in content.tags if tag.key != key)

    summary = summary or _("Tog bort en märkning")
    return _edit(page, without, base=base, summary=summary, by=by)


def _edit(
    page: Page, tags_of: Callable[[Content], tuple[Tag, ...]], *, base: int, summary: str, by: User
) -> Edit | Proposal:
    content = _content(page, base)
    tags = tags_of(content)
    if tags == content.tags:
        raise NothingChanged
    return edit(page, replace(content, tags=tags), base=base, summary=summary, by=by)


def _content(page: Page, base: int) -> Content:
    try:
        return page.edits.get(number=base).content
    except (Edit.DoesNotExist, HiddenVersion) as error:
        raise UnknownBase from error


def _require(content: Content, key: str) -> None:
    if not any(tag.key == key for tag in content.tags):
        raise NoSuchTag
