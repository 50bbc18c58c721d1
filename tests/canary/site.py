"""One site with words that must not fly out, in every kind of text that somebody may not read."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from factors.models import FactorProposal
from mittkoping.accounts.models import Membership, User
from tests.addresses import Ways
from tests.canary.filing import paths
from tests.canary.words import BIRD, TAGGED, key_of, words_in
from tests.conftest import signed_in
from wiki.models import (
    Attachment,
    Comment,
    Draft,
    Experience,
    Notification,
    Page,
    Proposal,
    ReviewItem,
    Topic,
)
from wiki.notices.unsubscribing import DIGEST, token

# Whose tags each page has, or has had.
TAGS = {
    "skolan": ["open"],
    "lekparken": ["accepted"],
    "bortlagd": ["oldaccepted", "archived"],
    "badet": ["purged"],
}
INSIGHTS = (
    "matris",
    "staplar",
    "omnamnda",
    "samvariation",
    "hinder-och-mojliggorare",
    "liknande-kommuner",
    "over-tid",
    "karta",
    "vita-flackar",
)
# Who walks. Cia, Bo and Dan are written about.
WALKERS = ("anonymous", "ada", "eva", "rut")


@dataclass
class Site:
    """What there is, by the names that the tests use.

    before   words that somebody saw before they were hidden: proof that hiding them is what took them away
    """

    people: dict[str, User]
    pages: dict[str, Page] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    answers: dict[str, Experience] = field(default_factory=dict)
    factor_proposals: dict[str, FactorProposal] = field(default_factory=dict)
    files: dict[str, Attachment] = field(default_factory=dict)
    before: set[str] = field(default_factory=set)

    @property
    def hidden(self) -> set[str]:
        """Things of which a reader who has not signed in finds nothing."""
        return {"archived", "earlier", "purged", *self.proposals} - {"accepted"}

    def client(self, who: str) -> Client:
        """The browser of one of the people; without anybody in it for "anonymous"."""
        return Client() if who == "anonymous" else signed_in(self.people[who])

    def look(self, *addresses: str, who: str = "anonymous") -> None:
        """Note which words are seen there now."""
        reader = self.client(who)
        for address in addresses:
            self.before |= {word for word, _excerpt in words_in(reader.get(address).text)}

    def names(self) -> dict[str, dict[int, str]]:
        """What the things with numbers are called in the expectations, by the kind of address."""
        return {
            "proposal": {proposal.pk: name for name, proposal in self.proposals.items()},
            "comment": {comment.pk: name for name, comment in self.comments.items()},
            "topic": {comment.topic_id: name for name, comment in self.comments.items() if comment.is_first},
            "draft": {draft.pk: name for name, draft in self.drafts.items()},
            "answer": {answer.pk: name for name, answer in self.answers.items()},
            "factor proposal": {proposal.pk: name for name, proposal in self.factor_proposals.items()},
            "account": {person.pk: name for name, person in self.people.items()},
            "membership": {
                member.pk: f"{self.account(member.user_id)}{'' if member.ended_at is None else '-before'}"
                for member in Membership.objects.order_by("pk")
            },
        }

    def keys(self) -> dict[str, str]:
        """What the tags and the files are called in the expectations, by their keys."""
        tags = {
            key_of(thing, part): f"{thing}-{part}"
            for things in TAGS.values()
            for thing in things
            for part in TAGGED
        }
        return tags | {str(file.key): thing for thing, file in self.files.items()}

    def paths(self) -> dict[str, str]:
        """What the bytes of files are called in the expectations, by their paths."""
        return paths(self.files)

    def account(self, key: int) -> str:
        """Whose account it is."""
        return next(name for name, person in self.people.items() if person.pk == key)

    def ways(self) -> Ways:
        """All that the places of addresses are filled with."""
        pages = list(self.pages.values())
        numbers = {page.slug: range(1, page.number + 1) for page in pages}
        comments = Comment.objects.select_related("topic__page")
        return {
            "nothing": [{}],
            "page": [{"slug": slug} for slug in numbers],
            "version": [{"slug": slug, "number": number} for slug in numbers for number in numbers[slug]],
            "two versions": [
                {"slug": slug, "old": old, "new": new}
                for slug in numbers
                for old in numbers[slug]
                for new in numbers[slug]
                if old < new or slug == "badet"
            ],
            "topic": [
                {"slug": topic.page.slug, "topic": topic.pk} for topic in Topic.objects.select_related("page")
            ],
            "comment": [{"slug": one.topic.page.slug, "comment": one.pk} for one in comments],
            "proposal": [{"primary_key": key} for key in _keys(Proposal)],
            "row of the queue": [{"item_id": key} for key in _keys(ReviewItem)[:1]],
            "draft": [{"number": key} for key in _keys(Draft)],
            "account": [{"number": key} for key in _keys(User)],
            "membership": [{"number": key} for key in _keys(Membership)],
            "notification": [{"number": key} for key in _keys(Notification)[:1]],
            "link in a mail": [{"signed": token(self.people["ada"], what)} for what in self._ended()],
            "tag": [
                {"slug": slug, "key": key_of(thing, part)}
                for slug, things in TAGS.items()
                for thing in things
                for part in TAGGED
            ],
            "answer": [
                {"slug": one.page.slug, "key": one.key, "number": one.pk} for one in self.answers.values()
            ],
            "factor": [{"slug": "gemensam-malbild"}],
            "version of a factor": [{"slug": "gemensam-malbild", "number": 1}],
            "two versions of a factor": [{"slug": "gemensam-malbild", "old": 1, "new": 1}],
            "factor proposal": [{"primary_key": key} for key in _keys(FactorProposal)],
            "insight": [{"name": name} for name in INSIGHTS],
            "export": [{"slug": "mittkoping", "number": 1}],
            "municipality": [{"slug": "mittkoping"}, {"slug": "granneby"}],
            "track": [{"track": "skola"}],
            "page template": [{"slug": "erfarenhet"}],
            "file": [{"key": file.key} for file in self.files.values()],
            "path of a file": [{"path": path} for path in self.paths()],
            "key of an address": [{"key": "okand"}],
            "key of a password": [{"uidb36": "1", "key": "okand-nyckel"}],
            "passkey": [{"pk": 1}],
            "provider": [{"provider_id": "oidc"}],
        }

    def _ended(self) -> list[str]:
        return [DIGEST, *(f"page-{page.pk}" for page in self.pages.values())]

    def queries(self) -> dict[str, tuple[str, ...]]:
        """Query strings that could make an address tell more, by route."""
        hidden = [f"?citera={comment.pk}" for comment in self.comments.values()]
        views = ("?visa=sidan", "?visa=kalltext")
        insight = ("?pahittade=1", "?pahittade=1&kommun=granneby&faktor=gemensam-malbild")
        return {
            "wiki:search": (f"?q={BIRD}", "?q=Zebulon"),
            "wiki:page_list": (
                f"?q={BIRD}",
                "?arkiv=1",
                "?faktor=gemensam-malbild",
                "?kommun=mittkoping",
                "?spar=skola",
            ),
            "wiki:changes": ("?stora=1", "?sida=2"),
            "wiki:attachments": (f"?q={BIRD}", "?visa=bild", "?visa=dokument", "?visa=oanvand"),
            "wiki:link_completion": (f"?q={BIRD}", "?q=Bortlagd", "?q=Badplatsen"),
            "wiki:log": ("?vad=purge", "?om=bortlagd", "?om=skolan", "?om=badplatsen"),
            "wiki:history": ("?sida=2", "?fran=1&till=2"),
            "wiki:topic": tuple(hidden),
            "wiki:proposal": views,
            "wiki:review_edits": views,
            "wiki:review_queue": ("?slag=forslag", "?faktor=gemensam-malbild", "?forfattare=Ada"),
            "wiki:purge": (f"?ord={BIRD}",),
            "wiki:drafts": tuple(f"?borttaget={draft.pk}" for draft in self.drafts.values()),
            "wiki:edit": tuple(f"?utkast={draft.pk}" for draft in self.drafts.values()),
            "wiki:new": ("?mall=erfarenhet", *(f"?utkast={draft.pk}" for draft in self.drafts.values())),
            "wiki:proposal_edit": tuple(f"?utkast={draft.pk}" for draft in self.drafts.values()),
            "wiki:roll_back": ("?sedan=2020-01-01T00:00",),
            "wiki:members": ("?q=Ada", "?roll=vantar"),
            "wiki:factor": ("?riktning=framjar", "?riktning=hammar"),
            "wiki:factor_merge": ("?till=tillit",),
            "wiki:tag_passage": (
                "?version=1&start=0&end=12",
                "?version=2&start=0&end=12",
                "?version=3&start=0&end=12",
            ),
            "wiki:insights": insight,
            "wiki:insight": insight,
            "wiki:insight_csv": insight,
            "wiki:insight_json": insight,
            "wiki:profile": ("?sida=2",),
            "wiki:own_proposals": ("?sida=2",),
        }


def _keys(model: Any) -> list[int]:
    return list(model.objects.order_by("pk").values_list("pk", flat=True))
