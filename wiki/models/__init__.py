"""The tables of the wiki."""

from wiki.models.appeal import Appeal
from wiki.models.attachment import Attachment, AttachmentContent, AttachmentUse
from wiki.models.comment import Comment, Topic
from wiki.models.draft import Draft, SentForm
from wiki.models.edit import Edit, HiddenVersion
from wiki.models.experience import Experience
from wiki.models.export import MunicipalityExport
from wiki.models.former_name import FormerName
from wiki.models.link import PageLink
from wiki.models.notification import Notification, NotificationSettings
from wiki.models.page import Page
from wiki.models.presence import Presence
from wiki.models.proposal import Proposal, ProposalText
from wiki.models.review import Claim, ReviewItem, ReviewReason
from wiki.models.tag import FactorTag
from wiki.models.template import PageTemplate, PageTemplateText
from wiki.models.watch import Watch

__all__ = [
    "Appeal",
    "Attachment",
    "AttachmentContent",
    "AttachmentUse",
    "Claim",
    "Comment",
    "Draft",
    "Edit",
    "Experience",
    "FactorTag",
    "FormerName",
    "HiddenVersion",
    "MunicipalityExport",
    "Notification",
    "NotificationSettings",
    "Page",
    "PageLink",
    "PageTemplate",
    "PageTemplateText",
    "Presence",
    "Proposal",
    "ProposalText",
    "ReviewItem",
    "ReviewReason",
    "SentForm",
    "Topic",
    "Watch",
]
