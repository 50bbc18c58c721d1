"""What the demo's moderator does to keep order, proposals aside."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from functools import partial

from mittkoping.accounts.models import Membership, User
from wiki import operations
from wiki.demo_loading.files import Entry, as_time
from wiki.demo_loading.steps import Step
from wiki.models import Page, ReviewItem
from wiki.operations.members import decline
from wiki.operations.protecting import protect
from wiki.operations.reasons import add_reason

PER_ROW = timedelta(minutes=4)  # that looking at one row of the queue takes


class Moderation:
    """One moderator's acts, as the file lists them."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry

    def steps(self) -> Iterator[Step]:
        """Review, protect, answer, and keep reasons."""
        left: Collection[str] = self.entry["never_reviewed"]
        for sitting in self.entry["sittings"]:
            for number in range(sitting["rows"]):
                at = as_time(sitting["at"]) + number * PER_ROW
                yield Step(at, "3 review", partial(self._review_oldest, left))
        acts = {"protected": self._protect, "declined": self._decline, "reasons": self._keep_reason}
        for noun, act in acts.items():
            for number, entry in enumerate(self.entry[noun]):
                yield Step(as_time(entry["at"]), f"3 {noun} {number}", partial(act, entry))

    @property
    def _by(self) -> User:
        return User.objects.get(email=self.entry["by"])

    def _review_oldest(self, left: Collection[str]) -> None:
        """Look at the edits that have waited longest, but for pages that are left for others."""
        rows = ReviewItem.objects.filter(kind=ReviewItem.Kind.EDITS).exclude(page__slug__in=left)
        row = rows.select_related("page").oldest_first().first()
        if row and row.page:
            operations.mark_reviewed(row.page, up_to=row.page.number, by=self._by)

    def _protect(self, entry: Entry) -> None:
        page = Page.objects.get(slug=entry["page"])
        protect(page, Page.Protection(entry["level"]), reason=entry["reason"], by=self._by)

    def _decline(self, entry: Entry) -> None:
        membership = Membership.objects.waiting().get(user__email=entry["who"])
        decline(membership, reason=entry["reason"], by=self._by)

    def _keep_reason(self, entry: Entry) -> None:
        add_reason(entry["text"], by=self._by)
