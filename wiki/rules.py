"""Who may do what. Obeyed by the operations and asked by the templates, so that button and deed agree.

What may be read is decided by the querysets' `visible_to`.
"""

from mittkoping.accounts.models import Membership, Someone, User
from mittkoping.municipalities.models import Municipality
from wiki.models import Attachment, Comment, Edit, Experience, FactorTag, Page, Proposal, Topic


def may_write(user: Someone, page: Page | None) -> bool:
    """Open the form and see a preview: signed in, not blocked, and the page, if there is one, not locked."""
    if not user.is_authenticated or user.is_blocked:
        return False
    return page is None or (not page.is_archived and (page.level != Page.Protection.LOCKED or user.moderates))


def may_publish(user: Someone, page: Page | None) -> bool:
    """Save at once: editors on an open page or a new one (page is None), moderators on every page."""
    if not user.is_authenticated or not may_write(user, page):
        return False
    return user.moderates or (user.edits and (page is None or page.level == Page.Protection.OPEN))


def may_propose(user: Someone, page: Page | None) -> bool:
    """Save for review: those who may write but not publish."""
    return may_write(user, page) and not may_publish(user, page)


def may_rename(user: Someone, page: Page) -> bool:
    """Give a page another name: those whose edits of it are published at once."""
    return may_publish(user, page)


def may_archive(user: Someone, page: Page) -> bool:
    """Moderators put pages away."""
    return may_moderate(user) and not page.is_archived


def may_see_archive(user: Someone) -> bool:
    """Moderators see what has been put away."""
    return may_moderate(user)


def may_restore(user: Someone, page: Page) -> bool:
    """Moderators bring archived pages back."""
    return may_moderate(user) and page.is_archived


def may_protect(user: Someone, page: Page) -> bool:
    """Moderators say who may publish on a page."""
    return may_moderate(user) and not page.is_archived


def may_moderate(user: Someone) -> bool:
    """See the queue, and keep order."""
    return user.is_authenticated and user.moderates


def may_edit_templates(user: Someone) -> bool:
    """Moderators look after what a new page can begin with."""
    return may_moderate(user)


def may_review(user: Someone, proposal: Proposal) -> bool:
    """Moderators decide on pending proposals for pages that are there, never on their own."""
    if not user.is_authenticated or not user.moderates or user.pk == proposal.author_id:
        return False
    return (
        proposal.is_pending and not proposal.is_hidden and not (proposal.page and proposal.page.is_archived)
    )


def may_review_edits(user: Someone, page: Page) -> bool:
    """Moderators look at the unreviewed edits of a page, unless some are their own. One query."""
    if not may_moderate(user) or page.is_archived:
        return False
    return not Edit.objects.filter(page=page, author_id=user.pk).unreviewed().exists()


def may_revise(user: Someone, proposal: Proposal) -> bool:
    """Authors change their own proposals until these are decided."""
    is_own = user.is_authenticated and user.pk == proposal.author_id and not user.is_blocked
    return is_own and proposal.is_unfinished and not proposal.is_hidden


def may_withdraw(user: Someone, proposal: Proposal) -> bool:
    """Authors take back their own proposals until these are decided."""
    return user.is_authenticated and user.pk == proposal.author_id and proposal.is_unfinished


def may_hide_proposal(user: Someone, proposal: Proposal) -> bool:
    """Moderators hide proposals, of whatever status."""
    return may_moderate(user) and not proposal.is_hidden


def may_show_proposal(user: Someone, proposal: Proposal) -> bool:
    """Moderators show hidden proposals again."""
    return may_moderate(user) and proposal.is_hidden


def may_purge(user: Someone, edit: Edit) -> bool:
    """Moderators hide versions that hold personal data."""
    return may_moderate(user) and not edit.is_hidden


def may_confirm(user: Someone, membership: Membership) -> bool:
    """Moderators confirm contributors as editors, never themselves."""
    is_open = membership.ended_at is None and not membership.is_confirmed
    return user.is_authenticated and user.moderates and membership.user_id != user.pk and is_open


def may_unconfirm(user: Someone, membership: Membership) -> bool:
    """Moderators take a confirmation back."""
    is_open = membership.ended_at is None and membership.is_confirmed
    return user.is_authenticated and user.moderates and membership.user_id != user.pk and is_open


def may_block(user: Someone, other: User) -> bool:
    """Moderators block accounts, and unblock them, but neither moderators, nor themselves."""
    return may_moderate(user) and not other.is_appointed


def may_roll_back(user: Someone, other: User) -> bool:
    """Moderators roll back what an account has done."""
    return may_moderate(user)


def may_discuss(user: Someone, page: Page) -> bool:
    """Everybody who has signed in and is not blocked talks about pages that are there, locked ones too."""
    return user.is_authenticated and not user.is_blocked and not page.is_archived


def may_resolve(user: Someone, topic: Topic) -> bool:
    """Who started a topic, editors and moderators say that it needs no more answers, and take that back."""
    if not user.is_authenticated or not may_discuss(user, topic.page):
        return False
    return user.pk == topic.author_id or user.edits


def may_edit_comment(user: Someone, comment: Comment) -> bool:
    """Authors change their own comments while these are fresh and not hidden."""
    is_own = user.is_authenticated and user.pk == comment.author_id
    return is_own and comment.is_fresh and not comment.is_hidden and may_discuss(user, comment.topic.page)


def may_hide_comment(user: Someone, comment: Comment) -> bool:
    """Moderators hide comments, and show hidden ones again."""
    return may_moderate(user)


def may_upload(user: Someone) -> bool:
    """Everybody who has signed in and is not blocked uploads files; they are seen once a page shows them."""
    return may_write(user, None)


def may_describe_file(user: Someone, attachment: Attachment) -> bool:
    """Say what a file is called, who made it and how it may be used: who uploaded it, and editors."""
    if not user.is_authenticated or user.is_blocked or attachment.is_deleted:
        return False
    return user.edits or user.pk == attachment.uploaded_by_id


def may_replace_file(user: Someone, attachment: Attachment) -> bool:
    """Put another file in its place: editors, and who uploaded it; its pages have their own rules."""
    return may_describe_file(user, attachment)


def may_delete_file(user: Someone, attachment: Attachment) -> bool:
    """Moderators delete files."""
    return may_moderate(user) and not attachment.is_deleted


def may_export(user: Someone, municipality: Municipality) -> bool:
    """Confirmed members, and moderators, have what a municipality has written put into a file. One query."""
    if not user.is_authenticated or user.is_blocked:
        return False
    return user.moderates or _is_confirmed_at(user, municipality.pk)


def may_answer(user: Someone, tag: FactorTag) -> bool:
    """Confirmed members say whether a passage is so with them too, unless it is their own. One query."""
    if not user.is_authenticated or user.is_blocked or tag.page.is_archived:
        return False
    member = user.membership
    return member is not None and member.is_confirmed and member.municipality_id != tag.counted_for_id


def may_hide_experience(user: Someone, experience: Experience) -> bool:
    """Moderators hide answers, and show hidden ones again, never their own."""
    return may_moderate(user) and user.pk != experience.user_id


def _is_confirmed_at(user: User, municipality: str) -> bool:
    member = user.membership
    return member is not None and member.is_confirmed and member.municipality_id == municipality
