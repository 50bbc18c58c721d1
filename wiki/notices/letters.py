"""The mails themselves: plain text, in Swedish."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.template import Context, loader
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mittkoping.accounts.models import User
from mittkoping.outbox.letters import Letter
from wiki.content import Content
from wiki.models import Edit, HiddenVersion, Notification, Proposal, Watch
from wiki.models.watch import FIELDS
from wiki.notices import sentences
from wiki.notices.differences import plain_difference
from wiki.notices.unsubscribing import DIGEST, token
from wiki.passages import readable

MAX_TITLE = 60  # characters of a title in a subject
Kind = Notification.Kind


def notice(notification: Notification, *, count: int) -> Letter:
    """The mail about one notification; count is of the edits of the page that it stands for."""
    watch = _watch_behind(notification) if notification.kind == Kind.EDIT else None
    what = watch.key if watch else notification.kind
    is_many = count > 1
    context = {
        "name": notification.user.name,
        "sentence": _of_many(notification, count) if is_many else sentences.sentence(notification),
        "detail": "" if is_many else sentences.detail(notification),
        "is_reason": notification.kind in {Kind.DECISION, Kind.FACTOR, Kind.MEMBERSHIP},
        "href": _absolute(_history(notification) if is_many else sentences.address(notification)),
        "difference": _difference(notification.proposal) if notification.kind == Kind.DECISION else "",
        "why": _why(notification, watch),
        "is_once": notification.page is not None and notification.kind != Kind.CLAIM,
    }
    return _letter(notification.user, _subject(notification), "emails/notice.txt", context, what=what)


def digest(
    user: User, notifications: Sequence[Notification], *, more: int, waiting: Mapping[str, int]
) -> Letter:
    """The daily mail.

    more      how many there are besides those given
    waiting   for a moderator: how many proposals, pages and members wait
    """
    items = [
        {
            "sentence": sentences.sentence(notification),
            "detail": sentences.detail(notification),
            "href": _absolute(sentences.address(notification)),
        }
        for notification in notifications
    ]
    context = {
        "name": user.name,
        "items": items,
        "more": more,
        "waiting": waiting,
        "list_href": _absolute(reverse("wiki:notifications")),
        "queue_href": _absolute(reverse("wiki:review_queue")),
        "members_href": _absolute(reverse("wiki:members")),
        "why": _("Du får det här för att du har valt att få mejl från Mittköping."),
    }
    return _letter(user, _("[Mittköping] Det här har hänt"), "emails/digest.txt", context, what=DIGEST)


def _letter(user: User, subject: str, template: str, context: dict[str, Any], *, what: str) -> Letter:
    href = _absolute(reverse("wiki:unsubscribe", args=[token(user, what)]))
    context |= {
        "unsubscribe_href": href,
        "settings_href": _absolute(reverse("wiki:notification_settings")),
    }
    headers = {
        "List-Unsubscribe": f"<{href}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    return Letter(to=user.email, subject=subject, body=_plain(template, context), headers=headers)


def _plain(template: str, context: dict[str, Any]) -> str:
    """Draw a template as what it is, plain text: an `&` stays an `&`. Nothing of it ever becomes HTML."""
    drawn = loader.get_template(template).template.render(Context(context, autoescape=False))  # type: ignore[attr-defined]  # Django's own engine has it
    paragraphs = (paragraph.strip("\n") for paragraph in drawn.split("\n\n"))
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _subject(notification: Notification) -> str:
    title = sentences.title_of(notification)
    short = title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 1].rstrip()}…"
    subjects = {
        Kind.EDIT: _("”%(title)s” har ändrats"),
        Kind.DECISION: _decided(notification.outcome),
        Kind.FACTOR: _decided(notification.outcome),
        Kind.REPLY: _("Nytt inlägg om ”%(title)s”"),
        Kind.MENTION: _("%(name)s har nämnt dig i diskussionen om ”%(title)s”"),
        Kind.MEMBERSHIP: _("Dina rättigheter i Mittköping har ändrats"),
        Kind.CLAIM: _("%(name)s har tagit över en granskning"),
    }
    if notification.edit and notification.edit.act == Edit.Act.CREATE:
        subjects[Kind.EDIT] = _("Ny sida: ”%(title)s”")
    words = {"title": short, "name": notification.actor}
    return f"[Mittköping] {subjects[Kind(notification.kind)] % words}"


def _decided(outcome: str) -> str:
    """The subject about one of the user's proposals. Other kinds have other outcomes, and do not use it."""
    subjects: dict[str, str] = {
        Notification.Outcome.PART: _("Ditt förslag till ”%(title)s” är publicerat till en del"),
        Notification.Outcome.CHANGES_ASKED: _("Ändra gärna i ditt förslag till ”%(title)s”"),
        Notification.Outcome.REJECTED: _("Ditt förslag till ”%(title)s” är avslaget"),
    }
    published = _("Ditt förslag till ”%(title)s” är publicerat")
    return subjects.get(outcome, published)


def _of_many(notification: Notification, count: int) -> str:
    words = {"title": sentences.title_of(notification), "count": count}
    text = ngettext(
        "”%(title)s” har ändrats %(count)d gång.", "”%(title)s” har ändrats %(count)d gånger.", count
    )
    return text % words


def _history(notification: Notification) -> str:
    return reverse("wiki:history", args=[notification.page.slug]) if notification.page else ""


def _watch_behind(notification: Notification) -> Watch | None:
    """The narrowest of the watches for which the user is told of the page."""
    if notification.page is None:
        return None
    watches = Watch.objects.active().matching(notification.page).filter(user=notification.user_id)
    return min(watches.with_targets(), key=lambda watch: FIELDS.index(watch.kind), default=None)


def _why(notification: Notification, watch: Watch | None) -> str:
    if watch:
        return _("Du får det här för att du bevakar %(what)s.") % {"what": sentences.watched(watch)}
    reasons = {
        Kind.DECISION: _("Du får det här för att du har skrivit förslaget."),
        Kind.FACTOR: _("Du får det här för att du har skrivit förslaget."),
        Kind.REPLY: _("Du får det här för att du deltar i diskussionen eller bevakar sidan."),
        Kind.MENTION: _("Du får det här för att någon har skrivit ditt namn."),
        Kind.CLAIM: _("Du får det här för att du hade börjat granska."),
    }
    return reasons.get(Kind(notification.kind), _("Du får det här för att det gäller ditt konto."))


def _difference(proposal: Proposal | None) -> str:
    """What was published of the proposal, or what it proposes; nothing if a version of it is hidden.

    Nor if its page has been archived: the author may not read that any more.
    """
    if proposal is None or (proposal.page and proposal.page.is_archived):
        return ""
    try:
        old, new = _before_and_after(proposal)
    except HiddenVersion:
        return ""
    return plain_difference(*(readable(content, proposal.page) for content in (old, new)))


def _before_and_after(proposal: Proposal) -> tuple[Content, Content]:
    empty = Content(title="")
    if edit := proposal.edit:
        before = edit.page.edits.filter(number=edit.number - 1).first()
        return before.content if before else empty, edit.content
    return proposal.base_content or empty, proposal.content
