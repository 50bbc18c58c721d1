"""Who may do what. Obeyed by the operations and asked by the templates, so that button and deed agree.

In this release every page is open; reviewed and locked pages come with the review.
"""

from mittkoping.accounts.models import Someone
from wiki.models import Page


def may_publish(user: Someone, page: Page | None) -> bool:
    """Editors and moderators publish at once; page is None for a new one. Nobody edits an archived page."""
    return user.is_authenticated and user.edits and not (page and page.is_archived)


def may_write(user: Someone, page: Page | None) -> bool:
    """Everybody who is signed in may open the form and see a preview."""
    return user.is_authenticated and not (page and page.is_archived)


def may_rename(user: Someone, page: Page) -> bool:
    """Editors may give a page another name."""
    return may_publish(user, page)


def may_archive(user: Someone, page: Page) -> bool:
    """Moderators put pages away."""
    return user.is_authenticated and user.moderates and not page.is_archived


def may_see_archive(user: Someone) -> bool:
    """Moderators see what has been put away."""
    return user.is_authenticated and user.moderates


def may_restore(user: Someone, page: Page) -> bool:
    """Moderators bring archived pages back."""
    return user.is_authenticated and user.moderates and page.is_archived
