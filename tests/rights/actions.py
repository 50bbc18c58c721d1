"""Everything that can be done by POST, and the rule that decides who may."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from mittkoping.accounts import rules as account_rules
from tests.conftest import form_of
from tests.rights.action import (
    Action,
    Asks,
    Fields,
    alone,
    everybody,
    is_blocked,
    nobody,
    signed_in,
    with_comment,
    with_page,
    with_proposal,
)
from tests.rights.cataloguing import CATALOGUE_SAVES, CATALOGUING
from tests.rights.filing import FILING
from tests.rights.tagging import TAGGING, TAGGING_SAVES
from tests.rights.templating import TEMPLATING
from tests.rights.world import World
from wiki import rules
from wiki.models import Page
from wiki.notices.unsubscribing import DIGEST, token
from wiki.views.review_screens import subject_of


def _base(world: World) -> Fields:
    return {"base": world.page.number}


def _edited(world: World) -> Fields:
    return form_of(world.page, body="Ny text.")


def _numbered(world: World) -> Fields:
    return {"slug": world.page.slug, "number": 1}


def _looked_at(world: World) -> Fields:
    return {"revision": world.proposal.revision, "number": world.page.number, "reason": "Nej."}


def _accepted(world: World) -> Fields:
    keys = [shown.key for shown in subject_of(world.proposal).shown.shown]
    return {**_looked_at(world), "resten": "on", **{f"andring-{key}": "on" for key in keys}}


def _reviewed(world: World) -> Fields:
    return {"number": world.page.number, "reason": "Klotter."}


def _revised(world: World) -> Fields:
    own = world.own_proposal
    return {"title": own.title, "body": "Annat.", "base": own.base, "revision": own.revision}


def _revision(world: World) -> Fields:
    return {"revision": world.own_proposal.revision}


def _reason(world: World) -> Fields:
    return {"reason": "Personuppgifter."}


def _purged(world: World) -> Fields:
    return {"versions": ["1"], "instead": "", **_base(world), **_reason(world)}


def _topic(world: World) -> Fields:
    return {"slug": world.page.slug, "topic": world.comment.topic_id}


def _account(name: str) -> Callable[[World], Fields]:
    return lambda world: {"number": getattr(world, name).pk}


def _rolled_back(world: World) -> Fields:
    return {"pages": [f"{world.page.pk}:{world.page.number}"], "proposals": "keep", **_reason(world)}


def _profile(world: World) -> Fields:
    return {"name": "Ett annat namn", "job_title": "Rektor", "municipality": "Mittköping"}


REVISING: Asks = {rules.may_revise: "own_proposal", rules.may_write: "page"}
ITEM: dict[str, Any] = {"values": lambda world: {"item_id": world.item.pk}}
DAY = f"{timezone.now():%Y}-01-01T00:00"

SAVES = (
    alone("new", rules.may_write, "nothing", fields=lambda world: {"title": "Ny sida", "body": "Text."}),
    with_page("edit", rules.may_write, fields=_edited),
    # The form that a Word document has filled in is sent to the same address as the document.
    alone("word_new", rules.may_write, "nothing", fields=lambda world: {"title": "Ny sida", "body": "Text."}),
    with_page("word", rules.may_write, fields=_edited),
    with_page("revert", rules.may_write, fields=_base, values=_numbered),
    *TAGGING_SAVES,
)
ACTIONS = (
    *SAVES,
    *CATALOGUE_SAVES,
    *TAGGING,
    *CATALOGUING,
    *FILING,
    *TEMPLATING,
    with_page("rename", rules.may_rename, fields=lambda world: {"title": "Grundskolan", **_base(world)}),
    with_page("archive", rules.may_archive, "archive", fields=_reason),
    with_page("archive", rules.may_restore, "restore"),
    with_page("protect", rules.may_protect, fields=lambda world: {"level": _other(world), **_reason(world)}),
    Action("wiki:purge", {rules.may_purge: "edit"}, fields=_purged, values=_numbered),
    with_page("presence", rules.may_write, fields=lambda world: {"tab": "fonster"}),
    with_page("presence", signed_in, fields=lambda world: {"tab": "fonster", "leave": "1"}),
    with_page("watch_page", signed_in),
    with_page("watch_page", signed_in, "unwatch"),
    # Review.
    with_page("decide_edits", rules.may_review_edits, "reviewed", fields=_reviewed),
    with_page("decide_edits", rules.may_review_edits, "restore", fields=_reviewed),
    with_proposal("decide", {rules.may_review: "proposal"}, "proposal", do="accept", fields=_accepted),
    with_proposal("decide", {rules.may_review: "proposal"}, "proposal", do="ask", fields=_looked_at),
    with_proposal("decide", {rules.may_review: "proposal"}, "proposal", do="reject", fields=_looked_at),
    with_proposal(
        "decide", {rules.may_review: "own_proposal"}, "own_proposal", do="reject", fields=_looked_at
    ),
    with_proposal("proposal_hide", {rules.may_hide_proposal: "proposal"}, "proposal", fields=_reason),
    with_proposal(
        "proposal_hide", {rules.may_show_proposal: "hidden_proposal"}, "hidden_proposal", do="show"
    ),
    with_proposal("proposal_edit", REVISING, "own_proposal", fields=_revised),
    with_proposal("proposal_edit", {rules.may_revise: "proposal"}, "proposal", fields=_revised),
    with_proposal("proposal_withdraw", {rules.may_withdraw: "own_proposal"}, "own_proposal"),
    with_proposal("proposal_withdraw", {rules.may_withdraw: "proposal"}, "proposal"),
    with_proposal("proposal_update", REVISING, "own_proposal", fields=_revision),
    # Drafts: nobody is stopped from keeping what they type, and nobody else has anything to do with it.
    alone("new", signed_in, do="draft", fields=lambda world: {"title": "Ny sida", "body": "Text."}),
    with_page("edit", signed_in, "draft", fields=_edited),
    with_proposal("proposal_edit", {signed_in: ""}, "own_proposal", do="draft", fields=_revised),
    with_proposal("proposal_edit", {rules.may_revise: "proposal"}, "proposal", do="draft", fields=_revised),
    alone("draft", signed_in, do="delete", values=_account("own_draft")),
    alone("draft", signed_in, do="undo", values=_account("own_draft")),
    alone("draft", nobody, do="delete", values=_account("draft")),
    # Talk.
    with_page("discussion", rules.may_discuss, fields=lambda world: {"title": "Ett ämne", "comment": "Hej!"}),
    with_page("topic", rules.may_discuss, fields=lambda world: {"comment": "Jo."}, values=_topic),
    Action("wiki:topic", {rules.may_resolve: "topic"}, do="resolve", values=_topic),
    Action("wiki:topic", {rules.may_resolve: "topic"}, do="reopen", values=_topic),
    with_comment(
        "comment_edit", rules.may_edit_comment, "own_comment", fields=lambda world: {"comment": "Nja."}
    ),
    with_comment("comment_edit", rules.may_edit_comment, "comment", fields=lambda world: {"comment": "Nja."}),
    with_comment("comment_hide", rules.may_hide_comment, "comment", fields=_reason),
    with_comment("comment_hide", rules.may_hide_comment, "hidden_comment", "show", fields=_reason),
    # The queue and its reasons.
    *(alone("claim", rules.may_moderate, do=do, **ITEM) for do in ("take", "keep", "take_over", "release")),
    alone("review_reasons", rules.may_moderate, fields=lambda world: {"text": "För kort."}),
    alone(
        "review_reasons", rules.may_moderate, do="remove", fields=lambda world: {"reason": world.reason.pk}
    ),
    # Accounts.
    alone("member", rules.may_confirm, "waiting", "confirm", values=_account("waiting")),
    alone("member", rules.may_confirm, "waiting", "decline", values=_account("waiting"), fields=_reason),
    alone(
        "member", rules.may_unconfirm, "confirmed", "unconfirm", values=_account("confirmed"), fields=_reason
    ),
    alone("block", rules.may_block, "dan", "block", values=_account("dan"), fields=_reason),
    alone("block", rules.may_block, "mia", "block", values=_account("mia"), fields=_reason),
    alone("block", rules.may_block, "blocked", "unblock", values=_account("blocked"), fields=_reason),
    alone(
        "roll_back",
        rules.may_roll_back,
        "eva",
        values=_account("eva"),
        fields=_rolled_back,
        query=f"?sedan={DAY}",
    ),
    alone("appeal", is_blocked, fields=lambda world: {"comment": "Det är fel."}),
    *(
        alone(
            "appeals",
            rules.may_block,
            "blocked",
            do,
            fields=lambda world: {"appeal": world.appeal.pk, **_reason(world)},
        )
        for do in ("grant", "keep")
    ),
    alone("municipality_export", rules.may_export, "place", values=lambda world: {"slug": "mittkoping"}),
    # One's own.
    alone("account", account_rules.may_change_profile, "owner", fields=_profile),
    alone("watch_factor", signed_in, values=lambda world: {"slug": "gemensam-malbild"}),
    alone("watch_municipality", signed_in, values=lambda world: {"slug": "mittkoping"}),
    alone("watch_track", signed_in, values=lambda world: {"track": "skola"}),
    alone("watches", signed_in, fields=lambda world: {"bevakning": world.watch.pk}),
    alone("notifications", signed_in),
    alone("notification", signed_in, values=_account("notification")),
    alone("notifications_seen", signed_in, fields=lambda world: {"om": f"page-{world.page.pk}"}),
    alone("notification_settings", signed_in, fields=lambda world: {"mail": "daily", "kinds": ["edit"]}),
    alone("unsubscribe", everybody, values=lambda world: {"signed": token(world.owner, DIGEST)}),
    alone("preview", signed_in, fields=lambda world: {"body": "Hej!"}, does=False),
)
# Rules that decide what a save becomes, and what may be read, not whether a form may be sent.
SAVE_RULES = {rules.may_publish, rules.may_propose}
READ_RULES = {rules.may_see_archive: "/sidor/?arkiv=1"}


def _other(world: World) -> str:
    """A protection that the page does not have."""
    return "reviewed" if world.page.level == Page.Protection.LOCKED else "locked"
