"""One decision on the unreviewed edits of a page: they are fine, or the page goes back to how it was."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mittkoping.accounts.http import SignedInRequest
from wiki import operations
from wiki.models import Page, ReviewItem
from wiki.operations.reviewing_edits import NeverReviewed
from wiki.views.judging import Deed, Judging
from wiki.views.review_screens import show_edits


class DecidingEdits(Judging):
    """A form about the unreviewed edits of a page."""

    def __init__(self, request: SignedInRequest, page: Page) -> None:
        edits = ReviewItem.objects.filter(page=page, kind=ReviewItem.Kind.EDITS)
        super().__init__(request, edits.first())
        self.page = page

    def answer(self) -> HttpResponse:
        """Decide, if there is still something to review. Raises PermissionDenied."""
        if self.page.is_archived:
            raise PermissionDenied(_("Sidan är arkiverad. Dess ändringar granskas när den är tillbaka."))
        return self.judge()

    def deeds(self) -> dict[str, Deed]:
        """Any other value shows the screen."""
        return {"reviewed": self._mark, "restore": self._restore}

    def attempt(self, deed: Deed) -> HttpResponse:
        """Do the deed, unless what was typed is wrong or something has changed."""
        try:
            return deed() if self.is_valid else self.show(has_errors=True)
        except operations.PageChanged as refusal:
            self.page.refresh_from_db()
            return self.show(status=409, notice=str(refusal))
        except NeverReviewed as refusal:
            return self.refuse(None, str(refusal))
        except operations.NothingToReview:
            return self.too_late()
        except operations.ReasonMissing:
            return self.refuse("reason", _("Skriv varför sidan återställs. Alla kan läsa skälet."))

    def show(self, *, has_errors: bool = False, **more: Any) -> HttpResponse:
        """The screen of the page's unreviewed edits."""
        if not has_errors:
            self.form.hush()
        return show_edits(self.request, self.page, form=self.form, has_errors=has_errors, **more)

    def too_late(self) -> HttpResponse:
        """Somebody has reviewed them meanwhile."""
        notice, reason = str(operations.NothingToReview()), self.data.get("reason", "")
        return already_reviewed(self.request, self.page, status=409, notice=notice, reason=reason)

    def _mark(self) -> HttpResponse:
        if not 0 < self.number <= self.page.number:
            raise operations.PageChanged
        comment = self.form.cleaned_data["comment"]
        count = operations.mark_reviewed(self.page, up_to=self.number, by=self.by, comment=comment)
        sentence = ngettext(
            "%(count)s ändring av ”%(title)s” är granskad.",
            "%(count)s ändringar av ”%(title)s” är granskade.",
            count,
        )
        return self.done(sentence % {"count": count, "title": self.page.title})

    def _restore(self) -> HttpResponse:
        reason = self.form.cleaned_data["comment"]
        edit = operations.restore_reviewed(self.page, seen=self.number, reason=reason, by=self.by)
        sentence = _("”%(title)s” är återställd till den granskade versionen, som version %(number)s.")
        return self.done(sentence % {"title": edit.page.title, "number": edit.number})


def already_reviewed(request: SignedInRequest, page: Page, *, status: int = 200, **more: Any) -> HttpResponse:
    """There is nothing to review on the page."""
    return render(request, "wiki/already_reviewed.html", {"page": page, **more}, status=status)
