"""People in every role, and one of everything that they could do something to."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from factors import operations as factor_operations
from factors.models import Factor, FactorProposal
from mittkoping.accounts.models import Membership, Someone, User
from mittkoping.municipalities.models import Municipality
from tests.conftest import PASSWORD, make_moderator, published, signed_in, tag
from tests.wiki.drafting import keep
from tests.wiki.picturing import DIGEST, PICTURE, stored
from wiki import operations
from wiki.content import Content, Passage
from wiki.models import (
    Appeal,
    Attachment,
    AttachmentUse,
    Comment,
    Draft,
    Edit,
    Experience,
    FactorTag,
    Notification,
    Page,
    PageTemplate,
    Proposal,
    ReviewItem,
    ReviewReason,
    Topic,
    Watch,
)
from wiki.operations import archiving, blocking, catalogue, protecting
from wiki.operations.factor_proposals import propose_factor
from wiki.operations.reasons import add_reason
from wiki.operations.templates import retire_template
from wiki.transfer import templates as page_templates

ROLES = (
    "anonymous",
    "contributor",
    "contributor without municipality",
    "editor",
    "moderator",
    "moderator without second factor",
    "administrator",
    "blocked editor",
)
PROTECTIONS = ("open", "reviewed", "locked", "archived")
# What each of them is made with; a second factor is added to those who are said to have one.
FIELDS: dict[str, dict[str, Any]] = {
    "moderator": {"is_moderator": True},
    "moderator without second factor": {"is_moderator": True},
    "administrator": {"is_superuser": True},
}
MEMBERS = {
    "contributor": Membership.Role.CONTRIBUTOR,
    "editor": Membership.Role.EDITOR,
    "blocked editor": Membership.Role.EDITOR,
}
OTHER_PICTURE = PICTURE.replace(DIGEST, DIGEST[::-1])
KEYS = [f"00000000-0000-4000-8000-00000000000{number}" for number in range(3)]
WORDS = Passage(exact="Första", version=1)
FIRST = Content(
    title="Skolan",
    body="Första stycket.\n\nAndra stycket.",
    tags=(tag(KEYS[0], passage=WORDS), tag(KEYS[1], passage=WORDS, municipality="9901"), tag(KEYS[2])),
)


@dataclass
class World:
    """One of everything. `own_…` belongs to the one who tries, or to Cia when nobody has signed in."""

    someone: Someone
    mia: User
    eva: User
    dan: User
    blocked: User
    page: Page
    edit: Edit
    proposal: Proposal
    hidden_proposal: Proposal
    own_proposal: Proposal
    comment: Comment
    hidden_comment: Comment
    own_comment: Comment
    waiting: Membership
    confirmed: Membership
    appeal: Appeal
    reason: ReviewReason
    item: ReviewItem
    watch: Watch
    notification: Notification
    draft: Draft
    own_draft: Draft
    owner: User
    tag: FactorTag
    tag_of_mittkoping: FactorTag
    answer: Experience
    hidden_answer: Experience
    factor: Factor
    merged_factor: Factor
    retired_factor: Factor
    factor_proposal: FactorProposal
    own_factor_proposal: FactorProposal
    file: Attachment
    own_file: Attachment
    page_template: PageTemplate
    retired_template: PageTemplate

    @property
    def nothing(self) -> None:
        """The page that a new page is written in place of."""

    @property
    def topic(self) -> Topic:
        """Eva's."""
        return self.comment.topic

    @property
    def place(self) -> Municipality:
        """Of those who write here."""
        return self.confirmed.municipality

    def client(self) -> Client:
        """The browser of the one who tries."""
        return signed_in(self.someone) if isinstance(self.someone, User) else Client()

    def now(self) -> Someone:
        """The one who tries, as the database knows them now."""
        return User.objects.get(pk=self.someone.pk) if self.someone.pk else AnonymousUser()


def make_user(name: str, role: str, place: Municipality) -> User:
    """Somebody in a role, who is not new here. Blocked ones are blocked when they have written something."""
    email = f"{name.split()[0].lower()}@mittkoping.example"
    long_ago = timezone.now() - timedelta(days=365)
    user = User.objects.create_user(email, PASSWORD, name=name, joined_at=long_ago, **FIELDS.get(role, {}))
    if role in MEMBERS:
        Membership.objects.create(user=user, municipality=place, role=MEMBERS[role])
    if role in {"moderator", "administrator"}:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return user


def build(role: str, protection: str, place: Municipality) -> World:
    """A page in that state, and somebody in that role."""
    mia = make_moderator("mia@skl.example", "Mia Ek")
    eva, cia, dan, bob = (
        make_user(name, kind, place)
        for name, kind in (
            ("Eva Berg", "editor"),
            ("Cia Holm", "contributor"),
            ("Dan Ros", "contributor"),
            ("Bob Lo", "editor"),
        )
    )
    owner = cia if role == "anonymous" else make_user("Kim Alm", role, place)
    page = published(operations.create(FIRST, by=mia)).page
    comment = operations.start_topic(page, "En fråga", "Hur går det?", by=eva)
    hidden_comment = operations.reply(comment.topic, "Något annat.", by=eva)
    operations.hide_comment(hidden_comment, reason="Namn", by=mia)
    own_comment = operations.reply(comment.topic, "Bra!", by=owner)
    own, other, hidden = (
        operations.propose(page, replace(FIRST, body=f"{FIRST.body}\n\n{words}"), base=1, by=by)
        for words, by in (("Mitt.", owner), ("Dans.", dan), ("Dans andra.", dan))
    )
    operations.hide_proposal(hidden, reason="Namn", by=mia)
    edit = published(operations.edit(page, replace(FIRST, lead="Om skolan."), base=1, by=eva))
    assert cia.membership
    assert eva.membership
    Membership.objects.filter(pk=cia.membership.pk).update(asked_at=timezone.now())
    blocking.block(bob, reason="Reklam", by=mia)
    bob.refresh_from_db()
    world = World(
        someone=AnonymousUser() if role == "anonymous" else owner,
        mia=mia,
        eva=eva,
        dan=dan,
        blocked=bob,
        page=page,
        edit=page.edits.get(number=1),
        proposal=other,
        hidden_proposal=hidden,
        own_proposal=own,
        comment=comment,
        hidden_comment=hidden_comment,
        own_comment=own_comment,
        waiting=Membership.objects.get(pk=cia.membership.pk),
        confirmed=eva.membership,
        appeal=blocking.appeal("Det är fel.", by=bob),
        reason=add_reason("Källan saknas.", by=mia),
        item=ReviewItem.objects.get(page=page, kind=ReviewItem.Kind.EDITS),
        watch=Watch.objects.get(user=owner, page=page),
        notification=Notification.objects.create(
            user=owner, kind=Notification.Kind.EDIT, about="", page=page, edit=edit
        ),
        draft=keep(page, by=dan, body="Dans utkast."),
        own_draft=keep(page, by=owner, body="Eget utkast."),
        owner=owner,
        **_answered(page, eva, mia),
        **_catalogued(owner, dan, mia),
        **_filed(page, owner, dan),
        **_shaped(mia),
    )
    _protect(world, protection)
    if role == "blocked editor":
        blocking.block(owner, reason="Reklam", by=mia)
        owner.refresh_from_db()
    return world


def _answered(page: Page, eva: User, mia: User) -> dict[str, Any]:
    """Mittköping has answered two tags of nobody's; one of the answers is hidden. A third tag is its own."""
    first, own, last = (FactorTag.objects.select_related("page").get(page=page, key=key) for key in KEYS)
    shown, hidden = (
        operations.answer_passage(one, applies=True, line="Här med.", by=eva) for one in (first, last)
    )
    operations.hide_answer(hidden, reason="Namn", by=mia)
    hidden.refresh_from_db()
    return {"tag": first, "tag_of_mittkoping": own, "answer": shown, "hidden_answer": hidden}


def _catalogued(owner: User, dan: User, mia: User) -> dict[str, Any]:
    """A factor with two versions and two proposals for it, one that is merged, and one out of use."""
    factor, merged, retired, into = (
        Factor.objects.get(slug=slug)
        for slug in ("gemensam-malbild", "mod-att-prova", "kommunikation", "tillit")
    )
    catalogue.edit_factor(factor, replace(factor.content, definition="En annan."), base=1, by=mia)
    catalogue.merge_factors(merged, into, reason="Samma sak", by=mia)
    factor_operations.retire(retired, reason="Sägs inte", by=mia)
    for one in (factor, merged, retired):
        one.refresh_from_db()
    other, own = (
        propose_factor(factor, replace(factor.content, definition=words), base=2, by=dan)
        for words in ("Dans.", "Egen.")
    )
    # Moderators write at once: what they have proposed is from before they became that.
    FactorProposal.objects.filter(pk=own.pk).update(author=owner)
    own.refresh_from_db()
    return {
        "factor": factor,
        "merged_factor": merged,
        "retired_factor": retired,
        "factor_proposal": other,
        "own_factor_proposal": own,
    }


def _filed(page: Page, owner: User, dan: User) -> dict[str, Any]:
    """A file of Dan's that the page shows, and one that nobody shows."""
    shown = stored(PICTURE, by=dan)
    AttachmentUse.objects.create(content=shown, edit=page.edits.get(number=1))
    return {"file": shown.attachment, "own_file": stored(OTHER_PICTURE, by=owner).attachment}


def _shaped(mia: User) -> dict[str, Any]:
    """A template that is offered, and one that is not any more."""
    page_templates.load()
    offered, retired = PageTemplate.objects.all()[:2]
    retire_template(retired, by=mia)
    retired.refresh_from_db()
    return {"page_template": offered, "retired_template": retired}


def _protect(world: World, protection: str) -> None:
    if protection == "archived":
        archiving.archive(world.page, reason="Dubblett", by=world.mia)
    elif protection != "open":
        protecting.protect(world.page, Page.Protection(protection), reason="Krig", by=world.mia)
    world.page = Page.objects.get(pk=world.page.pk)
    for thing in (world.comment, world.hidden_comment, world.own_comment):
        thing.topic.page = world.page
    for proposal in (world.proposal, world.hidden_proposal, world.own_proposal):
        proposal.refresh_from_db()
        proposal.page = world.page
    for about in (world.tag, world.tag_of_mittkoping, world.answer, world.hidden_answer):
        about.page = world.page
    world.hidden_comment.refresh_from_db()
