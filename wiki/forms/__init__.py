"""Forms: the shape of what is sent; the operations ask the rules."""

from wiki.forms.edit import EditForm
from wiki.forms.naming import ArchiveForm, RenameForm, RevertForm
from wiki.forms.tag_rows import Round
from wiki.forms.tags import TagFormSet

__all__ = ["ArchiveForm", "EditForm", "RenameForm", "RevertForm", "Round", "TagFormSet"]
