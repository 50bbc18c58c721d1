"""The tables of the wiki."""

from wiki.models.edit import Edit
from wiki.models.former_name import FormerName
from wiki.models.link import PageLink
from wiki.models.page import Page
from wiki.models.tag import FactorTag

__all__ = ["Edit", "FactorTag", "FormerName", "Page", "PageLink"]
