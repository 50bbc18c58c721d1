"""Entries of the log as one reader sees them: what they may not read is neither named nor told."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from factors.models import Factor, FactorProposal
from mittkoping.accounts.models import Membership, Someone, User
from mittkoping.log.models import LogEntry
from wiki import rules
from wiki.models import Attachment, Comment, Page, PageTemplate, Proposal
from wiki.models.factor_proposal import readable_factor_proposals

# What an appeal, a sign-up or a membership is about is a person, who is not named before readers.
MODELS: tuple[type[Model], ...] = (
    Page,
    Proposal,
    Comment,
    Attachment,
    Factor,
    FactorProposal,
    PageTemplate,
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """An entry as its reader sees it.

    actor, subject   who did it, and to whose account: a name, or what is said of who is not named; or empty
    title, address   of what it was done to, as far as the reader may see it
    numbers          of the versions that it was done to
    level, until     of a protection or a block
    reason           empty when there is none, or the reader may not see it
    """

    at: datetime
    what: str
    actor: str
    subject: str
    title: str
    address: str
    numbers: tuple[int, ...]
    level: str
    until: datetime | None
    reason: str
    is_reason_hidden: bool


class Rows:
    """The entries of one answer, with everything that they are about: a constant number of queries."""

    def __init__(self, entries: Sequence[LogEntry], reader: Someone) -> None:
        self.entries = entries
        self.reader = reader
        self._wanted = self._ids()
        self._pages = Page.objects.visible_to(reader).in_bulk(self._of(Page))
        self._proposals = Proposal.objects.visible_to(reader).in_bulk(self._of(Proposal))
        comments = Comment.objects.visible_to(reader).select_related("topic__page")
        self._comments = comments.in_bulk(self._of(Comment))
        self._factors = Factor.objects.in_bulk(self._of(Factor))
        into = {str(entry.facts["into"]) for entry in entries if "into" in entry.facts}
        self._others = dict(Factor.objects.filter(slug__in=into).values_list("slug", "name")) if into else {}
        self._attachments = Attachment.objects.visible_to(reader).in_bulk(self._of(Attachment))
        factor_proposals = readable_factor_proposals(reader)
        self._factor_proposals = factor_proposals.in_bulk(self._of(FactorProposal))
        self._templates = PageTemplate.objects.in_bulk(self._of(PageTemplate))
        self._municipalities = self._places()

    def rows(self) -> list[Row]:
        """In the order of the entries."""
        return [self._row(entry) for entry in self.entries]

    def _ids(self) -> Mapping[int, set[int]]:
        wanted: dict[int, set[int]] = defaultdict(set)
        for entry in self.entries:
            if entry.target_type_id and entry.target_id:
                wanted[entry.target_type_id].add(entry.target_id)
        return wanted

    def _of(self, model: type[Model]) -> set[int]:
        return self._wanted.get(ContentType.objects.get_for_model(model).pk, set())

    def _places(self) -> dict[int, str]:
        """The municipality of every account that may have to be called by it."""
        if self.reader.is_authenticated:
            return {}
        people = {key for entry in self.entries for key in (entry.actor_id, entry.user_id) if key}
        places = Membership.objects.active().filter(user__in=people).values_list("user", "municipality__name")
        return dict(places)

    def _row(self, entry: LogEntry) -> Row:
        title, address, is_seen = self._target(entry)
        hidden = hasattr(entry, "hidden_reason")
        may_read = is_seen or entry.act == LogEntry.Act.REJECT
        return Row(
            at=entry.at,
            what=_what(entry),
            actor=self._actor(entry, is_seen),
            subject=self._subject(entry),
            title=title,
            address=address,
            numbers=_numbers(entry),
            level=_level(entry),
            until=parse_datetime(str(entry.facts.get("until") or "")),
            reason=entry.reason if may_read and not hidden else "",
            is_reason_hidden=hidden,
        )

    def _target(self, entry: LogEntry) -> tuple[str, str, bool]:
        """Title and address of what it was done to, and whether the reader may see that."""
        kind, key = entry.target_type_id, entry.target_id or 0
        of = {ContentType.objects.get_for_model(model).pk: model for model in MODELS}
        model = of.get(kind or 0)
        if model is Page:
            page = self._pages.get(key)
            # That an archived page was archived, and why, is no secret; what it says is.
            return (page.title, page.get_absolute_url(), True) if page else (_("en arkiverad sida"), "", True)
        if model is Proposal:
            proposal = self._proposals.get(key)
            return (
                (proposal.title, proposal.get_absolute_url(), True)
                if proposal
                else (_("ett förslag"), "", False)
            )
        if model is Comment:
            comment = self._comments.get(key)
            if comment is None:
                return _("ett inlägg"), "", False
            title = _("ett inlägg om ”%(title)s”") % {"title": comment.topic.page.title}
            return title, comment.get_absolute_url(), True
        others = {
            Attachment: self._attachment,
            FactorProposal: self._factor_proposal,
            PageTemplate: self._template,
        }
        if model in others:
            return others[model](key)
        return self._factor(entry) if model is Factor else ("", "", True)

    def _factor_proposal(self, key: int) -> tuple[str, str, bool]:
        proposal = self._factor_proposals.get(key)
        if proposal is None:
            return _("ett förslag om en nyckelfaktor"), "", False
        return str(proposal), proposal.get_absolute_url(), True

    def _factor(self, entry: LogEntry) -> tuple[str, str, bool]:
        """Its history, which is there also when it is merged."""
        factor = self._factors.get(entry.target_id or 0)
        if factor is None:
            return "", "", True
        other = self._others.get(str(entry.facts.get("into")))
        words = {"name": factor.name, "other": other}
        title = _("%(name)s med %(other)s") % words if other else factor.name
        return title, reverse("wiki:factor_history", args=[factor.slug]), True

    def _template(self, key: int) -> tuple[str, str, bool]:
        """Its name; where it is looked after, for those who do."""
        template = self._templates.get(key)
        if template is None or not rules.may_edit_templates(self.reader):
            return template.name if template else "", "", True
        return template.name, reverse("wiki:template", args=[template.slug]), True

    def _attachment(self, key: int) -> tuple[str, str, bool]:
        """That a file was deleted, and why, is no secret; what it was called is."""
        attachment = self._attachments.get(key)
        return (
            (attachment.name, attachment.get_absolute_url(), True) if attachment else (_("en fil"), "", True)
        )

    def _actor(self, entry: LogEntry, is_seen: bool) -> str:
        if entry.actor is None:
            return _("Driften")
        is_own = entry.actor_id == entry.user_id
        is_public = entry.actor.is_appointed or (is_seen and not is_own)
        return entry.actor.name if is_public or self.reader.is_authenticated else self._unnamed(entry.actor)

    def _subject(self, entry: LogEntry) -> str:
        if entry.user is None or entry.user_id == entry.actor_id:
            return ""
        return entry.user.name if self.reader.is_authenticated else self._unnamed(entry.user)

    def _unnamed(self, person: User) -> str:
        place = self._municipalities.get(person.pk)
        return _("ett konto i %(place)s") % {"place": place} if place else _("ett konto")


def _what(entry: LogEntry) -> str:
    if entry.act == LogEntry.Act.BLOCK and entry.facts.get("is_kept"):
        return _("Lät en avstängning stå fast")
    return capfirst(str(LogEntry.Act(entry.act).label))


def _numbers(entry: LogEntry) -> tuple[int, ...]:
    if entry.act == LogEntry.Act.HIDE_REASON:
        return ()
    many = entry.facts.get("numbers") or [entry.number]
    return tuple(number for number in many if number)


def _level(entry: LogEntry) -> str:
    level = entry.facts.get("level")
    return str(Page.Protection(level).label) if level in Page.Protection.values else ""
