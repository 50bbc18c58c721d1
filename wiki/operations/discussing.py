"""Talk about pages: topics, comments, whom they mention, what moderators hide."""

import re
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from mittkoping.log.operations import record
from mittkoping.text.normalise import normalise_line
from mittkoping.text.render import RENDERER
from wiki import rendering, rules
from wiki.models import Comment, Page, Topic
from wiki.models.comment import EDIT_TIME, CommentQuerySet
from wiki.operations.errors import Refusal
from wiki.operations.limits import check_links, check_saves
from wiki.operations.notifying import tell_of_comment
from wiki.operations.publishing import lock, require
from wiki.operations.transactions import in_transaction
from wiki.rendering import Rendering

# Nobody writes the same words twice so soon: a button was pressed twice.
TWICE = timedelta(minutes=1)
AT_ONCE = 200  # comments held in memory while all are drawn again


class AlreadySent(Refusal):
    """The same author has just sent the same text."""

    def __init__(self, comment: Comment) -> None:
        super().__init__(_("Inlägget är redan skickat."))
        self.comment = comment


def start_topic(page: Page, title: str, body: str, *, by: User) -> Comment:
    """Start a topic about a page; returns its first comment.

    Raises PermissionDenied, AlreadySent or TooMany.
    """
    _require_talking(by, page)
    return _start(page, title, body, rendering.render(body), by)


def reply(topic: Topic, body: str, *, by: User) -> Comment:
    """Say something in a topic, which stays resolved if it is.

    Raises PermissionDenied, AlreadySent or TooMany.
    """
    _require_talking(by, topic.page)
    return _reply(topic, body, rendering.render(body), by)


def edit_comment(comment: Comment, body: str, *, by: User) -> None:
    """Change the words of a fresh comment; no earlier text is kept, and nobody is told once more.

    Raises PermissionDenied or TooMany.
    """
    require_editing(by, comment)
    if body != comment.body:
        _edit(comment, body, rendering.render(body), by)


@in_transaction
def resolve(topic: Topic, *, by: User) -> None:
    """Note that a topic needs no more answers. May be repeated. Raises PermissionDenied."""
    topic = _lock_topic(topic)
    _require_resolving(by, topic)
    if not topic.is_resolved:
        Topic.objects.filter(pk=topic.pk).update(resolved_at=timezone.now(), resolved_by=by)


@in_transaction
def reopen(topic: Topic, *, by: User) -> None:
    """Note that a topic does need more answers. May be repeated. Raises PermissionDenied."""
    topic = _lock_topic(topic)
    _require_resolving(by, topic)
    Topic.objects.filter(pk=topic.pk).update(resolved_at=None, resolved_by=None)


@in_transaction
def hide_comment(comment: Comment, *, reason: str, by: User) -> bool:
    """Hide a comment from everybody but moderators; with a topic's first one its title, too.

    False when it is hidden already: then the earlier reason stands. Raises PermissionDenied.
    """
    comment = _lock_comment(comment)
    require_hiding(by, comment)
    if comment.is_hidden:
        return False
    now = timezone.now()
    Comment.objects.filter(pk=comment.pk).update(hidden_at=now, hidden_by=by, hidden_reason=reason)
    if comment.is_first:
        Topic.objects.filter(pk=comment.topic_id).update(hidden_at=now)
    record(LogEntry.Act.HIDE_COMMENT, by=by, target=comment, reason=reason)
    return True


@in_transaction
def show_comment(comment: Comment, *, reason: str, by: User) -> bool:
    """Show a hidden comment, and its topic's title, to everybody again.

    False when it is not hidden. Raises PermissionDenied.
    """
    comment = _lock_comment(comment)
    require_hiding(by, comment)
    if not comment.is_hidden:
        return False
    Comment.objects.filter(pk=comment.pk).update(hidden_at=None, hidden_by=None, hidden_reason="")
    if comment.is_first:
        Topic.objects.filter(pk=comment.topic_id).update(hidden_at=None)
    record(LogEntry.Act.SHOW_COMMENT, by=by, target=comment, reason=reason)
    return True


def require_editing(by: User, comment: Comment) -> None:
    """Raise PermissionDenied, with a sentence, unless the user may change the comment."""
    _require_talking(by, comment.topic.page)
    minutes = EDIT_TIME // timedelta(minutes=1)
    sentence = _(
        "Du kan ändra dina egna inlägg i %(minutes)s minuter, om de inte är dolda. "
        "Skriv ett nytt inlägg i stället."
    )
    require(rules.may_edit_comment(by, comment), sentence % {"minutes": minutes})


def require_hiding(by: User, comment: Comment) -> None:
    """Raise PermissionDenied, with a sentence, unless the user may hide the comment and show it again."""
    require(rules.may_hide_comment(by, comment), _("Bara moderatorer döljer och visar inlägg."))


def draw_outdated_comments() -> int:
    """Draw every comment anew that an older renderer has drawn; returns how many. May be repeated."""
    count = 0
    for comment in Comment.objects.exclude(renderer=RENDERER).iterator(chunk_size=AT_ONCE):
        rendered = rendering.render(comment.body)
        # Not if its author has changed it meanwhile.
        same = Comment.objects.filter(pk=comment.pk, body=comment.body)
        count += same.update(html=rendered.html, renderer=rendered.renderer)
    return count


@in_transaction
def _start(page: Page, title: str, body: str, rendered: Rendering, by: User) -> Comment:
    page = lock(page)
    _require_talking(by, page)
    _refuse_twice(Comment.objects.filter(topic__page=page, topic__title=title), body, by)
    _check_limits(body, by)
    topic = Topic.objects.create(page=page, title=title, author=by)
    return _say(topic, body, rendered, by)


@in_transaction
def _reply(topic: Topic, body: str, rendered: Rendering, by: User) -> Comment:
    topic = _lock_topic(topic)
    _require_talking(by, topic.page)
    _refuse_twice(Comment.objects.filter(topic=topic), body, by)
    _check_limits(body, by)
    return _say(topic, body, rendered, by)


@in_transaction
def _edit(comment: Comment, body: str, rendered: Rendering, by: User) -> None:
    comment = _lock_comment(comment)
    require_editing(by, comment)
    check_links(by, comment.body, body)
    Comment.objects.filter(pk=comment.pk).update(
        body=body, html=rendered.html, renderer=rendered.renderer, edited_at=timezone.now()
    )
    comment.mentions.set(_mentioned(comment.topic, body, by))


def _say(topic: Topic, body: str, rendered: Rendering, by: User) -> Comment:
    comment = Comment.objects.create(
        topic=topic,
        author=by,
        municipality=by.municipality,
        body=body,
        html=rendered.html,
        renderer=rendered.renderer,
    )
    comment.mentions.set(_mentioned(topic, body, by))
    now_there = Topic.objects.filter(pk=topic.pk)
    now_there.update(comment_count=F("comment_count") + 1, latest_at=comment.created_at)
    tell_of_comment(comment)
    return comment


def _refuse_twice(comments: CommentQuerySet, body: str, by: User) -> None:
    just_now = comments.filter(author=by, body=body, created_at__gt=timezone.now() - TWICE)
    if again := just_now.select_related("topic__page").last():
        raise AlreadySent(again)


def _check_limits(body: str, by: User) -> None:
    """Raise TooMany. Asked after `_refuse_twice`: what was sent already is not too much."""
    check_saves(by)
    check_links(by, "", body)


def _mentioned(topic: Topic, body: str, by: User) -> list[User]:
    """Those whom the text calls: `@` and the name of somebody who has edited the page or talked about it."""
    if "@" not in body:
        return []
    writes = Q(pk__in=topic.page.edits.values("author"))
    talks = Q(pk__in=Comment.objects.filter(topic__page=topic.page_id).values("author"))
    people = list(User.objects.filter(writes | talks, is_active=True).exclude(pk=by.pk))
    called = names_called(body, [person.name for person in people])
    return [person for person in people if _key(person.name) in called]


def names_called(body: str, names: Iterable[str]) -> set[str]:
    """The names, folded, that stand after an `@` in the text, quotations aside; of several the longest."""
    known = sorted({_key(name) for name in names} - {""}, key=len, reverse=True)
    if not known:
        return set()
    own = "\n".join(line for line in body.splitlines() if not line.lstrip().startswith(">"))
    alternatives = "|".join(r"\s+".join(map(re.escape, name.split())) for name in known)
    found = re.findall(rf"(?<!\w)@({alternatives})(?!\w)", own.casefold())
    return {_key(name) for name in found}


def _key(name: str) -> str:
    return normalise_line(name).casefold()


def _require_talking(by: User, page: Page) -> None:
    if page.is_archived:
        require(rules.may_discuss(by, page), _("Sidan är arkiverad. Diskussionen är stängd så länge."))
    require(rules.may_discuss(by, page), _("Ditt konto är avstängt. Du kan läsa, men inte skriva."))


def _require_resolving(by: User, topic: Topic) -> None:
    _require_talking(by, topic.page)
    sentence = _(
        "Den som startade ämnet, redaktörer och moderatorer kan markera det som löst eller öppna det."
    )
    require(rules.may_resolve(by, topic), sentence)


def _lock_topic(topic: Topic) -> Topic:
    """The topic as it is now, with its page, its row locked until the transaction ends."""
    locked = Topic.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("page").get(pk=topic.pk)


def _lock_comment(comment: Comment) -> Comment:
    """The comment as it is now, with topic and page, its row locked until the transaction ends."""
    locked = Comment.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("topic__page").get(pk=comment.pk)
