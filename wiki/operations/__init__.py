"""Every change of a page: one function each, verb first; the actor is `by=`."""

from wiki.operations.archiving import archive, restore
from wiki.operations.claims import keep_claim, release_claim, take_claim, take_over_claim
from wiki.operations.discussing import (
    AlreadySent,
    edit_comment,
    hide_comment,
    reopen,
    reply,
    resolve,
    show_comment,
    start_topic,
)
from wiki.operations.errors import (
    AlreadyDecided,
    AlreadyProposed,
    AlreadySaved,
    BaseHidden,
    ClaimLost,
    DuplicateTitle,
    EditConflict,
    NothingChanged,
    NothingChosen,
    NothingToReview,
    PageChanged,
    ProposalChanged,
    ProposalClaimed,
    ReasonMissing,
    Refusal,
    Unfit,
    UnknownBase,
)
from wiki.operations.limits import TooMany
from wiki.operations.naming import rename
from wiki.operations.pages import create, edit, revert
from wiki.operations.proposals import bring_up_to_date, propose, revise, withdraw
from wiki.operations.reviewing import accept, ask_for_changes, hide_proposal, reject, show_proposal
from wiki.operations.reviewing_edits import mark_reviewed, restore_reviewed

__all__ = [
    "AlreadyDecided",
    "AlreadyProposed",
    "AlreadySaved",
    "AlreadySent",
    "BaseHidden",
    "ClaimLost",
    "DuplicateTitle",
    "EditConflict",
    "NothingChanged",
    "NothingChosen",
    "NothingToReview",
    "PageChanged",
    "ProposalChanged",
    "ProposalClaimed",
    "ReasonMissing",
    "Refusal",
    "TooMany",
    "Unfit",
    "UnknownBase",
    "accept",
    "archive",
    "ask_for_changes",
    "bring_up_to_date",
    "create",
    "edit",
    "edit_comment",
    "hide_comment",
    "hide_proposal",
    "keep_claim",
    "mark_reviewed",
    "propose",
    "reject",
    "release_claim",
    "rename",
    "reopen",
    "reply",
    "resolve",
    "restore",
    "restore_reviewed",
    "revert",
    "revise",
    "show_comment",
    "show_proposal",
    "start_topic",
    "take_claim",
    "take_over_claim",
    "withdraw",
]
