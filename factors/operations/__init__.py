"""Every change of a factor: one function each, verb first; the actor is `by=`."""

from factors.operations.editing import check_name, content_at, create, edit, revert
from factors.operations.errors import (
    DuplicateName,
    FactorConflict,
    FactorRefusal,
    FactorUnchanged,
    UnknownFactorBase,
    Unmergeable,
)
from factors.operations.merging import check_merge, merge, unmerge
from factors.operations.publishing import publish, require, why_not
from factors.operations.retiring import retire, revive

__all__ = [
    "DuplicateName",
    "FactorConflict",
    "FactorRefusal",
    "FactorUnchanged",
    "UnknownFactorBase",
    "Unmergeable",
    "check_merge",
    "check_name",
    "content_at",
    "create",
    "edit",
    "merge",
    "publish",
    "require",
    "retire",
    "revert",
    "revive",
    "unmerge",
    "why_not",
]
