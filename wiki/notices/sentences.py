"""What a notification says, and where it leads."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mittkoping.log.models import LogEntry
from wiki.models import Edit, Notification, Page, Proposal, Watch
from wiki.notices.unsubscribing import DIGEST, Unsubscription

Outcome = Notification.Outcome


def sentence(notification: Notification) -> str:
    """What has happened, in one sentence."""
    tellers: dict[str, Callable[[Notification], str]] = {
        Notification.Kind.EDIT: _of_edit,
        Notification.Kind.DECISION: _of_decision,
        Notification.Kind.FACTOR: _of_factor_decision,
        Notification.Kind.REPLY: _of_reply,
        Notification.Kind.MENTION: _of_mention,
        Notification.Kind.MEMBERSHIP: _of_membership,
        Notification.Kind.CLAIM: _of_claim,
    }
    return tellers[notification.kind](notification)


def detail(notification: Notification) -> str:
    """What the one who did it says of it: an edit's summary, a moderator's reason; or nothing."""
    if notification.edit:
        return notification.edit.shown_summary
    if notification.proposal and notification.kind == Notification.Kind.DECISION:
        return _comment(notification.proposal, notification.outcome)
    if notification.factor_proposal and notification.kind == Notification.Kind.FACTOR:
        return notification.factor_proposal.comment
    entry = notification.entry
    return "" if entry is None or hasattr(entry, "hidden_reason") else entry.reason


def address(notification: Notification) -> str:
    """Where it leads."""
    if notification.edit:
        return address_of_edit(notification.edit)
    target = notification.comment or notification.proposal or notification.factor_proposal
    if target:
        return target.get_absolute_url()
    if notification.kind == Notification.Kind.CLAIM:
        return reverse("wiki:review_queue")
    return reverse("wiki:account")


def address_of_edit(edit: Edit) -> str:
    """Where one sees what was changed: the comparison, or the page when there is nothing to compare with."""
    if edit.number == 1 or edit.is_hidden:
        return edit.page.get_absolute_url()
    return reverse("wiki:compare", args=[edit.page.slug, edit.number - 1, edit.number])


def title_of(notification: Notification) -> str:
    """The title of the page or proposal that it is about, or a factor's name; empty for the account."""
    if notification.factor_proposal:
        return str(notification.factor_proposal)
    if proposal := notification.proposal:
        page = proposal.edit.page if proposal.edit else None
        return page.title if page and not page.is_archived else proposal.title
    return notification.page.title if notification.page else ""


def watched(watch: Watch) -> str:
    """What is watched, in words that fit into a sentence."""
    if watch.track:
        return _("inriktningen %(name)s") % {"name": Page.Track(watch.track).label}
    if watch.page:
        return _("sidan ”%(name)s”") % {"name": watch.page.title}
    if watch.factor:
        return _("nyckelfaktorn %(name)s") % {"name": watch.factor.name}
    return _("kommunen %(name)s") % {"name": watch.municipality}


def ended(unsubscription: Unsubscription) -> str:
    """What the link in a mail ends, in words that follow "mejl"."""
    kinds = {
        Notification.Kind.DECISION: _("om hur det går för dina förslag"),
        Notification.Kind.FACTOR: _("om hur det går för dina förslag om nyckelfaktorer"),
        Notification.Kind.REPLY: _("om nya inlägg i diskussioner"),
        Notification.Kind.MENTION: _("när någon nämner dig"),
        Notification.Kind.MEMBERSHIP: _("om dina rättigheter"),
        Notification.Kind.CLAIM: _("när någon tar över en granskning"),
        Notification.Kind.EDIT: _("om sidor som ändras"),
    }
    if watch := unsubscription.watch:
        is_shown = watch.page is None or not watch.page.is_archived
        return _("om %(what)s") % {"what": watched(watch) if is_shown else _("en arkiverad sida")}
    if unsubscription.what in Notification.Kind.values:
        return kinds[Notification.Kind(unsubscription.what)]
    return _("från Mittköping") if unsubscription.what == DIGEST else _("om det du bevakade")


def _of_edit(notification: Notification) -> str:
    edit = notification.edit
    words = {"name": notification.actor, "title": title_of(notification)}
    if edit and edit.act == Edit.Act.CREATE:
        return _("%(name)s har skrivit den nya sidan ”%(title)s”.") % words
    if edit and edit.act == Edit.Act.REVERT:
        return _("%(name)s har återställt en äldre version av ”%(title)s”.") % words
    if edit and edit.act == Edit.Act.RENAME:
        return _("%(name)s har gett en sida namnet ”%(title)s”.") % words
    return _("%(name)s har ändrat ”%(title)s”.") % words


def _of_decision(notification: Notification) -> str:
    proposal = notification.proposal
    words = {"title": title_of(notification)}
    if notification.outcome == Outcome.PART and proposal and proposal.chosen is not None:
        numbers = {"chosen": proposal.chosen, "count": proposal.change_count}
        text = ngettext(
            "%(chosen)d av %(count)d ändringar i ditt förslag till ”%(title)s” är publicerad.",
            "%(chosen)d av %(count)d ändringar i ditt förslag till ”%(title)s” är publicerade.",
            proposal.chosen,
        )
        return text % {**words, **numbers}
    sentences = {
        Outcome.ACCEPTED: _("Ditt förslag till ”%(title)s” är publicerat."),
        Outcome.ADJUSTED: _("Ditt förslag till ”%(title)s” är publicerat, med ändringar av granskaren."),
        Outcome.PART: _("En del av ditt förslag till ”%(title)s” är publicerad."),
        Outcome.CHANGES_ASKED: _("Granskaren ber dig ändra i ditt förslag till ”%(title)s”."),
        Outcome.REJECTED: _("Ditt förslag till ”%(title)s” är avslaget."),
    }
    return sentences[Outcome(notification.outcome)] % words


def _of_factor_decision(notification: Notification) -> str:
    sentences = {
        Outcome.ACCEPTED: _("Ditt förslag om nyckelfaktorn ”%(title)s” är publicerat."),
        Outcome.ADJUSTED: _(
            "Ditt förslag om nyckelfaktorn ”%(title)s” är publicerat, med ändringar av granskaren."
        ),
        Outcome.REJECTED: _("Ditt förslag om nyckelfaktorn ”%(title)s” är avslaget."),
    }
    return sentences[Outcome(notification.outcome)] % {"title": title_of(notification)}


def _of_reply(notification: Notification) -> str:
    return _("%(name)s har skrivit i ämnet ”%(topic)s” om ”%(title)s”.") % _of_topic(notification)


def _of_mention(notification: Notification) -> str:
    return _("%(name)s har nämnt dig i ämnet ”%(topic)s” om ”%(title)s”.") % _of_topic(notification)


def _of_topic(notification: Notification) -> dict[str, object]:
    topic = notification.comment and notification.comment.topic.shown_title
    return {"name": notification.actor, "topic": topic, "title": title_of(notification)}


def _of_membership(notification: Notification) -> str:
    sentences = {
        LogEntry.Act.CONFIRM: _(
            "Du är nu redaktör för %(place)s. Det du sparar på öppna sidor publiceras direkt."
        ),
        LogEntry.Act.UNCONFIRM: _("Du är inte längre redaktör för %(place)s. Det du skriver blir förslag."),
        LogEntry.Act.DECLINE: _("En moderator kunde inte bekräfta dig som redaktör för %(place)s än."),
    }
    membership = notification.membership
    place = membership.municipality.name if membership else ""
    return sentences[LogEntry.Act(notification.outcome)] % {"place": place}


def _of_claim(notification: Notification) -> str:
    words = {"name": notification.actor, "title": title_of(notification)}
    return _("%(name)s har tagit över granskningen av ”%(title)s” från dig.") % words


def _comment(proposal: Proposal, outcome: str) -> str:
    """The moderator's comment, while it still is about this decision."""
    statuses: dict[str, str] = {
        Outcome.REJECTED: Proposal.Status.REJECTED,
        Outcome.CHANGES_ASKED: Proposal.Status.CHANGES_ASKED,
    }
    expected = statuses.get(outcome, Proposal.Status.ACCEPTED)
    return proposal.comment if proposal.status == expected else ""
