"""Every change of a page: one function each, verb first; the actor is `by=`."""

from wiki.operations.archiving import archive, restore
from wiki.operations.attachments import BadFile, delete_file, describe, upload
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
from wiki.operations.drafts import (
    DraftRefused,
    FormSent,
    Kept,
    delete_draft,
    restore_draft,
    save_draft,
)
from wiki.operations.errors import (
    AlreadyDecided,
    AlreadyProposed,
    AlreadySaved,
    BaseHidden,
    ClaimLost,
    DuplicateTitle,
    EditConflict,
    MissingAlt,
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
from wiki.operations.experiences import (
    AnswerHidden,
    answer_passage,
    hide_answer,
    show_answer,
    take_back_answer,
)
from wiki.operations.exporting import AlreadyExporting, start_export
from wiki.operations.limits import TooMany
from wiki.operations.naming import rename
from wiki.operations.pages import create, edit, revert
from wiki.operations.presence import end_presence, keep_presence
from wiki.operations.proposals import bring_up_to_date, propose, revise, withdraw
from wiki.operations.replacing import Replaced, replace
from wiki.operations.reviewing import accept, ask_for_changes, hide_proposal, reject, show_proposal
from wiki.operations.reviewing_edits import mark_reviewed, restore_reviewed
from wiki.operations.sending import Sending, Typed, finish_form
from wiki.operations.tagging import NoSuchTag, change_tag, tag_passage, untag
from wiki.operations.word import BadWord, Imported, read_word

__all__ = [
    "AlreadyDecided",
    "AlreadyExporting",
    "AlreadyProposed",
    "AlreadySaved",
    "AlreadySent",
    "AnswerHidden",
    "BadFile",
    "BadWord",
    "BaseHidden",
    "ClaimLost",
    "DraftRefused",
    "DuplicateTitle",
    "EditConflict",
    "FormSent",
    "Imported",
    "Kept",
    "MissingAlt",
    "NoSuchTag",
    "NothingChanged",
    "NothingChosen",
    "NothingToReview",
    "PageChanged",
    "ProposalChanged",
    "ProposalClaimed",
    "ReasonMissing",
    "Refusal",
    "Replaced",
    "Sending",
    "TooMany",
    "Typed",
    "Unfit",
    "UnknownBase",
    "accept",
    "answer_passage",
    "archive",
    "ask_for_changes",
    "bring_up_to_date",
    "change_tag",
    "create",
    "delete_draft",
    "delete_file",
    "describe",
    "edit",
    "edit_comment",
    "end_presence",
    "finish_form",
    "hide_answer",
    "hide_comment",
    "hide_proposal",
    "keep_claim",
    "keep_presence",
    "mark_reviewed",
    "propose",
    "read_word",
    "reject",
    "release_claim",
    "rename",
    "reopen",
    "replace",
    "reply",
    "resolve",
    "restore",
    "restore_draft",
    "restore_reviewed",
    "revert",
    "revise",
    "save_draft",
    "show_answer",
    "show_comment",
    "show_proposal",
    "start_export",
    "start_topic",
    "tag_passage",
    "take_back_answer",
    "take_claim",
    "take_over_claim",
    "untag",
    "upload",
    "withdraw",
]
