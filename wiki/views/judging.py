"""What the buttons of both review screens share: nothing typed is lost, and what waits next comes next."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from mittkoping.accounts.http import SignedInRequest
from wiki import operations
from wiki.forms.review import NO_NUMBER, DecisionForm
from wiki.models import ReviewItem
from wiki.operations.reasons import add_reason
from wiki.queue_rows import address_of
from wiki.screening.beside import next_item
from wiki.views.busy import RETRY_AFTER, is_busy

Deed = Callable[[], HttpResponse]


class Judging:
    """A form of a review screen that was sent.

    item   the row of the queue that it is about; None when it waits no more
    """

    def __init__(self, request: SignedInRequest, item: ReviewItem | None) -> None:
        self.request = request
        self.data = request.POST
        self.by = request.user
        self.item = item
        self.form = DecisionForm(self.data)
        self.is_valid = self.form.is_valid()
        self.revision: int = self.form.cleaned_data.get("revision", NO_NUMBER)
        self.number: int = self.form.cleaned_data.get("number", NO_NUMBER)

    def deeds(self) -> dict[str, Deed]:
        """What each button does, by its value."""
        raise NotImplementedError

    def show(self, *, has_errors: bool = False, **more: Any) -> HttpResponse:
        """The screen again, filled in as it was; it is about what there is now."""
        raise NotImplementedError

    def attempt(self, deed: Deed) -> HttpResponse:
        """Do the deed, or say that something has changed since it was looked at."""
        raise NotImplementedError

    def too_late(self) -> HttpResponse:
        """It waits no more: say so, and hand back what was typed."""
        raise NotImplementedError

    def judge(self) -> HttpResponse:
        """Do what the pressed button says, or say why not."""
        try:
            return self._judge()
        except (ReviewItem.DoesNotExist, operations.NothingToReview):
            return self.too_late()

    def _judge(self) -> HttpResponse:
        deeds = {"take_over": self._take_over, **self.deeds()}
        try:
            return self.attempt(deeds.get(self.data.get("do", ""), self.show))
        except operations.ClaimLost as lost:
            return self._without_claim(lost)
        except operations.Refusal as refusal:
            return self.refuse(None, str(refusal))
        except OperationalError as error:
            if not is_busy(error):
                raise
            sentence = _("Databasen är upptagen just nu. Inget är borta: försök igen om en stund.")
            response = self.show(status=503, notice=sentence)
            response["Retry-After"] = str(RETRY_AFTER)
            return response

    def refuse(self, field: str | None, sentence: str) -> HttpResponse:
        """Show the screen with a mistake in it."""
        self.form.add_error(field, sentence)
        return self.show(has_errors=True)

    def done(self, sentence: str) -> HttpResponse:
        """Say what was done, and lead to what waits next."""
        if self.form.reusable:
            add_reason(self.form.reusable, by=self.by)
        messages.success(self.request, sentence)
        following = next_item(self.by, self.item)
        return redirect(address_of(following) if following else reverse("wiki:review_queue"))

    def _take_over(self) -> HttpResponse:
        if self.item:
            operations.take_over_claim(self.item, by=self.by)
        return self.show(notice=_("Du granskar nu. Allt du skrev finns kvar."))

    def _without_claim(self, lost: operations.ClaimLost) -> HttpResponse:
        """It ran out while one typed: it is taken again. Or somebody else has it: one may take it over."""
        if lost.holder is None and self.item:
            operations.take_claim(self.item, by=self.by)
        return self.show(status=409, notice=str(lost), lost_to=lost.holder)
