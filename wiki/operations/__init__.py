"""Every change of a page: one function each, verb first; the actor is `by=`."""

from wiki.operations.archiving import archive, restore
from wiki.operations.errors import (
    AlreadySaved,
    DuplicateTitle,
    EditConflict,
    NothingChanged,
    Refusal,
    UnknownBase,
)
from wiki.operations.naming import rename
from wiki.operations.pages import create, edit, revert

__all__ = [
    "AlreadySaved",
    "DuplicateTitle",
    "EditConflict",
    "NothingChanged",
    "Refusal",
    "UnknownBase",
    "archive",
    "create",
    "edit",
    "rename",
    "restore",
    "revert",
]
