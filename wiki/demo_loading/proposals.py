"""What the demo's people propose, and what becomes of it."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from wiki import operations
from wiki.changes import Decision, changes
from wiki.content import Content, Tag
from wiki.demo_loading.files import DemoRefused, Entry, as_time
from wiki.demo_loading.steps import Step
from wiki.models import Page, Proposal
from wiki.operations.reviewing import contents_of


class Proposed:
    """One proposal of the file, and the decision on it, if there is one."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.proposal = Proposal()

    def steps(self) -> Iterator[Step]:
        """Send it, and decide."""
        name = f"2 {self.entry['summary']}"
        yield Step(as_time(self.entry["at"]), name, self._send)
        if decided := self.entry.get("decided"):
            yield Step(as_time(decided["at"]), name, partial(self._decide, decided))

    def _send(self) -> None:
        entry = self.entry
        by = User.objects.get(email=entry["by"])
        if "page" in entry:
            page = Page.objects.get(slug=entry["page"])
            content = _changed(page.content, entry, by)
            sent = operations.edit(page, content, base=page.number, summary=entry["summary"], by=by)
        else:
            sent = operations.create(_new(entry, by), summary=entry["summary"], by=by)
        if not isinstance(sent, Proposal):
            raise DemoRefused(_("”%s” publicerades genast i stället för att vänta.") % entry["summary"])
        self.proposal = sent

    def _decide(self, decided: Entry) -> None:
        by = User.objects.get(email=decided["by"])
        proposal, comment = self.proposal, decided["comment"].strip()
        if decided["as"] == Proposal.Status.ACCEPTED:
            decisions = _decisions(proposal, decided["changes"]) if "changes" in decided else None
            revision = proposal.revision
            operations.accept(proposal, revision=revision, decisions=decisions, comment=comment, by=by)
        elif decided["as"] == Proposal.Status.CHANGES_ASKED:
            operations.ask_for_changes(proposal, revision=proposal.revision, reason=comment, by=by)
        else:
            operations.reject(proposal, revision=proposal.revision, reason=comment, by=by)


def _changed(content: Content, entry: Entry, by: User) -> Content:
    body = content.body
    for passage in entry["replace"]:
        if (count := body.count(passage["old"])) != 1:
            sentence = _("”%(summary)s”: sidan har ”%(text)s” %(count)d gånger, inte en.")
            facts = {"summary": entry["summary"], "text": passage["old"], "count": count}
            raise DemoRefused(sentence % facts)
        body = body.replace(passage["old"], passage["new"].rstrip("\n"))
    return replace(content, body=body, tags=(*content.tags, *_tags(entry, by)))


def _new(entry: Entry, by: User) -> Content:
    names = Municipality.objects.filter(name__in=entry["municipalities"])
    return Content(
        title=entry["title"],
        lead=entry["lead"],
        body=entry["body"],
        kind=entry["kind"],
        tracks=tuple(sorted(entry["tracks"])),
        municipalities=tuple(names.order_by("code").values_list("code", flat=True)),
        tags=_tags(entry, by),
    )


def _tags(entry: Entry, by: User) -> tuple[Tag, ...]:
    tags: Iterable[Mapping[str, Any]] = entry.get("tags", ())
    return tuple(Tag(key=str(uuid.uuid4()), author=by.pk, **tag) for tag in tags)


def _decisions(proposal: Proposal, wanted: Iterable[bool | str]) -> dict[str, Decision]:
    """By the changes in their order: whether each is published, or what is published in its place."""
    found = changes(*contents_of(Proposal.objects.select_related("page").get(pk=proposal.pk)))
    return {
        change.key: Decision(publishes=wish) if isinstance(wish, bool) else Decision(text=wish)
        for change, wish in zip(found, wanted, strict=True)
    }
